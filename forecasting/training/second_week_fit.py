"""Learning how far forecasts of the second week are off: made again at past midnights, and kept beside the models.

Nothing of the models is fitted but the robust day models, every 90 days, so it takes seconds. What it learns stands in
a file of its own, ``_second_week.json``; without it the second week is not shown.
"""

from datetime import timedelta
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.inputs.counted import at_hours, nobody_outside
from forecasting.inputs.history import History
from forecasting.mix.last_days import level_of_last_days
from forecasting.mix.learning import Learning, learning
from forecasting.model.area_model import AreaModel
from forecasting.model.event_effects import distances
from forecasting.model.features import weather_features
from forecasting.model.hour_effects import hour_features
from forecasting.model.residuals import APART_DAYS, FOLD_DAYS, ORIGINS
from forecasting.model.robust_days import fit_day_models, level_of_residuals
from forecasting.model.second_week import (
    SLOTS,
    SecondWeekErrors,
    daypart_peaks,
    expected_peaks,
    special_slots,
    usual_peaks,
    with_effects,
)
from forecasting.training.model_files import SECOND_WEEK_FILE, load_models, read_second_week, write_second_week
from forecasting.training.training import known_history
from forecasting.values.arrays import Floats, Ints
from forecasting.values.second_week import AHEAD
from forecasting.values.timeline import Timeline

KEEP: Final = timedelta(days=7)
"""How old what was learned may be to be used again: a year of past midnights is hardly another one a week later."""

_LEAST_BEFORE: Final = 84
_EPOCH: Final = pd.Timestamp("1970-01-01")


def learn_second_week(area: Area, folder: Path | None = None) -> SecondWeekErrors:
    """Learn from the counts that the models in ``folder`` (default: the area's own) were trained on, and keep it there.

    What was learned from counts until at most a week before is used again. Raises ``UserError`` when there are no
    models, or the data they were trained on may no longer be used.
    """
    folder = folder or area_home(area.id) / "models"
    models = load_models(area, folder)
    kept = read_second_week(folder, area)
    if kept is not None and timedelta(0) <= models.until - kept.until <= KEEP:
        return kept.errors
    found = past_second_weeks(known_history(area, models.until), models.area_model)
    write_second_week(folder / SECOND_WEEK_FILE, found, area, models.until)
    return found


def past_second_weeks(history: History, model: AreaModel, most: int = ORIGINS) -> SecondWeekErrors:
    """Return what forecasts of the second week got wrong at the last ``most`` past midnights, six days apart.

    Each uses counts before it only, and day models fitted on counts before it, at most 90 days earlier. Typical
    weather, the effects of weather and those of events are of the whole history.
    """
    quiet = model.ordinary(history)
    here = learning(history.area, history.timeline, quiet)
    usual, dates = usual_peaks(here.counts.logs, here.counts.days), here.counts.days.dates
    number = np.asarray((dates - _EPOCH).days)
    places = np.arange(_LEAST_BEFORE, max(here.end - AHEAD[-1], _LEAST_BEFORE))
    days = places[number[places] % APART_DAYS == 0][-most:]
    came, weather, added = _what_came(history, model)
    levels = np.full((len(quiet), len(days), SLOTS), np.nan)
    for fold in np.unique(number[days] // FOLD_DAYS):
        here_days = days[number[days] // FOLD_DAYS == fold]
        step = int(fold) * FOLD_DAYS - int(number[0])
        end = step if step >= FOLD_DAYS else int(here_days[0])
        log_days = fit_day_models(here.counts.total, end, here.design).expected(here.calendar, dates)
        for day in map(int, here_days):
            peaks = _expected(here, usual, day, log_days)
            target = day + np.array(AHEAD)
            levels[:, np.searchsorted(days, day)] = with_effects(peaks, weather[:, target], added[:, target]).reshape(
                len(quiet), SLOTS
            )
    targets = days[:, None] + np.array(AHEAD)
    special = np.array([special_slots(here.counts.days, target) for target in targets], bool).reshape(len(days), SLOTS)
    moments = _midnights(history.timeline, days)
    return SecondWeekErrors(moments, came[:, targets].reshape(len(quiet), len(days), SLOTS), levels, special)


def _expected(here: Learning, usual: Floats, day: int, log_days: Floats) -> Floats:
    level = level_of_residuals((here.counts.total - log_days)[:, :day], here.counts.days.special[:day])
    return expected_peaks(here.counts, usual, day, log_days, level_of_last_days(here.counts, day), level)


def _what_came(history: History, model: AreaModel) -> tuple[Floats, Floats, Floats]:
    """Return by local day: the peaks that came (Z × D × 4), typical weather and people at events (Z × D × 24)."""
    timeline, counted = history.timeline, at_hours(history.counted, history.timeline)
    whole = timeline.cube(nobody_outside(history.counted, timeline, history.counts))
    peaks = np.log1p(daypart_peaks(whole))
    some = daypart_peaks(timeline.cube(counted.astype(float))) > 0
    typical = typical_effects(model, timeline)
    area = history.area
    added = model.events.added(history.events, timeline.hours, area.zone_ids, distances(area))
    return np.where(some, peaks, np.nan), timeline.cube(typical), timeline.cube(added)


def typical_effects(model: AreaModel, timeline: Timeline) -> Floats:
    """Return what the typical weather of the hours does against mean weather: zones × hours, logarithms."""
    weather = model.climatology.weather(timeline)
    if not model.day_effects.any() and not model.hour_effects.any():
        return np.zeros((len(model.day_effects), len(timeline.hours)))
    by_day = model.of_days(weather_features(weather, timeline))
    return np.asarray(by_day[:, timeline.day] + model.hour_effects @ hour_features(weather).T)


def _midnights(timeline: Timeline, days: Ints) -> pd.DatetimeIndex:
    """Return the first hour (UTC) of the days with these places."""
    return timeline.hours[np.searchsorted(timeline.day, days)]
