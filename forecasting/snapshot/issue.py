"""Issuing a snapshot: reading what is known at a moment, and freezing it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.calendars import days as calendar_days
from data.area.measures import Measures, read_measures
from data.area.sources import read_sources
from data.consent import gate
from forecasting.boosted.offsets import expected_quiet, log_offsets, recent_counts, weather_effects
from forecasting.inputs.counted import at_hours
from forecasting.inputs.history import (
    History,
    WeatherKnown,
    calendar_of,
    counted_before,
    digest,
    read_history,
    source_ids,
    weather_ahead,
    weather_array,
)
from forecasting.inputs.normal_counts import normal_counts
from forecasting.inputs.special_days import is_special
from forecasting.model.calibration import Calibration, fit_errors
from forecasting.model.day_parts import BACK, model_parts
from forecasting.model.event_effects import distances
from forecasting.model.features import design
from forecasting.model.hour_effects import hour_features
from forecasting.model.observed_range import Seen, read_seen
from forecasting.model.paths import path_ranks
from forecasting.model.profiles import RECENT_DAYS, day_kinds
from forecasting.model.recent import recent_state
from forecasting.model.residuals import AHEAD, hours_of_day
from forecasting.model.usual_counts import NEEDED_DAYS
from forecasting.snapshot.computing import expectation
from forecasting.snapshot.snapshot import Snapshot, WeatherOrigin
from forecasting.training.model_files import MODEL_VERSION, Models, load_models
from forecasting.values.arrays import Flags, Floats
from forecasting.values.forecast import QUANTILES
from forecasting.values.timeline import HOUR, Timeline
from language import UserError

LONGEST_HOURS: Final = 31 * 24


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that goes into a snapshot, read but not yet computed with. ``id`` is the hash that names the snapshot.

    ``recent``: the last fourteen weeks before the cutoff. ``whole_days``: the hours of the local days that the forecast
    touches; ``weather`` (those hours × 4, NaN where nothing is known) with ``observed`` (those hours, boolean).
    ``forecast_hours``: which of them are forecast. ``counted``: which hours of the week each zone counts.
    """

    area: Area
    models: Models
    recent: History
    whole_days: Timeline
    forecast_hours: slice
    weather: Floats
    observed: Flags
    events: pd.DataFrame
    calendar: pd.DataFrame
    seen: Seen
    measures: Measures
    counted: Flags
    id: str


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


def gather(
    area: Area,
    at: datetime,
    hours: int = 168,
    *,
    models: Models | None = None,
    weather_known: WeatherKnown = "forecast",
) -> Inputs:
    """Read everything that the snapshot at ``at`` (aware) depends on. Raises as :func:`issue` does."""
    cutoff = pd.Timestamp(at).tz_convert(UTC).floor("h").as_unit("us")
    models = models or load_models(area)
    _check_possible(area, models, cutoff, hours)
    recent = read_history(area, cutoff - timedelta(days=NEEDED_DAYS), cutoff, weather_known)
    whole = _whole_days(cutoff, hours, area)
    first = int(whole.hours.searchsorted(cutoff))
    start, end = whole.hours[0].to_pydatetime(), (whole.hours[-1] + HOUR).to_pydatetime()
    frame = weather_ahead(area, start, end, cutoff.to_pydatetime(), weather_known)
    weather = weather_array(frame, whole.hours)
    observed = whole.hours.isin(frame.loc[frame["origin"] == "observed", "hour"]) & (whole.hours < cutoff)
    events = gate.read(area, "events", start, end + timedelta(hours=2)).sort_values("event_id", ignore_index=True)
    events = events[events["zone_id"].isin(area.zone_ids)].reset_index(drop=True)
    calendar = calendar_of(area, whole)
    sources = ",".join(source_ids(area))
    zones = ",".join(f"{zone.zone_id}:{zone.geometry.wkt}" for zone in area.zones)
    parts = (
        MODEL_VERSION,
        area.id,
        area.time_zone,
        area.measure,
        zones,
        cutoff.isoformat(),
        str(hours),
        models.id,
        sources,
    )
    seen, measures = read_seen(area, cutoff, weather_known), read_measures(area)
    measures_text = tuple(measure.model_dump_json() for measure in measures)
    counted = counted_before(recent, cutoff.to_pydatetime())
    partly = () if counted.all() else (str(np.flatnonzero(counted).tolist()),)
    known = (recent.counts, recent.weather, recent.events, recent.calendar, weather, events, calendar, seen.weather)
    return Inputs(
        area,
        models,
        recent,
        whole,
        slice(first, first + hours),
        weather,
        observed,
        events,
        calendar,
        seen,
        measures,
        counted,
        f"{cutoff:%Y%m%dT%H}-{digest(*parts, *known, str(seen.attendance), *measures_text, *partly)[:12]}",
    )


