"""The week ahead: for each card, place and day the chance that its trigger is met, when, and by when to decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from data.area.area import Area
from forecasting.meaning.busy import span_of
from forecasting.meaning.claiming import run_claim
from forecasting.meaning.claims import Claim
from forecasting.meaning.runs import Reached, Runs, reached
from forecasting.meaning.week_hours import week_hours
from forecasting.values.arrays import Floats, Indices
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Thresholds
from response.cards.card import Card, Playbook
from response.cards.checking import zones_of

State = Literal["late", "today", "watch", "nothing"]
"""Too late to be in time · decide today · keep an eye on · nothing to do."""

STATES: Final[tuple[State, ...]] = ("late", "today", "watch", "nothing")

NEARLY: Final = 0.5
"""From this share of the chance at which a card is for use one keeps an eye on it: a choice of this project."""


@dataclass(frozen=True)
class Moment:
    """A card at one place on one local day: how likely its trigger is met, in which hours, and what to do about it.

    ``claim`` is the run of hours with its chance. ``met``: the chance is as high as the card asks.
    """

    card: Card
    claim: Claim
    met: bool
    state: State

    @property
    def zone_id(self) -> str:
        """Where."""
        return self.claim.zone_ids[0]

    @property
    def day(self) -> date:
        """On which local day."""
        return self.start.date()

    @property
    def start(self) -> datetime:
        """When the run is expected to begin (area time)."""
        return self.claim.start

    @property
    def end(self) -> datetime:
        """When the run is expected to end (area time)."""
        return self.claim.end

    @property
    def chance(self) -> float:
        """The probability that the trigger is met."""
        assert self.claim.value is not None
        return self.claim.value

    @property
    def decide_by(self) -> datetime:
        """The latest moment to decide on it and be in time: the start less the lead time (area time)."""
        return self.claim.due


@dataclass(frozen=True)
class Use:
    """A card on one local day, at all places where its trigger is met or nearly so, the most urgent first.

    It is decided on once, so what the card says of the day is that of the place where it is needed first.
    """

    moments: tuple[Moment, ...]

    @property
    def first(self) -> Moment:
        """The place that decides."""
        return self.moments[0]

    @property
    def card(self) -> Card:
        """Which card."""
        return self.first.card

    @property
    def day(self) -> date:
        """Which local day."""
        return self.first.day

    @property
    def met(self) -> bool:
        """Whether the trigger is met at some place."""
        return self.first.met

    @property
    def state(self) -> State:
        """What to do about it now."""
        return self.first.state

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first start to the last end of the places where it is met, or else of all (area time)."""
        shown = [one for one in self.moments if one.met] or self.moments
        return min(one.start for one in shown), max(one.end for one in shown)


@dataclass(frozen=True, eq=False)
class WeekAhead:
    """The cards of a playbook against one forecast, seen at ``now`` (aware).

    ``chance``: cards × zones × days, NaN where a place is not the card's or nothing is known of it that day; ``first``
    and ``last``: the hours (indices) of the run, -1 without one.
    """

    playbook: Playbook
    forecast: Forecast
    thresholds: Thresholds
    now: datetime
    days: tuple[date, ...]
    chance: Floats
    first: Indices
    last: Indices

    @cached_property
    def moments(self) -> tuple[Moment, ...]:
        """What there is to decide or to keep an eye on, from now on: the most urgent first, sweet before sour."""
        floors = np.array([card.trigger.chance * NEARLY for card in self.playbook.cards])
        with np.errstate(invalid="ignore"):
            worth = np.argwhere((self.chance >= floors[:, None, None]) & (self.first >= 0)) if len(floors) else ()
        found = [self._moment(card, zone, day) for card, zone, day in worth]
        return tuple(sorted((one for one in found if one.state != "nothing" and one.end > self.now), key=_order))

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """The same by card and day."""
        by_use = sorted(self.moments, key=lambda one: (one.card.id, one.day))
        groups = groupby(by_use, key=lambda one: (one.card.id, one.day))
        return tuple(sorted((Use(tuple(moments)) for _, moments in groups), key=lambda one: _order(one.first)))

    def _moment(self, card_index: int, row: int, day: int) -> Moment:
        card = self.playbook.cards[card_index]
        first, last = (int(array[card_index, row, day]) for array in (self.first, self.last))
        chance = float(self.chance[card_index, row, day])
        claim = run_claim(
            self.forecast,
            self.thresholds,
            self.forecast.zone_ids[row],
            span_of(self.forecast, first, last),
            level=card.trigger.level,
            in_a_row=card.trigger.hours,
            chance=chance,
            ahead=card.lead_hours,
        )
        met = chance >= card.trigger.chance
        return Moment(card, claim, met, state_of(claim.due, self.now, met=met))


