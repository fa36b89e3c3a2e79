"""Scores of forecasts against what came: pure functions of arrays.

Formulas: Gneiting & Raftery (2007) for the continuous ranked probability score (CRPS) and the pinball loss; Hyndman
& Koehler (2006) for the scaled error; Murphy (1973), with the two terms within bins of Stephenson, Coelho & Jolliffe
(2008), for the parts of the Brier score.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from forecasting.values.arrays import Flags, Floats, Ints

WEEK: Final = 168
BINS: Final = 10
"""Chances are judged in ten bins: 0–10 %, 10–20 %, …"""


def pinball(quantiles: Floats, counts: Floats, probabilities: Floats) -> Floats:
    """Return the pinball loss of each quantile: (... × P) of ``quantiles`` (... × P), ``counts`` (...), P."""
    short = counts[..., None] - quantiles
    return np.asarray(np.where(short >= 0, probabilities, probabilities - 1) * short)


def crps(samples: Floats, counts: Floats) -> Floats:
    """Return the CRPS of equally likely ``samples`` (S × ...) against ``counts`` (...), in units of the counts.

    The sorted samples are the quantiles at (i + ½) / S, and twice the mean pinball loss at those is the CRPS of their
    step function exactly. One sample gives the absolute error.
    """
    count = len(samples)
    probabilities = (np.arange(count) + 0.5) / count
    ordered = np.moveaxis(np.sort(samples, axis=0), 0, -1)
    return np.asarray(2 * pinball(ordered, counts, probabilities).mean(axis=-1))


def weekly_naive_error(counts: Floats) -> Floats:
    """Return the mean absolute difference with a week earlier, the scale of MASE: (...) of (... × hours).

    NaN where no hour is known together with the one a week before it.
    """
    return mean_known(np.abs(counts[..., WEEK:] - counts[..., :-WEEK]))


def mean_known(values: Floats) -> Floats:
    """Return the mean over the last axis of what is known, NaN where nothing is."""
    known = np.isfinite(values)
    total = np.where(known, values, 0).sum(axis=-1)
    number = known.sum(axis=-1)
    return np.asarray(np.where(number > 0, total / np.maximum(number, 1), np.nan))


@dataclass(frozen=True)
class BrierParts:
    """A Brier score, and what it is made of: reliability − resolution + uncertainty + within.

    ``reliability``: how far chances lie from how often it happened (0 is best); ``resolution``: how well they tell
    busy from quiet; ``uncertainty``: that of the base rate; ``within``: what differs inside bins.
    ``forecast``, ``happened`` and ``number``: by bin, the mean chance, how often it happened, and of how many hours.
    """

    score: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    forecast: tuple[float, ...]
    happened: tuple[float, ...]
    number: tuple[int, ...]


def brier_parts(chances: Floats, happened: Flags) -> BrierParts:
    """Return the Brier score of ``chances`` (0–1) of what ``happened``, and its parts over :data:`BINS` equal bins.

    Raises ``ValueError`` when there is nothing to judge. Bins without chances have NaN.
    """
    if not len(chances):
        raise ValueError("there are no chances to judge")
    outcome = happened.astype(float)
    bins = np.minimum((chances * BINS).astype(np.int64), BINS - 1)
    number = np.bincount(bins, minlength=BINS)
    filled = np.maximum(number, 1)
    forecast = np.bincount(bins, chances, BINS) / filled
    rate = np.bincount(bins, outcome, BINS) / filled
    share, base = number / len(chances), outcome.mean()
    apart = chances - forecast[bins]
    within = (apart**2).mean() - 2 * (apart * (outcome - rate[bins])).mean()
    empty = number == 0
    return BrierParts(
        score=float(((chances - outcome) ** 2).mean()),
        reliability=float((share * (forecast - rate) ** 2).sum()),
        resolution=float((share * (rate - base) ** 2).sum()),
        uncertainty=float(base * (1 - base)),
        within=float(within),
        forecast=tuple(np.where(empty, np.nan, forecast).tolist()),
        happened=tuple(np.where(empty, np.nan, rate).tolist()),
        number=tuple(number.tolist()),
    )


def skill(score: float, reference: float) -> float:
    """Return by which share a score (lower is better) is better than a reference: 1 perfect, 0 equal, below 0 worse.

    NaN where the reference was perfect.
    """
    return 1 - score / reference if reference > 0 else float("nan")


@dataclass(frozen=True)
class Moment:
    """Consecutive hours of one day, from index ``first`` to ``last``; ``met``: the other side shares an hour."""

    first: int
    last: int
    met: bool


def busy_moments(flags: Flags, other: Flags, day: Ints) -> list[Moment]:
    """Return the busy moments of one side (forecast, or came): runs of hours of one ``day`` whose flag is up.

    Hours are consecutive; ``day`` numbers the local day of each; ``other`` are the flags of the other side.
    """
    edge = np.flatnonzero((flags[1:] != flags[:-1]) | (day[1:] != day[:-1])) + 1
    runs = (run for run in np.split(np.arange(len(flags)), edge) if len(run) and flags[run[0]])
    return [Moment(int(run[0]), int(run[-1]), bool(other[run].any())) for run in runs]
