"""The material of a picture: the forecast and all that belongs to it, read once and then only looked at."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import numpy as np
import pandas as pd

from data.area.sources import Source
from feedback.contributions.told import Told
from forecasting.evaluation.backtest_result import Backtest
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.week_hours import opening_hour, week_hours
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Indices
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import Thresholds
from language import Language, UserError
from visuals.base.outlook import Outlook
from visuals.studio.layout.brand import NEUTRAL, Brand
from visuals.studio.material.meeting import Meeting

Standing = Literal["concept", "approved"]


@dataclass(frozen=True)
class Words:
    """Words that somebody put in the place of the proposed ones; empty means as proposed."""

    headline: str = ""
    advice: str = ""


@dataclass(frozen=True, eq=False)
class Material(Outlook):
    """What pictures are made of: an outlook, and all that belongs to it.

    ``hour_index`` is the moment shown (of the forecast's hours) and ``zone_id`` the place; ``since`` leaves out the
    hours before it. ``basemap`` is the area's GeoJSON. ``standing``: a picture is a ``concept`` until it is approved.
    ``corrects``: the moment at which the picture was published that this one corrects. ``whose_thresholds`` says
    whose they are. ``forecast`` is without the ``scenario``, which only its own picture shows.
    ``link`` is where people can look on; empty as long as nobody set under which address the app is reached.
    """

    sources: tuple[Source, ...]
    basemap: dict[str, Any]
    hour_index: int
    zone_id: str
    since: datetime
    brand: Brand = NEUTRAL
    standing: Standing = "concept"
    words: Words = Words()
    corrects: datetime | None = None
    whose_thresholds: str = ""
    snapshot: Snapshot | None = None
    scenario: Scenario | None = None
    backtest: Backtest | None = None
    meeting: Meeting | None = None
    told: Told | None = None
    link: str = ""

    @property
    def moment(self) -> datetime:
        """The start of the hour shown, in area time."""
        return self.forecast.local_hours[self.hour_index].to_pydatetime()

    @property
    def row(self) -> int:
        """The row of the place shown in the forecast's arrays."""
        return self.forecast.zone_ids.index(self.zone_id)

    @property
    def simulated(self) -> bool:
        """Whether anything shown is made up."""
        return self.forecast.simulated

    def name(self, zone_id: str | None = None) -> str:
        """Return a place's name, by default that of the place shown."""
        return self.area.zone(zone_id or self.zone_id).name(self.lang)

    def known_hours(self) -> Indices:
        """Return the hours (indices) of the coming week in which something is known of the place shown.

        Raises ``UserError`` when there are none.
        """
        hours = week_hours(self.forecast, self.since)
        known: Indices = hours[~np.isnan(self.forecast.median[self.row, hours])]
        if not len(known):
            raise UserError(
                "There is no forecast for {zone}: there are not enough counts of this place.", zone=self.name()
            )
        return known

    def changed(self, **fields: Any) -> "Material":
        """Return the material with other fields."""
        return replace(self, **fields)


def hour_of(forecast: Forecast, at: datetime, lang: Language) -> int:
    """Return the index of the forecast's hour that contains ``at`` (aware).

    Raises ``UserError`` when the moment lies outside the forecast.
    """
    index = int(forecast.hours.searchsorted(pd.Timestamp(at).tz_convert("UTC"), side="right")) - 1
    if index < 0 or pd.Timestamp(at) >= forecast.hours[-1] + pd.Timedelta(hours=1):
        first, last = (lang.date(forecast.local_hours[i].date(), "d MMMM y") for i in (0, -1))
        raise UserError(
            "The moment {moment} lies outside the forecast, which runs from {first} to {last}. Choose another one.",
            moment=lang.date(at, "d MMMM y HH:mm", forecast.tz),
            first=first,
            last=last,
        )
    return index


def opening(forecast: Forecast, thresholds: Thresholds, since: datetime) -> tuple[int, str]:
    """Return the hour and place that a picture shows when none is asked for: the peak of the week's most important
    busy moment, else the first afternoon and the place that is then fullest.

    Raises ``UserError`` when nothing is known about the coming week.
    """
    hours = week_hours(forecast, since)
    if not len(hours) or np.isnan(forecast.median[:, hours]).all():
        raise UserError("There is no forecast of this week, so there is nothing to make a picture of.")
    moments = busy_moments(forecast, thresholds, since=since)
    if moments:
        return moments[0].peak, moments[0].zone_id
    index = opening_hour(forecast, hours)
    share = forecast.median[:, index] / thresholds.array(forecast.zone_ids)[:, 1]
    return index, forecast.zone_ids[int(np.nanargmax(share))]
