"""What people said beside a measured effect: side effects in the log, in sessions, and in responses of those days.

Counts cannot say whether it became nicer or safer. Who adopts an effect reads this first.
"""

from dataclasses import dataclass
from typing import Final

from data.area.area import Area
from feedback.contributions.published import Published, published
from feedback.sessions.rounds.card_views import RoleViews, views_of_card, words_on_card
from response.actions.entry import Logged
from response.actions.practice import logged
from response.effects.finding import Finding

MOST: Final = 5
"""Of each kind: the newest."""


@dataclass(frozen=True)
class SaidBeside:
    """What was said of a card: ``entries`` of the log with side effects, what each group of a session thinks of it, the
    published ``words`` of sessions about it, and published ``responses`` of its places on days with it."""

    entries: tuple[Logged, ...]
    views: tuple[RoleViews, ...]
    words: tuple[str, ...]
    responses: tuple[Published, ...]

    def __bool__(self) -> bool:
        return bool(self.entries or self.views or self.words or self.responses)


def said_beside(area: Area, found: Finding) -> SaidBeside:
    """Return what people said beside the effect of a card.

    Of responses no more is told of who and where than at least five share, as everywhere.
    """
    entries = [
        one
        for one in logged(area, card=found.card)
        if one.entry.texts.get("side_effects") and not one.struck and not one.entry.practice
    ]
    days = {one.day for one in found.treated}
    responses = [
        one
        for one in published(area.id, area.tz)
        if one.text
        and one.label.zone in found.zones
        and one.label.hour is not None
        and one.label.hour.astimezone(area.tz).date() in days
    ]
    return SaidBeside(
        tuple(entries[:MOST]),
        tuple(views_of_card(area.id, found.card)),
        tuple(words_on_card(area.id, found.card, MOST)),
        tuple(responses[:MOST]),
    )
