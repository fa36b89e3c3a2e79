"""The agenda of a session: its items, their order, and the documents that go with a request for advice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, Literal, get_args
from urllib.parse import urlsplit
from uuid import uuid4

from sqlite_utils import Database

from feedback.database.store import change_store, open_store, select
from language import Language, UserError
from language.visible import one_line, visible

ItemKind = Literal[
    "look", "scenario", "statements", "thresholds", "guess", "needless", "card", "saturday", "question", "request"
]

ITEM_KINDS: Final[tuple[ItemKind, ...]] = get_args(ItemKind)
TITLE_LENGTH: Final = 140
SPOKEN: Final = ("question", "request", "scenario", "look", "card")
"""Kinds of items to which people answer in their own words."""

ANSWERED: Final = ("responses", "guesses", "needless", "saturday_choices", "card_views")
"""Tables with a row for each answer to an item, besides votes."""


@dataclass(frozen=True)
class Document:
    """A document to read: its title and its web address."""

    title: str
    address: str


@dataclass(frozen=True)
class Item:
    """One item. ``target`` is the address (within the app) of the cell, workbook or scenario to look at.

    ``deadline`` is the last day on which a request for advice can be answered; ``ends`` when the timer runs out.
    ``shown`` is when the room first saw its answers (UTC); in a guessing round that is the forecast.
    """

    id: str
    session: str
    position: int
    kind: ItemKind
    title: str
    text: str
    target: str
    documents: tuple[Document, ...]
    deadline: str | None
    minutes: int | None
    ends: str | None
    revealed: bool
    shown: str | None = None

    def seconds_left(self) -> int | None:
        """How long the timer still runs; ``None`` without a timer."""
        if self.ends is None:
            return None
        ends = datetime.fromisoformat(self.ends)
        return max(0, int((ends - datetime.now(UTC)).total_seconds()))

    def over(self, today: date) -> bool:
        """Whether the last day to answer is past."""
        return self.deadline is not None and self.deadline < today.isoformat()

    @property
    def last_day(self) -> date | None:
        """The deadline as a day."""
        return date.fromisoformat(self.deadline) if self.deadline else None


def item_kind_name(kind: ItemKind, lang: Language) -> str:
    """Return what a kind of item is called."""
    names: dict[ItemKind, str] = {
        "look": lang.t("Look at something together"),
        "scenario": lang.t("Judge a scenario"),
        "statements": lang.t("Statements"),
        "thresholds": lang.t("When is it too busy?"),
        "guess": lang.t("Who knows this place better?"),
        "needless": lang.t("How often for nothing?"),
        "card": lang.t("Judge a card of the playbook"),
        "saturday": lang.t("Play the Saturday"),
        "question": lang.t("Open question"),
        "request": lang.t("Request for advice"),
    }
    return names[kind]


def kind_beside(item: Item, lang: Language) -> str:
    """Return what kind of item it is, to stand beside its title; empty where the title says just that."""
    kind = item_kind_name(item.kind, lang)
    return "" if item.title.casefold() == kind.casefold() else kind


def add_item(
    session_id: str,
    kind: ItemKind,
    title: str,
    *,
    text: str = "",
    target: str = "",
    documents: Sequence[Document] = (),
    deadline: date | None = None,
    minutes: int | None = None,
    item_id: str | None = None,
) -> Item:
    """Add an item at the end of the agenda; the same ``item_id`` twice adds one.

    Raises ``UserError`` for an empty or long title, a request without a deadline, or an address outside.
    """
    told = _told(kind, title, text, target, documents, deadline, minutes)
    item_id = item_id or str(uuid4())
    with change_store() as db:
        if not db.table("agenda").count_where("id = ?", [item_id]):
            last = db.execute("SELECT max(position) FROM agenda WHERE session = ?", [session_id]).fetchone()[0]
            db.table("agenda").insert(
                {
                    "id": item_id,
                    "session": session_id,
                    "position": (last or 0) + 1,
                    "kind": kind,
                    **told,
                }
            )
            # Who opens a session with an empty agenda sees the first item as soon as there is one.
            db.execute(
                "UPDATE sessions SET item = ? WHERE id = ? AND item IS NULL AND state = 'open'", [item_id, session_id]
            )
        return _read(db, item_id)


def change_item(
    item_id: str,
    *,
    title: str,
    text: str = "",
    target: str = "",
    documents: Sequence[Document] = (),
    deadline: date | None = None,
    minutes: int | None = None,
) -> Item:
    """Change what an item says; its kind stays. Raises ``UserError`` as :func:`add_item` does, or when it is gone."""
    with change_store() as db:
        kind = _read(db, item_id).kind
        db.table("agenda").update(item_id, _told(kind, title, text, target, documents, deadline, minutes))
        return _read(db, item_id)


def _told(
    kind: ItemKind,
    title: str,
    text: str,
    target: str,
    documents: Sequence[Document],
    deadline: date | None,
    minutes: int | None,
) -> dict[str, Any]:
    """Return what an item says as its row holds it. Raises ``UserError`` as :func:`add_item` does."""
    title = one_line(title)
    if not title or len(title) > TITLE_LENGTH:
        raise UserError("Give a title of at most {n} characters.", n=TITLE_LENGTH)
    if kind == "card" and not one_line(target):
        raise UserError("Choose a card that everybody may see.")
    if kind == "request" and deadline is None:
        raise UserError("A request for advice needs a last day to answer.")
    return {
        "title": title,
        "text": visible(text).strip(),
        "target": within(one_line(target)),
        "documents": json.dumps([_checked(document).__dict__ for document in documents]),
        "deadline": deadline and deadline.isoformat(),
        "minutes": minutes,
    }


def agenda(session_id: str) -> list[Item]:
    """Return the items of a session in their order."""
    with open_store() as db:
        return [_item(row) for row in select(db, "agenda", "session = ?", session_id, order_by="position")]


def find_item(item_id: str) -> Item:
    """Return an item. Raises ``UserError`` when it is no longer on the agenda."""
    with open_store() as db:
        return _read(db, item_id)


def remove_item(item_id: str) -> None:
    """Take an item off the agenda. Raises ``UserError`` when people already answered it."""
    with change_store() as db:
        answered = sum(db.table(table).count_where("item = ?", [item_id]) for table in ANSWERED)
        voted = db.execute(
            "SELECT count(*) FROM votes JOIN statements ON statements.id = votes.statement WHERE item = ?", [item_id]
        ).fetchone()[0]
        if answered or voted:
            raise UserError("People already answered this item, so it stays on the agenda.")
        db.execute("DELETE FROM statements WHERE item = ?", [item_id])
        db.execute("UPDATE sessions SET item = NULL WHERE item = ?", [item_id])
        db.execute("DELETE FROM agenda WHERE id = ?", [item_id])


def move_item(item_id: str, steps: int) -> None:
    """Move an item up (negative) or down the agenda."""
    with change_store() as db:
        item = _read(db, item_id)
        ids = [row["id"] for row in db.table("agenda").rows_where("session = ?", [item.session], order_by="position")]
        place = ids.index(item_id)
        ids.insert(max(0, min(len(ids) - 1, place + steps)), ids.pop(place))
        for position, moved in enumerate(ids, start=1):
            db.table("agenda").update(moved, {"position": position})


def open_requests(today: date) -> list[Item]:
    """Return the requests for advice that can still be answered at home; the nearest deadline comes first.

    Those of a session that is still a draft, or a rehearsal, are not out yet.
    """
    out = "session IN (SELECT id FROM sessions WHERE state <> 'draft' AND NOT rehearsal)"
    with open_store() as db:
        rows = db.table("agenda").rows_where(
            f"kind = 'request' AND deadline >= ? AND {out}", [today.isoformat()], order_by="deadline, position"
        )
        return [_item(row) for row in rows]


def within(target: str) -> str:
    """Return an address within this app as path and query, also when it was copied with its host.

    Empty stays empty. Raises ``UserError`` for anything else than a page.
    """
    parts = urlsplit(target.strip())
    if parts.scheme not in ("", "http", "https"):
        raise UserError("'{address}' is not an address of this app. Copy it from the address bar.", address=target[:80])
    path = parts.path.lstrip("/")
    return path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def _checked(document: Document) -> Document:
    if urlsplit(document.address).scheme not in ("http", "https"):
        raise UserError("'{address}' is not a web address. Begin with https://", address=document.address[:80])
    return Document(one_line(document.title), one_line(document.address))


def _read(db: Database, item_id: str) -> Item:
    for row in db.table("agenda").rows_where("id = ?", [item_id]):
        return _item(row)
    raise UserError("This item is no longer on the agenda.")


def _item(row: dict[str, Any]) -> Item:
    documents = tuple(Document(**document) for document in json.loads(row["documents"]))
    return Item(**{**row, "documents": documents, "revealed": bool(row["revealed"])})
