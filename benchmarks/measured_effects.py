"""How far measured effects can be believed: placebo days, intervals and power, on made-up days of a known kind.

Each run makes 80 days whose forecasts err with their level, 12 of the busiest with a measure, and measures its effect
as the app does. What is made up is known: the effect, the spread of a day (12 %), and how slowly the rest fades.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.results import Row, Section, replace
from response.effects import chance
from response.effects.estimating import Estimate, Unit, estimate, power

RUNS = 600
PLACEBOS = 2_000
"""Runs without an effect. Of 200 with a chance of exactly 5 %, as few as 2.5 % may be called one by luck alone; so many
tell it to half a point."""

DAYS, ON = 80, 12
SPREAD = 0.12
FADES = (0.0, 0.8)
PLANTED = (0.0, -0.05, -0.10, -0.20)
LOTS = 999
"""Sets of days drawn for each chance: enough for 5 in 100, and quicker than the app's own number."""


@dataclass(frozen=True)
class Found:
    """What many runs of one planted effect gave: how often it was found, covered, and should have been found."""

    planted: float
    fades: float
    found: float
    covered: float
    promised: float
    bias: float


def days(seed: int, effect: float, fades: float) -> list[Unit]:
    """Return made-up days with a measure, of a share ``effect``, on days that are forecast busy."""
    draw = np.random.default_rng(seed)
    level, spread = draw.normal(0, 0.3, DAYS), draw.uniform(0.08, 0.16, DAYS)
    rest = draw.normal(size=DAYS)
    for day in range(1, DAYS):
        rest[day] = fades * rest[day - 1] + np.sqrt(1 - fades**2) * rest[day]
    treated = np.zeros(DAYS, dtype=bool)
    treated[np.argsort(-(level + draw.normal(0, 0.15, DAYS)))[:ON]] = True
    difference = 0.05 - 0.1 * level + rest * spread * (SPREAD / 0.12) + np.log1p(effect) * treated
    return [Unit(i, float(difference[i]), float(spread[i]), float(level[i]), bool(treated[i])) for i in range(DAYS)]


def measured(runs: int = RUNS, placebos: int = PLACEBOS) -> Iterator[Found]:
    """Measure each planted effect ``runs`` times, and none ``placebos`` times, on free days and on slow ones."""
    kept, chance.DRAWN = chance.DRAWN, LOTS  # type: ignore[misc]
    try:
        for fades in FADES:
            for planted in PLANTED:
                seeds = range(runs if planted else placebos)
                yield _of(planted, fades, [estimate(days(seed, planted, fades), seed=seed) for seed in seeds])
    finally:
        chance.DRAWN = kept  # type: ignore[misc]


def _of(planted: float, fades: float, found: list[Estimate]) -> Found:
    true = float(np.log1p(planted))
    return Found(
        planted,
        fades,
        float(np.mean([one.p <= 0.05 for one in found])),
        float(np.mean([one.low <= true <= one.high for one in found])),
        float(np.mean([power(true, one.se, one.df) for one in found])),
        float(np.mean([one.effect for one in found])) - true,
    )


def section(found: list[Found], runs: int, placebos: int) -> Section:
    """Return the figures as a section of the results page."""
    rows = []
    for one in found:
        kind = f"{one.planted:+.0%}" if one.planted else "no effect"
        slow = "days that follow each other slowly (0.8 is left on the next day)" if one.fades else "free days"
        if not one.planted:
            rows.append(Row(f"{kind}, {slow}: called an effect", f"{one.found:.1%}", goal="3–7 %"))
        elif one.planted == -0.10:
            rows.append(
                Row(f"{kind}, {slow}: found", f"{one.found:.0%}", f"promised {one.promised:.0%}", "± 10 points")
            )
        rows.append(Row(f"{kind}, {slow}: inside the 95 % interval", f"{one.covered:.1%}", goal="92–98 %"))
    how = (
        f"`python -m benchmarks.measured_effects`: {runs:,} runs of each effect and {placebos:,} without, 12 of "
        f"{DAYS} days with the measure, chosen among the days forecast busiest, forecasts that err with their level."
    )
    return Section("Measured effects: what can be believed", how, rows)


def run() -> Section:
    """Measure anew, and return the section."""
    return section(list(measured()), RUNS, PLACEBOS)


def main() -> None:
    """Measure, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--placebos", type=int, default=PLACEBOS)
    parser.add_argument("--write", action="store_true", help="write it to the results page")
    options = parser.parse_args()
    found = []
    for one in measured(options.runs, options.placebos):
        print(one, flush=True)
        found.append(one)
    if options.write:
        replace(section(found, options.runs, options.placebos))


if __name__ == "__main__":
    main()
