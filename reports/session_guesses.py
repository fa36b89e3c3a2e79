"""What came of a guessing round: room and forecast by place, and how far both were off once the day was counted.

Both are judged by the thresholds that were in force when the forecast was made, and by the same score.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import pandas as pd

from data.area.area import Area
from data.consent import gate
from feedback.sessions.rounds.guesses import Group, Guess, Round, told_apart
from forecasting.evaluation.guess_scores import Shares, came, expected_shares, middle, shares_of, steps_off
from forecasting.snapshot.standing import saved_forecast
from forecasting.values.adoption import in_force_at
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Level, Thresholds
from language import UserError

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Compared:
    """One place, or (``zone`` is ``None``) places of which too few people guessed to tell of each.

    ``room``, ``model`` and ``came`` are levels of the busiest hour, told of a single place only. ``room_off`` and
    ``model_off`` are how many levels off, ``None`` as long as the day was not counted.
    """

    zone: str | None
    people: int
    room: Level | None
    model: Level | None
    came: Level | None
    room_off: float | None
    model_off: float | None


@dataclass(frozen=True)
class GuessResult:
    """A round: the ``day`` that was guessed, how many people guessed, and the places that may be told of.

    ``missing``: the forecast that the room looked at is not here any more.
    """

    day: date
    people: int
    places: tuple[Compared, ...]
    missing: bool = False

    @property
    def counted(self) -> tuple[Compared, ...]:
        """The places whose day was counted."""
        return tuple(one for one in self.places if one.room_off is not None and one.model_off is not None)

    @property
    def room_off(self) -> float | None:
        """How many levels the room was off, over all who guessed a counted place; ``None``: nothing was counted."""
        return _mean([(one.people, one.room_off) for one in self.places if one.room_off is not None])

    @property
    def model_off(self) -> float | None:
        """The same of the forecast, with each place weighing as much."""
        return _mean([(one.people, one.model_off) for one in self.places if one.model_off is not None])


def guess_result(
    about: Round,
    guesses: tuple[Guess, ...],
    area: Area,
    defaults: Thresholds,
    until: datetime,
    *,
    obtain: Callable[[Area, str], Forecast | None] = saved_forecast,
) -> GuessResult:
    """Lay guesses beside the forecast they were made without, and beside the counts until a moment (aware).

    ``defaults`` are the area's own thresholds; what was adopted before the forecast goes before them. ``obtain`` reads
    a kept forecast, for a caller that keeps them.
    """
    forecast = obtain(area, about.snapshot)
    if forecast is None:
        return GuessResult(about.day, len(guesses), (), missing=True)
    known = tuple(one for one in guesses if one.zone in forecast.zone_ids)
    judge = _Judge(
        forecast, in_force_at(area.id, forecast.cutoff, defaults), _counts(area, about.day, until), about.day
    )
    places = tuple(judge.compared(group) for group in told_apart(known))
    return GuessResult(about.day, len(guesses), places)


@dataclass(frozen=True)
class _Judge:
    forecast: Forecast
    thresholds: Thresholds
    counts: pd.DataFrame
    day: date

    def compared(self, group: Group) -> Compared:
        found = [self._place(zone, group) for zone in dict.fromkeys(one.zone for one in group.guesses)]
        room_off = model_off = None
        if all(one.room_off is not None and one.model_off is not None for one in found):
            room_off = _mean([(one.people, one.room_off or 0.0) for one in found])
            model_off = _mean([(one.people, one.model_off or 0.0) for one in found])
        if group.zone is not None:
            return found[0]
        return Compared(None, len(group.guesses), None, None, None, room_off, model_off)

    def _place(self, zone: str, group: Group) -> Compared:
        said = [one.level for one in group.guesses if one.zone == zone]
        room = shares_of(said)
        model = expected_shares(self.forecast, self.thresholds, zone, self.day)
        level = came(self.counts, self.forecast, self.thresholds, zone, self.day)

        def off(shares: Shares | None) -> float | None:
            return None if level is None or shares is None else steps_off(shares, level)

        return Compared(zone, len(said), middle(room), middle(model) if model else None, level, off(room), off(model))


def _mean(weighed: list[tuple[int, float]]) -> float | None:
    total = sum(people for people, _ in weighed)
    return sum(people * off for people, off in weighed) / total if total else None


def _counts(area: Area, day: date, until: datetime) -> pd.DataFrame:
    """Return the counts of a local day, as far as they lie before a moment and may be read."""
    start = datetime.combine(day, datetime.min.time(), area.tz)
    end = min(datetime.combine(day + _DAY, datetime.min.time(), area.tz), until)
    try:
        return gate.read(area, "counts", start, max(start, end))
    except UserError:
        return pd.DataFrame({"zone_id": [], "hour": pd.to_datetime([], utc=True), "count": []})
