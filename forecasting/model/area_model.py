"""What all zones of an area share: typical weather, effects of rain and wind in the hour, effects of events."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from forecasting.inputs.climatology import Climatology, fit_climatology
from forecasting.inputs.counted import nobody_outside
from forecasting.inputs.history import History
from forecasting.model.day_model import YEARLY_TERMS
from forecasting.model.event_effects import EventEffects, distances, fit_event_effects, touched
from forecasting.model.features import WEATHER_FEATURES, design, holiday_table
from forecasting.model.hour_effects import NAMES, fit_hour_effects, hour_features
from forecasting.model.profiles import day_kinds, day_totals, long_profile, long_shares
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

MOSTLY_EVENT: Final = 0.5
"""Where events added more than this part of a count, what it would have been without them is unknown."""

_RIDGE: Final = 3.0
_OWN_HOURS: Final = 0.15


@dataclass(frozen=True, eq=False)
class AreaModel:
    """``hour_effects``: zones × ``hour_effects.NAMES``, in the order of the area's zones."""

    climatology: Climatology
    hour_effects: Floats
    events: EventEffects

    def ordinary(self, history: History) -> Floats:
        """Return the counts as they would have been without events, in dry and calm weather: zones × hours.

        At hours that a zone does not count it is nobody, so that its days are whole (see ``counted``).
        """
        area, hours = history.area, history.timeline.hours
        added = self.events.added(history.events, hours, area.zone_ids, distances(area))
        left = np.where(added > MOSTLY_EVENT * history.counts, np.nan, history.counts - added)
        weather = self.climatology.completed(history.weather, history.timeline)
        calm = left / np.exp(self.hour_effects @ hour_features(weather).T)
        return nobody_outside(history.counted, history.timeline, calm)


def fit_area_model(history: History) -> AreaModel:
    """Fit what the zones share. Rain first, from hours without events; then events, above a base without them."""
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
    return AreaModel(climatology, effects, events)


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
