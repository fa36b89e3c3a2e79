"""What decides how many people are expected: the arrays of a snapshot, before any errors are known."""

from dataclasses import dataclass

import numpy as np

from forecasting.model.recent import expected_counts
from forecasting.values.arrays import Floats, Ints


@dataclass(frozen=True, eq=False)
class Drivers:
    """What expected counts follow from (Z zones, H hours, D local days, F features, E events).

    ``Snapshot`` says what each is: ``days`` (D × F), ``coefficients`` (F × Z), ``level`` and ``caps`` (Z),
    ``hour_features`` (H × 3), ``hour_effects`` (Z × 3), ``offsets`` (Z × H), ``profiles`` (Z × 14 × 24), ``day`` and
    ``hour_of_day`` (H), ``kinds`` (D), ``event_responses`` (E × Z × H) and ``attendance`` (E).
    """

    days: Floats
    coefficients: Floats
    level: Floats
    caps: Floats
    hour_features: Floats
    hour_effects: Floats
    offsets: Floats
    profiles: Floats
    day: Ints
    hour_of_day: Ints
    kinds: Ints
    event_responses: Floats
    attendance: Floats


def expectation(drivers: Drivers) -> tuple[Floats, Floats]:
    """Return the expected counts before calibration, and the part of them that events add: each zones × hours."""
    d = drivers
    log_days = (d.days @ d.coefficients).T + d.level[:, None]
    hour_log = d.hour_effects @ d.hour_features.T + d.offsets
    shares = d.profiles[:, d.kinds[d.day], d.hour_of_day]
    added = np.einsum("ezh,e->zh", d.event_responses, d.attendance)
    return expected_counts(log_days, shares, d.day, hour_log, added, d.caps), added
