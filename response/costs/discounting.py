"""What later amounts are worth now: factors, annuities and present values.

Rates are real ones a year, as fractions (0.0225). Year 0 is the base year and is not discounted.
"""

from collections.abc import Sequence
from math import fsum


def discount_factor(rate: float, year: int) -> float:
    """Return what one euro in ``year`` (0 or later) is worth in year 0."""
    return float((1 + rate) ** -year)


def annuity_factor(rate: float, years: int) -> float:
    """Return what one euro in each of the years 1 to ``years`` is worth in year 0."""
    return fsum(discount_factor(rate, year) for year in range(1, years + 1))


def present_value(rate: float, amounts: Sequence[float]) -> float:
    """Return what ``amounts`` of the years 0, 1, 2 … are worth in year 0."""
    return fsum(amount * discount_factor(rate, year) for year, amount in enumerate(amounts))
