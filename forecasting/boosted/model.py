"""The boosted part of a forecast: how far the coming hours lie above or below what is usual, for all zones at once.

A linear regression (``linear_member``) and the mean of a few LightGBM models learn from forecasts simulated at past
cutoffs; a third member (``level_member``) learns from the counts themselves. Their weights are :data:`BLEND` and
:data:`LEVEL`. The recipe was chosen on Auckland's counts of July 2023 to December 2024 (``docs/decisions/0007``).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from forecasting.boosted import level_member, linear_member
from forecasting.boosted.features import AHEAD_DAYS, Columns, features, stacked
from forecasting.model.analog_days import Analogs
from forecasting.model.day_parts import BACK, Twin
from forecasting.model.usual_counts import UsualCounts
from forecasting.values.arrays import Floats, Ints
from forecasting.values.compact import packed, unpacked

BLEND: Final = (0.55, 0.55)
"""Weights of the regression and of the trees. They sum to 1.1: means of forecasts are too careful."""

LEVEL: Final = 0.4
"""Weight of the third member against the first two together."""

STEP: Final = 4
"""Days between the simulated cutoffs, which lie on days whose number since 1970 is a multiple of it."""

DAYS: Final = 3 * 365
"""How far back simulated cutoffs go."""

LEAST_CUTOFFS: Final = 20
"""Simulated cutoffs it takes to learn from; with fewer there is no boosted part."""

_TREE_FEATURES: Final = (
    "lag1 lag2 lag3 lag4 lag8 dlag1 dlag2 last_eight spread sunday r52 dr52 pdr52 ra1 ram pram dram pdram level share "
    "weekday day_of_year holiday since until christmas easter school school_since school_until school_usual "
    "special_weeks run hour e1 e3 e7 e28 pe1 pe7 pe28 eh3 eh7 eh28 peh7 late etype ahead prophet_plain prophet_season "
    "prophet_area_season prophet_level28"
)
TREES: Final = tuple(_TREE_FEATURES.split())
"""The features that the trees look at."""

NAMES: Final = tuple(dict.fromkeys((*linear_member.USED, *TREES)))

_SETTINGS: Final[dict[str, Any]] = {
    "objective": "l2",
    "learning_rate": 0.08,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.25,
    "max_bin": 63,
    "lambda_l2": 5.0,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_ROUNDS: Final = 150
_BAGS: Final = 4
_CUTOFFS_A_BAG: Final = 0.6
_ROWS_A_BAG: Final = 0.7
_LIMIT: Final = 1.5
_KEPT: Final = 0.6
_MOST_ROWS: Final = 150_000
_FEWEST_DAYS: Final = 112
_MOST_UNKNOWN: Final = 0.3
_TWIN_DAYS: Final = 12
_UNUSUAL_WEEKS: Final = 0.7


@dataclass(frozen=True, eq=False)
class Rows:
    """What is learned from: R hours of simulated forecasts, ``cutoffs`` (R) the place of each one's cutoff.

    ``x``: R × :data:`NAMES`; ``y``: how far ln(1 + count) lay above the usual; ``weight``: by how many people.
    """

    x: Floats
    y: Floats
    weight: Floats
    cutoffs: Ints

    def before(self, place: int) -> "Rows":
        """Return the rows of which all hours lie before the day ``place``."""
        here = self.cutoffs + AHEAD_DAYS <= place
        return Rows(self.x[here], self.y[here], self.weight[here], self.cutoffs[here])


@dataclass(frozen=True, eq=False)
class BoostModel:
    """``linear``: coefficients of ``linear_member.design``; ``trees``: LightGBM models as their own text, of which
    ``level`` is that of ``level_member``.
    """

    linear: Floats
    trees: tuple[str, ...]
    level: str
    school_holidays: int

    def log_counts(self, columns: Columns, seen: Floats, usual: Floats) -> Floats:
        """Return the expected ln(1 + count): Z × T × 24.

        ``columns``: see ``boost_features.features``; ``seen``: see ``level_member.seen``; ``usual``: of those days.
        """
        import lightgbm

        straight = linear_member.design(columns, self.school_holidays) @ self.linear
        x = stacked(columns, TREES)
        flat = x.reshape(-1, len(TREES))
        trees = [lightgbm.Booster(model_str=text).predict(flat, num_threads=1) for text in self.trees]
        bent = np.mean(trees, axis=0).reshape(x.shape[:-1])
        level = level_member.log_counts(lightgbm.Booster(model_str=self.level), seen)
        return np.asarray((1 - LEVEL) * (usual + BLEND[0] * straight + BLEND[1] * bent) + LEVEL * level)

    def to_dict(self) -> dict[str, Any]:
        """Return the model as plain values for JSON; the trees compressed."""
        return {
            "features": list(NAMES),
            "blend": [*BLEND, LEVEL],
            "school_holidays": self.school_holidays,
            "linear": [float(f"{value:.6g}") for value in self.linear],
            "trees": [packed(tree.encode()) for tree in self.trees],
            "level": packed(self.level.encode()),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "BoostModel":
        """Return the model that :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is not one."""
        if fields["features"] != list(NAMES) or fields["blend"] != [*BLEND, LEVEL]:
            raise ValueError("another model")
        trees = tuple(unpacked(tree).decode() for tree in fields["trees"])
        level = unpacked(fields["level"]).decode()
        return cls(np.array(fields["linear"], dtype=np.float32), trees, level, int(fields["school_holidays"]))


def training_rows(counts: UsualCounts, end: int, before: Analogs, twin: Twin, window: int) -> Rows | None:
    """Return what the days before the place ``end`` teach, or ``None`` when they are too few.

    At each simulated cutoff only earlier days are used, and the twin of the day models fitted on the ``window`` days
    before it (anew every twelve days). Busy hours are kept more often, and weights restore the balance. Cutoffs
    around weeks of another order (lockdown, say) are left out.
    """
    rng = np.random.default_rng(0)
    known = np.isfinite(counts.logs)
    days = np.flatnonzero(known.any(axis=(0, 2)))
    if not len(days):
        return None
    first = int(days[0]) + (364 if end - days[0] > 2 * 364 else _FEWEST_DAYS)
    number = (counts.days.dates - np.datetime64("1970-01-01")).days.to_numpy()
    cutoffs = np.arange(max(first, end - DAYS, BACK), end - AHEAD_DAYS + 1)
    cutoffs = cutoffs[number[cutoffs] % STEP == 0]
    unusual = _unusual(counts)
    cutoffs = np.array([c for c in cutoffs if not unusual[c - 42 : c + 1].any()], dtype=np.int64)
    if len(cutoffs) < LEAST_CUTOFFS:
        return None
    level = np.expm1(counts.usual) + 2
    ordinary = float(np.nanmean(level[:, first:end])) / 2
    chance = np.minimum(1, np.sqrt(level / ordinary)) * _KEPT
    expected = np.nansum(chance[:, first:end]) / STEP * AHEAD_DAYS
    chance *= min(1.0, _MOST_ROWS / max(expected, 1))
    found: list[tuple[Floats, Floats, Floats, Ints]] = []
    fitted_at = -_TWIN_DAYS
    for c in map(int, cutoffs):
        if c - fitted_at >= _TWIN_DAYS:
            parts, fitted_at = twin.parts(c, _TWIN_DAYS + AHEAD_DAYS, window), c
        target = slice(c, c + AHEAD_DAYS)
        y = counts.error[:, target]
        unknown = 1 - known[:, max(c - 364, 0) : c].mean(axis=(1, 2))
        keep = np.isfinite(y) & (unknown <= _MOST_UNKNOWN)[:, None, None] & (rng.random(y.shape) < chance[:, target])
        x = stacked(features(counts, c, AHEAD_DAYS, before, parts), NAMES)[keep]
        weight = (level / chance)[:, target][keep]
        found.append((x, y[keep], weight, np.full(len(x), c)))
    x, y, weight, at = (np.concatenate(column) for column in zip(*found, strict=True))
    return Rows(x, y, weight.astype(np.float32), at) if len(x) >= 2000 else None


def fit_boost(rows: Rows, counts: UsualCounts, end: int, before: Analogs, school_holidays: int) -> BoostModel:
    """Fit the boosted part on ``rows``, and on ``counts`` before the place ``end``. The same give the same model."""
    import lightgbm

    linear_columns = [NAMES.index(name) for name in linear_member.USED]
    design = linear_member.design_of(rows.x[:, linear_columns], school_holidays)
    linear = linear_member.least_absolute(design, rows.y, rows.weight)
    tree_columns = [NAMES.index(name) for name in TREES]
    rng, cutoffs = np.random.default_rng(1), np.unique(rows.cutoffs)
    trees = []
    for bag in range(_BAGS):
        chosen = rng.choice(cutoffs, max(int(len(cutoffs) * _CUTOFFS_A_BAG), 1), replace=False)
        here = np.isin(rows.cutoffs, chosen) & (rng.random(len(rows.cutoffs)) < _ROWS_A_BAG)
        settings = {**_SETTINGS, "seed": bag}
        learned = lightgbm.Dataset(
            rows.x[here][:, tree_columns],
            np.clip(rows.y[here], -_LIMIT, _LIMIT),
            weight=rows.weight[here],
            params=settings,
        )
        trees.append(lightgbm.train(settings, learned, _ROUNDS).model_to_string())
    return BoostModel(linear, tuple(trees), level_member.fit_level(counts, end, before), school_holidays)


def _unusual(counts: UsualCounts) -> Floats:
    """Return the days (boolean) that end two weeks in which the whole area was far from usual."""
    ratio = counts.pooled(counts.total - counts.usual_total)
    two_weeks = np.convolve(ratio, np.full(14, 1 / 14))[: len(ratio)]
    return np.asarray(np.abs(two_weeks) > _UNUSUAL_WEEKS)
