"""From hours that were forecast and came to scores: means over zone × cutoff, and the same for parts of them.

The hours are a frame with one row for each cutoff, zone and hour:

- ``cutoff, zone_id, hour`` (UTC), ``day_ahead`` (1 is the first 24 hours), ``kind`` (of day), ``count``, ``scored``
- from the year before the cutoff, by zone: ``naive`` (the scale of MASE), ``high`` (90th percentile),
  ``base_rate`` and ``hour_rate`` (how often the count lay above ``high``: ever, and at that hour of the week)
- for each method its point forecast, in a column with the name of the method; where it has a distribution also
  ``<method>_q025`` … ``<method>_q975``, ``<method>_crps`` and ``<method>_p_high`` (chance of lying above ``high``)
"""

from typing import Any, Final

import numpy as np
import pandas as pd

from forecasting.evaluation.backtest_result import MODEL_NAME, Part, Reliability, Scores
from forecasting.evaluation.scores import brier_parts, skill

PAIR: Final = ["cutoff", "zone_id"]
_INTERVALS: Final = (("50", "q25", "q75"), ("80", "q10", "q90"), ("95", "q025", "q975"))
_MEANS: Final = (
    "mae",
    "mase",
    "wape",
    "crps",
    *(f"{kind}_{of}" for kind in ("coverage", "width") for of, _, _ in _INTERVALS),
    "brier",
)


def scored(hours: pd.DataFrame, method: str = MODEL_NAME) -> pd.DataFrame:
    """Return the errors of one method, hour by hour, of all scored hours of which count and forecast are known."""
    here = hours[hours["scored"] & hours["count"].notna() & hours[method].notna()]
    count = here["count"]
    out = here[[*PAIR, "day_ahead", "kind", "count", "naive"]].assign(error=(count - here[method]).abs())
    if f"{method}_crps" not in here:
        return out
    out["crps"] = here[f"{method}_crps"]
    for of, low, high in _INTERVALS:
        out[f"coverage_{of}"] = count.between(here[f"{method}_{low}"], here[f"{method}_{high}"]).astype(float)
        out[f"width_{of}"] = here[f"{method}_{high}"] - here[f"{method}_{low}"]
    came = (count > here["high"]).astype(float)
    for name, chance in (("brier", f"{method}_p_high"), ("brier_base", "base_rate"), ("brier_hour", "hour_rate")):
        out[name] = (here[chance] - came) ** 2
    return out


def scores(errors: pd.DataFrame) -> Scores:
    """Return the scores of :func:`scored` hours: means over zone × cutoff, each of which counts the same."""
    return Scores(**_figures(errors))


def parts(errors: pd.DataFrame, by: str) -> tuple[Part, ...]:
    """Return the scores of each value of column ``by``, in ascending order."""
    return tuple(Part(name=str(name), hours=len(group), **_figures(group)) for name, group in errors.groupby(by))


def reliability(hours: pd.DataFrame) -> Reliability:
    """Return how the model's chances of lying above ``high`` compare with how often it happened, over all hours."""
    here = hours[hours["scored"] & hours["count"].notna() & hours[MODEL_NAME].notna()]
    found = brier_parts(here[f"{MODEL_NAME}_p_high"].to_numpy(float), (here["count"] > here["high"]).to_numpy())
    return Reliability.model_validate(vars(found))


def _figures(errors: pd.DataFrame) -> dict[str, Any]:
    by_pair = errors.groupby(PAIR).mean(numeric_only=True)
    by_pair["mae"] = by_pair["error"]
    by_pair["mase"] = by_pair["error"] / by_pair["naive"].where(by_pair["naive"] > 0)
    by_pair["wape"] = by_pair["error"] / by_pair["count"].where(by_pair["count"] > 0)
    means = by_pair.mean()
    figures = {name: _rounded(means[name]) for name in _MEANS if name in means}
    if "brier" in means:
        figures["brier_skill"] = _rounded(skill(means["brier"], means["brier_base"]))
        figures["brier_skill_hourofweek"] = _rounded(skill(means["brier"], means["brier_hour"]))
    return figures


def _rounded(value: float) -> float:
    return float(f"{value:.5g}") if np.isfinite(value) else float("nan")
