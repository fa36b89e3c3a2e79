"""What was said of a week before it came, beside what came: its weightiest claims, checked on the counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.consent import gate
from data.keeping.home import area_home
from forecasting.evaluation.backtest_result import newest_backtest
from forecasting.meaning.busy import ORANGE
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim, Happened
from forecasting.meaning.week_hours import days, week_hours
from forecasting.snapshot.snapshot_files import cutoff_of
from forecasting.snapshot.standing import saved_forecast
from forecasting.values.adoption import in_force_at
from forecasting.values.arrays import Indices
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Thresholds, levels
from language import UserError

SHOWN: Final = 3
"""Claims of a week that are told: the weightiest, a choice of this project."""

WEEK: Final = timedelta(days=7)
_EARLIEST: Final = timedelta(days=1)
"""A forecast of the day before still counts as that of the Monday."""

Obtain = Callable[[Area, str], Forecast | None]


@dataclass(frozen=True)
class Told:
    """One claim of a week.

    ``claim`` is what was said; ``chance`` how likely that was said to be, ``None`` where it was not kept. ``corrected``
    is what the last forecast before those hours made of it, where it could not be said any more, and ``corrected_at``
    when that was made. ``came`` is what was counted, ``None`` where nothing was; ``ahead``: its hours were not over.
    """

    claim: Claim
    chance: Claim | None
    corrected: Claim | None
    corrected_at: datetime | None
    came: Happened | None
    ahead: bool

    @property
    def right(self) -> bool | None:
        """Whether what was said came; ``None`` while that is not known."""
        if self.ahead or self.came is None:
            return None
        if self.claim.what == "at most":
            return LEVELS.index(self.came.level) <= LEVELS.index(self.claim.level)
        return bool(self.came.spans)


@dataclass(frozen=True)
class Unsaid:
    """A busy time that came and was not said: that the place would be lively ``at most`` on that day was wrong.

    ``came`` has the worst level that was counted and, as its spans, the hours of it.
    """

    claim: Claim
    came: Happened


@dataclass(frozen=True)
class ToldWeek:
    """What was said on a Monday of its week: ``told``, the weightiest first, by the forecast ``snapshot_id``.

    ``tested``: the forecast was made afterwards, with only what was known then. ``unsaid`` are the weightiest busy
    hours that came at a place and on a day of which none was expected, ``None`` where there were none.
    """

    monday: date
    snapshot_id: str
    made: datetime
    tested: bool
    told: tuple[Told, ...]
    unsaid: Unsaid | None


def monday_of(day: date) -> date:
    """Return the Monday of the week that contains a day."""
    return day - timedelta(days=day.weekday())


def told_mondays(area: Area, until: datetime) -> list[date]:
    """Return the Mondays before a moment (aware) of which it is known what was said, the newest first."""
    found = {monday for monday, _ in _saved(area)}
    tested = newest_backtest(area.id)
    if tested is not None:
        found.add(_tested_on(tested.last_forecast()))
    return sorted((monday for monday in found if _midnight(area, monday) + WEEK <= until), reverse=True)


def told_week(
    area: Area, monday: date, defaults: Thresholds, until: datetime, *, obtain: Obtain = saved_forecast
) -> ToldWeek | None:
    """Return what was said of the week from ``monday`` on beside the counts until a moment (aware).

    That is the first forecast that was kept on that day, or the last one of the day before; else that of the newest
    backtest, where it is of that week. ``None`` where neither is there. ``defaults`` are the area's own thresholds:
    what was adopted when it was said goes before them. ``obtain`` reads a kept forecast, for a caller that keeps them.
    """
    found = _said(area, monday, defaults, obtain)
    if found is None:
        return None
    forecast, thresholds, tested = found
    counts = _counts(area, monday, until)
    told = [
        _told(area, claim, forecast, thresholds, counts, until, obtain, tested=tested)
        for claim in weightiest(forecast, thresholds)
    ]
    unsaid = _unsaid(forecast, thresholds, counts)
    return ToldWeek(monday, forecast.snapshot_id, forecast.cutoff, tested, tuple(told), unsaid)


def weightiest(forecast: Forecast, thresholds: Thresholds, many: int = SHOWN) -> list[Claim]:
    """Return the weightiest claims of the first seven days: which hours of a place and day have its worst level.

    Weight is the level, then how far the peak lies above its threshold. Of a week that is busy nowhere the one claim is
    just that; of a forecast that knows nothing there is none.
    """
    reached, zone_thresholds = forecast.levels(thresholds), thresholds.array(forecast.zone_ids)
    found: list[tuple[int, float, Claim]] = []
    for _, hours in days(forecast, week_hours(forecast)):
        for row, zone_id in enumerate(forecast.zone_ids):
            worst = int(reached[row, hours].max())
            if worst >= ORANGE:
                top = hours[reached[row, hours] == worst]
                claim = claimed("reaches", forecast, thresholds, [zone_id], top, level=LEVELS[worst])
                peak = float(forecast.median[row, top].max() / zone_thresholds[row, worst - 1])
                found += [(worst, peak, claim)] if claim else []
    if found:
        return [claim for _, _, claim in sorted(found, key=lambda one: (-one[0], -one[1]))[:many]]
    known = [zone_id for row, zone_id in enumerate(forecast.zone_ids) if np.isfinite(forecast.median[row]).any()]
    hours = week_hours(forecast)
    quiet = claimed("at most", forecast, thresholds, known, hours, level="yellow") if known else None
    return [quiet] if quiet else []


def _told(
    area: Area,
    claim: Claim,
    forecast: Forecast,
    thresholds: Thresholds,
    counts: pd.DataFrame,
    until: datetime,
    obtain: Obtain,
    *,
    tested: bool,
) -> Told:
    hours: Indices = claim.hours_in(forecast)
    chance = None
    if claim.what == "reaches" and len(forecast.paths):
        chance = claimed("chance", forecast, thresholds, claim.zone_ids, hours, level=claim.level)
    corrected = None if tested else _correction(area, claim, forecast.cutoff, obtain)
    return Told(
        claim,
        chance,
        corrected[0] if corrected else None,
        corrected[1] if corrected else None,
        claim.happened(counts),
        claim.end > until,
    )


def _correction(area: Area, claim: Claim, said: datetime, obtain: Obtain) -> tuple[Claim, datetime] | None:
    """Return what the last kept forecast before the claimed hours said of them, where the claim did not hold."""
    for cutoff, snapshot_id in sorted(_snapshots(area), reverse=True):
        if said < cutoff <= claim.start:
            later = obtain(area, snapshot_id)
            found = claim.recomputed(later) if later is not None else None
            if later is not None and found is not None:
                return None if claim.holds(later) else (found, cutoff)
    return None


def _unsaid(forecast: Forecast, thresholds: Thresholds, counts: pd.DataFrame) -> Unsaid | None:
    """Return the weightiest counted busy hours of a place on a day of which the forecast expected none."""
    hours = week_hours(forecast)
    wide = counts.pivot_table(index="zone_id", columns="hour", values="count", aggfunc="last")
    values = wide.reindex(index=list(forecast.zone_ids), columns=forecast.hours).to_numpy(float)
    came, expected = levels(values, thresholds.array(forecast.zone_ids)), forecast.levels(thresholds)
    best: tuple[int, float, Unsaid] | None = None
    for _, of_day in days(forecast, hours):
        for row, zone_id in enumerate(forecast.zone_ids):
            worst = int(came[row, of_day].max())
            if worst < ORANGE or int(expected[row, of_day].max()) >= ORANGE or (expected[row, of_day] < 0).all():
                continue
            threshold = float(thresholds.array((zone_id,))[0, worst - 1])
            weight = worst, float(np.nanmax(values[row, of_day]) / threshold)
            if best is None or weight > best[:2]:
                claim = claimed("at most", forecast, thresholds, [zone_id], of_day, level="yellow")
                found = replace(claim, level=LEVELS[worst]).happened(counts) if claim else None
                best = (*weight, Unsaid(claim, found)) if claim and found else best
    return best[2] if best else None


def _said(area: Area, monday: date, defaults: Thresholds, obtain: Obtain) -> tuple[Forecast, Thresholds, bool] | None:
    for _, snapshot_id in (one for one in _saved(area) if one[0] == monday):
        forecast = obtain(area, snapshot_id)
        if forecast is not None:
            return forecast, in_force_at(area.id, forecast.cutoff, defaults), False
    tested = newest_backtest(area.id)
    if tested is not None and _tested_on(tested.last_forecast()) == monday:
        return tested.last_forecast(), tested.last_thresholds(), True
    return None


def _saved(area: Area) -> Iterator[tuple[date, str]]:
    """Yield Mondays with the id of a forecast that was kept of them: those of the day first, then of the day before."""
    for back in (timedelta(0), _EARLIEST):
        kept = sorted(_snapshots(area), reverse=bool(back))
        for cutoff, snapshot_id in kept:
            day = cutoff.astimezone(area.tz).date() + back
            if day == monday_of(day):
                yield day, snapshot_id


def _snapshots(area: Area) -> list[tuple[datetime, str]]:
    paths = (area_home(area.id) / "snapshots").glob("*/snapshot.json")
    return [(cutoff, path.parent.name) for path in paths if (cutoff := cutoff_of(path.parent.name)) is not None]


def _tested_on(forecast: Forecast) -> date:
    return monday_of(forecast.local_hours[0].date())


def _midnight(area: Area, day: date) -> datetime:
    return datetime.combine(day, time(), area.tz)


def _counts(area: Area, monday: date, until: datetime) -> pd.DataFrame:
    """Return the counts of the eight days from a Monday on, as far as they lie before a moment and may be read."""
    start, end = _midnight(area, monday), min(_midnight(area, monday + WEEK + timedelta(days=1)), until)
    try:
        return gate.read(area, "counts", start, max(start, end))
    except UserError:
        return pd.DataFrame({"zone_id": [], "hour": pd.to_datetime([], utc=True), "count": []})