def state_of(decide_by: datetime, now: datetime, *, met: bool) -> State:
    """Return what to do now about something that must be decided by a moment (both aware).

    What is only nearly ``met`` is watched for as long as it can be decided.
    """
    if not met:
        return "nothing" if decide_by < now else "watch"
    if decide_by < now:
        return "late"
    return "today" if now.astimezone(decide_by.tzinfo).date() == decide_by.date() else "watch"


def seen_at(forecast: Forecast, area: Area) -> datetime:
    """Return the moment at which a forecast is looked at: now, or of another week that at which it was made (aware)."""
    return area.now() if forecast.timing.now else forecast.cutoff


def week_ahead(playbook: Playbook, forecast: Forecast, thresholds: Thresholds, area: Area, now: datetime) -> WeekAhead:
    """Return when the cards are for use in the coming seven days; pure, and linear in cards × zones."""
    hours = week_hours(forecast)
    paths, dates = forecast.paths[:, :, hours], forecast.local_dates[hours]
    wanted = thresholds.array(forecast.zone_ids).astype(forecast.paths.dtype)
    rows = [_rows(card, area, forecast) for card in playbook.cards]
    by_level: dict[str, Reached] = {}
    by_trigger: dict[tuple[str, int], Runs] = {}
    asked: dict[tuple[str, int], set[int]] = {}
    for card, of_card in zip(playbook.cards, rows, strict=True):
        asked.setdefault((card.trigger.level, card.trigger.hours), set()).update(of_card.tolist())
    for (level, in_a_row), of_trigger in asked.items():
        if level not in by_level:
            by_level[level] = reached(paths, wanted[:, LEVELS.index(level) - 1], dates)
        by_trigger[level, in_a_row] = by_level[level].runs(in_a_row, sorted(of_trigger))
    days = tuple(dict.fromkeys(dates.tolist()))
    shape = (len(playbook.cards), len(forecast.zone_ids), len(days))
    chance, first, last = np.full(shape, np.nan), np.full(shape, -1), np.full(shape, -1)
    for index, (card, of_card) in enumerate(zip(playbook.cards, rows, strict=True)):
        found = by_trigger[card.trigger.level, card.trigger.hours]
        for out, values in ((chance, found.chance), (first, found.first), (last, found.last)):
            out[index, of_card] = values[of_card]
    shifted = [np.where(array >= 0, array + hours[0], -1) for array in (first, last)]
    return WeekAhead(playbook, forecast, thresholds, now, days, chance, shifted[0], shifted[1])


def _rows(card: Card, area: Area, forecast: Forecast) -> NDArray[np.intp]:
    here = set(zones_of(card, area))
    return np.flatnonzero([zone_id in here for zone_id in forecast.zone_ids])


def _order(moment: Moment) -> tuple[object, ...]:
    """By urgency; then by when to decide; then sweet before sour; then the likelier one first."""
    sour = moment.card.taste == "sour"
    return STATES.index(moment.state), not moment.met, moment.decide_by, sour, -moment.chance, moment.card.id


def together(use: Use, others: Sequence[Use]) -> tuple[list[Card], list[Card], list[Card]]:
    """Return which cards of the same day exclude a card, which strengthen it, and which sweet ones go before it."""
    same = [other.card for other in others if other.day == use.day and other.card.id != use.card.id]
    card = use.card
    excluded = [other for other in same if other.id in card.excludes or card.id in other.excludes]
    stronger = [other for other in same if other.id in card.strengthens or card.id in other.strengthens]
    places = {moment.zone_id for moment in use.moments}
    shared = {
        other.card.id
        for other in others
        if other.day == use.day and places & {moment.zone_id for moment in other.moments}
    }
    sweet = [other for other in same if card.taste == "sour" and other.taste == "sweet" and other.id in shared]
    return excluded, stronger, sweet
