"""What the boosted part of a forecast looks at, for every zone and hour of the days from a cutoff on.

All is relative to the usual count of that hour (see ``usual_counts``), in logarithms. ``h`` stands for hours, ``d`` for
day totals, ``p`` for zones pooled:

- ``lag1`` … ``lag8``, ``dlag1`` …: the same weekday, weeks before
- ``last_eight``, ``spread``, ``sunday``, ``level``, ``share``: what is usual
- ``e1`` … ``e28`` (``pe…``, ``eh…``, ``peh…``): the mean of the last days; ``late``: yesterday evening; ``etype``:
  of workdays or weekend days; ``eexp``: fading with age
- ``r52`` …: the same day of earlier years (see ``analog_days``)
- ``prophet`` …: what the day model says, with the level of the last weeks and without
- the calendar (see ``special_days``), ``hour``, ``ahead`` (days from the cutoff on: 1–7; later days as the seventh)
"""

import warnings
from typing import Final

import numpy as np

from forecasting.inputs.special_days import mean_flags, ordinary_weekdays
from forecasting.model.analog_days import Analogs
from forecasting.model.day_parts import DayParts
from forecasting.model.usual_counts import UsualCounts, smoothed
from forecasting.values.arrays import Floats, Ints

LOOK_BACK: Final = 28
AHEAD_DAYS: Final = 7
_LIMIT: Final = 1.5
_LEVEL_KEPT: Final = 0.7
_FADING: Final = 0.85
_PROPHET_DAYS: Final = 56

Columns = dict[str, Floats]


def features(counts: UsualCounts, cutoff: int, days: int, before: Analogs, parts: DayParts) -> Columns:
    """Return the features by name, each Z × T × 24 or with axes of length 1, of the ``days`` T from a cutoff on.

    ``cutoff`` is the place of the first day to forecast; of ``counts`` only the days before it are used. ``before``
    holds the analogs of (at least) those days, ``parts`` the days from 70 before the cutoff on.
    """
    target = np.arange(cutoff, cutoff + days)
    like = cutoff + (target - cutoff) % 7
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice|All-NaN slice", RuntimeWarning)
        return {
            **_usual(counts, like, target),
            **_earlier_years(before.on(counts.days.dates[target])),
            **_calendar(counts, target),
            **_recent(counts, cutoff, like),
            **_prophet(counts, cutoff, target, like, parts),
            "hour": np.arange(24, dtype=np.float32)[None, None],
            "ahead": by_day(np.minimum(target - cutoff + 1, AHEAD_DAYS)),
        }


def stacked(columns: Columns, names: tuple[str, ...]) -> Floats:
    """Return the features ``names`` side by side: Z × T × 24 × F, single precision."""
    shape = np.broadcast_shapes(*(column.shape for column in columns.values()))
    out = np.empty((*shape, len(names)), dtype=np.float32)
    for place, name in enumerate(names):
        out[..., place] = columns[name]
    return out


def by_day(values: Floats | Ints) -> Floats:
    """Return values of days as 1 × T × 1."""
    return np.asarray(values, dtype=np.float32)[None, :, None]


def _by_zone(values: Floats) -> Floats:
    return np.asarray(values, dtype=np.float32)[:, None, None]


def _usual(counts: UsualCounts, like: Ints, target: Ints) -> Columns:
    """From the weeks before: the days beyond the first week are taken like those of the first week."""
    usual, total = counts.usual[:, like], counts.usual_total[:, like]
    found = {f"lag{week}": counts.logs[:, like - 7 * week] - usual for week in (1, 2, 3, 4, 5, 6, 8)}
    found |= {f"dlag{week}": (counts.total[:, like - 7 * week] - total)[..., None] for week in (1, 2, 3, 4)}
    sunday = like - (counts.days.weekday[like] - 6) % 7
    logs = np.log(np.maximum(np.expm1(usual), 0.5))
    lags, used = ordinary_weekdays(counts.days.special)
    school = mean_flags(counts.days.school > 0, lags[like], used[like])
    special = counts.days.special[like[:, None] - 7 * np.arange(1, 9)].mean(axis=1)
    return {
        **found,
        "last_eight": counts.last_eight[:, like] - usual,
        "spread": counts.spread[:, like],
        "sunday": counts.usual[:, sunday] - usual,
        "level": logs,
        "share": logs - total[..., None],
        "school_usual": by_day(school - (counts.days.school[target] > 0)),
        "special_weeks": by_day(special),
    }


def _earlier_years(before: Analogs) -> Columns:
    return {
        "r52": before.weeks52,
        "dr52": before.weeks52_day[..., None],
        "pdr52": by_day(before.weeks52_area),
        "ra1": before.last,
        "ram": before.mean,
        "pram": before.mean_area[None],
        "dram": before.mean_day[..., None],
        "pdram": by_day(before.mean_area_day),
    }


