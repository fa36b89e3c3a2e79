"""Whether the effects that forecasts learn come back as they truly are, in the practice world of Scheveningen.

The simulator's true effects are known: this asks the forecast and the truth the same three questions about the
coming week. Run it: ``python benchmarks/effects.py``.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from data.area.area import Area, load_area
from data.area.schemas import HOUR, checked
from data.simulator import truth
from forecasting.inputs.history import WEATHER
from forecasting.model.drivers import expectation
from forecasting.snapshot.gathering import Inputs, gather
from forecasting.snapshot.issue import freeze

EVENT_ZONE, ATTENDANCE = "dr-lelykade", 10_000.0
DAYTIME = (10, 20)


def run() -> dict[str, float]:
    """Return, per effect, what the forecast makes of it divided by the truth (1 is perfect).

    ``event``: people present in the own zone, summed over the event's hours; ``event_next_door``: in the zone
    next to it; ``warmer_beach``: the factor on all beaches' daytime counts of +8 °C; ``rain_beach`` and
    ``rain_all``: the factor of 2 mm in every hour.
    """
    area = load_area("scheveningen")
    inputs = gather(area, area.now())
    weather = inputs.models.area_model.climatology.completed(inputs.weather, inputs.whole_days)
    inputs = replace(inputs, weather=weather)
    plain = _both(area, inputs)
    with_event = _both(area, replace(inputs, events=pd.concat([inputs.events, _event(area)], ignore_index=True)))
    warmer = _both(area, replace(inputs, weather=_changed(weather, 0, lambda temp: temp + 8)))
    wet = _both(area, replace(inputs, weather=_changed(weather, 1, lambda rain: rain * 0 + 2)))
    dry = _both(area, replace(inputs, weather=_changed(weather, 1, lambda rain: rain * 0)))

    beach = np.array([zone.kind == "beach" for zone in area.zones])
    hour = inputs.whole_days.part(inputs.forecast_hours).hour_of_day
    day = (hour >= DAYTIME[0]) & (hour < DAYTIME[1])
    own, near = area.zone_ids.index(EVENT_ZONE), area.zone_ids.index("visafslag")

    def factor(changed: list[np.ndarray], base: list[np.ndarray], zones: np.ndarray) -> float:
        forecast, true = (
            np.log(c[zones][:, day] / b[zones][:, day]).mean() for c, b in zip(changed, base, strict=True)
        )
        return float(np.exp(forecast - true))

    added = [changed - base for changed, base in zip(with_event, plain, strict=True)]
    return {
        "event": float(added[0][own].sum() / added[1][own].sum()),
        "event_next_door": float(added[0][near].sum() / added[1][near].sum()),
        "warmer_beach": factor(warmer, plain, beach),
        "rain_beach": factor(wet, dry, beach),
        "rain_all": factor(wet, dry, np.ones_like(beach)),
    }


def _both(area: Area, inputs: Inputs) -> list[np.ndarray]:
    """Expected counts of the forecast and of the truth: zones × hours each."""
    hours = inputs.whole_days.hours[inputs.forecast_hours]
    frame = pd.DataFrame(inputs.weather, columns=list(WEATHER)).assign(
        hour=inputs.whole_days.hours.astype(HOUR), cloud_okta=np.nan, origin="forecast"
    )
    frame = checked("weather", frame[["hour", *WEATHER, "cloud_okta", "origin"]])
    return [expectation(freeze(inputs).drivers)[0], truth.expected(area, hours, weather=frame, events=inputs.events)]


def _event(area: Area) -> pd.DataFrame:
    start = (pd.Timestamp(area.now()).normalize() + pd.Timedelta(days=2, hours=12)).tz_convert("UTC")
    moments = pd.Series([start, start + pd.Timedelta(hours=6)]).astype(HOUR)
    return pd.DataFrame(
        {
            "event_id": ["question"],
            "name": ["Question"],
            "zone_id": [EVENT_ZONE],
            "start": moments[:1],
            "end": moments[1:].reset_index(drop=True),
            "attendance": [ATTENDANCE],
        }
    )


def _changed(weather: np.ndarray, kind: int, change: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    changed = weather.copy()
    changed[:, kind] = change(weather[:, kind])
    return changed


if __name__ == "__main__":
    for effect, ratio in run().items():
        print(f"{effect}: forecast / truth = {ratio:.2f}")
