"""Which function is where now: said with two touches, answered by others, overwritten by nobody else, gone after a day.

A function is an actor of the playbook: no unit, no number, no person, and there are no words to put one in. It is off
until a condition says that it may be on (:func:`response.conditions.gate.allowed`).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, get_args

from data.area.area import Area
from data.keeping.acts import OWNER, under_way
from data.keeping.real_time import real_now, utc_text
from feedback.database import presence_rows
from feedback.database.presence_rows import PresenceAnswer, PresenceRow
from language import UserError
from response.cards.actors import actor_ids
from response.cards.history import read_playbook
from response.conditions.condition import WHO_IS_THERE
from response.conditions.gate import allowed

LASTS: Final = timedelta(hours=24)
"""After so long nothing is told any more, and a minute later it is gone."""

Answer = Literal["seen", "right", "otherwise"]
"""Seen · that is right · we see it otherwise."""

ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)


@dataclass(frozen=True)
class Answered:
    """What another organisation answers, and when (UTC); the id of no organisation is empty."""

    answer: Answer
    organisation: str
    at: datetime


@dataclass(frozen=True)
class Presence:
    """A function at a place, as an organisation says it, since when (UTC), and what others answer."""

    id: str
    zone: str
    function: str
    organisation: str
    since: datetime
    answers: tuple[Answered, ...] = ()


def say_there(area: Area, zone: str, function: str, *, there: bool, presence_id: str) -> None:
    """Say that a function is at a place, or is not there any more; of one's own organisation the newest counts.

    Raises ``UserError`` when no condition says that it may be told, or place or function are not of this area.
    """
    _must_be_on(area.id)
    if zone not in area.zone_ids:
        raise UserError("Area {area} has no place '{zone}'.", area=area.id, zone=zone)
    if function not in actor_ids(read_playbook(area)):
        raise UserError("There is no function '{function}' in this playbook.", function=function)
    row = PresenceRow(presence_id, area.id, zone, function, int(there), _organisation(), utc_text(real_now()))
    presence_rows.add_presence(row)


def answer_there(area: Area, presence_id: str, answer: Answer, *, answer_id: str) -> None:
    """Answer what another organisation says; what it says stays as it is.

    Raises ``UserError`` when it may not be told, when it is gone, or is of one's own organisation.
    """
    _must_be_on(area.id)
    found = presence_rows.presence(presence_id)
    if found is None or found.area != area.id:
        raise UserError("This is not told any more.")
    if found.organisation == _organisation():
        raise UserError("Your own organisation says this. Say yourself how it is now.")
    presence_rows.add_answer(PresenceAnswer(answer_id, presence_id, answer, _organisation(), utc_text(real_now())))


def standing(area_id: str, now: datetime | None = None) -> tuple[Presence, ...]:
    """Return which functions are where at a moment (aware), the newest first; none while it may not be told."""
    if not allowed(area_id, WHO_IS_THERE):
        return ()
    since = utc_text((now or real_now()) - LASTS)
    rows = [row for row in presence_rows.newest_presences(area_id, since) if row.there]
    answers = presence_rows.answers_to(area_id) if rows else {}
    return tuple(
        Presence(
            row.id,
            row.zone,
            row.function,
            row.organisation,
            _moment(row.at),
            tuple(_answered(one) for one in answers.get(row.id, ())),
        )
        for row in rows
    )


def _answered(row: PresenceAnswer) -> Answered:
    answer = next(one for one in ANSWERS if one == row.answer)
    return Answered(answer, row.organisation, _moment(row.at))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _must_be_on(area_id: str) -> None:
    if not allowed(area_id, WHO_IS_THERE):
        raise UserError(
            "Telling which function is where is off here. It goes on when the condition about it is met, such as the "
            "consent of the works councils."
        )


def _organisation() -> str:
    under = under_way()
    return (under.actor if under is not None else OWNER).organisation or ""
