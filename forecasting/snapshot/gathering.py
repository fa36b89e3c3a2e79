"""Gathering what is known at a moment: everything that a snapshot depends on, read and not yet computed with."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.effects import known_measures
from data.area.measures import Measures
from data.consent import gate
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
from forecasting.model.observed_range import Seen, read_seen
from forecasting.model.usual_counts import NEEDED_DAYS
from forecasting.training.model_files import MODEL_VERSION, Models, load_models
from forecasting.values.arrays import Flags, Floats
from forecasting.values.second_week import AHEAD
from forecasting.values.timeline import HOUR, Timeline
from language import UserError

LONGEST_HOURS: Final = 31 * 24


@dataclass(frozen=True, eq=False)
class SecondInputs:
    """What is known beforehand of the second week: its hours, and the ``events`` announced in them."""

    timeline: Timeline
    events: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that goes into a snapshot, read but not yet computed with. ``id`` is the hash that names the snapshot.

    ``recent``: the last fourteen weeks before the cutoff. ``whole_days``: the hours of the local days that the forecast
    touches; ``weather`` (those hours × 4, NaN where nothing is known) with ``observed`` (those hours, boolean).
    ``forecast_hours``: which of them are forecast. ``counted``: which hours of the week each zone counts. ``second``:
    what the second week needs besides, ``None`` where nothing was learned of it.
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
    second: SecondInputs | None
    id: str

    @property
    def ahead(self) -> Timeline:
        """The hours that are forecast."""
        return self.whole_days.part(self.forecast_hours)


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
    events = _events(area, whole)
    second = None if models.second_week is None else _second(area, whole)
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
    seen, measures = read_seen(area, cutoff, weather_known), known_measures(area)
    measures_text = tuple(measure.model_dump_json() for measure in measures)
    counted = counted_before(recent, cutoff.to_pydatetime())
    partly = () if counted.all() else (str(np.flatnonzero(counted).tolist()),)
    later = () if second is None else (second.timeline.hours, second.events)
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
        second,
        f"{cutoff:%Y%m%dT%H}-{digest(*parts, *known, *later, str(seen.attendance), *measures_text, *partly)[:12]}",
    )


def _events(area: Area, timeline: Timeline) -> pd.DataFrame:
    """Return the announced events that may bring people in the hours of a timeline."""
    start, end = timeline.hours[0].to_pydatetime(), (timeline.hours[-1] + HOUR).to_pydatetime()
    found = gate.read(area, "events", start, end + timedelta(hours=2)).sort_values("event_id", ignore_index=True)
    return found[found["zone_id"].isin(area.zone_ids)].reset_index(drop=True)


def _second(area: Area, whole: Timeline) -> SecondInputs:
    first, last = (
        (whole.dates[0] + pd.Timedelta(days=ahead)).tz_localize(area.tz) for ahead in (AHEAD[0], AHEAD[-1] + 1)
    )
    timeline = Timeline.between(first, last, area.tz)
    return SecondInputs(timeline, _events(area, timeline))


def _check_possible(area: Area, models: Models, cutoff: pd.Timestamp, hours: int) -> None:
    """Raise ``UserError`` when the models know what comes after ``cutoff``, or too many hours are asked for."""
    if models.until > cutoff:
        raise UserError(
            "The app has learned from counts of {area} until {until}, so a forecast at {at} would not be honest. "
            "Choose a later moment, or let it learn again from counts until {at}.",
            area=area.id,
            until=f"{models.until.astimezone(area.tz):%Y-%m-%dT%H:%M}",
            at=f"{cutoff.astimezone(area.tz):%Y-%m-%dT%H:%M}",
        )
    if not 1 <= hours <= LONGEST_HOURS:
        raise UserError("A forecast is for 1 to {most} hours, not {hours}.", most=LONGEST_HOURS, hours=hours)


def _whole_days(cutoff: pd.Timestamp, hours: int, area: Area) -> Timeline:
    first = cutoff.tz_convert(area.tz).normalize()
    last = (cutoff + (hours - 1) * HOUR).tz_convert(area.tz).normalize() + pd.DateOffset(days=1)
    return Timeline.between(first, last, area.tz)
