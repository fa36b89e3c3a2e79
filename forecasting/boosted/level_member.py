"""The third member of the boosted part: trees that see the counts of earlier weeks themselves, of two whole years.

The other two see how far the last weeks lay above or below the usual, and so judge all zones and seasons by one
measure. This one knows each zone's own height, and errs on other days; together they are nearer than either.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from forecasting.boosted.features import by_day, stacked
from forecasting.model.analog_days import Analogs
from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Floats, Ints

if TYPE_CHECKING:
    import lightgbm

LEARN_DAYS: Final = 2 * 365
_WEEKS: Final = range(1, 9)
NAMES: Final = ("zone", "hour", "weekday", "holiday", "school", *(f"count{week}" for week in _WEEKS), "count52")
"""What it sees: ``count1`` … ``count52`` are ln(1 + count) so many weeks before, the calendar is that of the day."""

_SETTINGS: Final[dict[str, Any]] = {
    "objective": "l1",
    "learning_rate": 0.1,
    "num_leaves": 63,
    "min_data_in_leaf": 60,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 0,
    "verbose": -1,
}
_ROUNDS: Final = 200
_MOST_ROWS: Final = 400_000


def seen(counts: UsualCounts, target: Ints, like: Ints, before: Analogs) -> Floats:
    """Return what the member sees of the days with the places ``target``: Z × T × 24 × :data:`NAMES`.

    Counts are those before the days ``like`` (of the same weekday), the calendar and the year before are the target's.
    """
    days = counts.days
    columns = {
        "zone": np.arange(len(counts.logs), dtype=np.float32)[:, None, None],
        "hour": np.arange(24, dtype=np.float32)[None, None],
        "weekday": by_day(days.weekday[target]),
        "holiday": by_day(days.holiday[target].astype(int)),
        "school": by_day(np.minimum(days.school[target], 1)),
        "count52": before.on(days.dates[target]).weeks52_logs,
        **{f"count{week}": counts.logs[:, like - 7 * week] for week in _WEEKS},
    }
    return stacked(columns, NAMES)


def fit_level(counts: UsualCounts, end: int, before: Analogs) -> str:
    """Return trees, as LightGBM's own text, fitted on the days before the place ``end``. The same days, same trees."""
    import lightgbm

    days = np.arange(max(end - LEARN_DAYS, 7 * _WEEKS[-1]), end)
    x = seen(counts, days, days, before).reshape(-1, len(NAMES))
    y = counts.logs[:, days].ravel()
    known = np.flatnonzero(np.isfinite(y))
    if len(known) > _MOST_ROWS:
        known = np.sort(np.random.default_rng(2).choice(known, _MOST_ROWS, replace=False))
    learned = lightgbm.Dataset(x[known], y[known], params=_SETTINGS, categorical_feature=[NAMES.index("zone")])
    return str(lightgbm.train(_SETTINGS, learned, _ROUNDS).model_to_string())


def log_counts(trees: "lightgbm.Booster", x: Floats) -> Floats:
    """Return the ln(1 + count) that is expected where ``x`` (… × :data:`NAMES`) is seen: …"""
    found = np.asarray(trees.predict(x.reshape(-1, len(NAMES)), num_threads=1))
    return found.reshape(x.shape[:-1])
