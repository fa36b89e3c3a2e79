"""Issuing a snapshot: reading what is known at a moment, and freezing it."""

from datetime import datetime

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days as calendar_days
from data.area.sources import read_sources
from forecasting.boosted.offsets import expected_quiet, log_offsets, recent_counts, weather_effects
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import (
    WeatherKnown,
    source_ids,
)
from forecasting.inputs.normal_counts import normal_counts
from forecasting.inputs.special_days import is_special
from forecasting.model.calibration import Calibration, fit_errors
from forecasting.model.day_parts import BACK, model_parts
from forecasting.model.drivers import Drivers, expectation
from forecasting.model.event_effects import distances
from forecasting.model.features import design
from forecasting.model.hour_effects import hour_features
from forecasting.model.paths import path_ranks
from forecasting.model.profiles import RECENT_DAYS, day_kinds
from forecasting.model.recent import recent_state
from forecasting.model.residuals import AHEAD, hours_of_day
from forecasting.snapshot.gathering import Inputs, gather
from forecasting.snapshot.snapshot import Snapshot, WeatherOrigin
from forecasting.training.model_files import Models
from forecasting.values.arrays import Floats
from forecasting.values.timeline import HOUR


def issue(
    area: Area,
    at: datetime,
    hours: int = 168,
    *,
    models: Models | None = None,
    weather_known: WeatherKnown = "forecast",
) -> Snapshot:
    """Make the snapshot of what is known at ``at`` (aware) about the ``hours`` from then on.

    Only counts before ``at`` are used, and the weather beyond it as it was forecast then, or as ``weather_known``
    says. ``models`` are used instead of the area's own. Raises ``UserError``
    when there are no usable models, when they have seen counts from ``at`` on, or when a source is not approved.
    """
    return freeze(gather(area, at, hours, models=models, weather_known=weather_known))


def freeze(inputs: Inputs) -> Snapshot:
    """Compute the snapshot of its inputs."""
    area, models, timeline = inputs.area, inputs.models, inputs.ahead
    names, coefficients, means = _stacked(models)
    weather = models.area_model.climatology.completed(inputs.weather, inputs.whole_days)
    has_weather = "weather" in {name.partition(":")[0] for name in names} or models.area_model.hour_effects.any()
    apart = distances(area)
    drivers = _drivers(inputs, names, coefficients, weather, apart)
    past, past_hours = models.past, hours_of_day(models.past.moments, area.time_zone)
    return Snapshot(
        id=inputs.id,
        area_id=area.id,
        time_zone=area.time_zone,
        measure=area.measure,
        cutoff=timeline.hours[0].to_pydatetime(),
        simulated=_simulated(area),
        sources=source_ids(area),
        model_id=models.id,
        model_until=models.until,
        weather_origin=_weather_origin(inputs, bool(has_weather)),
        zone_models=tuple(zone.kind for zone in models.zones),
        zone_ids=area.zone_ids,
        hours=timeline.hours,
        dates=timeline.dates,
        names=names,
        days=drivers.days,
        coefficients=coefficients,
        means=means,
        caps=drivers.caps,
        level=drivers.level,
        offsets=drivers.offsets,
        day=timeline.day,
        hour_of_day=timeline.hour_of_day,
        kinds=drivers.kinds,
        weekdays=timeline.dates.day_of_week.to_numpy(np.int64),
        profiles=drivers.profiles,
        weather=weather[inputs.forecast_hours],
        hour_features=drivers.hour_features,
        hour_effects=drivers.hour_effects,
        events=inputs.events,
        event_responses=drivers.event_responses,
        event_effects=models.area_model.events,
        apart=apart,
        calibration=_calibration(inputs, drivers),
        ranks=path_ranks(past.errors, past_hours, timeline.hour_of_day, int(inputs.id.rpartition("-")[2], 16)),
        normal=normal_counts(inputs.recent, timeline),
        whole_weather=weather,
        seen=inputs.seen,
        zone_kinds=tuple(zone.kind for zone in area.zones),
        room=models.thresholds(area).array(area.zone_ids)[:, 2],
        measures=inputs.measures,
    )


def _drivers(inputs: Inputs, names: tuple[str, ...], coefficients: Floats, weather: Floats, apart: Floats) -> Drivers:
    """Return what the expected counts follow from. ``weather`` (hours of whole days × 4) is complete."""
    area, models, timeline, events = inputs.area, inputs.models, inputs.ahead, inputs.events
    ordinary = models.area_model.ordinary(inputs.recent)
    level, profiles = _recent(inputs, names, coefficients, ordinary)
    kinds = day_kinds(inputs.calendar, timeline.dates)
    shares = profiles[:, kinds[timeline.day], timeline.hour_of_day]
    return Drivers(
        days=design(names, inputs.calendar, weather, inputs.whole_days),
        coefficients=coefficients,
        level=level,
        caps=np.array([zone.cap for zone in models.zones]),
        hour_features=hour_features(weather[inputs.forecast_hours]),
        hour_effects=models.area_model.hour_effects,
        offsets=np.where(at_hours(inputs.counted, timeline), _offsets(inputs, ordinary, level, shares), np.nan),
        profiles=profiles,
        day=timeline.day,
        hour_of_day=timeline.hour_of_day,
        kinds=kinds,
        event_responses=models.area_model.events.response(events, timeline.hours, area.zone_ids, apart),
        attendance=events["attendance"].to_numpy(float),
    )


