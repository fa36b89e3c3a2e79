"""Days 8 to 14 by daypart: how many people in the fullest hour, from what is usual and the robust day models.

Trees need the count of the week before, so the mix does not reach there. What is used does in closed form: the usual
peak of the daypart, moved by how far the last week lay above the usual and by what the day model knows of the calendar
and the season. All in logarithms of one more than a count.
"""

import warnings
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.inputs.special_days import SpecialDays, ordinary_weekdays
from forecasting.model.calibration import Calibration, fit_errors
from forecasting.model.usual_counts import UsualCounts, median_and_spread
from forecasting.values.arrays import Flags, Floats, Ints
from forecasting.values.compact import from_hundredths, packed, to_hundredths, unpacked
from forecasting.values.second_week import AHEAD, PARTS_OF_DAY

SLOTS: Final = len(AHEAD) * PARTS_OF_DAY
"""Dayparts of the second week."""

MODEL_SHARE: Final = 0.5
"""How much the day model counts beside the last week. On Auckland 2022–24, Dublin and Zürich 0.3 to 0.5 are equal, and
letting the last week fade further changes nothing."""

_WEEK: Final = 7
_PART_HOURS: Final = 24 // PARTS_OF_DAY
_LEAST_HOURS: Final = 5
_LIMIT: Final = 1.5
_FAR: Final = 3
"""Days ahead by which errors are told apart; those of the second week are all of the last group."""


@dataclass(frozen=True, eq=False)
class SecondWeekErrors:
    """What such forecasts got wrong at O past midnights (``moments``, UTC), oldest first, of Z zones.

    All are Z × O × 28 logarithms: ``came`` (NaN where unknown) and ``levels``, what was expected; ``special``: O × 28,
    whether the day was special.
    """

    moments: pd.DatetimeIndex
    came: Floats
    levels: Floats
    special: Flags

    def quantiles(self, levels: Floats, special: Flags, at: pd.Timestamp) -> Floats:
        """Return the counts at ``forecast.QUANTILES`` of ``levels`` (Z × 28) expected at ``at`` (UTC): Z × 28 × 9."""
        age = np.asarray((at - self.moments) / pd.Timedelta(days=1), dtype=float)
        far = np.full(SLOTS, _FAR)
        found = fit_errors(self.came - self.levels, self.levels, self.special, age, far)
        calibration: Calibration = found.calibration(levels, far, special)
        return np.asarray(np.maximum(np.expm1(levels[:, :, None] + calibration.quantiles), 0))

    def to_dict(self) -> dict[str, Any]:
        """Return them as plain values for JSON: hundredths in 16 bits, compressed."""
        kept = {"expected": self.levels, "error": self.came - self.levels}
        return {
            "origins": [moment.isoformat() for moment in self.moments],
            "zone_count": len(self.came),
            "special": ["".join("01"[flag] for flag in row) for row in self.special.astype(int)],
            **{name: packed(to_hundredths(values)) for name, values in kept.items()},
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "SecondWeekErrors":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        moments = pd.DatetimeIndex(pd.to_datetime(fields["origins"], utc=True)).as_unit("us")
        shape = (int(fields["zone_count"]), len(moments), SLOTS)
        levels, error = (from_hundredths(unpacked(fields[name])).reshape(shape) for name in ("expected", "error"))
        special = np.array([[sign == "1" for sign in row] for row in fields["special"]], dtype=bool)
        return cls(moments, levels + error, levels, special.reshape(len(moments), SLOTS))


def daypart_peaks(cube: Floats) -> Floats:
    """Return the highest of each daypart of values by local day and hour: … × D × 24 → … × D × 4.

    NaN where fewer than five of its six hours are known.
    """
    parts = cube.reshape(*cube.shape[:-1], PARTS_OF_DAY, _PART_HOURS)
    known = np.isfinite(parts).sum(axis=-1) >= _LEAST_HOURS
    return np.where(known, np.where(np.isfinite(parts), parts, -np.inf).max(axis=-1), np.nan)


def usual_peaks(logs: Floats, days: SpecialDays) -> Floats:
    """Return the median peak of the last eight usual days of each weekday: Z × D × 4 of ``logs`` (Z × D × 24)."""
    peaks = daypart_peaks(logs)
    lags, used = ordinary_weekdays(days.special)
    learned = np.where(used[None, :, :, None], peaks[:, np.maximum(lags, 0)], np.nan)
    return median_and_spread(learned)[0].astype(float)


def expected_peaks(
    counts: UsualCounts, usual: Floats, cutoff: int, log_days: Floats, last_week: Floats, level: Floats
) -> Floats:
    """Return the expected peaks of the second week after the day with the place ``cutoff``: Z × 7 × 4, logarithms.

    ``usual``: see :func:`usual_peaks`; ``log_days`` (Z × D): what the day models say, with their ``level`` (Z) of the
    last weeks; ``last_week`` (Z): how far the last week lay above the usual, as far as that is believed. Without events
    and in mean weather. NaN where nothing is usual.
    """
    target = cutoff + np.array(AHEAD)
    like = target - _WEEK
    moved = np.where(counts.days.holiday[target], (counts.days.weekday[like] + 1) % _WEEK, 0)
    base, total = usual[:, like - moved], counts.usual_total[:, like - moved]
    from_model = np.clip(log_days[:, target] + level[:, None] - total, -_LIMIT, _LIMIT)
    share = np.where(np.isfinite(from_model), MODEL_SHARE, 0.0)
    shift = (1 - share) * last_week[:, None] + share * np.nan_to_num(from_model)
    return np.asarray(base + shift[..., None])


def with_effects(peaks: Floats, weather: Floats, added: Floats) -> Floats:
    """Return ``peaks`` (Z × 7 × 4) with typical ``weather`` (Z × 7 × 24, logarithms) and people whom events bring.

    ``added`` (Z × 7 × 24): people in each hour. Of a daypart the middle of its weather and its fullest hour count.
    """
    shape = (*weather.shape[:2], PARTS_OF_DAY, _PART_HOURS)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Mean of empty slice", RuntimeWarning)
        effect = np.nanmean(weather.reshape(shape), axis=-1)
    people = np.nan_to_num(added).reshape(shape).max(axis=-1)
    return np.asarray(np.log1p(np.maximum(np.expm1(peaks + np.nan_to_num(effect)), 0) + people))


def special_slots(days: SpecialDays, target: Ints) -> Flags:
    """Return whether each daypart of the days ``target`` (places) is on a special day: 28."""
    return np.repeat(days.special[target], PARTS_OF_DAY)
