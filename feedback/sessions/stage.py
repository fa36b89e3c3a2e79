"""What a room sees on the projector: the item of the moment, how many answered, and answers once they are revealed."""

from dataclasses import dataclass
from typing import Final, Literal

from feedback.database.store import open_store
from feedback.sessions.agenda import SPOKEN, Item, agenda, find_item
from feedback.sessions.door import came_lately
from feedback.sessions.paper import on_paper
from feedback.sessions.proposals import proposers
from feedback.sessions.responses import responses
from feedback.sessions.rounds.card_views import judges
from feedback.sessions.rounds.guesses import guessers
from feedback.sessions.rounds.needless import accepters
from feedback.sessions.rounds.saturday import plays
from feedback.sessions.sessions import Session, find_session, present
from feedback.sessions.statements import tally, voters

Part = Literal["place", "answers", "timer", "door"]

WALL: Final = 40
"""Answers that fit on the wall; the latest are shown."""


@dataclass(frozen=True)
class Tally:
    """A statement on the projector; the three counts are ``None`` while answers are hidden."""

    text: str
    agrees: int | None
    disagrees: int | None
    passes: int | None

    @property
    def votes(self) -> int:
        """How many voted on it."""
        return (self.agrees or 0) + (self.disagrees or 0) + (self.passes or 0)


@dataclass(frozen=True)
class Stage:
    """What the room sees. ``wall`` and the counts of ``tallies`` are empty as long as the item is not revealed.

    ``answered`` is how many people voted, guessed, or proposed thresholds in a round about these, and ``said`` how many
    answers in words there are, shown or not; ``waiting`` how much waits for a moderator in this session, and ``lately``
    how many came in just now.
    """

    session: Session
    items: tuple[Item, ...]
    item: Item | None
    present: int
    waiting: int
    lately: int
    answered: int
    said: int
    wall: tuple[str, ...]
    tallies: tuple[Tally, ...]

    @property
    def place(self) -> int:
        """The position of the item on the agenda, from 1; 0 when there is none."""
        return next((index for index, item in enumerate(self.items, 1) if item == self.item), 0)

    def part(self, part: Part) -> object:
        """Return what an act of a presenter changes: the door, where the room is, or of that item answers or timer.

        Two presenters see the same as long as this is the same.
        """
        if part == "door":
            return self.session.state, self.session.code
        at = self.item and self.item.id
        if part == "place":
            return at, [item.id for item in self.items]
        return at, self.item and (self.item.revealed if part == "answers" else self.item.ends)


def shown_item(session_id: str) -> str | None:
    """Return which item the room looks at."""
    return find_session(session_id).item


def answers_shown(item_id: str) -> bool:
    """Return whether the room sees the answers of an item."""
    return find_item(item_id).revealed


def part_of(session_id: str, part: Part) -> object:
    """Return a part of what the room of a session sees now, as :meth:`Stage.part` does."""
    return stage(session_id).part(part)


def stage(session_id: str) -> Stage:
    """Return what the room of a session sees now. Raises ``UserError`` when there is no such session."""
    session = find_session(session_id)
    items = tuple(agenda(session_id))
    item = next((item for item in items if item.id == session.item), None)
    wall: tuple[str, ...] = ()
    tallies: tuple[Tally, ...] = ()
    answered = said = 0
    if item is not None:
        counted = tally(session_id, item.id)
        rows = counted.sort_values(["agrees", "number"], ascending=[False, True]) if item.revealed else counted
        tallies = tuple(
            Tally(row["text"], row["agrees"], row["disagrees"], row["passes"])
            if item.revealed
            else Tally(row["text"], None, None, None)
            for row in rows.to_dict("records")
        )
        answered = _answered(session_id, item)
        if item.kind in SPOKEN:
            shown = responses(item.id, "published")
            said = len(shown)
            wall = tuple(response.text for response in shown[:WALL] if response.text) if item.revealed else ()
    people = present(session_id) + on_paper(session_id)
    waiting, lately = _waiting(session_id), came_lately(session_id)
    return Stage(session, items, item, people, waiting, lately, answered, said, wall, tallies)


def _answered(session_id: str, item: Item) -> int:
    if item.kind == "guess":
        return guessers(item.id)
    if item.kind == "needless":
        return accepters(item.id)
    if item.kind == "card":
        return judges(item.id)
    if item.kind == "saturday":
        return len(plays(item.id))
    return proposers(session_id) if item.kind == "thresholds" else voters(session_id, item.id)


def _waiting(session_id: str) -> int:
    with open_store() as db:
        return sum(
            int(db.table(table).count_where("session = ? AND state = 'waiting'", [session_id]))
            for table in ("statements", "responses")
        )
