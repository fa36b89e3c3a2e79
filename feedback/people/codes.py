"""Codes that people carry: made of Dutch words, and kept here only as keyed hashes.

A code of five words has more than 50 bits, so that guessing it is hopeless at any speed. A short code of six letters
is for an open session only, where it is read from a screen; whoever looks it up limits the attempts. The database
holds the HMAC-SHA256 of a code under a secret key, so that a copy of it opens nothing, and a code can still be looked
up at once (a salted hash could not).
"""

import hmac
import os
import secrets
import unicodedata
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from data.keeping.home import home
from feedback.database.unavailable import in_words

WORDS: Final = 5
SHORT_LETTERS: Final = "bcdfghjkmnpqrstvwxz"
"""Letters of short codes: no vowels, so no words; none that looks like a digit or another letter."""

_LIST: Final = Path(__file__).with_name("words.txt")
_KEY_BYTES: Final = 32


def new_code() -> str:
    """Return a new code of five Dutch words, such as ``duin-lepel-zeil-kaars-mossel``."""
    return "-".join(secrets.choice(words()) for _ in range(WORDS))


def code_of(secret: str) -> str:
    """Return the code that belongs to a secret which only its owner has: the same every time it is asked for.

    So a phone that lost its connection before it had read the answer can ask for its code again.
    """
    number, known = int(keyed("code of", secret), 16), words()
    chosen = []
    for _ in range(WORDS):
        number, index = divmod(number, len(known))
        chosen.append(known[index])
    return "-".join(chosen)


def pseudonym(identity: str) -> str:
    """Return the keyed pseudonym that stands for a person in the database; it does not lead back to the identity."""
    return keyed("person", identity)[:32]


def short_code() -> str:
    """Return six letters to be read aloud or from a screen, such as ``kbvdmz`` (25 bits)."""
    return "".join(secrets.choice(SHORT_LETTERS) for _ in range(6))


def normalised(code: str) -> str:
    """Return what counts of a code that somebody typed: lower-case letters and digits, nothing between them."""
    plain = unicodedata.normalize("NFKD", code).casefold()
    return "".join(character for character in plain if character.isascii() and character.isalnum())


def keyed(purpose: str, text: str) -> str:
    """Return the HMAC-SHA256 of ``text`` for one ``purpose`` (64 hexadecimal digits), the same on every call.

    The same text gives another value for another purpose, so values of two tables cannot be joined.
    """
    return hmac.new(secret_key(), f"{purpose}\0{text}".encode(), sha256).hexdigest()


def keyed_code(purpose: str, code: str) -> str:
    """Return the keyed hash by which a code is looked up, however it was typed."""
    return keyed(purpose, normalised(code))


@cache
def words() -> tuple[str, ...]:
    """Return the words that codes are made of."""
    return tuple(_LIST.read_text("utf-8").split())


def secret_key() -> bytes:
    """Return the secret key of this installation: ``secrets/codes.key`` in users' state, made at first use.

    Whoever loses it loses all codes, so backups take it along; its file is readable for its owner only. Raises
    ``UnavailableError`` when there is none yet and the disk takes nothing.
    """
    path = home() / "secrets" / "codes.key"
    with in_words(path):
        return _read_key(path)


@cache
def _read_key(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(0o600)
        with fresh.open("wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            # Of two processes that start at once, one wins; a link never replaces what is there.
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
