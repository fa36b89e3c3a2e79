"""How accurate forecasts of Auckland's real counts are, beside what a city would otherwise use, on the same weeks.

``python -m benchmarks.accuracy [--every WEEKS] [--minutes M]`` tests every Monday of 2025 (51 cutoffs, 168 hours each;
``--every 4``: 13 of them) as ``python -m forecasting backtest`` does: models trained anew at each cutoff on counts
before it. That takes about 40 minutes of two cores; each cutoff is kept under ``var/``, so it may be done in pieces.
When all are there, the figures are written to ``benchmarks/accuracy.json``, which ``python -m benchmarks`` quotes.

Everything about the model was chosen on counts before 2025; :data:`SEEN` tells what was chosen late.
"""

import argparse
import json
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section, machine
from data.area.area import Area, load_area
from data.keeping.home import area_home, written_whole
from forecasting.evaluation import backtest, verification
from forecasting.evaluation.backtest_hours import MISSING
from forecasting.evaluation.baselines import WeeksBack, median_of_weeks
from forecasting.evaluation.scores import brier_parts
from forecasting.inputs.history import read_history
from forecasting.model.residuals import AHEAD
from forecasting.training.model_files import MODEL_VERSION, load_models

KEPT = Path(__file__).with_name("accuracy.json")
COMMAND = "python -m benchmarks.accuracy"
FIRST, LAST = "2025-01-06", "2025-12-22"
ZONE = "Pacific/Auckland"
WITH_PROPHET = ("2025-09-15",)
"""Cutoffs at which Prophet out of the box is run too, as it takes minutes."""

SEEN = (
    "Everything was chosen on counts before 2025 and on two other cities. Weeks of 2025 had been seen with earlier "
    "versions of the model, so they are not wholly fresh."
)

METHODS = ("model", "lightgbm", "median_8_weeks", "last_week", "prophet")
NAMES = {
    "lightgbm": "LightGBM",
    "median_8_weeks": "8-week median",
    "last_week": "last week",
    "prophet": "Prophet out of the box",
}


def run() -> Section:
    """Return the figures that were measured last."""
    found = json.loads(KEPT.read_text("utf-8"))
    model, others, year = found["scores"]["model"], found["scores"], found["rolling"]
    apart = "week" if found["every"] == 1 else f"{found['every']} weeks"

    def beside(score: str) -> str:
        return ", ".join(
            f"{NAMES[name]} {others[name][score]:.1f}" for name in ("lightgbm", "median_8_weeks", "last_week")
        )

    return Section(
        "Accuracy on Auckland's real counts in 2025",
        f"`{found['command']}`, {found['made']}: {found['cutoffs']} weeks of 168 hours, from a Monday of 2025 every "
        f"{apart}, {found['pairs']} pairs of sensor and week (at most 5 % unknown), no weather, models "
        f"trained anew at each cutoff; version {found['model_version']} of the model. {SEEN}",
        [
            Row("mean absolute error, passages an hour", f"{model['mae']:.1f}", beside("mae"), quoted=True),
            Row(
                "error against the 8-week median",
                f"{100 * (1 - model['mae'] / others['median_8_weeks']['mae']):.1f} % lower",
                goal="16 % (aim 24 %)",
                quoted=True,
            ),
            Row(
                "error against LightGBM with weekly lags",
                f"{100 * (1 - model['mae'] / others['lightgbm']['mae']):.1f} % lower",
                goal="3 % (aim 10 %)",
                quoted=True,
            ),
            Row(
                f"the same against Prophet out of the box, week of {WITH_PROPHET[0]}",
                f"{found['with_prophet']['model']:.1f}",
                f"{found['with_prophet']['prophet']:.1f}",
            ),
            Row(
                f"{year['origins']} forecasts six days apart, {year['first']} to {year['last']}, models at most "
                "84 days old: error against the 8-week median",
                f"{100 * (1 - year['model'] / year['median_8_weeks']):.0f} % lower",
                goal="16 % (aim 24 %)",
                quoted=True,
            ),
            Row("MASE", f"{model['mase']:.3f}", ", ".join(f"{NAMES[n]} {others[n]['mase']:.3f}" for n in METHODS[1:4])),
            Row("WAPE", f"{model['wape']:.3f}", ", ".join(f"{NAMES[n]} {others[n]['wape']:.3f}" for n in METHODS[1:4])),
            Row("CRPS", f"{model['crps']:.1f}", "a point forecast's is its mean absolute error"),
            Row("counts inside the 50 % interval", _percent(model["coverage_50"])),
            Row("counts inside the 80 % interval", _percent(model["coverage_80"]), goal="77–83 %", quoted=True),
            Row("counts inside the 95 % interval", _percent(model["coverage_95"]), goal="93–97 %", quoted=True),
            Row("80 % interval, tenth of hours forecast busiest", _percent(found["busiest"]["80"]), goal="72 %"),
            Row("95 % interval, tenth of hours forecast busiest", _percent(found["busiest"]["95"]), goal="89 %"),
            Row("Brier skill, 90th percentile, against the base rate", f"{model['brier_skill']:.2f}", goal="0.40"),
            Row("the same against the hour of the week", f"{model['brier_skill_hourofweek']:.2f}", goal="0.18"),
            Row("reliability of the chances", f"{found['reliability']:.4f}", goal="0.01"),
        ],
    )


