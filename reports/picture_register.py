"""The register of pictures: who asked for one, who approved and released it, and where it was published.

It is a log in users' state (``pictures/log.jsonl``, one JSON object a line) to which lines are only added. People
stand in it by their keyed pseudonym and role, never by name. A picture is a concept until a colleague approves it (four
eyes); one that warns of orange or red also needs a professional's release. Both hold for exactly what was shown: as
soon as a word or a figure changes, it is a concept again.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from math import inf
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import ValidationError

from data.keeping.decision_log import add_line, lines_of
from data.keeping.from_outside import parsed
from data.keeping.home import home
from data.keeping.real_time import utc_text
from feedback.people.roles import Role, has_any
from forecasting.meaning.busy import Span
from forecasting.meaning.claims import Claim
from forecasting.values.thresholds import Level
from language import UserError, message_id
from response.conditions.condition import PICTURES
from response.conditions.gate import check_on
from visuals.studio.material.material import Standing
from visuals.studio.material.order import Order
from visuals.studio.words.message import Message

Deed = Literal["asked", "approved", "released", "published", "withdrawn", "refused"]

APPROVERS: Final = (Role.COMMUNICATIONS, Role.PROFESSIONAL)
RELEASERS: Final = (Role.PROFESSIONAL,)
REASON: Final = 200
"""Characters of a reason at most."""

_UNKNOWN: Final = (inf, inf, inf)
"""Thresholds that were not kept."""


@dataclass(frozen=True)
class Person:
    """Who did something: role, and keyed pseudonym."""

    role: Role
    pseudonym: str


@dataclass(frozen=True)
class Done:
    """A deed: by whom, when (UTC); ``channel`` where it was published, ``reason`` why it was refused."""

    deed: Deed
    role: Role
    pseudonym: str
    at: datetime
    channel: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """A picture in the register: its order, what it says, and what was done with it, oldest first."""

    order: Order
    headline: str
    digest: str
    serious: bool
    claims: tuple[Claim, ...]
    deeds: tuple[Done, ...]

    @property
    def id(self) -> str:
        """The id of its order."""
        return self.order.id

    def of_place(self, zone_id: str) -> list[Claim]:
        """Return the levels that the picture claims of one place: what it is about, and not what it compares with."""
        return [one for one in self.claims if one.zone_ids == (zone_id,) and one.what in {"level", "reaches"}]

    @property
    def places(self) -> list[str]:
        """The places that it is about, that of the headline first."""
        return list(dict.fromkeys(one.zone_ids[0] for one in self.claims if self.of_place(one.zone_ids[0])))

    def last(self, deed: Deed) -> Done | None:
        """Return when and by whom something was last done with it."""
        return next((done for done in reversed(self.deeds) if done.deed == deed), None)

    @property
    def withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.last("withdrawn") is not None

    @property
    def refused(self) -> bool:
        """Whether a colleague refused it: it must be changed, or asked for anew."""
        return self.last("refused") is not None

    @property
    def ready(self) -> bool:
        """Whether it may go out: approved by a colleague, and released where it warns."""
        approved = self.last("approved") is not None
        return (
            approved
            and not self.withdrawn
            and not self.refused
            and (not self.serious or self.last("released") is not None)
        )

    def standing(self, message: Message) -> Standing:
        """Return what the picture must say of itself when it says ``message``: approved is only what was looked at."""
        return "approved" if self.ready and self.digest == digest_of(message) else "concept"


def digest_of(message: Message) -> str:
    """Return a hash of all words and figures of a picture."""
    words = (message.kicker, message.headline, message.chance, message.advice, message.alt, message.origin)
    return hashlib.sha256("\n".join((*words, message.figures.to_csv())).encode()).hexdigest()


def entries(area_id: str | None = None) -> list[Entry]:
    """Return the pictures of an area (or all), the one asked for last first.

    Raises ``UserError`` when the log was damaged.
    """
    found: dict[str, Entry] = {}
    for number, line in enumerate(_lines(), start=1):
        try:
            _take(found, line)
        except (KeyError, ValueError, TypeError, ValidationError) as error:
            raise UserError(
                "Line {row} of {file} is damaged. Restore the file from a backup.", row=number, file=_path()
            ) from error
    wanted = [entry for entry in found.values() if area_id in {None, entry.order.area}]
    return wanted[::-1]


def find_entry(picture_id: str) -> Entry | None:
    """Return a picture by the id of its order, ``None`` when nobody asked for it yet."""
    return next((entry for entry in entries() if entry.id == picture_id), None)


def ask(order: Order, message: Message, by: Person) -> Entry:
    """Ask a colleague to approve a picture. Asking twice for what is the same changes nothing."""
    known = find_entry(order.id)
    gone = known is None or known.withdrawn or known.refused
    if known is not None and not gone and known.digest == digest_of(message):
        return known
    claims = [claim.to_dict() for claim in message.claims]
    said = {
        "headline": message.headline,
        "digest": digest_of(message),
        "serious": message.serious,
        "claims": claims,
    }
    _write({"deed": "asked", "order": json.loads(order.model_dump_json()), **said}, order.id, by)
    return _entry(order.id)


def approve(picture_id: str, by: Person) -> Entry:
    """Approve a picture as a colleague; a professional who does so releases it too.

    Raises ``UserError`` for the own picture, one that is withdrawn or unknown, and a role that may not.
    """
    entry = _to_decide(picture_id, by)
    if entry.last("approved") is None:
        _write({"deed": "approved"}, picture_id, by)
    if entry.serious and has_any(by.role, RELEASERS) and entry.last("released") is None:
        _write({"deed": "released"}, picture_id, by)
    return _entry(picture_id)


def refuse(picture_id: str, reason: str, by: Person) -> Entry:
    """Refuse a picture as a colleague, with a reason that who asked reads.

    Raises ``UserError`` as :func:`approve`, and for a reason without words.
    """
    entry = _to_decide(picture_id, by)
    if not any(letter.isalnum() for letter in reason):
        raise UserError("Say in a few words why, so that your colleague can mend it.")
    _write({"deed": "refused", "reason": " ".join(reason.split())[:REASON]}, entry.id, by)
    return _entry(picture_id)


def may_decide(entry: Entry, by: Person) -> bool:
    """Return whether there is something in a picture for somebody to approve, release or refuse."""
    asked = entry.last("asked")
    if entry.withdrawn or entry.refused or entry.ready or (asked is not None and asked.pseudonym == by.pseudonym):
        return False
    return has_any(by.role, RELEASERS if entry.last("approved") else APPROVERS)


def _to_decide(picture_id: str, by: Person) -> Entry:
    entry = _entry(picture_id)
    if not has_any(by.role, APPROVERS):
        raise UserError("This is for communications and professionals. Ask one of them.")
    asked = entry.last("asked")
    if asked is not None and asked.pseudonym == by.pseudonym:
        raise UserError("Four eyes: somebody else must approve your picture.")
    if entry.withdrawn:
        raise UserError("This picture was withdrawn. Ask for a new one.")
    if entry.refused:
        raise UserError("This picture was refused. Change it, and ask again.")
    return entry


def publish(picture_id: str, channel: str, by: Person) -> Entry:
    """Note that a picture went out.

    Raises ``UserError`` when it is not approved and released, or when a condition switches pictures off.
    """
    entry = _entry(picture_id)
    check_on(entry.order.area, "publication", PICTURES)
    if not entry.ready:
        raise UserError("This picture is still a draft. Let a colleague approve it first.")
    _write({"deed": "published", "channel": channel[:40]}, picture_id, by)
    return _entry(picture_id)


def withdraw(picture_id: str, by: Person) -> Entry:
    """Take a picture back: it is a concept again, and says so."""
    _entry(picture_id)
    _write({"deed": "withdrawn"}, picture_id, by)
    return _entry(picture_id)


def _entry(picture_id: str) -> Entry:
    entry = find_entry(picture_id)
    if entry is None:
        raise UserError("There is no picture '{id}' in the register.", id=picture_id)
    return entry


def _take(found: dict[str, Entry], line: dict[str, Any]) -> None:
    done = Done(
        line["deed"],
        Role(line["role"]),
        str(line["person"]),
        datetime.fromisoformat(line["at"]),
        str(line.get("channel", "")),
        str(line.get("reason", "")),
    )
    picture_id = line["picture"]
    if done.deed == "asked":
        found.pop(picture_id, None)
        claims = tuple(claim for fields in line["claims"] for claim in _claims(fields))
        order = Order.model_validate(line["order"])
        found[picture_id] = Entry(order, line["headline"], line["digest"], line["serious"], claims, (done,))
    else:
        entry = found[picture_id]
        found[picture_id] = replace(entry, deeds=(*entry.deeds, done))


def _claims(fields: dict[str, Any]) -> Iterator[Claim]:
    """Yield what one entry of a line claims. Lines of before claims had versions name a level with its chance.

    Those did not keep the thresholds: they are held against the ones in force, and until then nothing reaches them.
    """
    if "version" in fields:
        yield Claim.from_dict(fields)
    elif fields["level"] != "unknown":
        span = Span(*(datetime.fromisoformat(fields[side]) for side in ("start", "end")))
        level = Claim("level", (fields["zone_id"],), (span,), "UTC", "", (_UNKNOWN,), level=fields["level"])
        yield level
        likely: Level = "red" if level.level == "red" else "orange"
        yield replace(level, what="chance", level=likely, value=float(fields["chance"]))


def _path() -> Path:
    return home() / "pictures" / "log.jsonl"


def _lines() -> list[dict[str, Any]]:
    return lines_of(_path(), parsed, message_id("Line {row} of {file} is damaged. Restore the file from a backup."))


def _write(fields: dict[str, Any], picture_id: str, by: Person) -> None:
    line = {
        "picture": picture_id,
        **fields,
        "role": by.role.value,
        "person": by.pseudonym,
        "at": utc_text(),
    }
    add_line(_path(), line)
