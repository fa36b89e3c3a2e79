"""The chain: each row holds the hash of the row before, so that no row can be changed, left out or put in unseen.

A body is canonical JSON: keys in the order of the alphabet, no spaces, UTF-8, no numbers but whole ones. Free words are
in it as the hash of a random salt and the words only, so that the words can be erased and the chain stays whole. Who
cuts off the end of the log leaves a whole chain, so ``verify`` also says its last hash, to be kept somewhere else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from feedback.database.action_rows import ActionRow, ActionText


@dataclass(frozen=True)
class Verified:
    """What was found of a chain: how many ``rows``, how many texts were ``erased``, and the last ``head``.

    ``broken`` is the number of the first row that is not as it was written, ``fault`` what is wrong with it: ``body``
    (its hash is another), ``before`` (it does not hang on the row before), ``columns``, or ``words``.
    """

    rows: int
    erased: int
    head: str
    broken: int | None = None
    fault: str | None = None


def canonical(values: Mapping[str, Any]) -> str:
    """Return values as canonical JSON. Raises ``ValueError`` for numbers that are not whole."""
    _only_whole(values)
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_salt() -> str:
    """Return a random salt: without it nobody finds out what words a hash stands for by trying."""
    return token_hex(16)


def salted(salt: str, words: str) -> str:
    """Return the hash that stands in a row for words."""
    return digest(f"{salt}\n{words}")


def verify(rows: Iterable[ActionRow], texts: Mapping[str, list[ActionText]]) -> Verified:
    """Go through a chain from its first row on, and tell of the first row that is not as it was written."""
    count, erased, before = 0, 0, ""
    broken: tuple[int, str] | None = None
    for row in rows:
        count += 1
        gone, fault = _fault(row, count, before, texts.get(row.id, ()))
        erased += gone
        if fault and broken is None:
            broken = row.number, fault
        before = row.hash
    return Verified(count, erased, before, *(broken or (None, None)))


def _fault(row: ActionRow, number: int, before: str, texts: Iterable[ActionText]) -> tuple[int, str | None]:
    """Return how many words of a row are gone, and what is wrong with it."""
    if digest(row.body) != row.hash:
        return 0, "body"
    body = json.loads(row.body)
    if body["before"] != before or body["number"] != row.number or row.number != number:
        return 0, "before"
    if any(body[name] != getattr(row, name) for name in ("id", "root", "area", "stage", "card", "happened")):
        return 0, "columns"
    hashes: dict[str, str] = body["texts"]
    kept = {text.field: salted(text.salt, text.text) for text in texts}
    if any(hashes.get(name) != found for name, found in kept.items()):
        return 0, "words"
    return len(hashes) - len(kept), None


def _only_whole(value: Any) -> None:
    if isinstance(value, float):
        raise ValueError("a number that is not whole is written differently by different programs")
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    for one in inside:
        _only_whole(one)
