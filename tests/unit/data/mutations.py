"""Files that were damaged on the way, by chance but the same every time: bytes lost, doubled, swapped or put in."""

import random
from collections.abc import Iterator, Sequence

COMMON = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n", b"\n\n", b"\t"),
    *(b"\xc2\xa0", b"\xe2\x82\xac", b"\xf0\x9f\x98\x80", b"\xc3"),
    *b"; , \" ' \\ - NaN inf -inf 1e400 99999999999999999999999 -1 0 <html> { } [ ] null true %s {row} =1+1".split(),
    *b"2026-02-30|2026-03-29 02:30|24:00|0001-01-01|9999-12-31| ".split(b"|"),
    b"A" * 5000,
)


def damaged(samples: Sequence[bytes], words: Sequence[bytes], number: int, seed: int) -> Iterator[bytes]:
    """Yield ``number`` damaged versions of the samples; ``words`` are what files of this kind are made of."""
    chance = random.Random(seed)
    for turn in range(number):
        content = bytearray(samples[turn % len(samples)])
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            content = _damage(content, chance, words, samples)
        yield bytes(content)


def _damage(content: bytearray, chance: random.Random, words: Sequence[bytes], samples: Sequence[bytes]) -> bytearray:
    if not content:
        return bytearray(chance.choice(COMMON))
    at, length = chance.randrange(len(content)), chance.choice((1, 1, 2, 5, 20, 200))
    part = slice(at, at + length)
    lines = content.split(b"\n")
    line = chance.randrange(len(lines))
    match chance.randrange(11):
        case 0:
            content[at] ^= 1 << chance.randrange(8)
        case 1:
            del content[part]
        case 2:
            content[at:at] = content[part] * chance.choice((1, 2, 30))
        case 3:
            del content[at:]
        case 4:
            content[part] = chance.choice(COMMON)
        case 5:
            content[at:at] = chance.choice(words)
        case 6:
            lines.insert(chance.randrange(len(lines)), lines[line])
            content = bytearray(b"\n".join(lines))
        case 7:
            del lines[line]
            content = bytearray(b"\n".join(lines))
        case 8:
            head, mark, _ = lines[line].partition(chance.choice((b":", b",", b";", b"=")))
            lines[line] = head + mark + chance.choice((*words, *COMMON))
            content = bytearray(b"\n".join(lines))
        case 9:
            chance.shuffle(lines)
            content = bytearray(b"\n".join(lines))
        case _:
            other = chance.choice(samples)
            content[at:] = other[chance.randrange(len(other)) :]
    return content
