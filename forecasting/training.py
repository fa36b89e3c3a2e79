"""Training: from an area's counts to the models of all its zones, zone by zone and in parallel."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import numpy as np
from joblib import Parallel, delayed
from tqdm import tqdm

from data.area import Area
from data.home import area_home
from forecasting.area_model import AreaModel, fit_area_model
from forecasting.event_effects import distances
from forecasting.history import History, WeatherKnown, digest, read_history
from forecasting.profiles import day_kinds
from forecasting.residuals import ZoneSeries, plan_origins
from forecasting.store import AREA_FILE, MODEL_VERSION, area_text, read_checked, write_checked
from forecasting.zone_fit import fit_zone
from language import UserError

YEARS: Final = 3
"""Years of history that are used: enough for seasons and holidays, few enough to be about today."""


@dataclass(frozen=True)
class Trained:
    """What training did: the folder, and the zones that were fitted, found already fitted, and of short history."""

    folder: Path
    fitted: tuple[str, ...]
    kept: tuple[str, ...]
    short: tuple[str, ...]
    complete: bool


def train(
    area: Area,
    until: datetime,
    *,
    jobs: int = 0,
    zone_ids: Iterable[str] | None = None,
    into: Path | None = None,
    progress: bool = False,
    weather_known: WeatherKnown = "forecast",
) -> Trained:
    """Fit and store the models of ``area`` on what was counted before ``until`` (aware).

    A zone whose stored model was fitted on exactly the same data by the same version is kept. ``zone_ids`` fits
    only those; the models can be used when all zones have one. ``jobs``: parallel processes, 0 for one a core.
    ``into``: the folder to write to, by default ``models`` in the area's users' state. ``weather_known``: what the
    past forecasts, of which the errors are kept, may know of the weather; with ``none`` no weather is used at all.

    Raises ``UserError`` when there are no counts before ``until``, or a zone is not the area's.
    """
    until = until.astimezone(UTC)
    wanted = tuple(area.zone_ids if zone_ids is None else zone_ids)
    for zone_id in wanted:
        if zone_id not in area.zone_ids:
            raise UserError("Area {area} has no zone '{zone}'.", area=area.id, zone=zone_id)
    history = known_history(area, until, weather_known)
    model = fit_area_model(history)
    origins = plan_origins(history, model)
    moments = history.timeline.hours[origins.index]
    shared = area_text(model, area.zone_ids, moments)
    trained = {"version": MODEL_VERSION, "until": until.isoformat(), "sources": list(history.sources)}
    if weather_known != "forecast":
        trained["weather"] = weather_known
    trained["shared"] = digest(str(shared), origins.days, origins.hours)
    folder = into or area_home(area.id) / "models"
    hashes = {zone_id: digest(history.zone_hash(zone_id), str(trained)) for zone_id in area.zone_ids}
    kept = tuple(zone_id for zone_id in wanted if _stored_hash(folder, zone_id) == hashes[zone_id])
    todo = [zone_id for zone_id in wanted if zone_id not in kept]
    short = []
    series = zone_series(history, model)
    tasks = (delayed(fit_zone)(series[zone_id], origins, hashes[zone_id]) for zone_id in todo)
    pool = Parallel(n_jobs=jobs or os.cpu_count(), return_as="generator_unordered", pre_dispatch="n_jobs")
    for zone in tqdm(pool(tasks), total=len(todo), disable=not progress, unit="zone"):
        write_checked(folder / f"{zone.zone_id}.json", {"trained": trained, **zone.text()})
        if zone.kind != "prophet":
            short.append(zone.zone_id)
    complete = all(_stored_hash(folder, zone_id) == hashes[zone_id] for zone_id in area.zone_ids)
    if complete:
        write_checked(folder / AREA_FILE, {"trained": trained, **shared})
    return Trained(folder, tuple(todo), kept, tuple(sorted(short)), complete)


def known_history(area: Area, until: datetime, weather_known: WeatherKnown = "forecast") -> History:
    """Return the last :data:`YEARS` years before ``until``, from the first local midnight with a known count."""
    history = read_history(area, until - timedelta(days=YEARS * 365), until, weather_known)
    known = np.flatnonzero(np.isfinite(history.counts).any(axis=0))
    if not len(known):
        raise UserError("Area {area} has no counts before {until}.", area=area.id, until=f"{until:%Y-%m-%d %H:%M} UTC")
    midnight = np.flatnonzero(
        (history.timeline.hour_of_day == 0) & (np.arange(len(history.timeline.hours)) >= known[0])
    )
    first = int(midnight[0]) if len(midnight) else int(known[0])
    span = slice(first, len(history.timeline.hours))
    return replace(
        history,
        timeline=history.timeline.part(span),
        counts=history.counts[:, span],
        weather=history.weather[span],
    )


def zone_series(history: History, model: AreaModel) -> dict[str, ZoneSeries]:
    """Return what each zone's model is fitted on, by zone id."""
    area, timeline = history.area, history.timeline
    weather = model.climatology.completed(history.weather, timeline) if history.has_weather else None
    ordinary = model.ordinary(history)
    added = model.events.added(history.events, timeline.hours, area.zone_ids, distances(area))
    kinds = day_kinds(history.calendar, timeline.dates)
    return {
        zone_id: ZoneSeries(
            zone_id,
            timeline,
            history.calendar,
            weather,
            history.counts[z],
            ordinary[z],
            added[z],
            kinds,
            model.hour_effects[z],
        )
        for z, zone_id in enumerate(area.zone_ids)
    }


def _stored_hash(folder: Path, zone_id: str) -> str | None:
    path = folder / f"{zone_id}.json"
    if not path.exists():
        return None
    try:
        return str(read_checked(path, "").get("data_hash"))
    except UserError:
        return None
