"""What an advice builds on: the words of people that were published; and what one person said, to find it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from sqlite_utils import Database

from feedback.database.store import open_store, select

LinkKind = Literal["contribution", "statement", "response"]

_TABLES: Final[dict[LinkKind, str]] = {
    "contribution": "contributions",
    "statement": "statements",
    "response": "responses",
}


@dataclass(frozen=True)
class Words:
    """Words of somebody: of which kind, the id, what was said, and when (UTC)."""

    kind: LinkKind
    id: str
    text: str
    sent: str


def words_of(links: Iterable[tuple[LinkKind, str]]) -> list[Words]:
    """Return the words that links name, the earliest first; what is hidden, waits or was erased is left out."""
    with open_store() as db:
        found = [one for kind, target in links for one in _words(db, kind, "id = ?", target)]
    return sorted(found, key=lambda one: (one.sent, one.id))


def own_words_of(person: str, area_id: str) -> list[Words]:
    """Return what one person said of an area, and in sessions about it, in whatever state; the latest first."""
    here = "person = ? AND session IN (SELECT id FROM sessions WHERE area IN ('', ?) AND NOT rehearsal)"
    with open_store() as db:
        found = _words(db, "contribution", "person = ? AND area = ?", person, area_id, published=False)
        for kind in ("statement", "response"):
            found += _words(db, kind, here, person, area_id, published=False)
    return sorted(found, key=lambda one: (one.sent, one.id), reverse=True)


def _words(db: Database, kind: LinkKind, where: str, *values: str, published: bool = True) -> list[Words]:
    shown = f"{where} AND text != ''" + (" AND state = 'published'" if published else "")
    return [Words(kind, row["id"], row["text"], row["sent"]) for row in select(db, _TABLES[kind], shown, *values)]