def measure(every: int, minutes: float) -> dict[str, Any] | None:
    """Test a cutoff ``every`` so many weeks until all are done, or the ``minutes`` are over (then ``None``)."""
    area, began = load_area("auckland"), time.monotonic()
    hours = []
    for cutoff in _cutoffs(area, every):
        kept = _kept(area, cutoff)
        if not kept.exists():
            if time.monotonic() - began > 60 * minutes:
                return None
            against = "all" if str(cutoff.date()) in WITH_PROPHET else "standard"
            plan = backtest.Plan((cutoff.to_pydatetime(),), weather="none", against=against)
            _, rows, _ = backtest.run(area, plan)
            with written_whole(kept) as temporary:
                rows.to_parquet(temporary, index=False)
            print(f"{cutoff.date()} done after {time.monotonic() - began:.0f} s", file=sys.stderr)
        hours.append(pd.read_parquet(kept))
    found = figures(pd.concat(hours, ignore_index=True))
    return {"command": f"{COMMAND} --every {every}", "every": every, **found, "rolling": rolling(area, cutoff)}


def rolling(area: Area, cutoff: pd.Timestamp) -> dict[str, Any]:
    """Return the errors of the past forecasts of a whole year that the models of a cutoff hold, and of the median."""
    folder = area_home(area.id) / "backtests" / "models" / f"{cutoff.tz_convert('UTC'):%Y%m%dT%H}-none"
    past = load_models(area, folder).past
    end = (past.moments[-1] + pd.Timedelta(hours=AHEAD)).to_pydatetime()
    history = read_history(area, (past.moments[0] - pd.Timedelta(weeks=9)).to_pydatetime(), end, "none")
    errors: dict[str, list[np.ndarray]] = {"model": [], "median_8_weeks": []}
    for o, place in enumerate(history.timeline.hours.get_indexer(past.moments)):
        ahead = slice(place, place + AHEAD)
        came = history.counts[:, ahead]
        before = replace(history, timeline=history.timeline.part(slice(0, place)), counts=history.counts[:, :place])
        median = median_of_weeks(WeeksBack.ahead(before, history.timeline.part(ahead)))
        few = np.isnan(came).mean(axis=1) <= MISSING
        expected = {"model": past.levels[:, o], "median_8_weeks": np.log1p(median)}
        for name, logs in expected.items():
            errors[name].append(np.nanmean(np.abs(np.expm1(logs) - came), axis=1)[few])
    local = past.moments.tz_convert(area.tz)
    return {
        "origins": len(local),
        "first": str(local[0].date()),
        "last": str(local[-1].date()),
        **{name: float(np.concatenate(found).mean()) for name, found in errors.items()},
    }


def figures(hours: pd.DataFrame) -> dict[str, Any]:
    """Return all that is reported of the ``hours`` of a backtest (see ``forecasting.evaluation.verification``)."""
    with_prophet = hours[hours["prophet"].notna()]
    names = [name for name in METHODS if name != "prophet"]
    errors = verification.scored(hours)
    here = hours[hours["scored"] & hours["count"].notna()]
    busiest = here["model"] >= here.groupby("zone_id")["model"].transform(lambda zone: np.quantile(zone, 0.9))
    top = here[busiest]
    median = verification.scored(hours, "median_8_weeks")
    return {
        "made": date.today().isoformat(),
        "machine": machine(),
        "model_version": MODEL_VERSION,
        "cutoffs": int(hours["cutoff"].nunique()),
        "pairs": len(errors.groupby(verification.PAIR)),
        "scores": {name: verification.scores(verification.scored(hours, name)).model_dump() for name in names},
        "with_prophet": {
            name: verification.scores(verification.scored(with_prophet, name)).mae for name in ("model", "prophet")
        },
        "busiest": {
            of: float(top["count"].between(top[f"model_{low}"], top[f"model_{high}"]).mean())
            for of, low, high in (("50", "q25", "q75"), ("80", "q10", "q90"), ("95", "q025", "q975"))
        },
        "reliability": verification.reliability(hours).reliability,
        "daytime": _daytime(here),
        "by_cutoff": {
            str(moment.tz_convert(ZONE).date()): [
                round(float(group["error"].mean()), 1),
                round(float(of_median["error"].mean()), 1),
            ]
            for (moment, group), (_, of_median) in zip(errors.groupby("cutoff"), median.groupby("cutoff"), strict=True)
        },
    }


def _daytime(here: pd.DataFrame) -> dict[str, float]:
    """The Brier score and its reliability of the hours from 8 to 22 o'clock alone."""
    local = here["hour"].dt.tz_convert(ZONE).dt.hour
    day = here[(local >= 8) & (local < 22)]
    parts = brier_parts(day["model_p_high"].to_numpy(float), (day["count"] > day["high"]).to_numpy())
    return {"brier": parts.score, "reliability": parts.reliability}


def _cutoffs(area: Area, every: int) -> pd.DatetimeIndex:
    return pd.date_range(FIRST, LAST, freq=f"{7 * every}D", tz=area.tz)


def _kept(area: Area, cutoff: pd.Timestamp) -> Path:
    name = f"{cutoff:%Y%m%d}-version{MODEL_VERSION}.parquet"
    return area_home(area.id) / "backtests" / "accuracy" / name


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, metavar="WEEKS", help="weeks from cutoff to cutoff")
    parser.add_argument("--minutes", type=float, default=120, help="stop after so many minutes; go on another time")
    options = parser.parse_args()
    result = measure(options.every, options.minutes)
    if result is None:
        print("Not all cutoffs are done yet. Run the command again.")
    else:
        KEPT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        print(json.dumps(result, indent=1))