def _calendar(counts: UsualCounts, target: Ints) -> Columns:
    days = counts.days
    values = {
        "weekday": days.weekday,
        "day_of_year": days.dates.day_of_year.to_numpy(),
        "holiday": days.holiday,
        "since": days.since,
        "until": days.until,
        "christmas": np.clip(days.christmas, -40, 40),
        "easter": np.clip(days.easter, -15, 15),
        "school": days.school,
        "school_since": days.school_since,
        "school_until": days.school_until,
        "run": days.run,
        "special": days.special,
        "after_holiday": days.after,
        "before_holiday": days.before,
    }
    return {name: by_day(column[target]) for name, column in values.items()}


def _recent(counts: UsualCounts, cutoff: int, like: Ints) -> Columns:
    """The last days, each against what is usual on its weekday now."""
    recent = np.arange(cutoff - LOOK_BACK, cutoff)
    same = cutoff + (recent - cutoff) % 7
    special = counts.days.special[recent]
    day = np.where(special, np.nan, counts.total[:, recent] - counts.usual_total[:, same])
    day = np.clip(day, -_LIMIT, _LIMIT)
    hours = np.where(special[None, :, None], np.nan, counts.logs[:, recent] - counts.usual[:, same])
    hours = np.clip(hours, -_LIMIT, _LIMIT)
    pooled, smooth = counts.pooled(day), smoothed(hours, (0.1, 0.2, 0.4, 0.2, 0.1))
    pooled = np.where(np.isfinite(day).any(axis=0), pooled, np.nan)
    found: Columns = {}
    for span in (1, 2, 3, 7, 14, 28):
        found[f"e{span}"] = _by_zone(np.nanmean(day[:, -span:], axis=1))
        if span != 2:
            found[f"pe{span}"] = np.full((1, 1, 1), np.nanmean(pooled[-span:]), dtype=np.float32)
            found[f"eh{span}"] = np.nanmean(smooth[:, -span:], axis=1)[:, None]
    found["peh7"] = counts.pooled(np.nanmean(smooth[:, -7:], axis=1))[None, None]
    found["peh1"] = counts.pooled(smooth[:, -1])[None, None]
    found["late"] = _by_zone(np.nanmean(hours[:, -1, 18:], axis=1))
    weekend = counts.days.weekday >= 5
    halves = [
        np.nanmean(np.where((weekend[recent] == half)[-14:], day[:, -14:], np.nan), axis=1) for half in (False, True)
    ]
    found["etype"] = np.stack(halves, axis=1)[:, weekend[like].astype(int)][..., None]
    weight = np.isfinite(day) * _FADING ** np.arange(LOOK_BACK - 1, -1, -1)
    found["eexp"] = _by_zone((np.nan_to_num(day) * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9))
    return found


def _prophet(counts: UsualCounts, cutoff: int, target: Ints, like: Ints, parts: DayParts) -> Columns:
    recent, past = np.arange(cutoff - LOOK_BACK, cutoff), np.arange(cutoff - _PROPHET_DAYS, cutoff)
    here, usual = target - parts.first, counts.usual_total[:, like]
    special = counts.days.special
    error = np.where(special[recent], np.nan, counts.total[:, recent] - parts.expected[:, recent - parts.first])
    error = np.clip(error, -_LIMIT, _LIMIT)
    level = np.nanmedian(error, axis=1)
    weekday = counts.days.weekday
    by_weekday = np.stack(
        [np.nanmedian(np.where(weekday[recent] == day, error, np.nan), axis=1) for day in range(7)], axis=1
    )[:, weekday[target]]
    season = parts.yearly + parts.holidays
    ordinary = past[~special[past]] - parts.first
    ordinary = ordinary if len(ordinary) else past - parts.first
    moved = season[:, here] - np.nanmean(season[:, ordinary], axis=1)[:, None]
    holiday = parts.holidays[:, here] - np.nanmean(parts.holidays[:, ordinary], axis=1)[:, None]
    yearly = parts.yearly[:, here] - np.nanmean(parts.yearly[:, past - parts.first], axis=1)[:, None]
    expected = parts.expected[:, here]
    return {
        "prophet": (expected + _LEVEL_KEPT * level[:, None] - usual)[..., None],
        "prophet_weekday": (expected + by_weekday - usual)[..., None],
        "prophet_plain": (expected - usual)[..., None],
        "prophet_season": moved[..., None],
        "prophet_area_season": by_day(counts.pooled(moved)),
        "prophet_holiday": holiday[..., None],
        "prophet_year": yearly[..., None],
        "prophet_level7": _by_zone(np.nanmean(error[:, -7:], axis=1)),
        "prophet_level14": _by_zone(np.nanmean(error[:, -14:], axis=1)),
        "prophet_level28": _by_zone(level),
        "prophet_last": _by_zone(error[:, -1]),
    }
