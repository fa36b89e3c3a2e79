"""Issuing a snapshot: reading what is known at a moment, and freezing it."""

from datetime import datetime

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days as calendar_days
from data.area.sources import read_sources
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import (
    WeatherKnown,
    source_ids,
)
from forecasting.inputs.normal_counts import normal_counts
from forecasting.inputs.special_days import MARGIN, is_special
from forecasting.mix.learning import log_offsets, recent_counts
from forecasting.mix.mix import expected_quiet
from forecasting.model.calibration import Calibration, fit_errors
from forecasting.model.drivers import Drivers, expectation
from forecasting.model.event_effects import distances
from forecasting.model.features import WEATHER_FEATURES, design
from forecasting.model.hour_effects import hour_features
from forecasting.model.paths import path_ranks
from forecasting.model.profiles import RECENT_DAYS, day_kinds
from forecasting.model.recent import recent_state
from forecasting.model.residuals import AHEAD, hours_of_day
from forecasting.snapshot.ahead import second_week_quantiles
from forecasting.snapshot.gathering import Inputs, gather
from forecasting.snapshot.snapshot import Snapshot, WeatherOrigin
from forecasting.training.model_files import Models
from forecasting.values.arrays import Floats
from forecasting.values.timeline import HOUR, Timeline


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
    ordinary = models.area_model.ordinary(inputs.recent)
    drivers = _drivers(inputs, names, coefficients, weather, apart, ordinary)
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
        known_days=tuple(zone.known_days for zone in models.zones),
        second_week=second_week_quantiles(inputs, ordinary),
    )


def _drivers(
    inputs: Inputs,
    names: tuple[str, ...],
    coefficients: Floats,
    weather: Floats,
    apart: Floats,
    ordinary: Floats,
) -> Drivers:
    """Return what the expected counts follow from. ``weather`` (hours of whole days × 4) is complete; ``ordinary``:
    recent counts without events and in mean weather."""
    area, models, timeline, events = inputs.area, inputs.models, inputs.ahead, inputs.events
    level, profiles = _recent(inputs, names, coefficients, ordinary)
    kinds = day_kinds(inputs.calendar, timeline.dates)
    offsets = _offsets(inputs, names, coefficients, ordinary, level, profiles)
    return Drivers(
        days=design(names, inputs.calendar, weather, inputs.whole_days),
        coefficients=coefficients,
        level=level,
        caps=np.array([zone.cap for zone in models.zones]),
        hour_features=hour_features(weather[inputs.forecast_hours]),
        hour_effects=models.area_model.hour_effects,
        offsets=np.where(at_hours(inputs.counted, timeline), offsets, np.nan),
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
    """Return the level (zones) of the last weeks, and the shares by kind of day as they are now."""
    every = inputs.recent
    span = slice(max(len(every.timeline.hours) - RECENT_DAYS * 24, 0), len(every.timeline.hours))
    timeline = every.timeline.part(span)
    log_days = _in_mean_weather(inputs, names, coefficients, every.calendar, timeline)
    kinds = day_kinds(every.calendar, timeline.dates)
    found = [
        recent_state(timeline, ordinary[z, span], kinds, 0, log_days[z], zone.profile)
        for z, zone in enumerate(inputs.models.zones)
    ]
    return np.array([level for level, _ in found]), np.stack([profiles for _, profiles in found])


def _in_mean_weather(
    inputs: Inputs, names: tuple[str, ...], coefficients: Floats, calendar: pd.DataFrame, timeline: Timeline
) -> Floats:
    """Return what Prophet says of ln(1 + total) of the timeline's days, in mean weather: zones × days."""
    weather = np.isin(names, WEATHER_FEATURES)
    kept = tuple(name for name in names if name not in WEATHER_FEATURES)
    mean = inputs.models.area_model.mean_weather[[WEATHER_FEATURES.index(name) for name in names if name not in kept]]
    return np.asarray(
        (design(kept, calendar, None, timeline) @ coefficients[~weather] + mean @ coefficients[weather]).T
    )


def _offsets(
    inputs: Inputs, names: tuple[str, ...], coefficients: Floats, ordinary: Floats, level: Floats, profiles: Floats
) -> Floats:
    """Return what turns Prophet's part into the mix: zones × hours, to add to the logs of the hours."""
    mix, recent, whole, timeline = inputs.models.mix, inputs.recent, inputs.whole_days, inputs.ahead
    counts = recent_counts(inputs.area, recent.timeline, ordinary, whole.dates[0], whole.dates[-1], mix)
    dates = counts.days.dates
    cutoff = int(dates.get_indexer(whole.dates[:1])[0])
    calendar = calendar_days(inputs.area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date())
    shares = profiles[:, day_kinds(inputs.calendar, whole.dates)]
    expected = expected_quiet(mix, counts, cutoff, mix.days.expected(calendar, dates), shares)
    prophet = _in_mean_weather(inputs, names, coefficients, inputs.calendar, timeline) + level[:, None]
    caps = np.array([zone.cap for zone in inputs.models.zones])
    return log_offsets(expected, prophet, shares[:, timeline.day, timeline.hour_of_day], caps, timeline)


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
