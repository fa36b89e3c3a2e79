"""A snapshot: everything a forecast is computed from, frozen at a moment and named by a hash of it.

The same snapshot gives the same forecast on any machine; nothing is read and nothing is fitted to compute one.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.area import Measure, ZoneKind
from data.measures import Measures
from forecasting.model.calibration import Calibration
from forecasting.model.event_effects import EventEffects
from forecasting.model.features import PART_OF
from forecasting.model.observed_range import Seen
from forecasting.model.paths import SAMPLES
from forecasting.model.recent import expected_counts
from forecasting.snapshot.extrapolation import Doubt, doubts, spread
from forecasting.snapshot.redistribution import moved
from forecasting.snapshot.scenario_inputs import altered
from forecasting.values.forecast import PARTS, QUANTILES, Forecast, PartName
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import Floats
from forecasting.values.timeline import Ints, Timeline

WeatherOrigin = Literal["observed", "forecast", "climatology", "none"]
ZoneModelKind = Literal["prophet", "short", "unknown"]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A frozen forecast with all it needs (Z zones, H hours, D local days, F features, E events).

    What it is:

    - ``id``: short hash of all that went in; ``cutoff`` (UTC): nothing from that hour on was used
    - ``sources``: ids of the sources; ``model_id``, ``model_until``: which models; ``simulated``: made-up data
    - ``weather_origin``: per local day, where its weather comes from: the least certain of its hours
    - ``zone_models``: per zone ``prophet``, ``short`` (level and profile only) or ``unknown`` (no counts)

    What it is computed from:

    - ``names`` (F), ``days`` (D × F), ``coefficients`` (F × Z), ``means`` (F × Z), ``caps`` (Z): the day models
    - ``level`` (Z): correction of ln(1 + day total); ``offsets`` (Z × H): what the boosted part adds to the
      hours' logs (see ``boosted``), NaN at hours that a zone does not count (see ``counted``): those are unknown
    - ``day`` (H), ``hour_of_day`` (H), ``kinds`` (D), ``weekdays`` (D): which day, local hour and kind of day
    - ``profiles`` (Z × 14 × 24): shares of the day by kind of day
    - ``weather`` (H × temp_c, rain_mm, wind_ms, sun_h), ``hour_features`` (H × 3), ``hour_effects`` (Z × 3)
    - ``events`` with ``event_responses`` (E × Z × H): people added per visitor; ``event_effects`` and
      ``apart`` (Z × Z, metres) for other events
    - ``calibration`` and ``ranks`` (samples × Z × H): the errors to expect, and how they go together
    - ``normal`` (Z × H): see ``Forecast``

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

    @cached_property
    def whole_timeline(self) -> Timeline:
        """All hours of the local days that the forecast touches."""
        tz = ZoneInfo(self.time_zone)
        first, last = self.dates[0].tz_localize(tz), (self.dates[-1] + pd.DateOffset(days=1)).tz_localize(tz)
        return Timeline.between(first, last, tz)

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


def forecast(snapshot: Snapshot, scenario: Scenario | None = None) -> Forecast:
    """Return the forecast of a snapshot, with a scenario applied where there is one.

    Pure: the same arguments give the same figures. With and without a scenario, and with another one, the sample
    paths go the same ways, so that their differences are those of the scenario. A zone without any known count, and
    hours that a zone does not count, are unknown: NaN. Raises ``UserError`` when the scenario does not fit the area.
    """
    s = snapshot
    if scenario is None or scenario.changes_nothing:
        return _forecast(s, s, None)
    return _forecast(s, altered(s, scenario) if scenario.changes_expectation else s, scenario)


def doubts_of(snapshot: Snapshot, scenario: Scenario) -> list[Doubt]:
    """Return what a scenario wishes beyond what the models have seen. Raises ``UserError`` as :func:`forecast`."""
    return doubts(snapshot, altered(snapshot, scenario), scenario)


def _forecast(s: Snapshot, changed: Snapshot, scenario: Scenario | None) -> Forecast:
    """The errors to expect are those of ``s``; what they are relative to is what ``changed`` expects."""
    expected, added = expectation(changed)
    quantile_factors, path_factors = s.quantile_factors, s.path_factors
    if scenario is not None and scenario.changes_expectation:
        quantile_factors, path_factors = _widened(s, spread(s, changed, scenario))
    quantiles = _counts(1 + expected[:, :, None], quantile_factors)
    paths = _counts((1 + expected).astype(np.float32), path_factors)
    parts = _parts(changed, expected, added)
    if scenario is not None and (scenario.measures or scenario.closures):
        quantiles, paths, parts["measure"] = _acted(changed, scenario, expected, quantiles, paths)
    return Forecast(
        area_id=s.area_id,
        time_zone=s.time_zone,
        measure=s.measure,
        snapshot_id=s.id,
        cutoff=s.cutoff,
        simulated=s.simulated,
        zone_ids=s.zone_ids,
        hours=s.hours,
        quantiles=quantiles,
        paths=paths,
        normal=s.normal,
        parts=parts,
        scenario="" if scenario is None else scenario.encode(),
    )


def _counts(one_more: Floats, factors: Floats) -> Floats:
    """Return counts from the expected count and one more, in one new array: large areas live by that."""
    counts = one_more * factors
    counts -= 1
    return np.asarray(np.maximum(counts, 0, out=counts))


def _widened(s: Snapshot, wide: Floats) -> tuple[Floats, Floats]:
    """Return the factors with their spread about the median ``wide`` times as large (on the scale of factors)."""
    if not (wide > 1).any():
        return s.quantile_factors, s.path_factors
    quantiles = s.calibration.quantiles
    middle = quantiles[:, :, QUANTILES.index(0.5)]
    paths = s.path_logs * wide.astype(np.float32)
    paths += (middle * (1 - wide)).astype(np.float32)
    wider = middle[:, :, None] + (quantiles - middle[:, :, None]) * wide[:, :, None]
    # Where nothing widens, the very same figures: subtracting the middle and adding it again would round.
    return np.where(wide[:, :, None] > 1, np.exp(wider), s.quantile_factors), np.exp(paths, out=paths)


def _acted(
    s: Snapshot, scenario: Scenario, expected: Floats, quantiles: Floats, paths: Floats
) -> tuple[Floats, Floats, Floats]:
    """Quantiles and paths after measures and closures, and the factor by which these changed what was expected.

    Where they changed anything, the quantiles are those of the paths (at plotting positions (i - ½) / n, at which
    the paths were made). A factor is at least a hundredth, also where nobody is left.
    """
    before = np.concatenate([paths, expected[None].astype(paths.dtype)])
    after, touched = moved(s, scenario, before, expected)
    quantiles = quantiles.copy()
    quantiles[touched] = np.quantile(after[:-1, touched], QUANTILES, axis=0, method="hazen").T
    factor = np.where(before[-1] > 0, after[-1] / np.maximum(before[-1], 1e-9), 1.0)
    return quantiles, after[:-1], np.clip(np.where(np.isnan(factor), 1.0, factor), 0.01, None)


def expectation(snapshot: Snapshot) -> tuple[Floats, Floats]:
    """Return the expected counts before calibration, and the part of them that events add: each zones × hours."""
    s = snapshot
    log_days = (s.days @ s.coefficients).T + s.level[:, None]
    hour_log = s.hour_effects @ s.hour_features.T + s.offsets
    shares = s.profiles[:, s.kinds[s.day], s.hour_of_day]
    added = np.einsum("ezh,e->zh", s.event_responses, s.events["attendance"].to_numpy(float))
    return expected_counts(log_days, shares, s.day, hour_log, added, s.caps), added


def _parts(s: Snapshot, expected: Floats, added: Floats) -> dict[PartName, Floats]:
    """Factors against an ordinary day: features at their mean, the mean profile of the week, dry, no events."""
    logs = {part: np.zeros(expected.shape) for part in PARTS if part != "measure"}
    part_of = np.array([PART_OF[name.partition(":")[0]] for name in s.names])
    for part in set(part_of):
        here = part_of == part
        ordinary = (s.means[here] * s.coefficients[here]).sum(axis=0)
        logs[part] += ((s.days[:, here] @ s.coefficients[here] - ordinary).T)[:, s.day]
    logs["level"] += s.level[:, None] + s.offsets
    logs["weather"] += s.hour_effects @ s.hour_features.T
    hour = s.hour_of_day
    usual = np.log(s.profiles[:, :7].mean(axis=1))[:, hour]
    weekday = np.log(s.profiles[:, s.weekdays[s.day], hour])
    actual = np.log(s.profiles[:, s.kinds[s.day], hour])
    logs["weekday"] += weekday - usual
    logs["holiday"] += actual - weekday
    factors: dict[PartName, Floats] = {part: np.exp(values) for part, values in logs.items()}
    factors["event"] = np.where(expected == 0, 1.0, expected / np.maximum(expected - added, 1e-9))
    return factors
