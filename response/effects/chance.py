"""Drawing lots anew: how often chance alone would show as much as was seen.

The logic is Fisher's (The Design of Experiments, 1935): under the hypothesis that nothing was done, any other set of so
many days could have been the days with the measure.
"""

from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Alternative = Literal["two-sided", "greater", "less"]

ENUMERATED: Final = 20_000
"""So many sets are gone through all; of more, this number is drawn."""

DRAWN: Final = 9_999
_SAME: Final = 1e-9
"""Statistics that differ by less, relatively, are the same one reckoned in another order."""


def labelings(n: int, treated: int, *, seed: int = 0) -> tuple[npt.NDArray[np.bool_], bool]:
    """Return sets of ``treated`` of ``n`` units, one a row, and whether these are all sets there are."""
    total = comb(n, treated)
    if total <= ENUMERATED:
        found = np.zeros((total, n), dtype=bool)
        for row, chosen in enumerate(combinations(range(n), treated)):
            found[row, list(chosen)] = True
        return found, True
    draws = np.random.default_rng(seed).random((DRAWN, n))
    return draws.argsort(axis=1).argsort(axis=1) < treated, False


def chance_of(observed: float, others: Floats, *, complete: bool, alternative: Alternative = "two-sided") -> float:
    """Return the share of the statistics of all labelings that are as extreme as the ``observed`` one.

    ``complete``: the others are all there are, the observed one among them. Drawn ones do not hold it, so it is
    counted with them (Phipson and Smyth 2010), and a chance is never 0.
    """
    if alternative == "two-sided":
        observed, others = abs(observed), np.abs(others)
    elif alternative == "less":
        observed, others = -observed, -others
    slack = _SAME * max(abs(observed), 1e-300)
    as_extreme = int(np.count_nonzero(others >= observed - slack))
    return as_extreme / len(others) if complete else (as_extreme + 1) / (len(others) + 1)


def permutation_p(
    values: Floats, treated: npt.NDArray[np.bool_], *, alternative: Alternative = "two-sided", seed: int = 0
) -> float:
    """Return how often chance alone gives a difference of means as large as that of treated and other units.

    ``greater`` asks for treated units that are higher only. Raises ``ValueError`` unless there are both kinds.
    """
    return statistic_p(lambda sets: _differences(values, sets), treated, alternative=alternative, seed=seed)


def statistic_p(
    statistic: Callable[[npt.NDArray[np.bool_]], Floats],
    treated: npt.NDArray[np.bool_],
    *,
    alternative: Alternative = "two-sided",
    seed: int = 0,
) -> float:
    """Return the same for any ``statistic``, which is given sets of treated units, one a row."""
    n, k = len(treated), int(np.count_nonzero(treated))
    if not 0 < k < n:
        raise ValueError("units with and without the measure are needed")
    sets, complete = labelings(n, k, seed=seed)
    observed = float(statistic(treated[None, :])[0])
    return chance_of(observed, statistic(sets), complete=complete, alternative=alternative)


def _differences(values: Floats, sets: npt.NDArray[np.bool_]) -> Floats:
    k = sets.sum(axis=1)
    inside = sets @ values
    result: Floats = inside / k - (values.sum() - inside) / (len(values) - k)
    return result
