"""What is known of the effect of each card: measured, or how many more days it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import numpy as np
import pandas as pd

from data.area.measures import Change, Measures, Move
from response.cards.card import Playbook
from response.effects.days import Day, Left, Taken, gathered, usual
from response.effects.estimating import Estimate, day_sd, days_needed, estimate
from response.effects.frozen import FrozenDay

LEAST_DAYS: Final = 5
"""From so many days with a measure on its effect may be called measured."""

HARDLY: Final = 0.05
"""An effect whose whole interval is smaller than this share is hardly any."""

MATTERS: Final = 0.10
"""The smallest effect that matters where the measure's own assumption says nothing larger or smaller."""

_SMALLEST: Final = 0.05

State = Literal["less", "more", "hardly", "unknown"]


@dataclass(frozen=True)
class Finding:
    """What is known of a card: at which zones and dayparts, from which days, and which days with it do not count.

    ``estimate`` is on the scale of logarithms; ``None`` with too few days. ``needed``: about how many more days show an
    effect of ``matters`` (a share); ``None`` when a year of days would not. ``neighbours``: the same for the zones
    where the measure moves people.
    """

    card: str
    measure: str | None
    zones: tuple[str, ...]
    parts: tuple[int, ...]
    days: tuple[Day, ...]
    left: tuple[tuple[date, Left], ...]
    estimate: Estimate | None
    matters: float
    needed: int | None
    neighbour_zones: tuple[str, ...] = ()
    neighbours: Estimate | None = None
    practice: bool = False

    @property
    def treated(self) -> tuple[Day, ...]:
        """The days with the measure that count."""
        return tuple(one for one in self.days if one.treated)

    @property
    def state(self) -> State:
        """What may be said: the evidence rule. Never from fewer than five days, nor when one day carries it all."""
        found = self.estimate
        if found is None or found.treated < LEAST_DAYS:
            return "unknown"
        if found.found and found.steady:
            return "less" if found.effect < 0 else "more"
        limit = float(np.log1p(HARDLY))
        return "hardly" if found.low > -limit and found.high < limit else "unknown"

    @property
    def shares(self) -> tuple[float, float, float] | None:
        """The effect as a share, with its range of 95 %: −0.08 stands for 8 % fewer people."""
        found = self.estimate
        if found is None:
            return None
        low, effect, high = (float(np.expm1(one)) for one in (found.low, found.effect, found.high))
        return effect, low, high

    @property
    def smallest_seen(self) -> float | None:
        """The smallest decrease, as a share, that so many days show in 8 out of 10 cases."""
        return None if self.estimate is None else float(-np.expm1(-self.estimate.smallest_seen))


def finding(
    card: str,
    taken: Sequence[Taken],
    frozen: Mapping[date, FrozenDay],
    sums: pd.Series,
    playbook: Playbook,
    measures: Measures,
    *,
    practice: bool = False,
) -> Finding:
    """Return what is known of one card that was taken at least once; ``practice``: in a world that is made up."""
    mine = [one for one in taken if one.card == card]
    zones, parts = usual(mine)
    days, left = gathered(taken, card, frozen, sums)
    found = _estimate(days)
    known = playbook.card(card)
    measure = next((one for one in measures if known is not None and one.id == known.measure), None)
    matters = _matters(measure.effect if measure else None)
    to = _moved_to(measure.effect if measure else None)
    beside = _estimate(gathered(taken, card, frozen, sums, to)[0]) if to else None
    return Finding(
        card=card,
        measure=measure.id if measure else None,
        zones=zones,
        parts=parts,
        days=tuple(days),
        left=tuple(left),
        estimate=found,
        matters=matters,
        needed=_needed(days, found, matters),
        neighbour_zones=to,
        neighbours=beside,
        practice=practice,
    )


def _estimate(days: Sequence[Day]) -> Estimate | None:
    try:
        return estimate([one.unit for one in days])
    except ValueError:
        return None


def _matters(effect: object) -> float:
    """Return the smallest effect that matters: what the measure is assumed to do, but not less than 5 %."""
    if isinstance(effect, Change):
        return max(abs(1 - effect.factor.expected), _SMALLEST)
    share = getattr(effect, "share", None)
    return max(share.expected, _SMALLEST) if share is not None else MATTERS


def _moved_to(effect: object) -> tuple[str, ...]:
    return tuple(effect.to.zones) if isinstance(effect, Move) else ()


def _needed(days: Sequence[Day], found: Estimate | None, matters: float) -> int | None:
    """Return how many more days with the measure show what matters in 8 out of 10 cases."""
    treated, others = sum(one.treated for one in days), [one.unit.difference for one in days if not one.treated]
    if found is not None:
        sd = day_sd(found)
    elif len(others) >= 3:
        sd = float(np.std(others, ddof=1))
    else:
        return max(LEAST_DAYS - treated, 1)
    wanted = days_needed(float(-np.log1p(-matters)), sd, others=max(len(others), 3))
    if wanted is None:
        wanted = days_needed(float(-np.log1p(-matters)), sd)
    return None if wanted is None else max(wanted, LEAST_DAYS, treated) - treated
