"""Files as they are when something went wrong on the way: cut off, garbled, doubled, nested, in other letters.

Seeded, so that what is found can be found again: the message of a failing test names the number of the input.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Final

NASTY: Final = (
    *(b"", b"-1", b"0", b"1e400", b"-1e308", b"NaN", b"inf", b"9" * 30, b"9" * 5000, b"0x1F", b"1,5", b"1.234.567"),
    *(b"null", b"true", b"[]", b"{}", b'""', b'"', b"'", b"\\", b"\x00", b"\xff", b"\xf0\x9f\x8c\x8a", b"\xc2\xb2"),
    *(b"\xe2\x80\xae", b"\xef\xbb\xbf", b"=1+1", b"2026-02-30", b"2026-13-01 25:61", b"0000-00-00", b"99999999", b","),
    *(b";", b"\t", b"\r", b"\n\n\n", b"#", b"A" * 3000, b"[" * 2000, b'{"a":' * 1500, b'"\n"'),
)
"""What is put in or in the place of something else."""

Mutation = Callable[[bytes, random.Random], bytes]


def mutations(originals: Sequence[bytes], number: int, seed: int) -> Iterator[tuple[int, bytes]]:
    """Yield ``number`` inputs, each with its number: an original with one to four things wrong."""
    for at in range(number):
        rng = random.Random(seed * 1_000_003 + at)
        content = originals[at % len(originals)]
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            content = rng.choice(_MUTATIONS)(content, rng)
        yield at, content


def _slice(content: bytes, rng: random.Random, longest: int = 60) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.randint(1, longest))


def _garbled(content: bytes, rng: random.Random) -> bytes:
    start, stop = _slice(content, rng, 4)
    return content[:start] + rng.randbytes(stop - start) + content[stop:]


def _cut_out(content: bytes, rng: random.Random) -> bytes:
    start, stop = _slice(content, rng)
    return content[:start] + content[stop:]


def _doubled(content: bytes, rng: random.Random) -> bytes:
    start, stop = _slice(content, rng)
    return content[:stop] + content[start:]


def _cut_off(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _put_in(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(NASTY) + content[at:]


def _word_replaced(content: bytes, rng: random.Random) -> bytes:
    """Put something else in the place of a word or a number."""
    start, stop = _slice(content, rng, 1)
    while start and content[start - 1 : start].isalnum():
        start -= 1
    while stop < len(content) and content[stop : stop + 1].isalnum():
        stop += 1
    return content[:start] + rng.choice(NASTY) + content[stop:]


def _digits_changed(content: bytes, rng: random.Random) -> bytes:
    """Change a few digits: what comes out is often read, and means something else."""
    places = [at for at, letter in enumerate(content) if 48 <= letter <= 57]
    changed = bytearray(content)
    for at in rng.sample(places, min(len(places), rng.randint(1, 5))):
        changed[at] = rng.randint(48, 57)
    return bytes(changed)


def _lines_moved(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _line_doubled(content: bytes, rng: random.Random) -> bytes:
    lines = content.splitlines(keepends=True) or [b""]
    at = rng.randrange(len(lines))
    return b"".join([*lines[: at + 1], *lines[at:]])


def _mark_replaced(content: bytes, rng: random.Random) -> bytes:
    return content.replace(*rng.choice([(b",", b";"), (b"\n", b"\r\n"), (b'"', b""), (b"}", b"]"), (b"\n", b"")]))


def _other_letters(content: bytes, rng: random.Random) -> bytes:
    return content.decode("latin-1").encode(rng.choice(["utf-16", "utf-16-le", "utf-32", "utf-7"]))


def _nested(content: bytes, rng: random.Random) -> bytes:
    depth = rng.choice([1, 30, 900, 20_000])
    return b"[" * depth + content + b"]" * depth


_MUTATIONS: Final[tuple[Mutation, ...]] = (
    *(_garbled, _cut_out, _doubled, _cut_off, _put_in, _put_in, _word_replaced, _word_replaced, _word_replaced),
    *(_digits_changed, _digits_changed, _digits_changed, _digits_changed),
    *(_lines_moved, _line_doubled, _mark_replaced, _other_letters, _nested),
)
