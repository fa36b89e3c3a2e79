"""What a trigger would have done on past forecasts: how often it calls, how often for nothing, and what it misses.

The forecasts are those of the area's own backtest. Their sample paths are not kept, only their quantiles, so every
hour of a day is taken to be busier or quieter together; the chance of a run is then no lower than it really was.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.evaluation.backtest_result import HOURS, Backtest
from forecasting.meaning.runs import reached
from forecasting.values.arrays import Floats
from forecasting.values.forecast import QUANTILE_COLUMNS, QUANTILES
from forecasting.values.thresholds import LEVELS, Thresholds
from response.cards.card import Trigger

ORIGINS_NEEDED: Final = 52
"""Weeks of forecasts: with less than all seasons once, a preview would tell of those weeks only."""

_PATHS: Final = 40


@dataclass(frozen=True)
class PastUse:
    """Days on which a trigger ``called``, of those the ones that came ``right``; that came, and were ``missed``; of how
    many ``days``."""

    days: int
    called: int
    right: int
    missed: int

    @property
    def for_nothing(self) -> int:
        """Days on which it called and nothing came."""
        return self.called - self.right


def weekly_origins(backtest: Backtest | None) -> int:
    """Return in how many different weeks the forecasts of a backtest begin."""
    return len({cutoff.isocalendar()[:2] for cutoff in backtest.cutoffs}) if backtest else 0


def past_forecasts(area_id: str, backtest: Backtest) -> pd.DataFrame | None:
    """Return the hours of an own backtest with what came; ``None`` where only its result is kept, as of what ships."""
    path = area_home(area_id) / "backtests" / backtest.id / HOURS
    if not path.exists():
        return None
    return pd.read_parquet(path, columns=["cutoff", "zone_id", "hour", "count", *_columns()])


def past_use(trigger: Trigger, hours: pd.DataFrame, area: Area, thresholds: Thresholds) -> PastUse:
    """Return what a trigger would have done, day by day, on forecasts with what came (:func:`past_forecasts`)."""
    places = trigger.places
    here = [zone.zone_id for zone in area.zones if zone.zone_id in places.zones or zone.kind in places.kinds]
    zone_thresholds = thresholds.array(tuple(here))[:, LEVELS.index(trigger.level) - 1]
    days = called = right = missed = 0
    for _, week in hours[hours["zone_id"].isin(here)].groupby("cutoff", sort=True):
        moments = pd.DatetimeIndex(sorted(week["hour"].unique()))
        dates = np.asarray(moments.tz_convert(area.tz).date)
        table = week.set_index(["zone_id", "hour"]).reindex(pd.MultiIndex.from_product([here, moments]))
        quantiles = table[_columns()].to_numpy(float).reshape(len(here), len(moments), len(QUANTILES))
        counts = table["count"].to_numpy(float).reshape(1, len(here), len(moments))
        forecast = reached(_comonotone(quantiles), zone_thresholds, dates).runs(trigger.hours).chance
        came = reached(counts, zone_thresholds, dates).runs(trigger.hours).chance
        known = np.isfinite(came).any(axis=0) & np.isfinite(forecast).any(axis=0)
        calls = np.any(np.nan_to_num(forecast) >= trigger.chance, axis=0) & known
        comes = np.any(np.nan_to_num(came) > 0, axis=0) & known
        days, called = days + int(known.sum()), called + int(calls.sum())
        right, missed = right + int((calls & comes).sum()), missed + int((comes & ~calls).sum())
    return PastUse(days, called, right, missed)


def _columns() -> list[str]:
    return [f"model_{column}" for column in QUANTILE_COLUMNS]


def _comonotone(quantiles: Floats) -> Floats:
    """Return paths (samples × zones × hours) of quantiles (zones × hours × 9) in which all hours go together."""
    at = (np.arange(_PATHS) + 0.5) / _PATHS
    weights = np.stack([np.interp(at, QUANTILES, row) for row in np.eye(len(QUANTILES))])
    return np.moveaxis(quantiles @ weights, -1, 0)