def _stacked(models: Models) -> tuple[tuple[str, ...], Floats, Floats]:
    """All features of any zone, and their coefficients and means: features × zones; 0 where a zone has not got one."""
    names = tuple(sorted({name for zone in models.zones for name in zone.day_model.names}))
    row = {name: index for index, name in enumerate(names)}
    coefficients, means = np.zeros((2, len(names), len(models.zones)))
    for z, zone in enumerate(models.zones):
        rows = [row[name] for name in zone.day_model.names]
        coefficients[rows, z], means[rows, z] = zone.day_model.coefficients, zone.means
    return names, coefficients, means


def _recent(inputs: Inputs, names: tuple[str, ...], coefficients: Floats, ordinary: Floats) -> tuple[Floats, Floats]:
    model, every = inputs.models.area_model, inputs.recent
    span = slice(max(len(every.timeline.hours) - RECENT_DAYS * 24, 0), len(every.timeline.hours))
    timeline = every.timeline.part(span)
    weather = model.climatology.completed(every.weather[span], timeline)
    log_days = (design(names, every.calendar, weather, timeline) @ coefficients).T
    kinds = day_kinds(every.calendar, timeline.dates)
    found = [
        recent_state(timeline, ordinary[z, span], kinds, 0, log_days[z], zone.profile)
        for z, zone in enumerate(inputs.models.zones)
    ]
    return np.array([level for level, _ in found]), np.stack([profiles for _, profiles in found])


def _offsets(inputs: Inputs, ordinary: Floats, level: Floats, shares: Floats) -> Floats:
    """Return what the boosted part adds to the logs of the hours: zones × hours; 0 where there is none."""
    boosted, zones, recent = inputs.models.boosted, inputs.models.zones, inputs.recent
    whole, timeline = inputs.whole_days, inputs.ahead
    if boosted is None or not inputs.models.past.share:
        return np.zeros(shares.shape)
    models, means = [zone.day_model for zone in zones], [zone.means for zone in zones]
    weather = inputs.models.area_model.climatology.completed(recent.weather, recent.timeline)
    effects = weather_effects(models, means, recent.calendar, weather, recent.timeline)
    quiet = ordinary / np.exp(effects[:, recent.timeline.day])
    counts = recent_counts(inputs.area, recent.timeline, quiet, whole.dates[0], whole.dates[-1], boosted)
    cutoff = int(counts.days.dates.get_indexer(whole.dates[:1])[0])
    calendar = calendar_days(inputs.area, counts.days.dates[0].date(), counts.days.dates[-1].date())
    first = cutoff - BACK
    parts = model_parts(models, means, calendar, counts.days.dates[first:], first)
    expected = expected_quiet(boosted.model, counts, cutoff, len(whole.dates), boosted.before, parts)
    plain = parts.expected[:, BACK:] + level[:, None]
    caps = np.array([zone.cap for zone in zones])
    found = log_offsets(expected, plain, shares, caps, timeline)
    full = np.array([zone.kind == "prophet" for zone in zones])
    return inputs.models.past.share * np.where(full[:, None], found, 0)


def _calibration(inputs: Inputs, drivers: Drivers) -> Calibration:
    past, area = inputs.models.past, inputs.area
    hours = past.moments.repeat(AHEAD) + np.tile(np.arange(AHEAD), len(past.moments)) * HOUR
    special = is_special(area, hours).reshape(-1, AHEAD)
    age = np.asarray((inputs.whole_days.hours[inputs.forecast_hours.start] - past.moments) / pd.Timedelta(days=1))
    found = fit_errors(past.errors, past.levels, special, age)
    ahead = is_special(area, inputs.ahead.hours)
    return found.calibration(np.log1p(expectation(drivers)[0]), drivers.day, ahead)


def _weather_origin(inputs: Inputs, has_weather: bool) -> tuple[WeatherOrigin, ...]:
    whole = inputs.whole_days
    if not has_weather:
        return tuple("none" for _ in whole.dates)
    missing = ~np.isfinite(inputs.weather[:, :3]).all(axis=1)
    rank = np.where(missing, 2, np.where(inputs.observed, 0, 1))
    names: tuple[WeatherOrigin, ...] = ("observed", "forecast", "climatology")
    worst = [int(rank[whole.day == day].max()) for day in range(len(whole.dates))]
    return tuple(names[index] for index in worst)


def _simulated(area: Area) -> bool:
    used = set(source_ids(area))
    return area.simulated or any(source.simulated for source in read_sources(area.id) if source.id in used)
