"""Prophet on the logarithm of a day's total, and its compilation to coefficients of the shared design.

Prophet sees ln(1 + total), which keeps forecasts above zero and makes every effect a factor. Fits are maximum a
posteriori, without sampled uncertainty: intervals come from forecast errors (see ``calibration``).
"""

import logging
import tempfile
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import pandas as pd

from forecasting.model.features import TREND_START, WEATHER_FEATURES, YEAR, design, holiday_table
from forecasting.values.arrays import Floats
from forecasting.values.timeline import Timeline

if TYPE_CHECKING:
    from prophet import Prophet

ZoneModelKind = Literal["prophet", "short", "unknown"]

SHORTEST_DAYS: Final = 56
"""Known days that Prophet needs; with fewer the day model is a level and a weekday (:func:`fit_simple`)."""

CHANGEPOINT_PRIOR: Final = 0.003
SEASON_PRIOR: Final = 0.05
EFFECT_PRIOR: Final = 0.02
"""Prior standard deviations, as parts of the largest ln(1 + total), which is 6 to 12: an effect of a holiday, or of
one standard deviation of weather, is expected within about ± 20 %, and a new trend with a quarter bends little. They
were chosen on the Auckland counts of 2023–24: what changes quickly is left to the level of the last weeks."""

YEARLY_TERMS: Final = ((700, 4), (350, 2))
"""Fourier terms of the year by the least number of days of history; with less than a year there is no season."""

_QUARTER_MONTHS: Final = (1, 4, 7, 10)
_EDGE: Final = pd.Timedelta(days=60)
_RIDGE: Final = 3.0
_USUAL_NOISE: Final = 0.2


@dataclass(frozen=True, eq=False)
class DayModel:
    """Coefficients of ln(1 + day total) by feature name (see ``features``)."""

    names: tuple[str, ...]
    coefficients: Floats

    def predict(self, calendar: pd.DataFrame, weather: Floats | None, timeline: Timeline) -> Floats:
        """Return ln(1 + total) of the timeline's days; arguments as for ``features.design``."""
        return np.asarray(design(self.names, calendar, weather, timeline) @ self.coefficients)


def training_frame(totals: Floats, calendar: pd.DataFrame, weather: Floats | None, timeline: Timeline) -> pd.DataFrame:
    """Return what Prophet is fitted on: ``ds``, ``y`` = ln(1 + total) of the known days, and weather columns."""
    frame = pd.DataFrame({"ds": timeline.dates, "y": np.log1p(totals)})
    if weather is not None:
        frame[list(WEATHER_FEATURES)] = design(WEATHER_FEATURES, calendar, weather, timeline)
    return frame.loc[np.isfinite(totals)].reset_index(drop=True)


def fit_prophet(frame: pd.DataFrame, calendar: pd.DataFrame, start: DayModel | None = None) -> "Prophet":
    """Fit Prophet to a :func:`training_frame`, searching from an earlier model (``start``) where there is one.

    Changepoints of the trend lie on the first days of the quarters. Special days that the frame does not hold
    are left out; weather that never varies too. Every call has its own Stan output folder, so that parallel
    processes do not read each other's files.
    """
    logging.getLogger("prophet.plot").setLevel(logging.CRITICAL)
    from prophet import Prophet

    for name in ("prophet", "prophet.models", "cmdstanpy"):
        logging.getLogger(name).disabled = True  # a failed L-BFGS is retried with Newton, and is no news

    first, last = frame["ds"].iloc[0], frame["ds"].iloc[-1]
    special = holiday_table(calendar)
    seen = special.loc[special["ds"].isin(frame["ds"]), "holiday"].unique()
    holidays = special[special["holiday"].isin(seen)].reset_index(drop=True)
    span = (last - first).days
    model = Prophet(
        changepoints=list(quarter_starts(first, last)),
        yearly_seasonality=next((terms for days, terms in YEARLY_TERMS if span >= days), False),
        weekly_seasonality=3,
        daily_seasonality=False,
        holidays=holidays if len(holidays) else None,
        changepoint_prior_scale=CHANGEPOINT_PRIOR,
        seasonality_prior_scale=SEASON_PRIOR,
        holidays_prior_scale=EFFECT_PRIOR,
        uncertainty_samples=0,
    )
    for name in WEATHER_FEATURES:
        if name in frame and frame[name].max() > frame[name].min():
            model.add_regressor(name, prior_scale=EFFECT_PRIOR)
    with tempfile.TemporaryDirectory(prefix="day-model-") as folder:
        options = {} if start is None else {"init": _starting_values(start, frame)}
        return model.fit(frame.copy(), output_dir=folder, seed=1, **options)


