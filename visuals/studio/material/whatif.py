"""A scenario for a picture: the one asked for or an example, its forecast, and where it makes the most difference."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from typing import Final

import numpy as np

from data.area.measures import read_measures
from forecasting.meaning.week_hours import week_hours
from forecasting.snapshot.computing import forecast as forecast_of
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Event, Scenario, Weather
from language import UserError
from visuals.studio.material.material import Material
from visuals.words.scenario_sentences import summary

_VISITORS: Final = 5_000
_LASTS: Final = timedelta(hours=3)


def example_scenario(material: Material) -> Scenario:
    """Return what to show when nobody said what if: a day for the beach where the weather counts, else an event.

    The event draws 5,000 visitors, for three hours from the moment shown, at the place shown.
    """
    snapshot = _snapshot(material)
    if set(snapshot.weather_origin) != {"none"}:
        return Scenario(weather=Weather(preset="stranddag"))
    start = material.moment
    event = Event(event_id="what-if", zone_id=material.zone_id, start=start, end=start + _LASTS, attendance=_VISITORS)
    return Scenario(events=(event,))


def with_scenario(material: Material) -> Material:
    """Return the material with the forecast of its scenario in the place of the forecast.

    Raises ``UserError`` when the scenario does not fit the area.
    """
    changed = _changed(_snapshot(material), _scenario(material).to_json())
    return material.changed(forecast=replace(changed, timing=material.forecast.timing))


def scenario_words(material: Material) -> str:
    """Return what is different, in words: 'weather: beach day; no rain'."""
    said = summary(_scenario(material), material.area, read_measures(material.area), material.lang)
    return "; ".join(said) or material.lang.t("nothing different")


def most_changed(material: Material) -> Material:
    """Return the material at the place and hour where the scenario makes the most difference for how busy it is."""
    hours = week_hours(material.forecast, material.since)
    changed = with_scenario(material).forecast
    orange = material.thresholds.array(material.forecast.zone_ids)[:, 1:2]
    difference = np.abs(changed.median[:, hours] - material.forecast.median[:, hours]) / orange
    row, column = np.unravel_index(int(np.nan_to_num(difference).argmax()), difference.shape)
    return material.changed(zone_id=material.forecast.zone_ids[int(row)], hour_index=int(hours[int(column)]))


def _scenario(material: Material) -> Scenario:
    return material.scenario or example_scenario(material)


def _snapshot(material: Material) -> Snapshot:
    if material.snapshot is None:
        raise UserError("A scenario needs the forecast it starts from, which is not on this machine any more.")
    return material.snapshot


@lru_cache(maxsize=4)
def _changed(snapshot: Snapshot, scenario: str) -> Forecast:
    return forecast_of(snapshot, Scenario.from_json(scenario))
