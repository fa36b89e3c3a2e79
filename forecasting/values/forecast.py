"""The forecast as a value: quantiles and joint sample paths for zones × hours, and what follows from them."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.area.area import Measure
from data.keeping.csv_out import csv_text
from forecasting.values.arrays import Floats, Levels
from forecasting.values.rests import rests
from forecasting.values.thresholds import LEVELS, Thresholds
from forecasting.values.timing import USUAL, Timing

QUANTILES: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975)
QUANTILE_COLUMNS: Final = ("q025", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q975")
CSV_QUANTILES: Final = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")

Daypart = Literal["night", "morning", "afternoon", "evening"]
DAYPARTS: Final[tuple[Daypart, ...]] = ("night", "morning", "afternoon", "evening")
"""Six hours each of the local day: from 0, 6, 12 and 18 o'clock."""

PartName = Literal["level", "season", "weekday", "holiday", "weather", "event", "measure"]
PARTS: Final[tuple[PartName, ...]] = ("level", "season", "weekday", "holiday", "weather", "event", "measure")


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected in an area: zones × hours, with uncertainty and origin.

    - ``hours``: H consecutive hours, UTC (start of the hour), from ``cutoff`` on.
    - ``quantiles``: zones × hours × 9, at :data:`QUANTILES`; never negative, never crossing; NaN for a zone
      without any known count, and at hours that a zone does not count.
    - ``paths``: samples × zones × hours; each sample is one way the whole week may go, so that maxima, sums and
      differences have honest intervals. Their marginal distribution is that of ``quantiles``.
    - ``normal``: zones × hours, the usual count at that hour of the week (median of the last 8 weeks), NaN
      where unknown.
    - ``parts``: part name → zones × hours, the factor by which that part raises (> 1) or lowers (< 1) the
      expected count against an ordinary day of the zone; the product of the parts is the whole difference.
      ``measure`` is there only where a scenario has measures or closures.
    - ``simulated``: whether any source is made up; whoever shows the forecast must say so.
    - ``scenario``: the code of the scenario that was applied (``Scenario.encode``), empty without one; whoever
      shows the forecast must say so.
    - ``known_days``: on how many known days of counts, of the last three years, each zone's forecast rests; empty where
      that was not kept. Whoever shows the forecast must say so where they are few (see ``rests``).
    - ``timing``: whether its week is the one that comes, or one of another time; who opens a forecast to show it sets
      this (``timing.timing_of``), and whoever shows it must say so.
    """

    area_id: str
    time_zone: str
    measure: Measure
    snapshot_id: str
    cutoff: datetime
    simulated: bool
    zone_ids: tuple[str, ...]
    hours: pd.DatetimeIndex
    quantiles: Floats
    paths: Floats
    normal: Floats
    parts: dict[PartName, Floats]
    scenario: str = ""
    timing: Timing = USUAL
    known_days: tuple[int, ...] = ()

    @property
    def tz(self) -> ZoneInfo:
        """The area's time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def local_hours(self) -> pd.DatetimeIndex:
        """The hours in area time."""
        return self.hours.tz_convert(self.tz)

    @cached_property
    def local_moments(self) -> tuple[datetime, ...]:
        """The hours in area time, one by one: made once, for an index makes one anew each time it is asked."""
        return tuple(self.local_hours.to_pydatetime())

    @cached_property
    def local_dates(self) -> NDArray[np.object_]:
        """The local date of every hour."""
        return np.asarray(self.local_hours.date)

    @property
    def median(self) -> Floats:
        """The expected count (zones × hours): as likely to be higher as to be lower."""
        return np.asarray(self.quantiles[:, :, QUANTILES.index(0.5)])

    def quantile(self, q: float) -> Floats:
        """Return one of :data:`QUANTILES` as zones × hours. Raises ``ValueError`` for another one."""
        return np.asarray(self.quantiles[:, :, QUANTILES.index(q)])

    def frame(self) -> pd.DataFrame:
        """Return the quantiles as a tidy frame: ``zone_id, hour`` (area time), one column a quantile."""
        z, h = len(self.zone_ids), len(self.hours)
        frame = pd.DataFrame(self.quantiles.reshape(z * h, len(QUANTILES)), columns=pd.Index(QUANTILE_COLUMNS))
        frame.insert(0, "zone_id", np.repeat(np.array(self.zone_ids, dtype=object), h))
        frame.insert(1, "hour", self.local_hours[np.tile(np.arange(h), z)])
        return frame

    def exceedance(self, thresholds: Thresholds) -> Floats:
        """Return the probability of reaching yellow, orange and red: zones × hours × 3.

        It is the share of sample paths at or above the threshold, NaN where the forecast is unknown.
        """
        return _share_reached(self.paths, thresholds.array(self.zone_ids))

    def daypart_maximum(self, thresholds: Thresholds) -> pd.DataFrame:
        """Return how busy the busiest hour of each daypart gets, from the sample paths.

        Columns: ``zone_id, date, daypart, q10, q50, q90, p_yellow, p_orange, p_red``; ``p_…`` is the
        probability that the busiest hour of that daypart reaches the level. The hours after the last
        complete daypart and before the first are grouped as they come. Unknown hours are left out; a daypart
        without known hours is NaN.
        """
        keys = pd.DataFrame({"date": self.local_hours.date, "daypart": self.local_hours.hour // 6})
        starts = np.flatnonzero(keys.ne(keys.shift()).any(axis=1).to_numpy())
        peaks = np.fmax.reduceat(self.paths, starts, axis=2)
        reached = _share_reached(peaks, thresholds.array(self.zone_ids))
        low, middle, high = np.quantile(peaks, (0.1, 0.5, 0.9), axis=0)
        count = len(starts)
        columns: dict[str, object] = {
            "zone_id": np.repeat(np.array(self.zone_ids, dtype=object), count),
            "date": np.tile(keys["date"].to_numpy()[starts], len(self.zone_ids)),
            "daypart": np.tile(np.array(DAYPARTS)[keys["daypart"].to_numpy()[starts]], len(self.zone_ids)),
            "q10": low.ravel(),
            "q50": middle.ravel(),
            "q90": high.ravel(),
        }
        for index, level in enumerate(LEVELS[1:]):
            columns[f"p_{level}"] = reached[:, :, index].ravel()
        return pd.DataFrame(columns)

    def levels(self, thresholds: Thresholds, q: float = 0.5) -> Levels:
        """Return the level index (0 green … 3 red, -1 unknown) of a quantile: zones × hours."""
        from forecasting.values.thresholds import levels

        return levels(self.quantile(q), thresholds.array(self.zone_ids))

    def csv(self) -> str:
        """Return the forecast as CSV: ``zone_id,hour,q05…q95`` (hour as local ISO time with offset).

        A column ``data`` with the value ``DEMO DATA`` follows where the data are simulated, a column ``scenario`` with
        the scenario's code where one was applied, and ``known_days`` where some zone was not counted for a year.
        """
        frame = self.frame()[["zone_id", "hour", *CSV_QUANTILES]]
        frame["hour"] = [hour.isoformat() for hour in frame["hour"]]
        if self.simulated:
            frame["data"] = "DEMO DATA"
        if self.scenario:
            frame["scenario"] = self.scenario
        if any(rests(days) != "enough" for days in self.known_days):
            frame["known_days"] = np.repeat(np.array(self.known_days), len(self.hours))
        return csv_text(frame, decimals="%.1f")


def _share_reached(paths: Floats, zone_thresholds: Floats) -> Floats:
    """Share of samples at or above each threshold: samples × zones × moments, zones × 3 → zones × moments × 3."""
    small = np.uint8 if len(paths) <= np.iinfo(np.uint8).max else np.int64  # sums of bytes are several times faster
    counts = [(paths >= zone_thresholds[None, :, None, level]).sum(axis=0, dtype=small) for level in range(3)]
    return np.where(np.isnan(paths[0])[:, :, None], np.nan, np.stack(counts, axis=-1) / len(paths))
