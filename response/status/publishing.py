"""The public twin: what was done, for everybody, after a delay that the steward sets. Measures, places and outcomes.

Nothing else has room in :class:`PublicAction`: no hour, no organisation, no function, no reason and no amount. Until a
steward sets a delay nothing is published, and what was entered before that day stays with professionals, who did not
write it for everybody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

from pydantic import Field

from data.area.area import Area
from data.area.zone import Names
from data.keeping.real_time import real_now
from data.keeping.revisions import History, Revision
from feedback.contributions.personal import find_personal
from language import UserError
from response.actions.entry import Logged
from response.actions.log import entries
from response.cards.card import Playbook
from response.cards.public import public_cards

LONGEST: Final = 24 * 30
SHOWN_BACK: Final = timedelta(days=60)


class PublishingRevision(Revision):
    """After how many ``hours`` everybody reads what was done; ``None``: never."""

    hours: Annotated[int, Field(ge=0, le=LONGEST)] | None


_KEPT: Final = History("publishing.json", PublishingRevision, "Say in one sentence why.")


@dataclass(frozen=True)
class PublicAction:
    """What everybody may know of an entry: the local ``day``, the measure's names, where, and what came of it."""

    day: date
    names: Names
    zones: tuple[str, ...]
    outcome: str
    practice: bool


def publishing_revisions(area_id: str) -> tuple[PublishingRevision, ...]:
    """Return all changes of the delay, oldest first. Raises ``UserError`` when their file was damaged."""
    return _KEPT.of(area_id)


def delay(area_id: str) -> int | None:
    """Return after how many hours everybody reads what was done; ``None``: never."""
    history = publishing_revisions(area_id)
    return history[-1].hours if history else None


def set_delay(area: Area, hours: int | None, *, role: str, reason: str) -> PublishingRevision:
    """Let everybody read what was done after so many hours from now on, or never.

    Raises ``UserError`` for a delay that is no number of hours up to 30 days, or without a reason.
    """
    if hours is not None and not 0 <= hours <= LONGEST:
        raise UserError("A delay is 0 to {most} hours.", most=LONGEST)

    def made(stamp: Mapping[str, Any]) -> PublishingRevision:
        return PublishingRevision(**stamp, hours=hours)

    return _KEPT.keep_version(area.id, made, role=role, reason=reason)


def published(area: Area, playbook: Playbook, now: datetime | None = None) -> tuple[PublicAction, ...]:
    """Return what everybody may read at a moment (aware; now), the latest first.

    Words in which something personal may stand are left out.
    """
    now = now or real_now()
    known = {card.id: card.names for card in public_cards(playbook)}
    told = published_entries(area, playbook, now=now, since=now - SHOWN_BACK)
    return tuple(_public(one, known[one.entry.card], area) for one in told if one.entry.card is not None)


def published_entries(
    area: Area, playbook: Playbook, *, now: datetime | None = None, since: datetime | None = None
) -> list[Logged]:
    """Return the entries of which everybody may read something at a moment (aware; now), the latest first.

    Only of cards that everybody may see, and only what was started or ended and not struck through.
    """
    hours, began = delay(area.id), _began(area.id)
    if hours is None or began is None:
        return []
    latest = (now or real_now()) - timedelta(hours=hours)
    known = {card.id for card in public_cards(playbook)}
    return [
        one
        for one in entries(area.id, stages=("started", "ended"), since=since)
        if one.entry.card in known
        and not one.struck
        and began <= one.entered <= latest
        and one.entry.happened <= latest
    ]


def _public(one: Logged, names: Names, area: Area) -> PublicAction:
    outcome = one.entry.texts.get("outcome", "")
    places = [name for zone in area.zones for name in zone.names.values()]
    return PublicAction(
        day=one.entry.happened.astimezone(area.tz).date(),
        names=names,
        zones=tuple(zone for zone in one.entry.zones if zone in area.zone_ids),
        outcome="" if find_personal(outcome, places) else outcome,
        practice=one.entry.practice or area.simulated,
    )


def _began(area_id: str) -> datetime | None:
    """Return since when something is published without a break."""
    began = None
    for one in publishing_revisions(area_id):
        began = None if one.hours is None else began or one.at
    return began
