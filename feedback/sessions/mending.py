"""Mending a session: change what it is, copy it as a template, and take it away as long as nobody took part."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, Final
from uuid import uuid4

from sqlite_utils import Database

from data.area.partners import check_packages, read_partners
from data.keeping.acts import concerning
from feedback.contributions.moderation import Mode
from feedback.database.store import change_store, open_store
from feedback.people.invitations import end_session
from feedback.sessions.sessions import TITLE_LENGTH, Kind, Session, find_session, make_session, read_session
from language import UserError

_TAKING_PART: Final = {
    "votes": "session = ?",
    "responses": "session = ?",
    "contributions": "session = ?",
    "proposals": "session = ?",
    "guesses": "session = ?",
    "needless": "session = ?",
    "saturday_choices": "session = ?",
    "card_views": "session = ?",
    "attendance": "session = ?",
    "advices": "session = ?",
    "statements": "session = ? AND seed = 0",
}
"""Where it is seen that somebody took part in a session, and which rows are theirs."""


def change_session(
    session_id: str,
    *,
    title: str,
    kind: Kind,
    day: dt.date,
    place: str,
    moderation: Mode,
    packages: Iterable[str] | None = None,
) -> Session:
    """Change what a session is. Its name, by which commands and files call it, stays; so do its work packages unless
    ``packages`` names others.

    Raises ``UserError`` for an empty or long title, once its report was adopted, and for a work package that its area
    does not name.
    """
    title = " ".join(title.split())
    if not title or len(title) > TITLE_LENGTH:
        raise UserError("Give a title of at most {n} characters.", n=TITLE_LENGTH)
    with change_store() as db:
        before = read_session(db, session_id)
        if before.report == "adopted":
            raise UserError("The report of this session was adopted. Withdraw it first, and say why.")
        fields = {
            "title": title,
            "kind": kind,
            "date": day.isoformat(),
            "place": place.strip(),
            "moderation": Mode(moderation).value,
            "packages": json.dumps(before.packages if packages is None else check_packages(before.area, packages)),
        }
        db.table("sessions").update(session_id, fields)
        return read_session(db, session_id)


def is_empty(session_id: str) -> bool:
    """Return whether nobody took part in a session yet, so that it can be taken away."""
    with open_store() as db:
        return _is_empty(db, session_id)


def remove_session(session_id: str) -> None:
    """Take a session away with its agenda. Raises ``UserError`` when somebody took part, or its report was made."""
    with change_store() as db:
        session = read_session(db, session_id)
        if not _is_empty(db, session_id) or session.report != "none":
            raise UserError("People took part in this session, so it stays. You can close it.")
        db.execute("DELETE FROM sessions WHERE id = ?", [session_id])
    end_session(session_id)


def copy_session(session_id: str, *, title: str, day: dt.date, copy_id: str | None = None) -> Session:
    """Make a session with the agenda of another, and the statements that a facilitator put on it.

    Last days to answer move along with the day. The same ``copy_id`` twice makes one. Raises ``UserError`` as
    :func:`feedback.sessions.sessions.make_session` does.
    """
    before = find_session(session_id)
    copy = make_session(
        title,
        kind=before.kind,
        day=day,
        area=before.area,
        place=before.place,
        moderation=before.moderation,
        session_id=copy_id,
        packages={one.id for one in read_partners(before.area).package} & set(before.packages),
    )
    with change_store() as db:
        if not db.table("agenda").count_where("session = ?", [copy.id]):
            _copy_agenda(db, before, copy)
    concerning(copy.id)
    return copy


def _copy_agenda(db: Database, before: Session, copy: Session) -> None:
    later = copy.day - before.day
    fresh: dict[str, str] = {}
    for item in list(db.table("agenda").rows_where("session = ?", [before.id], order_by="position")):
        fresh[item["id"]] = str(uuid4())
        deadline = item["deadline"] and (dt.date.fromisoformat(item["deadline"]) + later).isoformat()
        anew = {"id": fresh[item["id"]], "session": copy.id, "deadline": deadline}
        db.table("agenda").insert({**item, **anew, "ends": None, "revealed": 0, "shown": None})
    own = "session = ? AND seed = 1 AND state = 'published' AND text <> ''"
    for number, row in enumerate(list(db.table("statements").rows_where(own, [before.id], order_by="number"))):
        kept: dict[str, Any] = {name: row[name] for name in ("text", "state", "seed", "meta")}
        ids = {"id": str(uuid4()), "session": copy.id, "item": fresh.get(row["item"]), "number": number}
        db.table("statements").insert({**kept, **ids, "sent": copy.made})


def _is_empty(db: Database, session_id: str) -> bool:
    return not any(db.table(table).count_where(where, [session_id]) for table, where in _TAKING_PART.items())
