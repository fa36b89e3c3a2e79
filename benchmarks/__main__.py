"""``python -m benchmarks``: run all benchmarks and write ``benchmarks/RESULTS.md``."""

from collections.abc import Callable

from benchmarks import (
    accuracy,
    acted_hours,
    backup_drill,
    cities,
    cluster,
    compiled_forecast,
    effects,
    entering,
    feedback_load,
    first_start,
    map_rerun,
    measured_effects,
    opinions,
    playbook_pages,
    playbook_week,
    reading_counts,
    scale,
    scenario_rerun,
    second_week,
    studio,
    training_cost,
)
from benchmarks.load import figures as load
from benchmarks.results import Row, Section, write

WHAT = {
    "event": "people whom an event of 10,000 visitors at the Dr. Lelykade adds there",
    "event_next_door": "the same, in the zone next to it",
    "warmer_beach": "factor of 8 °C warmer on all beaches, 10–18 h",
    "rain_beach": "factor of 2 mm rain in every hour, on beaches",
    "rain_all": "the same, in all zones",
}


def _compiled() -> Section:
    found = compiled_forecast.run()
    return Section(
        "Compiled forecast against Prophet.predict",
        f"All {found['zones']:.0f} zones of Scheveningen × 168 hours, the same fitted models, the same run.",
        [
            Row(
                "expected counts of all zones",
                f"{found['compiled_s'] * 1000:.1f} ms",
                f"loop over Prophet.predict: {found['prophet_s'] * 1000:,.0f} ms ({found['ratio']:.0f} times slower)",
                "100 times faster",
                quoted=True,
            ),
            Row("largest relative difference", f"{found['max_relative_difference']:.1e}", goal="1e-6"),
            Row(
                "whole forecast with quantiles and 200 sample paths",
                f"{found['whole_forecast_s'] * 1000:.1f} ms",
                quoted=True,
            ),
        ],
    )


def _effects() -> Section:
    return Section(
        "Learned effects against the simulator's true ones",
        "What the forecast of the practice week makes of a change, divided by the truth: 1 is perfect.",
        [Row(WHAT[name], f"{value:.2f}", goal="0.8 to 1.2") for name, value in effects.run().items()],
    )


ALL: tuple[Callable[[], Section], ...] = (
    accuracy.run,
    cities.run,
    second_week.run,
    _compiled,
    scale.run,
    reading_counts.run,
    training_cost.run,
    cluster.run,
    _effects,
    measured_effects.run,
    acted_hours.run,
    map_rerun.run,
    scenario_rerun.run,
    first_start.run,
    entering.run,
    opinions.run,
    playbook_week.run,
    playbook_pages.run,
    load.run,
    feedback_load.run,
    backup_drill.run,
    studio.run,
)

if __name__ == "__main__":
    write([run() for run in ALL])
