"""How accurate forecasts are in any area, by how long its history is, beside what a city would otherwise use.

``python -m benchmarks.cities --area A --cutoff T … [--history DAYS …] [--weather KNOWN …]`` tests the weeks from the
moments T on as ``python -m forecasting backtest`` does, as if counting had begun so many days before. What was found
is written to ``benchmarks/cities.json``, which ``python -m benchmarks`` quotes; each combination replaces what it gave.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section
from data.area.area import Area, load_area
from forecasting.__main__ import moment_of
from forecasting.evaluation import backtest, verification
from forecasting.inputs.history import HISTORY_DAYS, WEATHER_KNOWN
from forecasting.training.model_files import MODEL_VERSION

KEPT: Final = Path(__file__).with_name("cities.json")
METHODS: Final = ("model", "lightgbm", "median_8_weeks", "last_week")
_DRAWS: Final = 2000


def run() -> Section:
    """Return the figures that were measured last."""
    return Section(
        "Accuracy in other cities",
        "`python -m benchmarks.cities`: weeks of 168 hours, models trained anew at each, on the days of counts before "
        "it that are named. Error divided by that of LightGBM with weekly lags (90 % interval: bootstrap over weeks), "
        "and by that of the 8-week median, on the same hours.",
        [_row(found) for found in json.loads(KEPT.read_text("utf-8"))],
    )


def _row(found: dict[str, Any]) -> Row:
    low, high = found["interval"]
    mae, kinds = found["mae"], found["by_kind"]
    worst = ", ".join(f"{kind} {100 * kinds[kind]['wape']:.0f} %" for kind in sorted(kinds))
    return Row(
        f"{found['name']}, {found['weeks']} weeks, {found['history']} days of counts, weather {found['weather']}",
        f"{mae['model'] / mae['lightgbm']:.3f} ({low:.3f}–{high:.3f}); {mae['model'] / mae['median_8_weeks']:.3f}",
        f"error {mae['model']:.1f}, LightGBM {mae['lightgbm']:.1f}, 8-week median {mae['median_8_weeks']:.1f}, "
        f"last week {mae['last_week']:.1f}; 80 % interval holds {100 * found['coverage_80']:.0f} %; "
        f"share of the counts: {worst}; version {found['version']}, {found['made']}",
    )


def figures(hours: pd.DataFrame) -> dict[str, Any]:
    """Return what is reported of the ``hours`` of a backtest (see ``forecasting.evaluation.verification``)."""
    errors = {name: verification.scored(hours, name) for name in METHODS}
    by_week = {name: found.groupby("cutoff")["error"].mean() for name, found in errors.items()}
    own = errors["model"]
    return {
        "weeks": int(hours["cutoff"].nunique()),
        "mae": {name: verification.scores(found).mae for name, found in errors.items()},
        "interval": _interval(by_week["model"].to_numpy(), by_week["lightgbm"].to_numpy()),
        "coverage_80": float(own["coverage_80"].mean()),
        "by_kind": {
            str(kind): {
                "wape": float(group["error"].sum() / group["count"].sum()),
                "coverage_80": float(group["coverage_80"].mean()),
            }
            for kind, group in own.groupby("kind")
        },
    }


def _interval(own: np.ndarray, other: np.ndarray) -> list[float]:
    """Return the 5th and 95th percentile of the ratio of two errors of the same weeks: a paired bootstrap."""
    drawn = np.random.default_rng(0).integers(0, len(own), (_DRAWS, len(own)))
    return [float(value) for value in np.quantile(own[drawn].mean(axis=1) / other[drawn].mean(axis=1), (0.05, 0.95))]


def measure(area: Area, plans: Iterator[backtest.Plan]) -> Iterator[dict[str, Any]]:
    """Test each plan and yield what is kept of it."""
    for plan in plans:
        _, hours, _ = backtest.run(area, plan, jobs=1)
        yield {
            "area": area.id,
            "name": area.names.get("en", area.id),
            "history": plan.history,
            "weather": plan.weather,
            "version": MODEL_VERSION,
            "made": date.today().isoformat(),
            **figures(hours),
        }


def keep(found: dict[str, Any], path: Path = KEPT) -> None:
    """Add what was found to the file, in place of the same area, history and weather."""

    def key(entry: dict[str, Any]) -> tuple[str, int, str]:
        return str(entry["area"]), int(entry["history"]), str(entry["weather"])

    kept = json.loads(path.read_text("utf-8")) if path.exists() else []
    entries = sorted([entry for entry in kept if key(entry) != key(found)] + [found], key=key)
    path.write_text(json.dumps(entries, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--area", required=True)
    parser.add_argument("--cutoff", nargs="+", required=True, metavar="T")
    parser.add_argument("--history", nargs="+", type=int, default=[HISTORY_DAYS], metavar="DAYS")
    parser.add_argument("--weather", nargs="+", choices=WEATHER_KNOWN, default=["none"])
    options = parser.parse_args()
    place = load_area(options.area)
    moments = tuple(moment_of(text, place) for text in options.cutoff)
    wanted = (
        backtest.Plan(moments, weather=weather, history=days) for days in options.history for weather in options.weather
    )
    for result in measure(place, wanted):
        keep(result)
        print(json.dumps(result, indent=1))
