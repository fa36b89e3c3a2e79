"""CPU time of training all zones of Auckland, against a plain loop of hourly Prophets with the same seasonalities.

Counted are the seconds of this process and those it starts, which one core would take; the hourly Prophet is fitted for
a few zones, and its time multiplied. It takes some minutes. Run it: ``python -m benchmarks.training_cost``.
"""

import json
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section, machine
from data.area.area import Area, load_area
from data.consent import gate
from forecasting.inputs.history import History, count_array
from forecasting.model.area_model import fit_area_model
from forecasting.model.features import holiday_table
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.issue import issue
from forecasting.training.model_files import PAST_FILE, load_models
from forecasting.training.training import known_history, train, zone_series
from forecasting.training.zone_fit import fit_zone
from forecasting.values.arrays import Floats

KEPT: Final = Path(__file__).with_name("training_cost.json")
HOURLY_ZONES: Final = ("queen-210", "high-2", "k-road-183")
UNTIL: Final = "2025-05-12"
AHEAD: Final = 168
_NIGHTS_APART: Final = 6


def run() -> Section:
    """Return the figures that were measured last."""
    found = json.loads(KEPT.read_text("utf-8"))
    hourly, cold = found["hourly_s"], found["with_boosting_s"]
    night = ((_NIGHTS_APART - 1) * found["night_s"] + found["night_with_errors_s"]) / _NIGHTS_APART
    zones = ", ".join(HOURLY_ZONES)
    return Section(
        "What training costs",
        f"`python -m benchmarks.training_cost`, {found['made']}, {found['machine']}: seconds of CPU for all "
        f"{found['zones']} zones of Auckland, three years until {UNTIL}. The hourly Prophet (ln(1 + count), the same "
        f"yearly, weekly and holiday terms, and a daily one) was fitted for {zones}, and its time multiplied.",
        [
            Row(
                "day-level Prophet of all zones",
                f"{found['prophet_s']:.0f} s",
                f"loop of hourly Prophets: {hourly:.0f} s ({100 * found['prophet_s'] / hourly:.0f} %)",
                "a tenth",
            ),
            Row(
                "CPU of training all of Auckland, with the mix",
                f"{cold:.0f} s",
                f"{100 * cold / hourly:.0f} % of the loop",
                "a half",
                quoted=True,
            ),
            Row("errors of a year of past forecasts, once", f"{found['all_s'] - cold:.0f} s"),
            Row(
                "a night: Prophet from yesterday's, the mix of this week",
                f"{found['night_s']:.1f} s",
                f"{100 * found['night_s'] / cold:.0f} % of a cold training",
                "a third",
            ),
            Row("every sixth night, with a new past forecast", f"{found['night_with_errors_s']:.1f} s"),
            Row(
                "the mean night",
                f"{night:.1f} s",
                f"{100 * night / found['all_s']:.0f} % of a cold training with its past forecasts",
                "a third",
            ),
            Row(
                f"mean absolute error of the week after, {zones}",
                f"{found['mae']:.1f}",
                f"hourly Prophet {found['hourly_mae']:.1f}",
                "lower",
            ),
        ],
    )


def measure() -> dict[str, Any]:
    """Measure everything, in this process and on one core."""
    area = load_area("auckland")
    until = pd.Timestamp(UNTIL, tz=area.tz).to_pydatetime()
    history = known_history(area, until)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        everything = seconds(lambda: train(area, until, jobs=1, into=folder))
        models = load_models(area, folder)
        result = forecast(issue(area, until, AHEAD, models=models))
        for path in folder.iterdir():
            if path.name != PAST_FILE:
                path.unlink()
        cold = seconds(lambda: train(area, until, jobs=1, into=folder))
        nights = []
        for night in range(1, _NIGHTS_APART + 1):
            at = until + timedelta(days=night)
            nights.append(seconds(lambda at=at: train(area, at, jobs=1, into=folder, warm=True)))
    model = fit_area_model(history)
    series = zone_series(history, model)
    prophet = seconds(lambda: [fit_zone(series[zone_id], "") for zone_id in area.zone_ids])
    came = count_array(gate.read(area, "counts", until, until + timedelta(hours=AHEAD)), area.zone_ids, result.hours)
    hourly, errors, own = [], [], []
    for zone_id in HOURLY_ZONES:
        z = area.zone_ids.index(zone_id)
        found: list[Floats] = []
        hourly.append(seconds(lambda z=z, found=found: found.append(_hourly(area, history, z, result.hours))))
        errors.append(np.nanmean(np.abs(found[0] - came[z])))
        own.append(np.nanmean(np.abs(result.median[z] - came[z])))
    return {
        "made": date.today().isoformat(),
        "machine": machine(),
        "zones": len(area.zones),
        "prophet_s": prophet,
        "with_boosting_s": cold,
        "all_s": everything,
        "night_s": float(np.median(nights)),
        "night_with_errors_s": max(nights),
        "hourly_s": float(np.mean(hourly)) * len(area.zones),
        "mae": float(np.mean(own)),
        "hourly_mae": float(np.mean(errors)),
    }


def seconds(action: Callable[[], object]) -> float:
    """Return the seconds of CPU that an action takes, in this process and those it starts and waits for."""

    def used() -> float:
        both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(usage.ru_utime + usage.ru_stime for usage in both)

    before = used()
    action()
    return used() - before


def _hourly(area: Area, history: History, zone: int, ahead: pd.DatetimeIndex) -> Floats:
    """Return what a plain hourly Prophet expects, on the clock of the area."""
    from prophet import Prophet

    def clock(hours: pd.DatetimeIndex) -> pd.DatetimeIndex:
        return hours.tz_convert(area.tz).tz_localize(None)

    frame = pd.DataFrame({"ds": clock(history.timeline.hours), "y": np.log1p(history.counts[zone])}).dropna()
    special = holiday_table(history.calendar)
    model = Prophet(
        yearly_seasonality=4,
        weekly_seasonality=3,
        daily_seasonality=True,
        holidays=special[special["ds"].isin(frame["ds"].dt.normalize())],
        uncertainty_samples=0,
    ).fit(frame, seed=1)
    expected = model.predict(pd.DataFrame({"ds": clock(ahead)}))["yhat"].to_numpy()
    return np.maximum(np.expm1(expected), 0)


if __name__ == "__main__":
    KEPT.write_text(json.dumps(measure(), indent=1) + "\n", "utf-8")
    sys.stdout.write(KEPT.read_text("utf-8"))
