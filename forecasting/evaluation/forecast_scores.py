"""How well past forecasts did: error and coverage of a snapshot whose hours have passed."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.keeping.home import area_home, written_whole
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast

FILE: Final = "scores.json"


@dataclass(frozen=True)
class Score:
    """Of one snapshot: mean absolute error of the median, share of counts in the 50, 80 and 95 % intervals.

    ``hours``: how many known counts (zones × hours) it is judged on. ``cutoff`` is ISO, in UTC.
    """

    snapshot: str
    cutoff: str
    hours: int
    mae: float
    coverage_50: float
    coverage_80: float
    coverage_95: float


def score(forecast: Forecast, counts: Floats) -> Score | None:
    """Judge a forecast by what was counted (zones × hours, NaN where unknown); ``None`` where nothing is known."""
    known = np.isfinite(counts) & np.isfinite(forecast.median)
    if not known.any():
        return None
    actual = counts[known]

    def covered(low: float, high: float) -> float:
        inside = (actual >= forecast.quantile(low)[known]) & (actual <= forecast.quantile(high)[known])
        return round(float(inside.mean()), 4)

    return Score(
        snapshot=forecast.snapshot_id,
        cutoff=forecast.cutoff.isoformat(),
        hours=int(known.sum()),
        mae=round(float(np.abs(actual - forecast.median[known]).mean()), 3),
        coverage_50=covered(0.25, 0.75),
        coverage_80=covered(0.1, 0.9),
        coverage_95=covered(0.025, 0.975),
    )


def read_scores(area_id: str) -> list[Score]:
    """Return the scores kept so far, oldest first; none when the file is missing or cannot be read."""
    try:
        entries: list[dict[str, Any]] = json.loads(_path(area_id).read_text("utf-8"))
        return [Score(**entry) for entry in entries]
    except (OSError, ValueError, TypeError):
        return []


def write_scores(area_id: str, scores: list[Score]) -> None:
    """Keep all scores, whole or not at all."""
    entries = [asdict(entry) for entry in sorted(scores, key=lambda entry: (entry.cutoff, entry.snapshot))]
    with written_whole(_path(area_id)) as temporary:
        temporary.write_text(json.dumps(entries, indent=1) + "\n", "utf-8")


def _path(area_id: str) -> Path:
    return area_home(area_id) / FILE
