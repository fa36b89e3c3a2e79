"""Sessions: when people meet, what is on the agenda, and what the room is looking at now."""

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, get_args
from uuid import uuid4

from sqlite_utils import Database

from data.area.partners import check_packages
from data.area.settings import time_of
from data.keeping.acts import ChangedError
from data.keeping.real_time import real_today, utc_text
from feedback.contributions.moderation import Mode
from feedback.database.store import change_store, open_store, select
from feedback.groups.votes_by_role import note_votes_by_role
from feedback.people.codes import short_code
from feedback.people.invitations import end_session, invite
from feedback.people.participants import author_of_visit, register
from feedback.people.roles import Role
from language import Language, UserError
from language.visible import one_line

Kind = Literal["klankbordgroep", "kennistafel", "werkgroep"]
State = Literal["draft", "open", "closed"]
Report = Literal["none", "concept", "adopted"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
TITLE_LENGTH: Final = 120


@dataclass(frozen=True)
class Session:
    """A session as it stands. ``item`` is what the room looks at; ``code`` is there while it is open.

    ``date`` is the local day; moments are UTC texts. ``attended`` is how many came, by the role they named. In a
    ``rehearsal`` all that is sent is only tried out, and wiped. ``packages`` are the work packages that it is for.
    """

    id: str
    name: str
    kind: Kind
    title: str
    date: str
    place: str
    area: str
    code: str | None
    state: State
    report: Report
    moderation: Mode
    item: str | None
    snapshot: str | None
    made: str
    opened: str | None
    closed: str | None
    adopted: str | None
    minutes: str
    organisations: str
    attended: dict[str, int]
    rehearsal: bool = False
    packages: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date:
        """The day it is held."""
        return dt.date.fromisoformat(self.date)


def kind_name(kind: Kind, lang: Language) -> str:
    """Return what a kind of session is called."""
    names: dict[Kind, str] = {
        "klankbordgroep": lang.t("sounding board"),
        "kennistafel": lang.t("knowledge table"),
        "werkgroep": lang.t("working group"),
    }
    return names[kind]


def make_session(
    title: str,
    *,
    kind: Kind,
    day: dt.date,
    area: str,
    place: str = "",
    moderation: Mode | Literal["before", "after"] = Mode.BEFORE,
    name: str | None = None,
    session_id: str | None = None,
    packages: Iterable[str] = (),
) -> Session:
    """Make a session that is not open yet; the same ``session_id`` twice makes one session.

    ``moderation`` is when moderators look at what people send. ``packages``: ids of work packages of the area.

    ``name`` is how commands and files call it; without one it is made of the title and the day. Raises
    ``UserError`` for an empty or long title, a name that is taken, or a package that the area does not name.
    """
    title, for_packages = one_line(title), check_packages(area, packages)
    if not title or len(title) > TITLE_LENGTH:
        raise UserError("Give a title of at most {n} characters.", n=TITLE_LENGTH)
    session_id = session_id or str(uuid4())
    with change_store() as db:
        if not list(db.table("sessions").rows_where("id = ?", [session_id])):
            if name is not None and _taken(db, name):
                raise UserError("There is already a session '{name}'. Choose another name.", name=name)
            fields = {
                "id": session_id,
                "name": name or _free_name(db, f"{_slug(title)}-{day.isoformat()}"),
                "kind": kind,
                "title": title,
                "date": day.isoformat(),
                "place": one_line(place),
                "area": area,
                "state": "draft",
                "moderation": Mode(moderation).value,
                "made": utc_text(),
                "packages": json.dumps(for_packages),
            }
            db.table("sessions").insert(fields)
        return read_session(db, session_id)


def find_session(session_id: str) -> Session:
    """Return a session by its id. Raises ``UserError`` when there is none."""
    with open_store() as db:
        return read_session(db, session_id)


def session_named(name: str) -> Session:
    """Return a session by its name. Raises ``UserError`` when there is none."""
    with open_store() as db:
        for row in db.table("sessions").rows_where("name = ?", [name]):
            return _session(row)
        known = ", ".join(row["name"] for row in db.table("sessions").rows_where(order_by="made desc", limit=10))
    raise UserError("There is no session '{name}'. There are: {known}.", name=name, known=known or "–")


def open_session_of(entered: Iterable[str]) -> str | None:
    """Return the first of the sessions that somebody entered which is open now: what they send belongs to it."""
    with open_store() as db:
        for session_id in entered:
            if db.table("sessions").count_where("id = ? AND state = 'open'", [session_id]):
                return session_id
    return None


def list_sessions(*states: State) -> list[Session]:
    """Return all sessions, or those in the ``states``; the latest day comes first."""
    with open_store() as db:
        found = [_session(row) for row in db.table("sessions").rows_where(order_by="date desc, made desc, rowid desc")]
    return [session for session in found if not states or session.state in states]


def open_session(session_id: str, *, snapshot: str | None = None) -> Session:
    """Open a session: it gets a code of six letters, and its first item is shown. Opening twice changes nothing.

    ``snapshot`` is the forecast that the room looks at, so that the report can show the same.
    """
    session = find_session(session_id)
    if session.state == "open":
        return session
    end_session(session_id)
    code = new_code(session)
    with change_store() as db:
        items = db.table("agenda").rows_where("session = ?", [session_id], order_by="position", limit=1)
        first = next(iter(items), None)
        change = {
            "state": "open",
            "code": code,
            "opened": session.opened or utc_text(),
            "closed": None,
            "item": session.item or (first and first["id"]),
            "snapshot": snapshot or session.snapshot,
        }
        db.table("sessions").update(session_id, change)
        return read_session(db, session_id)


def new_code(session: Session) -> str:
    """Give out six letters that let participants into a session; a code that is in use is passed over."""
    for _ in range(20):
        try:
            return invite(
                Role.PARTICIPANT,
                session.name,
                by=Role.FACILITATOR,
                kind="shared",
                code=short_code(),
                session=session.id,
                landing=f"join?session={session.id}",
            )[1]
        except ChangedError:
            raise
        except UserError:
            continue
    raise UserError("No free code was found. Close sessions that are over, and try again.")


def close_session(session_id: str) -> Session:
    """Close a session. What was sent is kept, and who is in can look back.

    Its code lets nobody in any more; where a request for advice can still be answered, after the last day of that.
    """
    with change_store() as db:
        session = read_session(db, session_id)
        if session.state == "closed":
            return session
        until = None if session.rehearsal else _over_at(db, session)
        code = session.code if until else None
        db.table("sessions").update(session_id, {"state": "closed", "code": code, "closed": utc_text()})
        note_votes_by_role(db, session_id)
        session = read_session(db, session_id)
    end_session(session_id, until=until)
    return session


def _over_at(db: Database, session: Session) -> datetime | None:
    """Return when the last day on which a request can be answered is over; ``None`` when no such day is left."""
    sql = "SELECT max(deadline) FROM agenda WHERE session = ? AND kind = 'request' AND deadline >= ?"
    tz = time_of(session.area)
    last = db.execute(sql, [session.id, real_today(tz).isoformat()]).fetchone()[0]
    if last is None:
        return None
    return datetime.combine(dt.date.fromisoformat(last) + timedelta(days=1), dt.time(), tz)


def show_item(session_id: str, item_id: str) -> None:
    """Let the room look at an item; its timer starts when it has one and was not started yet."""
    with change_store() as db:
        item = next(iter(db.table("agenda").rows_where("id = ? AND session = ?", [item_id, session_id])), None)
        if item is None:
            raise UserError("This item is no longer on the agenda.")
        db.table("sessions").update(session_id, {"item": item_id})


def start_timer(item_id: str, minutes: int) -> None:
    """Let the item's timer run from now."""
    ends = utc_text(datetime.now(UTC) + timedelta(minutes=minutes))
    with change_store() as db:
        db.table("agenda").update(item_id, {"ends": ends})


def stop_timer(item_id: str) -> None:
    """Take the timer away."""
    with change_store() as db:
        db.table("agenda").update(item_id, {"ends": None})


def reveal(item_id: str, shown: bool = True) -> None:
    """Show the answers of an item to the room, or hide them again; when they were shown first is kept."""
    with change_store() as db:
        sql = "UPDATE agenda SET revealed = ?, shown = CASE WHEN ? THEN coalesce(shown, ?) ELSE shown END WHERE id = ?"
        db.execute(sql, [int(shown), int(shown), utc_text(), item_id])


def join(session_id: str, person: str, role: str | None = None) -> None:
    """Note that somebody is there, and the role they name; once, however often they come back."""
    with change_store() as db:
        register(db, author_of_visit(person))
        db.execute(
            "INSERT INTO attendance (id, session, person, role, joined) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (session, person) DO UPDATE SET role = coalesce(excluded.role, role)",
            [str(uuid4()), session_id, person, role, utc_text()],
        )


def role_in(session_id: str, person: str) -> str | None:
    """Return the role that somebody named in this session, or ``None`` when they have not (yet)."""
    with open_store() as db:
        rows = select(db, "attendance", "session = ? AND person = ?", session_id, person)
    return rows[0]["role"] if rows else None


def present(session_id: str) -> int:
    """Return how many people joined."""
    with open_store() as db:
        return int(db.table("attendance").count_where("session = ?", [session_id]))


def read_session(db: Database, session_id: str) -> Session:
    """Return a session inside a change. Raises ``UserError`` when there is none."""
    for row in select(db, "sessions", "id = ?", session_id):
        return _session(row)
    raise UserError("This session is not there (any more).")


def _session(row: dict[str, Any]) -> Session:
    values = {**row, "attended": json.loads(row["attended"]), "moderation": Mode(row["moderation"])}
    packages = tuple(json.loads(row["packages"]))
    return Session(**{**values, "rehearsal": bool(row["rehearsal"]), "packages": packages})


def _taken(db: Database, name: str) -> bool:
    return bool(db.table("sessions").count_where("name = ?", [name]))


def _free_name(db: Database, wanted: str) -> str:
    name, number = wanted, 2
    while _taken(db, name):
        name, number = f"{wanted}-{number}", number + 1
    return name


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "sessie"
