"""The days of a backtest: how high a place was expected to stay so many hours in a row, and how high it came.

The *height* of a day is the count that its best run of so many hours never falls below. A run of hours above any
threshold came just when the height is at least the threshold, so whatever thresholds or triggers people choose later,
the day can be asked again. Of the sample paths it is kept what each share of them reaches, so that the hours of a day
stay together as they were in each path.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.keeping.home import written_whole
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast

DAYS_FILE: Final = "days.parquet"

LONGEST_RUN: Final = 12
"""Hours in a row that are kept."""

CHANCES: Final = tuple(round(0.05 * step, 2) for step in range(1, 21))
"""Shares of the sample paths of which it is kept how high they come."""

CHANCE_COLUMNS: Final = tuple(f"c{round(100 * chance):03d}" for chance in CHANCES)
COLUMNS: Final = ("cutoff", "zone_id", "day", "hours_in_a_row", "came", *CHANCE_COLUMNS)

_SCALE: Final = 100
_NONE: Final = -1


def heights(values: Floats, in_a_row: int) -> Floats:
    """Return the height of the last axis, the hours of one day: NaN where there is no run of so many known hours."""
    if in_a_row > values.shape[-1]:
        return np.full(values.shape[:-1], np.nan)
    runs = np.lib.stride_tricks.sliding_window_view(values, in_a_row, axis=-1).min(axis=-1)
    return np.asarray(np.fmax.reduce(runs, axis=-1))


def past_days(result: Forecast, came: Floats) -> pd.DataFrame:
    """Return the days of one forecast with what ``came`` (zones × hours): :data:`COLUMNS`.

    ``cutoff`` is UTC, ``day`` the local date. Left out are days of which no hour was counted or forecast at a place.
    """
    found = []
    for day, hours in _days(result.local_dates):
        paths, counted = result.paths[:, :, hours], came[:, hours]
        known = np.isfinite(counted).any(axis=1) & np.isfinite(paths).any(axis=(0, 2))
        zones = np.array(result.zone_ids, dtype=object)[known]
        for in_a_row in range(1, LONGEST_RUN + 1):
            ordered = np.sort(np.nan_to_num(heights(paths[:, known], in_a_row), nan=-1.0), axis=0)[::-1]
            at = [int(np.ceil(chance * len(ordered) - 1e-9)) - 1 for chance in CHANCES]
            frame = {
                "cutoff": pd.Timestamp(result.cutoff),
                "zone_id": zones,
                "day": day,
                "hours_in_a_row": in_a_row,
                "came": np.nan_to_num(heights(counted[known], in_a_row), nan=-1.0),
            }
            found.append(pd.DataFrame(frame | dict(zip(CHANCE_COLUMNS, ordered[at], strict=True))))
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS))


def save_days(days: pd.DataFrame, path: Path) -> None:
    """Write days to a file: heights as hundredths of ln(1 + count), -1 without a run; each chance as how much lower
    its height is than that of the chance before, which makes the file half as large."""
    packed = _packed(days[list(CHANCE_COLUMNS)].to_numpy(float))
    falls = np.concatenate([packed[:, :1], packed[:, :-1] - packed[:, 1:]], axis=1)
    kept = days.assign(
        zone_id=days["zone_id"].astype("category"),
        day=pd.to_datetime(days["day"]).dt.date,
        hours_in_a_row=days["hours_in_a_row"].astype("int8"),
        came=_packed(days["came"].to_numpy(float)),
        **dict(zip(CHANCE_COLUMNS, falls.T, strict=True)),
    )
    ordered = kept.sort_values(["zone_id", "hours_in_a_row", "cutoff", "day"], kind="stable")
    with written_whole(path) as temporary:
        ordered.to_parquet(temporary, index=False, compression="zstd", compression_level=19)
        temporary.chmod(0o644)


def read_days(path: Path, in_a_row: int, zone_ids: Sequence[str]) -> pd.DataFrame:
    """Return the days of some places and runs of so many hours, heights as counts; -1 where there was no such run."""
    wanted = [("hours_in_a_row", "==", in_a_row), ("zone_id", "in", list(zone_ids))]
    found = pd.read_parquet(path, filters=wanted)
    falls = found[list(CHANCE_COLUMNS)].to_numpy(np.int64)
    packed = falls[:, :1] - np.concatenate([np.zeros_like(falls[:, :1]), np.cumsum(falls[:, 1:], axis=1)], axis=1)
    return found.assign(
        zone_id=found["zone_id"].astype(str),
        came=_unpacked(found["came"].to_numpy(np.int64)),
        **dict(zip(CHANCE_COLUMNS, _unpacked(packed).T, strict=True)),
    )


def chance_of(days: pd.DataFrame, thresholds: Floats) -> Floats:
    """Return for each row the chance that its height was at least a threshold, in steps of :data:`CHANCES`."""
    reached = days[list(CHANCE_COLUMNS)].to_numpy(float) >= thresholds[:, None]
    return np.asarray(np.array([0.0, *CHANCES])[reached.sum(axis=1)])


def _days(dates: NDArray[np.object_]) -> list[tuple[date, slice]]:
    starts = np.flatnonzero(np.concatenate([[True], dates[1:] != dates[:-1]]))
    ends = np.append(starts[1:], len(dates))
    return [(dates[start], slice(int(start), int(end))) for start, end in zip(starts, ends, strict=True)]


def _packed(values: Floats) -> NDArray[np.int16]:
    return np.where(values < 0, _NONE, np.round(np.log1p(np.maximum(values, 0)) * _SCALE)).astype(np.int16)


def _unpacked(values: NDArray[np.int64]) -> Floats:
    return np.asarray(np.where(values == _NONE, -1.0, np.expm1(values / _SCALE)))