def _check_possible(area: Area, models: Models, cutoff: pd.Timestamp, hours: int) -> None:
    """Raise ``UserError`` when the models know what comes after ``cutoff``, or too many hours are asked for."""
    if models.until > cutoff:
        raise UserError(
            "The models of {area} have learned from counts until {until}, so a forecast at {at} would not be honest. "
            "Choose a later moment, or run: python -m forecasting train --area {area} --until {at}",
            area=area.id,
            until=f"{models.until.astimezone(area.tz):%Y-%m-%dT%H:%M}",
            at=f"{cutoff.astimezone(area.tz):%Y-%m-%dT%H:%M}",
        )
    if not 1 <= hours <= LONGEST_HOURS:
        raise UserError("A forecast is for 1 to {most} hours, not {hours}.", most=LONGEST_HOURS, hours=hours)


def freeze(inputs: Inputs) -> Snapshot:
    """Compute the snapshot of its inputs."""
    area, models, ahead = inputs.area, inputs.models, inputs.forecast_hours
    whole, timeline = inputs.whole_days, inputs.whole_days.part(inputs.forecast_hours)
    names, coefficients, means = _stacked(models)
    weather = models.area_model.climatology.completed(inputs.weather, whole)
    features = hour_features(weather[ahead])
    has_weather = "weather" in {name.partition(":")[0] for name in names} or models.area_model.hour_effects.any()
    ordinary = models.area_model.ordinary(inputs.recent)
    level, profiles = _recent(inputs, names, coefficients, ordinary)
    apart = distances(area)
    events = inputs.events
    past, past_hours = models.past, hours_of_day(models.past.moments, area.time_zone)
    shares = profiles[:, day_kinds(inputs.calendar, timeline.dates)[timeline.day], timeline.hour_of_day]
    snapshot = Snapshot(
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
        days=design(names, inputs.calendar, weather, whole),
        coefficients=coefficients,
        means=means,
        caps=np.array([zone.cap for zone in models.zones]),
        level=level,
        offsets=np.where(at_hours(inputs.counted, timeline), _offsets(inputs, ordinary, level, shares), np.nan),
        day=timeline.day,
        hour_of_day=timeline.hour_of_day,
        kinds=day_kinds(inputs.calendar, timeline.dates),
        weekdays=timeline.dates.day_of_week.to_numpy(np.int64),
        profiles=profiles,
        weather=weather[ahead],
        hour_features=features,
        hour_effects=models.area_model.hour_effects,
        events=events,
        event_responses=models.area_model.events.response(events, timeline.hours, area.zone_ids, apart),
        event_effects=models.area_model.events,
        apart=apart,
        calibration=Calibration(np.zeros((len(area.zones), len(timeline.hours), len(QUANTILES)))),
        ranks=path_ranks(past.errors, past_hours, timeline.hour_of_day, int(inputs.id.rpartition("-")[2], 16)),
        normal=normal_counts(inputs.recent, timeline),
        whole_weather=weather,
        seen=inputs.seen,
        zone_kinds=tuple(zone.kind for zone in area.zones),
        room=models.thresholds(area).array(area.zone_ids)[:, 2],
        measures=inputs.measures,
    )
    return replace(snapshot, calibration=_calibration(inputs, snapshot))


def _whole_days(cutoff: pd.Timestamp, hours: int, area: Area) -> Timeline:
    first = cutoff.tz_convert(area.tz).normalize()
    last = (cutoff + (hours - 1) * HOUR).tz_convert(area.tz).normalize() + pd.DateOffset(days=1)
    return Timeline.between(first, last, area.tz)


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
    whole, timeline = inputs.whole_days, inputs.whole_days.part(inputs.forecast_hours)
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


def _calibration(inputs: Inputs, snapshot: Snapshot) -> Calibration:
    past, area = inputs.models.past, inputs.area
    hours = past.moments.repeat(AHEAD) + np.tile(np.arange(AHEAD), len(past.moments)) * HOUR
    special = is_special(area, hours).reshape(-1, AHEAD)
    age = np.asarray((inputs.whole_days.hours[inputs.forecast_hours.start] - past.moments) / pd.Timedelta(days=1))
    found = fit_errors(past.errors, past.levels, special, age)
    return found.calibration(np.log1p(expectation(snapshot)[0]), snapshot.day, is_special(area, snapshot.hours))


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
