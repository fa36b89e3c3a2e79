"""Forecasts as they were frozen before a day began: the sample paths of its dayparts, of many days in one file.

A file ``frozen.npz`` holds, for days × zones × dayparts × paths, the sum over the hours of the daypart, as
``round(5000 · ln(1 + people))`` in 16 bits (exact to 0.02 %), with the id of the snapshot and its cutoff.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from data.keeping.home import find, written_whole
from forecasting.values.forecast import DAYPARTS, Forecast
from language import UserError

FILE: Final = "frozen.npz"
PATHS: Final = 100
_STEPS: Final = 5000
_UNKNOWN: Final = 65_535

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FrozenDay:
    """One local day as it was forecast at ``cutoff``, before it began: ``paths`` is zones × dayparts × paths."""

    day: date
    snapshot: str
    cutoff: datetime
    zone_ids: tuple[str, ...]
    paths: Floats

    def totals(self, zones: Iterable[str], parts: Iterable[int]) -> Floats | None:
        """Return the sum over zones and dayparts (indices of DAYPARTS), one for each path.

        ``None`` where a zone was not forecast.
        """
        rows = [self.zone_ids.index(zone) for zone in zones if zone in self.zone_ids]
        chosen = list(zones)
        if len(rows) < len(chosen):
            return None
        found: Floats = self.paths[np.ix_(rows, list(parts))].sum(axis=(0, 1))
        return found if np.isfinite(found).all() else None


def freeze_day(forecast: Forecast, day: date) -> FrozenDay:
    """Return one local day of a forecast. Raises ``ValueError`` when the forecast does not hold all of it."""
    hours = np.flatnonzero(forecast.local_dates == day)
    if len(hours) < 23:
        raise ValueError("the forecast does not hold the whole day")
    part = forecast.local_hours.hour.to_numpy()[hours] // 6
    every = max(1, len(forecast.paths) // PATHS)
    paths = forecast.paths[::every][:PATHS][:, :, hours]
    sums = np.stack([np.nansum(paths[:, :, part == one], axis=2) for one in range(len(DAYPARTS))], axis=2)
    unknown = np.stack([np.isnan(paths[:, :, part == one]).all(axis=2) for one in range(len(DAYPARTS))], axis=2)
    sums = np.where(unknown, np.nan, sums)
    return FrozenDay(day, forecast.snapshot_id, forecast.cutoff, forecast.zone_ids, sums.transpose(1, 2, 0))


def save_frozen(days: list[FrozenDay], path: Path) -> None:
    """Write days, which all have the same zones, to a file; it appears whole or not at all."""
    paths = np.stack([one.paths for one in days])
    packed = np.where(np.isnan(paths), _UNKNOWN, np.round(_STEPS * np.log1p(np.nan_to_num(paths)))).astype(np.uint16)
    with written_whole(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(
            file,
            paths=packed,
            days=np.array([one.day.isoformat() for one in days]),
            snapshots=np.array([one.snapshot for one in days]),
            cutoffs=np.array([one.cutoff.isoformat() for one in days]),
            zones=np.array(days[0].zone_ids),
        )


def read_frozen(area_id: str) -> dict[date, FrozenDay]:
    """Return the frozen days of an area by day; none when it has no file.

    Raises ``UserError`` when the file is damaged.
    """
    path = find(area_id, FILE)
    if path is None:
        return {}
    try:
        with np.load(path, allow_pickle=False) as kept:
            packed, zones = kept["paths"], tuple(str(zone) for zone in kept["zones"])
            rows = list(zip(kept["days"], kept["snapshots"], kept["cutoffs"], packed, strict=True))
    except (OSError, ValueError, KeyError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error
    found = {}
    for day, snapshot, cutoff, one in rows:
        paths = np.where(one == _UNKNOWN, np.nan, np.expm1(one / _STEPS))
        moment = datetime.fromisoformat(str(cutoff))
        found[date.fromisoformat(str(day))] = FrozenDay(
            date.fromisoformat(str(day)), str(snapshot), moment, zones, paths
        )
    return found
