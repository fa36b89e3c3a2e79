"""The linear half of the boosted part: a weighted regression on absolute errors, the same for all zones.

It follows the level of the last days, less so the further ahead, and knows holidays, school holidays and December.
"""

from typing import Final

import numpy as np

from forecasting.boosted.features import Columns, stacked
from forecasting.values.arrays import Floats

_RECENT_FEATURES: Final = "e1 e2 e3 e7 e14 e28 pe1 pe3 pe7 pe14 pe28 eh1 eh3 eh7 eh14 eh28 peh1 peh7 etype eexp late"
_EARLIER_FEATURES: Final = (
    "r52 dr52 pdr52 ra1 ram pram dram pdram prophet prophet_weekday prophet_season prophet_area_season "
    "prophet_holiday prophet_year prophet_level7 prophet_level14 prophet_level28 prophet_last"
)
_LAG_FEATURES: Final = "lag1 lag2 lag3 lag4 lag5 lag6 lag8 last_eight dlag1 dlag2 dlag3 dlag4"
_CALENDAR_FEATURES: Final = (
    "ahead special christmas holiday day_of_year school sunday school_usual special_weeks before_holiday after_holiday"
)
_RECENT: Final = tuple(_RECENT_FEATURES.split())
_KNOWN_BEFORE: Final = tuple(_EARLIER_FEATURES.split())
_LAGS: Final = tuple(_LAG_FEATURES.split())
USED: Final = (*_RECENT, *_KNOWN_BEFORE, *_LAGS, *_CALENDAR_FEATURES.split())
"""The features that the regression is made of."""

_LIMIT: Final = 1.5
_WEEKS_TO_CHRISTMAS: Final = ((-21, -14), (-14, -7), (-7, -1))
_TARGET_LIMIT: Final = 1.2
_RIDGE: Final = 30.0
_ROUNDS: Final = 4
_SMALLEST_ERROR: Final = 0.05


def design(columns: Columns, school_holidays: int) -> Floats:
    """Return the terms of the regression (… × terms) of ``columns`` (see ``boost_features.features``)."""
    return design_of(stacked(columns, USED), school_holidays)


def design_of(x: Floats, school_holidays: int) -> Floats:
    """Return the terms of the regression (… × terms) of the features :data:`USED` (… × features)."""
    plain = len(_RECENT) + len(_KNOWN_BEFORE) + len(_LAGS)
    a = np.nan_to_num(np.clip(x[..., :plain], -_LIMIT, _LIMIT))
    recent, known = a[..., : len(_RECENT)], a[..., len(_RECENT) : len(_RECENT) + len(_KNOWN_BEFORE)]

    def column(name: str) -> Floats:
        return x[..., USED.index(name)][..., None]

    ahead, special, christmas, holiday = (column(name) for name in ("ahead", "special", "christmas", "holiday"))
    angle = column("day_of_year") * np.float32(2 * np.pi / 365.25)
    sunday = np.nan_to_num(np.clip(column("sunday"), -_LIMIT, _LIMIT))
    before, after = column("before_holiday"), column("after_holiday")
    terms = [
        a,
        np.ones_like(ahead),
        special,
        recent * (ahead <= 1),
        recent * (ahead <= 2),
        recent * (ahead - 4) / 3,
        known * special,
        np.sin(angle),
        np.cos(angle),
        np.sin(2 * angle),
        np.cos(2 * angle),
        column("school_usual"),
        *(column("school") == number for number in range(1, school_holidays + 1)),
        *((christmas >= first) & (christmas < last) for first, last in _WEEKS_TO_CHRISTMAS),
        column("special_weeks"),
        before,
        after,
        holiday,
        sunday * holiday,
        sunday * after,
        sunday * before,
    ]
    return np.concatenate(terms, axis=-1, dtype=np.float32)


def least_absolute(x: Floats, y: Floats, weight: Floats) -> Floats:
    """Return the coefficients of ``y`` on ``x`` (rows × terms) with the least weighted absolute error.

    Iteratively reweighted least squares (Schlossmacher 1973) with a small ridge; ``y`` is limited to ± 1.2.
    """
    y = np.clip(y, -_TARGET_LIMIT, _TARGET_LIMIT)
    weight = weight / weight.mean()
    ridge = _RIDGE * np.eye(x.shape[1])
    beta = np.zeros(x.shape[1], dtype=np.float32)
    for turn in range(_ROUNDS):
        reweighted = weight / np.maximum(np.abs(y - x @ beta), _SMALLEST_ERROR) if turn else weight
        scaled = x * reweighted.astype(np.float32)[:, None]
        left, right = (scaled.T @ x).astype(float) + ridge, (scaled.T @ y).astype(float)
        beta = np.linalg.solve(left, right).astype(np.float32)
    return beta
