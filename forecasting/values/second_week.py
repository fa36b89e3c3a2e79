"""The second week as a value: days 8 to 14 by daypart, less sure than the first, for who makes rosters."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from data.area.area import Measure
from forecasting.values.arrays import Floats
from forecasting.values.forecast import DAYPARTS, QUANTILES
from forecasting.values.thresholds import LEVELS, Thresholds

AHEAD: Final = tuple(range(7, 14))
"""Places of these days after that of the cutoff: with that one as the first, the eighth to the fourteenth."""

PARTS_OF_DAY: Final = len(DAYPARTS)


@dataclass(frozen=True, eq=False)
class SecondWeek:
    """How many people to expect in the fullest hour of each daypart: Z zones × 7 ``dates`` × 4 dayparts × 9.

    ``cutoff`` is area time. ``quantiles`` are at ``forecast.QUANTILES``, rising, NaN where nothing is known. Whoever
    shows it must say that it is less sure than the first week, and that data are made up where they are ``simulated``.
    """

    area_id: str
    measure: Measure
    snapshot_id: str
    cutoff: datetime
    simulated: bool
    zone_ids: tuple[str, ...]
    dates: tuple[date, ...]
    quantiles: Floats

    @property
    def known(self) -> bool:
        """Whether anything is expected of any place."""
        return bool(np.isfinite(self.quantiles).any())

    def chances(self, thresholds: Thresholds) -> Floats:
        """Return the probability that the fullest hour reaches yellow, orange and red: Z × 7 × 4 × 3.

        Between the quantiles linear in the normal score of the logarithm, beyond the outermost the last slope goes on.
        """
        wanted = np.log1p(thresholds.array(self.zone_ids))
        logs, scores = np.log1p(self.quantiles), ndtri(np.array(QUANTILES))
        found = np.full((*logs.shape[:-1], len(LEVELS) - 1), np.nan)
        for zone, day, part in np.argwhere(np.isfinite(logs).all(axis=-1)):
            at = logs[zone, day, part]
            left = np.clip(np.searchsorted(at, wanted[zone]) - 1, 0, len(at) - 2)
            slope = (scores[left + 1] - scores[left]) / np.maximum(at[left + 1] - at[left], 1e-9)
            found[zone, day, part] = 1 - ndtr(scores[left] + slope * (wanted[zone] - at[left]))
        return found

    def frame(self, thresholds: Thresholds) -> pd.DataFrame:
        """Return a row for each zone, day and daypart: ``zone_id, date, daypart, q10, q50, q90, p_yellow … p_red``."""
        shape, chances = self.quantiles.shape[:3], self.chances(thresholds)
        zones, days, parts = (index.ravel() for index in np.indices(shape))
        columns: dict[str, Any] = {
            "zone_id": np.array(self.zone_ids, dtype=object)[zones],
            "date": np.array(self.dates, dtype=object)[days],
            "daypart": np.array(DAYPARTS, dtype=object)[parts],
        }
        for name, q in (("q10", 0.1), ("q50", 0.5), ("q90", 0.9)):
            columns[name] = self.quantiles[..., QUANTILES.index(q)].ravel()
        for index, level in enumerate(LEVELS[1:]):
            columns[f"p_{level}"] = chances[..., index].ravel()
        return pd.DataFrame(columns)

    def json(self, thresholds: Thresholds) -> str:
        """Return where it comes from and a list of its dayparts, for other programs."""
        origin: dict[str, Any] = {"data": "DEMO DATA"} if self.simulated else {}
        rows = self.frame(thresholds)
        rows["date"] = [day.isoformat() for day in rows["date"]]
        numbers = rows.columns[3:]
        rows[numbers] = rows[numbers].round(4).astype(object).where(rows[numbers].notna(), None)
        found = origin | {
            "area": self.area_id,
            "measure": self.measure,
            "snapshot": self.snapshot_id,
            "as_of": self.cutoff.isoformat(),
            "sure": "less than the first seven days",
            "dayparts": rows.to_dict("records"),
        }
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
