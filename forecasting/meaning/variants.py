"""The forecast and scenarios beside it: what is compared, and the figures of the comparison from the same paths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level, Thresholds

SHOWN_LEVELS: Final[tuple[Level, ...]] = ("yellow", "orange", "red")


@dataclass(frozen=True, eq=False)
class Variant:
    """One of the things compared: its short name, what it does in words (empty for the forecast), and its forecast."""

    name: str
    what: str
    forecast: Forecast


# A forecast never changes, and while one scenario changes the others are asked for the same hours each time.
_HOURS: Final[WeakKeyDictionary[Forecast, dict[tuple[str, Level], Floats]]] = WeakKeyDictionary()


def hours_reached(forecast: Forecast, thresholds: Thresholds, level: Level, key: str = "") -> Floats:
    """Return in how many known hours each path reaches ``level``: samples × zones; NaN for an unknown zone.

    ``key`` names the thresholds; with one, the result is kept for as long as the forecast is.
    """
    kept = _HOURS.setdefault(forecast, {})
    if key and (found := kept.get((key, level))) is not None:
        return found
    zone_thresholds = thresholds.array(forecast.zone_ids)[:, LEVELS.index(level) - 1]
    hours: Floats = (forecast.paths >= zone_thresholds[None, :, None]).sum(axis=2).astype(float)
    hours[:, np.isnan(forecast.median).all(axis=1)] = np.nan
    if key:
        kept[key, level] = hours
    return hours


def expected_hours(
    forecast: Forecast, thresholds: Thresholds, level: Level, key: str = ""
) -> tuple[Floats, Floats, Floats]:
    """Return in how many hours each zone is expected at ``level`` or worse: the median over the paths, and the ends
    of the range that holds 8 out of 10 of them. NaN for an unknown zone; ``key`` as in :func:`hours_reached`."""
    low, middle, high = np.quantile(
        hours_reached(forecast, thresholds, level, key), (0.1, 0.5, 0.9), axis=0, method="inverted_cdf"
    )
    return middle, low, high


def hours_figures(variants: Sequence[Variant], thresholds: Thresholds) -> pd.DataFrame:
    """Return the hours at or above each level, by variant and zone, with intervals and the difference.

    Columns: ``variant, what`` (it changes)``, zone_id, level, hours, hours_q10, hours_q90`` (median and 80 % interval
    over the paths), and against the first variant: ``more``, the difference of the two medians, and ``more_q10,
    more_q90``, path by path.
    """
    tables = []
    for level in SHOWN_LEVELS:
        base = hours_reached(variants[0].forecast, thresholds, level)
        usual, _, _ = expected_hours(variants[0].forecast, thresholds, level)
        for variant in variants:
            hours = hours_reached(variant.forecast, thresholds, level)
            middle, low, high = expected_hours(variant.forecast, thresholds, level)
            more_low, more_high = _interval(hours - base)
            tables.append(
                pd.DataFrame(
                    {
                        "variant": variant.name,
                        "what": variant.what,
                        "zone_id": variant.forecast.zone_ids,
                        "level": level,
                        "hours": middle,
                        "hours_q10": low,
                        "hours_q90": high,
                        "more": middle - usual,
                        "more_q10": more_low,
                        "more_q90": more_high,
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)


def most_changed(variants: Sequence[Variant]) -> str:
    """Return the id of the zone whose expected numbers change most, or the first one when none does."""
    base = np.nan_to_num(variants[0].forecast.median)
    change = sum(np.abs(np.nan_to_num(variant.forecast.median) - base).max(axis=1) for variant in variants)
    return variants[0].forecast.zone_ids[int(np.argmax(change))]


def hour_figures(variants: Sequence[Variant], thresholds: Thresholds, hour_index: int) -> pd.DataFrame:
    """Return the people expected in one hour, by variant and zone, with the 80 % interval and chances of crowds."""
    return _figures(variants, thresholds, slice(None), slice(hour_index, hour_index + 1))


def week_figures(variants: Sequence[Variant], thresholds: Thresholds, zone_id: str) -> pd.DataFrame:
    """Return the same of one place in every hour."""
    row = variants[0].forecast.zone_ids.index(zone_id)
    return _figures(variants, thresholds, slice(row, row + 1), slice(None))


def _figures(variants: Sequence[Variant], thresholds: Thresholds, zones: slice, hours: slice) -> pd.DataFrame:
    tables = []
    for variant in variants:
        forecast = variant.forecast
        ids, moments = forecast.zone_ids[zones], forecast.local_hours[hours]
        values = {f"q{round(q * 100)}": forecast.quantile(q)[zones, hours].ravel().round(1) for q in (0.1, 0.5, 0.9)}
        reached = forecast.exceedance(thresholds)[zones, hours]
        levels = forecast.levels(thresholds)[zones, hours].ravel()
        where = {
            "zone_id": np.repeat(np.array(ids, dtype=object), len(moments)),
            "hour": moments[np.tile(np.arange(len(moments)), len(ids))],
        }
        said = {"level": [LEVELS[level] if level >= 0 else "unknown" for level in levels]}
        chances = {"p_orange": reached[:, :, 1].ravel(), "p_red": reached[:, :, 2].ravel()}
        tables.append(
            pd.DataFrame({"variant": variant.name, "what": variant.what, **where, **said, **values, **chances})
        )
    return pd.concat(tables, ignore_index=True)


def _interval(hours: Floats) -> Floats:
    return np.asarray(np.quantile(hours, (0.1, 0.9), axis=0)).round(1)
