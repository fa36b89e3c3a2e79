"""How good days 8 to 14 are, by daypart, beside the median of the last eight weeks; and whether their ranges hold.

``python -m benchmarks.second_week --area A [--until T] [--origins N]`` makes the forecasts of the second week again at
past midnights before T, each with counts before it only, and judges each range by the forecasts whose outcome was
known then. What was found is written to ``benchmarks/second_week.json``, which ``python -m benchmarks`` quotes.
"""

import argparse
import json
import warnings
from datetime import UTC, date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section
from data.area.area import Area, load_area
from forecasting.__main__ import moment_of
from forecasting.inputs.counted import nobody_outside
from forecasting.inputs.history import History
from forecasting.model.area_model import fit_area_model
from forecasting.model.residuals import ORIGINS
from forecasting.model.second_week import SecondWeekErrors, daypart_peaks
from forecasting.training.model_files import SECOND_WEEK_VERSION
from forecasting.training.second_week_fit import past_second_weeks
from forecasting.training.training import known_history
from forecasting.values.arrays import Floats
from forecasting.values.forecast import QUANTILES
from forecasting.values.second_week import AHEAD

KEPT: Final = Path(__file__).with_name("second_week.json")
_LEAST: Final = 15
"""Forecasts whose outcome is known before a range is judged."""
_DRAWS: Final = 2000


def run() -> Section:
    """Return the figures that were measured last."""
    return Section(
        "Days 8 to 14 by daypart",
        "`python -m benchmarks.second_week`: people in the fullest hour of each daypart, at past midnights six days "
        "apart. Error divided by that of the median of the last eight weeks (90 % interval: bootstrap over origins), "
        "and the share inside the ranges meant for 80 %, each judged by forecasts whose outcome was known then. "
        "Counts of Dublin: Dublin City Council (CC BY 4.0); of Zürich: city of Zürich.",
        [_row(found) for found in json.loads(KEPT.read_text("utf-8"))],
    )


def _row(found: dict[str, Any]) -> Row:
    low, high = found["interval"]
    return Row(
        f"{found['name']}, {found['origins']} forecasts from {found['first']} on, weather {found['weather']}",
        f"{found['mae'] / found['median_8_weeks']:.3f} ({low:.3f}–{high:.3f})",
        f"error {found['mae']:.1f}, 8-week median {found['median_8_weeks']:.1f}; 80 % range holds "
        f"{100 * found['coverage_80']:.0f} %; version {found['version']}, {found['made']}",
        goal="ranges 77–83 %",
    )


def measure(area: Area, history: History, origins: int) -> dict[str, Any]:
    """Return what is reported of an area."""
    found = past_second_weeks(history, fit_area_model(history), most=origins)
    came, expected, median = np.expm1(found.came), np.expm1(found.levels), _median_of_weeks(history, found)
    here = np.isfinite(came) & np.isfinite(expected) & np.isfinite(median)
    own, other = (np.where(here, np.abs(values - came), np.nan) for values in (expected, median))
    by_origin = [np.nanmean(errors, axis=(0, 2)) for errors in (own, other)]
    local = found.moments.tz_convert(area.tz)
    return {
        "area": area.id,
        "name": area.names.get("en", area.id),
        "origins": len(found.moments),
        "first": str(local[0].date()),
        "last": str(local[-1].date()),
        "weather": "typical" if history.has_weather else "none",
        "mae": float(np.nanmean(own)),
        "median_8_weeks": float(np.nanmean(other)),
        "interval": _interval(*by_origin),
        "coverage_80": _coverage(found),
        "version": SECOND_WEEK_VERSION,
        "made": date.today().isoformat(),
    }


def _median_of_weeks(history: History, found: SecondWeekErrors) -> Floats:
    """Return the median of the peaks of the same daypart in the last eight weeks before each origin."""
    timeline = history.timeline
    peaks = daypart_peaks(timeline.cube(nobody_outside(history.counted, timeline, history.counts)))
    days = timeline.day[timeline.hours.get_indexer(found.moments)]
    targets = days[:, None] + np.array(AHEAD)
    weeks = np.stack([peaks[:, targets - 7 * week] for week in range(2, 10)])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "All-NaN slice", RuntimeWarning)
        return np.asarray(np.nanmedian(weeks, axis=0)).reshape(found.levels.shape)


def _coverage(found: SecondWeekErrors) -> float:
    held, low, high = [], QUANTILES.index(0.1), QUANTILES.index(0.9)
    for o in range(len(found.moments)):
        past = np.flatnonzero(found.moments + pd.Timedelta(days=AHEAD[-1] + 1) <= found.moments[o])
        if len(past) < _LEAST:
            continue
        then = SecondWeekErrors(found.moments[past], found.came[:, past], found.levels[:, past], found.special[past])
        counts = then.quantiles(found.levels[:, o], found.special[o], found.moments[o])
        came = np.expm1(found.came[:, o])
        known = np.isfinite(came) & np.isfinite(counts[..., low])
        held.append(((came >= counts[..., low]) & (came <= counts[..., high]))[known])
    return float(np.concatenate(held).mean())


def _interval(own: Floats, other: Floats) -> list[float]:
    """Return the 5th and 95th percentile of the ratio of two errors of the same origins: a paired bootstrap."""
    known = np.isfinite(own) & np.isfinite(other)
    own, other = own[known], other[known]
    drawn = np.random.default_rng(0).integers(0, len(own), (_DRAWS, len(own)))
    return [float(value) for value in np.quantile(own[drawn].mean(axis=1) / other[drawn].mean(axis=1), (0.05, 0.95))]


def keep(found: dict[str, Any], path: Path = KEPT) -> None:
    """Add what was found to the file, in place of what was found of the same area."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else []
    entries = sorted([one for one in kept if one["area"] != found["area"]] + [found], key=lambda one: str(one["area"]))
    path.write_text(json.dumps(entries, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", required=True)
    parser.add_argument("--until", metavar="T", help="use no counts at or after T (default: the area's now)")
    parser.add_argument("--origins", type=int, default=ORIGINS, metavar="N", help="how many past midnights")
    options = parser.parse_args()
    place = load_area(options.area)
    end = moment_of(options.until, place) if options.until else place.now()
    result = measure(place, known_history(place, end.astimezone(UTC)), options.origins)
    keep(result)
    print(json.dumps(result, indent=1))
