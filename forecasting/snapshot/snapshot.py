"""A snapshot: everything a forecast is computed from, frozen at a moment and named by a hash of it.

The same snapshot gives the same forecast on any machine; nothing is read and nothing is fitted to compute one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.area.area import Measure
from data.area.measures import Measures
from data.area.zone import ZoneKind
from forecasting.model.calibration import Calibration
from forecasting.model.day_model import ZoneModelKind
from forecasting.model.drivers import Drivers
from forecasting.model.event_effects import EventEffects
from forecasting.model.observed_range import Seen
from forecasting.model.paths import SAMPLES
from forecasting.values.arrays import Floats, Ints
from forecasting.values.timeline import Timeline

WeatherOrigin = Literal["observed", "forecast", "climatology", "none"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A frozen forecast with all it needs (Z zones, H hours, D local days, F features, E events).

    What it is:

    - ``id``: short hash of all that went in; ``cutoff`` (UTC): nothing from that hour on was used
    - ``sources``: ids of the sources; ``model_id``, ``model_until``: which models; ``simulated``: made-up data
    - ``weather_origin``: per local day, where its weather comes from: the least certain of its hours
    - ``zone_models``: per zone ``prophet``, ``short`` (level and profile only) or ``unknown`` (no counts)
    - ``known_days``: per zone on how many known days its model was fitted; empty in snapshots of before these were kept

    What it is computed from:

    - ``names`` (F), ``days`` (D × F), ``coefficients`` (F × Z), ``means`` (F × Z), ``caps`` (Z): the day models
    - ``level`` (Z): correction of ln(1 + day total); ``offsets``
      (Z × H): what turns Prophet's hours into those of the mix (see ``mix.learning``), NaN at hours that a zone does
      not count (see ``counted``): those are unknown
    - ``day`` (H), ``hour_of_day`` (H), ``kinds`` (D), ``weekdays`` (D): which day, local hour and kind of day
    - ``profiles`` (Z × 14 × 24): shares of the day by kind of day
    - ``weather`` (H × temp_c, rain_mm, wind_ms, sun_h), ``hour_features`` (H × 3), ``hour_effects`` (Z × 3)
    - ``events`` with ``event_responses`` (E × Z × H): people added per visitor; ``event_effects`` and
      ``apart`` (Z × Z, metres) for other events
    - ``calibration`` and ``ranks`` (samples × Z × H): the errors to expect, and how they go together
    - ``normal`` (Z × H): see ``Forecast``
    - ``second_week`` (Z × 7 × 4 × 9): counts of days 8 to 14 by daypart (see ``SecondWeek``), empty where nothing was
      learned of them, and in snapshots of before they were kept

    What scenarios need besides (W: all hours of the local days):

    - ``whole_weather`` (W × 4): as ``weather``; ``seen``: what the models have seen
    - ``zone_kinds`` (Z), ``room`` (Z): from how many people a zone is too busy; ``measures``: what can be done
    """

    id: str
    area_id: str
    time_zone: str
    measure: Measure
    cutoff: datetime
    simulated: bool
    sources: tuple[str, ...]
    model_id: str
    model_until: datetime
    weather_origin: tuple[WeatherOrigin, ...]
    zone_models: tuple[ZoneModelKind, ...]
    zone_ids: tuple[str, ...]
    hours: pd.DatetimeIndex
    dates: pd.DatetimeIndex
    names: tuple[str, ...]
    days: Floats
    coefficients: Floats
    means: Floats
    caps: Floats
    level: Floats
    offsets: Floats
    day: Ints
    hour_of_day: Ints
    kinds: Ints
    weekdays: Ints
    profiles: Floats
    weather: Floats
    hour_features: Floats
    hour_effects: Floats
    events: pd.DataFrame
    event_responses: Floats
    event_effects: EventEffects
    apart: Floats
    calibration: Calibration
    ranks: NDArray[np.uint8]
    normal: Floats
    whole_weather: Floats
    seen: Seen
    zone_kinds: tuple[ZoneKind, ...]
    room: Floats
    measures: Measures
    known_days: tuple[int, ...] = ()
    second_week: Floats = field(default_factory=lambda: np.empty(0))

    @cached_property
    def whole_timeline(self) -> Timeline:
        """All hours of the local days that the forecast touches."""
        tz = ZoneInfo(self.time_zone)
        first, last = self.dates[0].tz_localize(tz), (self.dates[-1] + pd.DateOffset(days=1)).tz_localize(tz)
        return Timeline.between(first, last, tz)

    @property
    def drivers(self) -> Drivers:
        """What the expected counts follow from."""
        return Drivers(
            days=self.days,
            coefficients=self.coefficients,
            level=self.level,
            caps=self.caps,
            hour_features=self.hour_features,
            hour_effects=self.hour_effects,
            offsets=self.offsets,
            profiles=self.profiles,
            day=self.day,
            hour_of_day=self.hour_of_day,
            kinds=self.kinds,
            event_responses=self.event_responses,
            attendance=self.events["attendance"].to_numpy(float),
        )

    @cached_property
    def quantile_factors(self) -> Floats:
        """Factors on 1 + expected count that give 1 + quantile: Z × H × 9."""
        return np.exp(self.calibration.quantiles)

    @cached_property
    def path_factors(self) -> Floats:
        """Factors on 1 + expected count that give 1 + sampled count: samples × Z × H (single precision)."""
        return np.exp(self.path_logs)

    @cached_property
    def path_logs(self) -> Floats:
        """Logarithms of :attr:`path_factors`."""
        probabilities = (np.arange(SAMPLES) + 0.5) / SAMPLES
        by_rank = self.calibration.at(probabilities).astype(np.float32)
        return np.asarray(np.take_along_axis(by_rank[None], self.ranks[..., None].astype(np.int64), axis=3)[..., 0])
