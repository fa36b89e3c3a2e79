"""Counts as they are with what was done in the practice world; of any other area, and without it, as they are."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pandas as pd

from data.area.area import Area
from data.consent import gate


def practised_counts(area: Area, start: datetime, end: datetime, days: Mapping[date, Sequence[str]]) -> pd.DataFrame:
    """Return counts through the gate (see :func:`data.consent.gate.read`), with the practice measures of some days.

    ``days``: which cards were taken in the practice world on which local day. Raises ``UserError`` as the gate does.
    """
    counts = gate.read(area, "counts", start, end)
    source = gate.source_of(area, "counts")
    if not days or source is None or source.provider != "simulator":
        return counts
    from data.simulator.taken import counted

    return counted(counts, area, days)


def practised_days(area: Area) -> tuple[date, ...]:
    """Return the days of the practice world of which a forecast is frozen; none for another area."""
    source = gate.source_of(area, "counts")
    if source is None or source.provider != "simulator":
        return ()
    from data.simulator.taken import candidates

    return candidates()


def practised_measures(area: Area, expected: Mapping[date, float]) -> dict[date, tuple[str, tuple[str, ...]]]:
    """Return on which day which card is taken at which zones in the practice world, by what is ``expected`` of each."""
    from data.simulator.taken import taken

    return {day: (planted.card, planted.zones) for day, planted in taken(area, expected).items()}
