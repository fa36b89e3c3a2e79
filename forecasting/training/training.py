"""Training: from an area's counts to the models of all its zones, zone by zone and in parallel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import HISTORY_DAYS, History, WeatherKnown, digest, read_history
from forecasting.mix.mix import Mix
from forecasting.model.area_model import AreaModel, fit_area_model
from forecasting.model.day_model import ZoneModelKind
from forecasting.model.event_effects import distances
from forecasting.model.profiles import day_kinds
from forecasting.model.residuals import PastErrors, ZoneSeries, plan_origins
from forecasting.training.area_fit import AreaFit
from forecasting.training.model_files import (
    AREA_FILE,
    MIX_FILE,
    MODEL_VERSION,
    PAST_FILE,
    ZoneModel,
    area_fields,
    read_checked,
    write_checked,
)
from forecasting.training.progress import Progress, Steps, untold
from forecasting.training.workers import Workers
from forecasting.training.zone_fit import fit_zone
from language import UserError


@dataclass(frozen=True)
class Trained:
    """What training did: the folder, and the zones that were fitted, found already fitted, and of short history.

    ``unknown``: of all zones those of which too little was counted for any forecast.
    """

    folder: Path
    fitted: tuple[str, ...]
    kept: tuple[str, ...]
    short: tuple[str, ...]
    complete: bool
    unknown: tuple[str, ...] = ()


def train(
    area: Area,
    until: datetime,
    *,
    jobs: int = 0,
    zone_ids: Iterable[str] | None = None,
    into: Path | None = None,
    progress: Progress = untold,
    weather_known: WeatherKnown = "forecast",
    days: int = HISTORY_DAYS,
    warm: bool = False,
    work: Workers | None = None,
) -> Trained:
    """Fit and store the models of ``area`` on what was counted before ``until`` (aware).

    A zone whose stored model was fitted on exactly the same data by the same version is kept. ``zone_ids`` fits
    only those; the models can be used when all zones have one. ``jobs``: parallel processes, 0 for one a core.
    ``into``: the folder to write to, by default ``models`` in the area's users' state. ``weather_known``: what the
    past forecasts, of which the errors are kept, may know of the weather; with ``none`` no weather is used at all.
    ``days``: how far back counts are used.
    ``warm``: start from the models in the folder, and use a mix of at most a week old again, as every night.
    ``work``: where to work (see ``workers.workers``), instead of ``jobs`` processes here. Errors of past forecasts that
    the folder holds are kept. Raises ``UserError`` when nothing was counted before ``until``, or for a zone of no area.
    """
    until, wanted = until.astimezone(UTC), _wanted(area, zone_ids)
    history = known_history(area, until, weather_known, days)
    model = fit_area_model(history)
    origins = plan_origins(history, model)
    shared = area_fields(model, area.zone_ids)
    trained = _what_trained(history, until, weather_known)
    trained["shared"] = digest(str(shared), ",".join(origins.keys), origins.days, origins.hours)
    folder = into or area_home(area.id) / "models"
    hashes = {zone_id: digest(history.zone_hash(zone_id), str(trained)) for zone_id in area.zone_ids}
    stored = {zone_id: _stored(folder, zone_id) for zone_id in area.zone_ids}
    kept = tuple(zone_id for zone_id in wanted if _hash_of(stored[zone_id]) == hashes[zone_id])
    todo = [zone_id for zone_id in wanted if zone_id not in kept]
    series = zone_series(history, model)
    starts = {zone_id: zone.day_model if warm and zone else None for zone_id, zone in stored.items()}
    work = work or Workers(jobs)
    steps = Steps(len(todo) + 2, progress)
    tasks = ((series[zone_id], hashes[zone_id], starts[zone_id]) for zone_id in todo)
    for fitted in work.each(fit_zone, tasks):
        write_checked(folder / f"{fitted.zone_id}.json", {"trained": trained, **fitted.to_dict()})
        stored[fitted.zone_id] = fitted
        steps.done()
    complete = all(_hash_of(stored[zone_id]) == hashes[zone_id] for zone_id in area.zone_ids)
    if complete and not _together(folder, trained):
        fit = AreaFit(history, model, [series[zone_id] for zone_id in area.zone_ids])
        earlier, text = _earlier_mix(folder, area, history.sources) if warm else (None, {})
        mix = fit.mix(earlier)
        text = text if mix is earlier else mix.to_dict()
        write_checked(folder / MIX_FILE, {**text, "trained": trained, "zones": shared["zones"]})
        steps.done()
        past = fit.past_errors(origins, _earlier_past(folder, area), work)
        write_checked(folder / PAST_FILE, {"trained": trained, **past.to_dict()})
        write_checked(folder / AREA_FILE, {"trained": trained, **shared})
        steps.done()
    short, unknown = _of_kind("short", stored), _of_kind("unknown", stored)
    return Trained(folder, tuple(todo), kept, tuple(sorted(set(short) & set(todo))), complete, unknown)


def _wanted(area: Area, zone_ids: Iterable[str] | None) -> tuple[str, ...]:
    wanted = tuple(area.zone_ids if zone_ids is None else zone_ids)
    for zone_id in wanted:
        if zone_id not in area.zone_ids:
            raise UserError("Area {area} has no place '{zone}'.", area=area.id, zone=zone_id)
    return wanted


def _of_kind(kind: ZoneModelKind, stored: Mapping[str, ZoneModel | None]) -> tuple[str, ...]:
    return tuple(zone_id for zone_id, zone in stored.items() if zone is not None and zone.kind == kind)


def _what_trained(history: History, until: datetime, weather_known: WeatherKnown) -> dict[str, Any]:
    """Return what models were made of and by which version, as it is written with them."""
    trained = {"version": MODEL_VERSION, "until": until.isoformat(), "sources": list(history.sources)}
    return trained if weather_known == "forecast" else {**trained, "weather": weather_known}


def known_history(
    area: Area, until: datetime, weather_known: WeatherKnown = "forecast", days: int = HISTORY_DAYS
) -> History:
    """Return the last ``days`` before ``until``, from the first local midnight with a known count."""
    history = read_history(area, until - timedelta(days=days), until, weather_known)
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
    counted = at_hours(history.counted, timeline)
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
            model.day_effects[z],
            model.mean_weather,
            counted[z],
        )
        for z, zone_id in enumerate(area.zone_ids)
    }


def _stored(folder: Path, zone_id: str) -> ZoneModel | None:
    """Return a zone's model as it lies in the folder, or ``None`` when there is none that can be used."""
    try:
        return ZoneModel.from_dict(read_checked(folder / f"{zone_id}.json", ""))
    except (UserError, KeyError, ValueError, TypeError):
        return None


def _hash_of(zone: ZoneModel | None) -> str | None:
    return None if zone is None else zone.data_hash


def _together(folder: Path, trained: dict[str, Any]) -> bool:
    """Whether what the zones share lies in the folder, whole and from the same training."""
    try:
        return all(read_checked(folder / name, "")["trained"] == trained for name in (AREA_FILE, PAST_FILE, MIX_FILE))
    except (UserError, KeyError):
        return False


def _earlier_mix(folder: Path, area: Area, sources: tuple[str, ...]) -> tuple[Mix | None, dict[str, Any]]:
    """Return the mix that lies in the folder, and its text, as packing it again takes a second."""
    try:
        text = read_checked(folder / MIX_FILE, "")
        same = text["zones"] == list(area.zone_ids) and text["trained"]["sources"] == list(sources)
        return (Mix.from_dict(text), text) if same else (None, {})
    except (UserError, KeyError, ValueError, TypeError):
        return None, {}


def _earlier_past(folder: Path, area: Area) -> PastErrors | None:
    try:
        found = PastErrors.from_dict(read_checked(folder / PAST_FILE, ""))
    except (UserError, KeyError, ValueError, TypeError):
        return None
    return found if len(found.errors) == len(area.zones) else None
