"""Computing a forecast from a snapshot, with or without a scenario: nothing else is read.

The same snapshot and scenario give the same forecast on any machine.
"""

import numpy as np

from forecasting.model.drivers import expectation
from forecasting.model.features import PART_OF
from forecasting.snapshot.changes.kind import Doubt
from forecasting.snapshot.extrapolation import doubts, spread
from forecasting.snapshot.redistribution import moved, moves
from forecasting.snapshot.scenario_inputs import altered, tells
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Floats
from forecasting.values.forecast import PARTS, QUANTILES, Forecast, PartName
from forecasting.values.scenario import Scenario


def forecast(snapshot: Snapshot, scenario: Scenario | None = None) -> Forecast:
    """Return the forecast of a snapshot, with a scenario applied where there is one.

    Pure: the same arguments give the same figures. With and without a scenario, and with another one, the sample
    paths go the same ways, so that their differences are those of the scenario. A zone without any known count, and
    hours that a zone does not count, are unknown: NaN. Raises ``UserError`` when the scenario does not fit the area.
    """
    s = snapshot
    if scenario is None or scenario.changes_nothing:
        return _forecast(s, s, None)
    return _forecast(s, altered(s, scenario), scenario)


def doubts_of(snapshot: Snapshot, scenario: Scenario) -> list[Doubt]:
    """Return what a scenario wishes beyond what the models have seen. Raises ``UserError`` as :func:`forecast`."""
    return doubts(snapshot, altered(snapshot, scenario), scenario)


def _forecast(s: Snapshot, changed: Snapshot, scenario: Scenario | None) -> Forecast:
    """The errors to expect are those of ``s``; what they are relative to is what ``changed`` expects."""
    expected, added = expectation(changed.drivers)
    quantile_factors, path_factors = s.quantile_factors, s.path_factors
    if scenario is not None and tells(scenario):
        quantile_factors, path_factors = _widened(s, spread(s, changed, scenario))
    quantiles = _counts(1 + expected[:, :, None], quantile_factors)
    paths = _counts((1 + expected).astype(np.float32), path_factors)
    parts = _parts(changed, expected, added)
    if scenario is not None and moves(scenario):
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
        known_days=s.known_days,
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
