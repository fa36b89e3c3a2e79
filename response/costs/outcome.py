"""What a case comes to: net present value with its range, by party, what matters most, and what is counted twice.

In the low outcome every cost is high and every benefit low; in the high outcome it is the other way round. A transfer
counts for those between whom it goes, and for all together as nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import fsum
from typing import Final, Literal

from response.costs.case import Case, Effect, Item, RateClass
from response.costs.discounting import present_value

Bound = Literal["low", "expected", "high"]

OPPOSITE: Final[dict[Bound, Bound]] = {"low": "high", "expected": "expected", "high": "low"}
"""What an amount that is paid does in an outcome: costs are high where all goes badly."""

_PASSED_ON: Final[tuple[frozenset[Effect], ...]] = (
    frozenset({"time", "turnover"}),
    frozenset({"time", "property"}),
    frozenset({"comfort", "turnover"}),
    frozenset({"comfort", "property"}),
    frozenset({"turnover", "property"}),
)
"""Effects of which one is often the other, passed on: visitors who wait less spend more, and shops are worth more."""


@dataclass(frozen=True)
class Range:
    """Euros: what is expected, and the outcomes when all goes badly and when all goes well."""

    low: float
    expected: float
    high: float


@dataclass(frozen=True)
class Swing:
    """How far one thing moves the net present value by itself: ``item`` or, of the rate, ``None``."""

    item: Item | None
    low: float
    high: float

    @property
    def span(self) -> float:
        """How far apart they are."""
        return abs(self.high - self.low)


@dataclass(frozen=True)
class Double:
    """Two items that may count the same thing: ``same`` effect, one ``passed on`` by the other, or a ``transfer``."""

    first: Item
    second: Item
    why: Literal["same", "passed on", "transfer"]


def yearly(item: Item, case: Case, bound: Bound = "expected", spread: float = 1) -> tuple[float, ...]:
    """Return the euros of an item in the years 0 to the horizon, never negative.

    ``spread`` widens (above 1) or narrows the distance of low and high from what is expected.
    """
    return tuple(
        fsum(
            max(0.0, one.expected + spread * (getattr(one, bound) - one.expected))
            for one in item.amounts
            if one.first <= year <= (case.horizon if one.last is None else one.last)
        )
        for year in range(case.horizon + 1)
    )


def worth(item: Item, case: Case, bound: Bound = "expected", spread: float = 1, rate: float | None = None) -> float:
    """Return the present value of an item's amounts, never negative; at its own rate unless another is given."""
    own = case.rate(item.rate).fraction if rate is None else rate
    return present_value(own, yearly(item, case, bound, spread))


def _of_all(item: Item, case: Case, bound: Bound, spread: float, rate: float | None = None) -> float:
    """Return what an item adds for all together in the outcome ``bound``."""
    if item.kind == "transfer":
        return 0.0
    if item.kind == "cost":
        return -worth(item, case, OPPOSITE[bound], spread, rate)
    return worth(item, case, bound, spread, rate)


def _sum(case: Case, bound: Bound, spread: float, rate: float | None = None) -> float:
    return fsum(_of_all(item, case, bound, spread, rate) for item in case.items)


def net_present_value(case: Case, spread: float = 1) -> Range:
    """Return what all items together are worth, for all parties together."""
    return Range(_sum(case, "low", spread), _sum(case, "expected", spread), _sum(case, "high", spread))


def item_range(item: Item, case: Case, spread: float = 1) -> Range:
    """Return what one item adds for all together."""
    return Range(*(_of_all(item, case, bound, spread) for bound in ("low", "expected", "high")))


def by_party(case: Case, spread: float = 1) -> Mapping[str, Range]:
    """Return what each party (id) gains less what it pays, in the order of the case.

    What is expected adds up to the net present value. The outcomes of the parties do not, where a transfer is
    uncertain: what is bad for one is good for the other.
    """

    def of(party: str, bound: Bound) -> float:
        gained = fsum(worth(item, case, bound, spread) for item in case.items if item.gainer == party)
        return gained - fsum(worth(item, case, OPPOSITE[bound], spread) for item in case.items if item.payer == party)

    return {one.id: Range(of(one.id, "low"), of(one.id, "expected"), of(one.id, "high")) for one in case.parties}


def what_matters(case: Case, spread: float = 1) -> list[Swing]:
    """Return how far each item and the rate move the net present value, the farthest first.

    Each by itself, with all else as expected. The rate goes from the lowest to the highest of the classes in force.
    """
    middle = _sum(case, "expected", spread)
    found = []
    for item in case.items:
        alone = item_range(item, case, spread)
        found.append(Swing(item, middle - alone.expected + alone.low, middle - alone.expected + alone.high))
    classes: tuple[RateClass, ...] = ("standard", "fixed", "exception")
    rates = sorted(case.rate(of).fraction for of in classes)
    ends = sorted((_sum(case, "expected", spread, rates[0]), _sum(case, "expected", spread, rates[-1])))
    found.append(Swing(None, ends[0], ends[1]))
    return sorted((one for one in found if one.span > 0), key=lambda one: -one.span)


def counted_twice(case: Case) -> Iterator[Double]:
    """Yield pairs of items that may count the same thing; a person judges whether they do."""
    for first, second in combinations(case.items, 2):
        kinds = {first.kind, second.kind}
        if kinds == {"cost", "benefit"} and first.amounts == second.amounts and first.amounts:
            yield Double(first, second, "transfer")
        if first.kind == second.kind == "benefit" and _overlap(first, second, case):
            if first.values == second.values != "other":
                yield Double(first, second, "same")
            elif frozenset({first.values, second.values}) in _PASSED_ON:
                yield Double(first, second, "passed on")
        if first.kind == second.kind == "cost" and first.values == second.values != "other":
            same_payer = first.payer == second.payer and _overlap(first, second, case)
            if same_payer and first.names == second.names:
                yield Double(first, second, "same")


def _overlap(first: Item, second: Item, case: Case) -> bool:
    years = zip(yearly(first, case, "high"), yearly(second, case, "high"), strict=True)
    return any(one > 0 and other > 0 for one, other in years)


def second_area(case: Case, begins: int = 1, spread: float = 1) -> Range:
    """Return what adding another area in year ``begins`` would cost and bring: all that comes again with each area.

    Its amounts are those of this area, so many years later, as far as the horizon reaches.
    """
    again = tuple(_later(item, begins, case.horizon) for item in case.items if item.scope == "area")
    items = tuple(item for item in again if item.amounts)
    return net_present_value(case.model_copy(update={"items": items}), spread)


def _later(item: Item, years: int, horizon: int) -> Item:
    moved = (
        one.model_copy(
            update={
                "first": one.first + years,
                "last": None if one.last is None else min(one.last + years, horizon),
            }
        )
        for one in item.amounts
        if one.first + years <= horizon
    )
    return item.model_copy(update={"amounts": tuple(moved)})
