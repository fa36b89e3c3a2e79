"""Difference in differences: places with a measure beside places without, before and after it began.

The estimate is the coefficient of ``treated`` in a regression with an effect of each unit and each time. Its standard
error is clustered by unit (Liang and Zeger 1986), with the corrections for few units that fixest and pyfixest make by
default: G/(G−1) · (N−1)/(N−K), K the coefficient and the effects of the times; those of the units are nested in the
clusters and not counted. The interval is that of Student's t with G−1 degrees of freedom.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats


@dataclass(frozen=True)
class Difference:
    """An effect with its standard error, the interval of 95 %, and from how many units and rows it comes."""

    effect: float
    se: float
    low: float
    high: float
    units: int
    rows: int


def difference_in_differences(table: pd.DataFrame) -> Difference:
    """Return the effect of being treated, from columns ``unit``, ``time``, ``treated`` (0 or 1) and ``value``.

    Rows with an unknown value are left out. Raises ``ValueError`` when nothing tells the effect apart from units and
    times, or there are fewer than two units.
    """
    rows = table.dropna(subset=["value"])
    units, times = pd.factorize(rows["unit"]), pd.factorize(rows["time"])
    groups, n = len(units[1]), len(rows)
    if groups < 2:
        raise ValueError("at least two units are needed")
    effects = np.hstack([np.eye(groups)[units[0]], np.eye(len(times[1]))[times[0]][:, 1:]])
    both = rows[["value", "treated"]].to_numpy(float)
    within = both - effects @ np.linalg.lstsq(effects, both, rcond=None)[0]
    y, x = within.T
    spread = float(x @ x)
    counted = 1 + len(times[1])
    if spread < 1e-9 * n or n <= counted:
        raise ValueError("no unit changes while another does not, so nothing tells the effect")
    effect = float(x @ y) / spread
    by_unit = np.bincount(units[0], weights=x * (y - effect * x), minlength=groups)
    correction = groups / (groups - 1) * (n - 1) / (n - counted)
    se = float(np.sqrt(correction * (by_unit @ by_unit)) / spread)
    reach = float(stats.t.ppf(0.975, groups - 1)) * se
    return Difference(effect, se, effect - reach, effect + reach, groups, n)
