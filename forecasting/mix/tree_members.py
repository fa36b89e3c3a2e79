"""The two members of the mix that are trees: one LightGBM model each for all zones of an area, learned from two years.

- *ratio*: how far the count will lie above or below what is usual, so that zones of any size speak one language
- *count*: the count itself, from the counts of the weeks before, so that each zone keeps its own height and errs on
  other days
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from forecasting.mix.seen import WEEKS, seen, stacked
from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Floats, Ints
from forecasting.values.compact import packed, unpacked

if TYPE_CHECKING:
    import lightgbm

LEARN_DAYS: Final = 2 * 365
FIRST_DAY: Final = 56
"""Days of counts it takes before a day can be learned from."""

RATIO_NAMES: Final = (
    "zone",
    "hour",
    "weekday",
    "day_of_year",
    "holiday",
    "school",
    "before",
    "after",
    "run",
    *(f"above{week}" for week in WEEKS),
    "above52",
    "base",
    "spread",
    "last",
    "last_area",
    "sunday",
)
COUNT_NAMES: Final = (
    "zone",
    "hour",
    "weekday",
    "day_of_year",
    "holiday",
    "school",
    *(f"lag{week}" for week in WEEKS),
    "lag52",
)
_COMMON: Final[dict[str, Any]] = {
    "objective": "l1",
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "seed": 0,
    "verbose": -1,
}
_RATIO: Final[dict[str, Any]] = {
    **_COMMON,
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "lambda_l2": 5.0,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
}
_COUNT: Final[dict[str, Any]] = {**_COMMON, "learning_rate": 0.1, "num_leaves": 63, "min_data_in_leaf": 60}
_RATIO_ROUNDS: Final = 150
_COUNT_ROUNDS: Final = 200
_MOST_ROWS: Final = 400_000


@dataclass(frozen=True, eq=False)
class Trees:
    """Fitted trees as LightGBM's own text: ``ratio`` and ``count``."""

    ratio: str
    count: str

    def to_dict(self) -> dict[str, Any]:
        """Return the trees for JSON, compressed, with the names of what they look at."""
        return {
            "ratio": {"sees": list(RATIO_NAMES), "trees": packed(self.ratio.encode())},
            "count": {"sees": list(COUNT_NAMES), "trees": packed(self.count.encode())},
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "Trees":
        """Return what :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is something else."""
        if (fields["ratio"]["sees"], fields["count"]["sees"]) != (list(RATIO_NAMES), list(COUNT_NAMES)):
            raise ValueError("trees of another model")
        return cls(*(unpacked(fields[name]["trees"]).decode() for name in ("ratio", "count")))

    def log_counts(self, counts: UsualCounts, target: Ints, like: Ints, year_before: Floats) -> tuple[Floats, Floats]:
        """Return what each of the two expects, as ln(1 + count): Z × T × 24. Arguments as for ``seen.seen``."""
        import lightgbm

        columns = seen(counts, target, like, year_before)
        base = columns["base"]
        ratio, count = (
            _predicted(lightgbm.Booster(model_str=text), stacked(columns, names, base.shape))
            for text, names in ((self.ratio, RATIO_NAMES), (self.count, COUNT_NAMES))
        )
        return base + ratio, count


def fit_trees(counts: UsualCounts, end: int, year_before: Floats) -> Trees | None:
    """Fit on the days before the place ``end``; ``None`` where nothing can be learned from them.

    ``year_before``: as in ``seen.seen``, of all days of ``counts``. The same days give the same trees.
    """
    known = np.flatnonzero(np.isfinite(counts.logs[:, :end]).any(axis=(0, 2)))
    if not len(known):
        return None
    days = np.arange(max(end - LEARN_DAYS, int(known[0]) + FIRST_DAY), end)
    if not len(days):
        return None
    columns = seen(counts, days, days, year_before[:, days])
    base, logs = columns["base"], counts.logs[:, days]
    rows = np.flatnonzero(np.isfinite(logs - base))
    if len(rows) > _MOST_ROWS:
        rows = np.sort(np.random.default_rng(0).choice(rows, _MOST_ROWS, replace=False))
    if not len(rows):
        return None
    weight = np.sqrt(np.exp(base.ravel()[rows]) + 1)
    seen_ratio, seen_count = (
        stacked(columns, names, logs.shape).reshape(-1, len(names))[rows] for names in (RATIO_NAMES, COUNT_NAMES)
    )
    return Trees(
        _fitted(_RATIO, _RATIO_ROUNDS, seen_ratio, (logs - base).ravel()[rows], weight, RATIO_NAMES.index("zone")),
        _fitted(_COUNT, _COUNT_ROUNDS, seen_count, logs.ravel()[rows], None, COUNT_NAMES.index("zone")),
    )


def _fitted(settings: dict[str, Any], rounds: int, x: Floats, y: Floats, weight: Floats | None, zone: int) -> str:
    """Return trees as text. ``zone``: the column of ``x`` that is the number of a zone, and no measure of anything."""
    import lightgbm

    learned = lightgbm.Dataset(x, y, weight=weight, params=settings, categorical_feature=[zone])
    return str(lightgbm.train(settings, learned, rounds).model_to_string())


def _predicted(trees: "lightgbm.Booster", x: Floats) -> Floats:
    found = np.asarray(trees.predict(x.reshape(-1, x.shape[-1]), num_threads=1))
    return found.reshape(x.shape[:-1])
