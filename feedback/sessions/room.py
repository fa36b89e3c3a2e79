"""What all phones of a room see alike: read once for all of them, and again only when something was changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Final

from feedback.database.store import open_store, store_path, version
from feedback.sessions.agenda import Item, agenda
from feedback.sessions.sessions import Session, find_session
from feedback.sessions.statements import Statement, statements

_COUNTED_EVERY: Final = 2.0
"""Seconds for which votes are not counted again: which statement was seen least need not be known to the vote."""

_MOST_ROOMS: Final = 50


@dataclass(frozen=True)
class Room:
    """A session as its phones see it: the ``items`` in their order and the ``published`` statements, by number.

    ``counted`` is how many voted on a statement, by its id, two seconds ago at most.
    """

    session: Session
    items: tuple[Item, ...]
    published: tuple[Statement, ...]
    counted: Mapping[str, int]

    def shown(self, item_id: str) -> list[Statement]:
        """Return the statements of an item that can be voted on."""
        return [statement for statement in self.published if statement.item == item_id and statement.text]

    def next_for(self, item_id: str, done: Mapping[str, int]) -> Statement | None:
        """Return the statement of an item with the fewest votes that is not in ``done``; ``None``: all are.

        Showing the least seen first gives every statement about as many votes, whoever leaves early.
        """
        waiting = [statement for statement in self.shown(item_id) if statement.id not in done]
        return min(waiting, key=lambda s: (self.counted.get(s.id, 0), s.number), default=None)

    @property
    def look(self) -> tuple[object, ...]:
        """What decides how the page of a phone is made up, beside its votes; another one: it is drawn anew."""
        votable = frozenset(statement.item for statement in self.published)
        agenda = tuple((item.id, item.revealed) for item in self.items)
        return (self.session.item, self.session.state, agenda, votable)


class _Memory:
    """The rooms as they were read when the database was changed last, and the votes as they were counted last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rooms: dict[tuple[Path, str], tuple[object, Room]] = {}
        self._counts: dict[tuple[Path, str], tuple[float, Mapping[str, int]]] = {}

    def recall(self, session_id: str) -> Room:
        key = (store_path(), session_id)
        # Looked at before reading: what is read later is at least as new.
        now = version()
        kept = self._rooms.get(key)
        if kept is not None and kept[0] == now:
            return kept[1]
        found = Room(
            find_session(session_id),
            tuple(agenda(session_id)),
            tuple(statements(session_id, "published")),
            self._counted(key),
        )
        with self._lock:
            if len(self._rooms) >= _MOST_ROOMS:
                self._rooms.clear()
                self._counts.clear()
            self._rooms[key] = (now, found)
        return found

    def _counted(self, key: tuple[Path, str]) -> Mapping[str, int]:
        kept = self._counts.get(key)
        if kept is None or monotonic() - kept[0] >= _COUNTED_EVERY:
            with open_store() as db:
                sql = "SELECT statement, count(*) FROM votes WHERE session = ? GROUP BY statement"
                kept = self._counts[key] = (monotonic(), dict(db.execute(sql, [key[1]]).fetchall()))
        return kept[1]


_memory = _Memory()


def room(session_id: str) -> Room:
    """Return what the phones of a session see at this moment. Raises ``UserError`` when there is no such session."""
    return _memory.recall(session_id)