def quarter_starts(first: pd.Timestamp, last: pd.Timestamp) -> pd.DatetimeIndex:
    """Return where a trend may bend: the first days of the quarters, at least 60 days from the first and last day."""
    months = pd.date_range(first + _EDGE, last - _EDGE, freq="MS", unit="us")
    return months[months.month.isin(_QUARTER_MONTHS)]


def compile_prophet(model: "Prophet") -> DayModel:
    """Return the coefficients that give ``model.predict``'s ``yhat`` on any day, in the shared design.

    Holds for linear growth and additive terms, yearly and weekly seasonality, holidays without windows and
    regressors whose columns are features of the design. Scaling of the target, of time and of regressors is
    worked into the coefficients. Raises ``ValueError`` when the model has not been fitted.
    """
    if model.history is None or model.start is None or model.t_scale is None or model.y_scale is None:
        raise ValueError("the model has not been fitted")
    scale, start, span = float(model.y_scale), model.start, model.t_scale
    years_per_span = span / pd.Timedelta(days=YEAR)
    years_at_start = (start - TREND_START) / pd.Timedelta(days=YEAR)
    slope = scale * float(model.params["k"].mean()) / years_per_span
    found = {"trend:1": scale * float(model.params["m"].mean()) - slope * years_at_start, "trend:years": slope}
    deltas = model.params["delta"].mean(axis=0)
    for day, delta in zip(sorted(model.changepoints if model.changepoints is not None else ()), deltas, strict=False):
        found[f"trend:{day.date()}"] = scale * float(delta) / years_per_span
    betas = scale * model.params["beta"].mean(axis=0)
    for column, beta in zip(_columns(model, model.history), betas, strict=True):
        name, _, detail = column.partition("_delim_")
        if name in ("yearly", "weekly"):
            term = int(detail) - 1
            part = "year" if name == "yearly" else "week"
            found[f"{part}:{('sin', 'cos')[term % 2]}{term // 2 + 1}"] = float(beta)
        elif name in model.extra_regressors:
            props = model.extra_regressors[name]
            found[name] = float(beta) / props["std"]
            found["trend:1"] -= float(beta) * props["mu"] / props["std"]
        else:
            found[name] = float(beta)
    return DayModel(tuple(found), np.array(list(found.values())))


def _columns(model: "Prophet", history: pd.DataFrame) -> list[str]:
    """Return the names of the fitted columns, in order; one day, and each special day once, are enough to know them."""
    bare = copy(model)
    if model.holidays is not None:
        bare.holidays = model.holidays.drop_duplicates("holiday")
    return list(bare.make_all_seasonality_features(history.head(1))[0].columns)


def _starting_values(start: DayModel, frame: pd.DataFrame) -> dict[str, Any]:
    """Return an earlier model's coefficients on the scales of Prophet, which ignores those of another number.

    They are where a search begins, so they need not be exact: the means of the weather are left out.
    """
    scale = float(frame["y"].abs().max()) or 1.0
    first, last = frame["ds"].iloc[0], frame["ds"].iloc[-1]
    years = (last - first) / pd.Timedelta(days=YEAR)
    found = dict(zip(start.names, start.coefficients, strict=True))
    slope, constant = found.pop("trend:years", 0.0), found.pop("trend:1", 0.0)
    bends = [found.pop(name) for name in list(found) if name.startswith("trend:")]
    return {
        "k": slope * years / scale,
        "m": (constant + slope * ((first - TREND_START) / pd.Timedelta(days=YEAR))) / scale,
        "delta": np.array(bends) * years / scale,
        "beta": np.array(list(found.values())) / scale,
        "sigma_obs": _USUAL_NOISE / scale,
    }


def fit_simple(totals: Floats, calendar: pd.DataFrame, timeline: Timeline) -> DayModel:
    """Return a level and a weekday pattern by ridge regression, for a zone with a short history.

    Of a zone without any known day everything is NaN: unknown.
    """
    known = np.isfinite(totals)
    if not known.any():
        return DayModel(("trend:1",), np.array([np.nan]))
    waves = tuple(f"week:{wave}{term}" for term in (1, 2, 3) for wave in ("sin", "cos"))
    x = design(waves, calendar, None, timeline)[known]
    y = np.log1p(totals[known])
    middle = float(np.median(y))
    beta = np.linalg.solve(x.T @ x + _RIDGE * np.eye(len(waves)), x.T @ (y - middle))
    return DayModel(("trend:1", *waves), np.array([middle, *beta]))
