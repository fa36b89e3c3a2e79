"""How long a forecast takes, with the chances of passing thresholds, as an area has more zones.

The practice week of Scheveningen, its zones repeated. Run it: ``python -m benchmarks.scale``.
"""

from dataclasses import replace

import numpy as np

from benchmarks.compiled_forecast import best
from benchmarks.results import Row, Section
from data.area.area import load_area
from forecasting.model.calibration import Calibration
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot import Snapshot
from forecasting.snapshot.snapshot_files import obtain
from forecasting.values.scenario import Scenario, Weather
from forecasting.values.thresholds import Thresholds, ZoneThresholds

ZONES = (25, 250, 2500)
HOURS = 168
"""Hours ahead, as on every page."""

_ZONE_AXIS = {
    "coefficients": 1,
    "means": 1,
    "caps": 0,
    "level": 0,
    "offsets": 0,
    "profiles": 0,
    "hour_effects": 0,
    "event_responses": 1,
    "ranks": 1,
    "normal": 0,
    "room": 0,
}


def run() -> Section:
    """Measure, and return the figures."""
    area = load_area("scheveningen")
    snapshot = obtain(area, area.now(), HOURS)
    scenario = Scenario(weather=Weather(temp_delta_c=4))
    rows = []
    for number in ZONES:
        larger = with_zones(snapshot, number)
        zone_thresholds = Thresholds({zone_id: ZoneThresholds(50, 100, 200, "chosen") for zone_id in larger.zone_ids})
        times = {}
        for name, asked in (("as it is", None), ("4 °C warmer", scenario)):

            def whole(
                larger: Snapshot = larger, asked: Scenario | None = asked, zone_thresholds: Thresholds = zone_thresholds
            ) -> None:
                forecast(larger, asked).exceedance(zone_thresholds)

            whole()  # factors of the quantiles and paths are computed once per snapshot
            times[name] = 1000 * best(whole, 3 if number > ZONES[1] else 20)
        rows.append(
            Row(
                f"{number} zones: quantiles, 200 paths, chances of three levels, {HOURS} h",
                f"{times['as it is']:.1f} ms",
                f"with a scenario (4 °C warmer): {times['4 °C warmer']:.1f} ms",
                "10 ms" if number == ZONES[0] else "linear",
                quoted=number == ZONES[0],
            )
        )
    return Section("A forecast as areas grow", "Zones of the practice week, repeated; the best of some runs.", rows)


def with_zones(snapshot: Snapshot, number: int) -> Snapshot:
    """Return a snapshot with so many zones: those of ``snapshot``, again and again."""
    place = np.arange(number) % len(snapshot.zone_ids)
    taken = {name: np.take(getattr(snapshot, name), place, axis=axis) for name, axis in _ZONE_AXIS.items()}
    return replace(
        snapshot,
        **taken,
        zone_ids=tuple(f"{snapshot.zone_ids[p]}-{n}" for n, p in enumerate(place)),
        zone_models=tuple(snapshot.zone_models[p] for p in place),
        zone_kinds=tuple(snapshot.zone_kinds[p] for p in place),
        apart=snapshot.apart[np.ix_(place, place)],
        calibration=Calibration(snapshot.calibration.quantiles[place]),
    )


if __name__ == "__main__":
    for row in run().rows:
        print(row.what, "|", row.ours, "|", row.beside)
