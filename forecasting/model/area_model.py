"""What all zones of an area share: typical weather, effects of weather in the day and the hour, effects of events."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from forecasting.inputs.climatology import Climatology, fit_climatology
from forecasting.inputs.counted import nobody_outside
from forecasting.inputs.history import History
from forecasting.model.day_model import YEARLY_TERMS
from forecasting.model.day_weather import fit_day_effects
from forecasting.model.event_effects import EventEffects, distances, fit_event_effects, touched
from forecasting.model.features import USUAL_CHANGE, WEATHER_FEATURES, design, holiday_table, weather_features
from forecasting.model.hour_effects import NAMES, fit_hour_effects, hour_features
from forecasting.model.profiles import day_kinds, day_totals, long_profile, long_shares
from forecasting.model.robust_days import DayDesign, fit_day_models
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

MOSTLY_EVENT: Final = 0.5
"""Where events added more than this part of a count, what it would have been without them is unknown."""

_RIDGE: Final = 3.0
_OWN_HOURS: Final = 0.15


@dataclass(frozen=True, eq=False)
class AreaModel:
    """``hour_effects`` (zones × ``hour_effects.NAMES``) and ``day_effects`` (zones × ``features.WEATHER_FEATURES``) of
    the weather, in the order of the area's zones; the latter are against ``mean_weather``, that of all days.
    """

    climatology: Climatology
    hour_effects: Floats
    day_effects: Floats
    mean_weather: Floats
    events: EventEffects

    def ordinary(self, history: History) -> Floats:
        """Return the counts as they would have been without events, on days of mean weather and in dry and calm
        hours: zones × hours.

        At hours that a zone does not count it is nobody, so that its days are whole
        (see ``counted``).
        """
        timeline = history.timeline
        weather = self.climatology.completed(history.weather, timeline)
        calm = self.without_events(history) / np.exp(self.hour_effects @ hour_features(weather).T)
        calm /= np.exp(self.of_days(weather_features(weather, timeline)))[:, timeline.day]
        return nobody_outside(history.counted, timeline, calm)

    def of_days(self, weather: Floats) -> Floats:
        """Return what the weather of days (D × WEATHER_FEATURES) does against mean weather: zones × D, logarithms."""
        return np.asarray(self.day_effects @ (weather - self.mean_weather).T)

    def without_events(self, history: History) -> Floats:
        """Return the counts without the people whom events added: zones × hours, NaN where they were mostly those."""
        area = history.area
        added = self.events.added(history.events, history.timeline.hours, area.zone_ids, distances(area))
        return np.where(added > MOSTLY_EVENT * history.counts, np.nan, history.counts - added)


def fit_area_model(history: History) -> AreaModel:
    """Fit what the zones share.

    Rain first, from hours without events; then events, above a base without them; then the weather of days.
    """
    area, timeline = history.area, history.timeline
    climatology = fit_climatology(history.weather, timeline)
    weather = climatology.completed(history.weather, timeline)
    apart = distances(area)
    hit = touched(history.events, timeline.hours, area.zone_ids, apart)
    quiet = np.where(hit, np.nan, history.counts)
    shares = usual_shares(nobody_outside(history.counted, timeline, quiet), history.calendar, timeline)
    effects: Floats = np.zeros((len(area.zones), len(NAMES)))
    if history.has_weather:
        effects = fit_hour_effects(area, quiet, _hourly(shares, timeline), weather, timeline)
    factor = np.exp(effects @ hour_features(weather).T)
    totals = _base_totals(quiet / factor, shares, history, weather)
    base = totals[:, timeline.day] * _hourly(shares, timeline) * factor
    events = fit_event_effects(history.events, history.counts, base, timeline.hours, area, apart)
    mean = weather_features(weather, timeline).mean(axis=0).round(5)
    model = AreaModel(climatology, effects, np.zeros((len(area.zones), len(mean))), mean, events)
    return replace(model, day_effects=_day_effects(model, history, shares)) if history.has_weather else model


def _day_effects(model: AreaModel, history: History, shares: Floats) -> Floats:
    """Return what the weather of days does, against robust models that know none; ``shares``: see `usual_shares`."""
    timeline = history.timeline
    totals = day_totals(timeline.cube(model.ordinary(history)), shares)
    logs = np.log(np.where(totals > 0, totals, np.nan))
    told = np.bincount(timeline.day, np.isfinite(history.weather).any(axis=1), len(timeline.dates)) > 0
    days = DayDesign(history.calendar, timeline.dates)
    usual = fit_day_models(logs, len(timeline.dates), days).expected(history.calendar, timeline.dates)
    weather = model.climatology.completed(history.weather, timeline)
    return fit_day_effects(np.where(told, logs - usual, np.nan), weather_features(weather, timeline), USUAL_CHANGE)


def usual_shares(counts: Floats, calendar: pd.DataFrame, timeline: Timeline) -> Floats:
    """Return the long-run shares of the day: zones × days × 24."""
    kinds = day_kinds(calendar, timeline.dates)
    cube = timeline.cube(counts)
    return np.stack([long_shares(long_profile(zone, kinds, timeline.dates), kinds, timeline.dates) for zone in cube])


def _hourly(shares: Floats, timeline: Timeline) -> Floats:
    return np.asarray(shares[:, timeline.day, timeline.hour_of_day])


def _base_totals(counts: Floats, shares: Floats, history: History, weather: Floats) -> Floats:
    """Day totals without events (zones × days): a ridge regression, moved by the day's own hours without events."""
    timeline = history.timeline
    names = _ridge_names(history)
    x = design(names, history.calendar, weather, timeline)
    spread = x.std(axis=0)
    x = np.hstack([np.ones((len(x), 1)), (x - x.mean(axis=0)) / np.where(spread > 0, spread, 1)])
    penalty = _RIDGE * np.diag([0.0] + [1.0] * len(names))
    cube = timeline.cube(counts)
    totals = day_totals(cube, shares)
    out = np.full(totals.shape, np.nan)
    for z, zone in enumerate(cube):
        known = np.isfinite(totals[z])
        if known.any():
            y = np.log1p(totals[z, known])
            beta = np.linalg.solve(x[known].T @ x[known] + penalty, x[known].T @ y)
            fitted = np.expm1(np.minimum(x @ beta, y.max()))
            mass = np.where(np.isfinite(zone), shares[z], 0).sum(axis=1)
            counted = np.where(np.isfinite(zone), zone, 0).sum(axis=1)
            kept = mass / (mass + _OWN_HOURS)
            out[z] = fitted ** (1 - kept) * np.maximum(counted / np.maximum(mass, 1e-3), 1) ** kept
    return out


def _ridge_names(history: History) -> tuple[str, ...]:
    dates = history.timeline.dates
    yearly = next((terms for days, terms in YEARLY_TERMS if len(dates) >= days), 0)
    special = holiday_table(history.calendar)
    seen = sorted(set(special.loc[special["ds"].isin(dates), "holiday"]))
    waves = [f"year:{wave}{term + 1}" for term in range(yearly) for wave in ("sin", "cos")]
    waves += [f"week:{wave}{term}" for term in (1, 2, 3) for wave in ("sin", "cos")]
    quarters = [f"trend:{day.date()}" for day in pd.date_range(dates[0], dates[-1], freq="QS")[1:-1]]
    weather = WEATHER_FEATURES if history.has_weather else ()
    return ("trend:years", *quarters, *waves, *seen, *weather)
