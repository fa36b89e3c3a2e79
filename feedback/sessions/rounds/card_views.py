"""Whether a card of the playbook fits here: judged in a session, told by role on the card.

Only what everybody may see of a card is shown to a room. Fewer than five of a role are never told apart, nor can they
be found by subtraction (``small_cells``).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from data.keeping.real_time import utc_text
from feedback.contributions.naming import ROLES
from feedback.contributions.small_cells import K, Label, coarsened
from feedback.database.store import change_store, open_store, select
from feedback.people.participants import author_of_visit, register
from feedback.sessions.taking_in import must_be_open
from language import UserError

FITS: Final = ("yes", "other", "no")
"""It fits here · with a change · it does not fit."""


@dataclass(frozen=True)
class RoleViews:
    """How many of one role think that a card fits, fits with a change, or does not; ``None``: the others together."""

    role: str | None
    yes: int
    other: int
    no: int

    @property
    def n(self) -> int:
        """How many people."""
        return self.yes + self.other + self.no


def judge(session_id: str, item_id: str, fits: str, role: str, *, person: str) -> None:
    """Keep what somebody thinks of the card of an item; the newest of a person counts.

    Raises ``UserError`` when the session is closed, or what is sent is none of the choices.
    """
    if role not in ROLES:
        raise UserError("Say first what you are.")
    if fits not in FITS:
        raise UserError("This form is damaged. Reload the page and send it again.")
    with change_store() as db:
        must_be_open(db, session_id)
        register(db, author_of_visit(person))
        if not select(db, "agenda", "id = ? AND session = ?", item_id, session_id):
            raise UserError("This item is no longer on the agenda.")
        db.execute(
            "INSERT INTO card_views (id, session, item, person, role, fits, sent) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (item, person) DO UPDATE SET role = excluded.role, fits = excluded.fits, sent = excluded.sent",
            [str(uuid4()), session_id, item_id, person, role, fits, utc_text()],
        )


def own_view(item_id: str, person: str) -> str | None:
    """Return what somebody thinks of the card of an item."""
    with open_store() as db:
        rows = select(db, "card_views", "item = ? AND person = ?", item_id, person)
    return str(rows[0]["fits"]) if rows else None


def judges(item_id: str) -> int:
    """Return how many people judged the card of an item."""
    with open_store() as db:
        return int(db.table("card_views").count_where("item = ?", [item_id]))


def views_on(item_id: str) -> list[RoleViews]:
    """Return what people think of the card of an item, by role, in groups that may be told."""
    with open_store() as db:
        rows = db.execute("SELECT role, fits FROM card_views WHERE item = ? ORDER BY role, fits", [item_id])
        return by_role([(str(role), str(fits)) for role, fits in rows.fetchall()])


def views_of_card(area: str, card: str) -> list[RoleViews]:
    """Return the same of all sessions of an area whose room saw what it thinks of a card; rehearsals are left out."""
    sql = """
        SELECT card_views.role, card_views.fits FROM card_views
            JOIN agenda ON agenda.id = card_views.item JOIN sessions ON sessions.id = agenda.session
        WHERE sessions.area = ? AND agenda.kind = 'card' AND agenda.target = ? AND agenda.shown IS NOT NULL
            AND NOT sessions.rehearsal
        ORDER BY card_views.role, card_views.fits
    """
    with open_store() as db:
        return by_role([(str(role), str(fits)) for role, fits in db.execute(sql, [area, card]).fetchall()])


def words_on_card(area: str, card: str, many: int) -> list[str]:
    """Return the newest published answers in words to items about a card; rehearsals are left out."""
    sql = """
        SELECT responses.text FROM responses
            JOIN agenda ON agenda.id = responses.item JOIN sessions ON sessions.id = agenda.session
        WHERE sessions.area = ? AND agenda.kind = 'card' AND agenda.target = ? AND NOT sessions.rehearsal
            AND responses.state = 'published' AND responses.text <> ''
        ORDER BY responses.sent DESC LIMIT ?
    """
    with open_store() as db:
        return [str(row[0]) for row in db.execute(sql, [area, card, many]).fetchall()]


def by_role(found: Sequence[tuple[str, str]]) -> list[RoleViews]:
    """Return views (role and choice) in groups that may be told, largest first, the others together last.

    Of fewer than five there is no group.
    """
    if len(found) < K:
        return []
    groups: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for label, (_, fits) in zip(coarsened([Label(role=role) for role, _ in found]), found, strict=True):
        groups[label.role][fits] += 1
    told = [RoleViews(role, *(counts[fits] for fits in FITS)) for role, counts in groups.items()]
    return sorted(told, key=lambda group: (group.role is None, -group.n, group.role or ""))
