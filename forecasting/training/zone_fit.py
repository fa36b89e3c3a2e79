"""Fitting one zone: its day model, profile and percentiles."""

from typing import Final

import numpy as np

from forecasting.model.day_model import (
    SHORTEST_DAYS,
    DayModel,
    ZoneModelKind,
    compile_prophet,
    fit_prophet,
    fit_simple,
    training_frame,
)
from forecasting.model.features import WEATHER_FEATURES, design, weather_features
from forecasting.model.profiles import day_totals, long_profile, long_shares
from forecasting.model.residuals import ZoneSeries
from forecasting.training.model_files import ZoneModel
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import DAYTIME, PERCENTILES

HEADROOM: Final = 0.7
"""A day may be expected up to e^0.7 = 2 times as busy as the busiest day of the history, and no busier."""

_YEAR_HOURS: Final = 365 * 24


def fit_zone(series: ZoneSeries, data_hash: str, start: DayModel | None = None) -> ZoneModel:
    """Fit the model of one zone; Prophet starts from an earlier model of it where there is one.

    Without :data:`~forecasting.model.day_model.SHORTEST_DAYS` known days there is no Prophet: the model is a level, a
    weekday pattern and a profile (``kind`` = ``short``).
    """
    end = len(series.timeline.hours)
    totals, profile = known_totals(series, end)
    known = np.isfinite(totals)
    cap = float(np.log1p(_in_their_weather(totals, series)[known]).max() + HEADROOM) if known.any() else 0.0
    model, _ = fit_until(series, end, start)
    x = design(model.names, series.calendar, series.weather, series.timeline)
    kind: ZoneModelKind = "prophet" if known.sum() >= SHORTEST_DAYS else "short" if known.any() else "unknown"
    return ZoneModel(
        zone_id=series.zone_id,
        kind=kind,
        day_model=model,
        means=x[known].mean(axis=0) if known.any() else x.mean(axis=0),
        cap=cap,
        profile=profile,
        percentiles=_percentiles(series),
        known_days=int(known.sum()),
        data_hash=data_hash,
    )


def fit_until(series: ZoneSeries, end: int, start: DayModel | None = None) -> tuple[DayModel, Floats]:
    """Return the day model and long-run profile that the data before hour ``end`` of the series give.

    ``start``: an earlier day model of the zone, from which Prophet starts to search.
    """
    totals, profile = known_totals(series, end)
    timeline = series.timeline.part(slice(0, end))
    if np.isfinite(totals).sum() < SHORTEST_DAYS:
        return _with_weather(fit_simple(totals, series.calendar, timeline), series), profile
    frame = training_frame(totals, series.calendar, None, timeline)
    return _with_weather(compile_prophet(fit_prophet(frame, series.calendar, start)), series), profile


def _with_weather(model: DayModel, series: ZoneSeries) -> DayModel:
    """Return a model of days in mean weather, with the effects of other weather beside it."""
    if series.weather is None:
        return model
    coefficients = np.concatenate([model.coefficients, series.day_effects])
    coefficients[model.names.index("trend:1")] -= series.day_effects @ series.mean_weather
    return DayModel((*model.names, *WEATHER_FEATURES), coefficients)


def _in_their_weather(totals: Floats, series: ZoneSeries) -> Floats:
    """Return the totals of days in mean weather as they were in the weather that came."""
    if series.weather is None:
        return totals
    weather = weather_features(series.weather, series.timeline) - series.mean_weather
    return np.asarray(totals * np.exp(weather @ series.day_effects))


def known_totals(series: ZoneSeries, end: int) -> tuple[Floats, Floats]:
    """Return the totals of the days before hour ``end`` (NaN where unknown) and the long-run profile they give."""
    timeline = series.timeline.part(slice(0, end))
    kinds = series.kinds[: len(timeline.dates)]
    cube = timeline.cube(series.ordinary[:end])
    profile = long_profile(cube, kinds, timeline.dates)
    return day_totals(cube, long_shares(profile, kinds, timeline.dates)), profile


def _percentiles(series: ZoneSeries) -> tuple[float, float, float] | None:
    """Of daytime hours; of all hours where only those outside it are counted."""
    hour, counts = series.timeline.hour_of_day[-_YEAR_HOURS:], series.counts[-_YEAR_HOURS:]
    known = np.isfinite(counts) & series.counted[-_YEAR_HOURS:]
    daytime = known & (hour >= DAYTIME[0]) & (hour < DAYTIME[1])
    counts = counts[daytime if daytime.any() else known]
    if not len(counts):
        return None
    yellow, orange, red = np.percentile(counts, PERCENTILES).round(1)
    return float(yellow), float(orange), float(red)
