"""Fitting 100 zones on this machine and on a Dask cluster of two workers, and what a country would cost each night.

Run it: ``python -m benchmarks.cluster``.
"""

import json
import pickle
import time
from collections.abc import Callable

import pandas as pd
from distributed import LocalCluster

from benchmarks.results import Row, Section
from benchmarks.training_cost import KEPT as TRAINING
from data.area.area import load_area
from forecasting.model.area_model import fit_area_model
from forecasting.training.training import known_history, zone_series
from forecasting.training.workers import Workers, workers
from forecasting.training.zone_fit import fit_zone

ZONES, WORKERS = 100, 2
MUNICIPALITIES, ZONES_EACH = 342, 25
CORE_HOUR_EUR = 0.05
"""What a core costs an hour: an assumption of this project."""


def run() -> Section:
    """Fit, and return the figures."""
    area = load_area("auckland")
    history = known_history(area, pd.Timestamp("2025-05-12", tz=area.tz).to_pydatetime())
    series = zone_series(history, fit_area_model(history))
    tasks = [(series[area.zone_ids[n % len(area.zones)]], "") for n in range(ZONES)]

    def fitted(work: Workers) -> list[str]:
        return [json.dumps(zone.to_dict()) for zone in work.each(fit_zone, tasks)]

    here, here_s = timed(lambda: fitted(Workers(WORKERS)))
    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as cluster,
        workers(scheduler=cluster.scheduler_address) as work,
    ):
        there, there_s = timed(lambda: fitted(work))
    training = json.loads(TRAINING.read_text("utf-8"))
    nightly = (5 * training["night_s"] + training["night_with_errors_s"]) / 6 / training["zones"]
    weekly = training["with_boosting_s"] / training["zones"] / 7
    zones = MUNICIPALITIES * ZONES_EACH
    core_hours = zones * (nightly + weekly) / 3600
    megabytes = sum(len(pickle.dumps(task)) for task in tasks) / ZONES / 1e6
    return Section(
        "Training on a cluster",
        f"{ZONES} zones (Auckland's, repeated), three years each, day-level Prophet: {WORKERS} processes here, "
        f"and {WORKERS} workers of a Dask cluster on it. The same models came out: {'yes' if here == there else 'NO'}.",
        [
            Row(f"{ZONES} zones here", f"{here_s:.0f} s"),
            Row(f"{ZONES} zones on the cluster", f"{there_s:.0f} s", f"{megabytes:.1f} MB sent a zone"),
            Row(
                f"a night of {MUNICIPALITIES} municipalities with {ZONES_EACH} zones each",
                f"{core_hours:.1f} core hours",
                f"{nightly + weekly:.2f} s a zone: the mean night, and a seventh of a weekly training",
            ),
            Row(
                "cores to do that within an hour",
                f"{core_hours:.0f}",
                f"about € {core_hours * CORE_HOUR_EUR:.2f} a night at € {CORE_HOUR_EUR} a core hour (assumed)",
            ),
        ],
    )


def timed(action: Callable[[], list[str]]) -> tuple[list[str], float]:
    """Return what an action gives and how many seconds it took."""
    began = time.perf_counter()
    return action(), time.perf_counter() - began


if __name__ == "__main__":
    for row in run().rows:
        print(row.what, "|", row.ours, "|", row.beside)
