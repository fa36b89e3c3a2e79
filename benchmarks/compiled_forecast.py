"""How much faster the compiled day models are than a loop over ``Prophet.predict``, and how close.

Both compute the same: expected counts of every zone of an area for the coming 168 hours, from the same fitted
models, in the same run. Run it: ``python benchmarks/compiled_forecast.py [area]``.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from data.area.area import load_area
from forecasting.inputs.history import calendar_of
from forecasting.model.day_model import compile_prophet, fit_prophet, training_frame
from forecasting.model.drivers import expectation
from forecasting.model.features import WEATHER_FEATURES, design
from forecasting.model.recent import expected_counts
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.gathering import gather
from forecasting.snapshot.issue import freeze
from forecasting.training.training import known_history, zone_series
from forecasting.training.zone_fit import known_totals
from forecasting.values.timeline import HOUR, Timeline

REPEATS = 30


def run(area_id: str = "scheveningen") -> dict[str, float]:
    """Fit Prophet for every zone of an area and measure.

    Returns ``zones``, ``prophet_s`` and ``compiled_s`` (seconds for all zones × 168 hours, features of the days
    included, the best of some runs), ``ratio``, ``max_relative_difference`` of the expected counts, and
    ``whole_forecast_s`` (a forecast from a snapshot, which holds the features, with its quantiles, 200 sample
    paths and parts).
    """
    area = load_area(area_id)
    inputs = gather(area, area.now())
    history = known_history(area, area.now())
    series = zone_series(history, inputs.models.area_model)
    calendar = calendar_of(
        area, Timeline.between(history.timeline.hours[0], inputs.whole_days.hours[-1] + HOUR, area.tz)
    )
    fitted = []
    for zone_id in area.zone_ids:
        zone = series[zone_id]
        totals, _ = known_totals(zone, len(zone.timeline.hours))
        fitted.append(fit_prophet(training_frame(totals, calendar, zone.weather, zone.timeline), calendar))

    compiled = [compile_prophet(model) for model in fitted]
    names = tuple(sorted({name for model in compiled for name in model.names}))
    coefficients = np.zeros((len(names), len(compiled)))
    for z, model in enumerate(compiled):
        coefficients[[names.index(name) for name in model.names], z] = model.coefficients
    weather = inputs.models.area_model.climatology.completed(inputs.weather, inputs.whole_days)
    snapshot = replace(
        freeze(inputs),
        names=names,
        days=design(names, calendar, weather, inputs.whole_days),
        coefficients=coefficients,
        means=np.zeros_like(coefficients),
    )
    asked = pd.DataFrame({"ds": snapshot.dates})
    asked[list(WEATHER_FEATURES)] = design(WEATHER_FEATURES, calendar, weather, inputs.whole_days)

    def with_prophet() -> np.ndarray:
        log_days = np.array([model.predict(asked)["yhat"].to_numpy() for model in fitted]) + snapshot.level[:, None]
        shares = snapshot.profiles[:, snapshot.kinds[snapshot.day], snapshot.hour_of_day]
        hour_log = snapshot.hour_effects @ snapshot.hour_features.T + snapshot.offsets
        added = np.einsum("ezh,e->zh", snapshot.event_responses, snapshot.events["attendance"].to_numpy(float))
        return expected_counts(log_days, shares, snapshot.day, hour_log, added, snapshot.caps)

    def compiled_models() -> np.ndarray:
        days = design(names, inputs.calendar, weather, inputs.whole_days)
        return expectation(replace(snapshot.drivers, days=days))[0]

    difference = np.abs(compiled_models() / with_prophet() - 1).max()
    prophet_s, compiled_s = best(with_prophet, 3), best(compiled_models, REPEATS)
    return {
        "zones": len(area.zones),
        "prophet_s": prophet_s,
        "compiled_s": compiled_s,
        "ratio": prophet_s / compiled_s,
        "max_relative_difference": float(difference),
        "whole_forecast_s": best(lambda: forecast(snapshot), REPEATS),
    }


def best(action: Callable[[], object], repeats: int) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    found = run(*sys.argv[1:2])
    print(f"{found['zones']:.0f} zones x 168 hours: Prophet.predict in a loop {found['prophet_s'] * 1000:.0f} ms,")
    print(f"compiled {found['compiled_s'] * 1000:.2f} ms: {found['ratio']:.0f} times faster;")
    print(f"from a snapshot, with quantiles, 200 paths and parts, {found['whole_forecast_s'] * 1000:.1f} ms.")
    print(f"Largest relative difference {found['max_relative_difference']:.1e}.")
