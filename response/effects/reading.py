"""Reading what effects are measured from: the log, the frozen forecasts and the counts of an area."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.measures import read_measures
from data.consent.practised import practised_counts
from response.actions.practice import logged
from response.cards.history import read_playbook
from response.effects.days import Day, Taken, day_of, daypart_sums, taken_on
from response.effects.finding import Finding, finding
from response.effects.frozen import FrozenDay
from response.effects.kept_days import frozen_days

_LEAST_DAYS: Final = 5


def findings(area: Area, card: str | None = None) -> tuple[Finding, ...]:
    """Return what is known of the effect of each card that was taken in an area, or of one card.

    Raises ``UserError`` when counts may not be read, or a file is damaged.
    """
    taken = taken_on(logged(area), area)
    cards = [one for one in dict.fromkeys(each.card for each in taken) if card in (None, one)]
    if not cards:
        return ()
    frozen = frozen_days(area)
    playbook, measures = read_playbook(area), read_measures(area)
    sums = _sums(area, taken, frozen)
    # Counts that are made up are so on the day of a real entry too.
    return tuple(
        finding(one, taken, frozen, sums, playbook, measures, practice=area.simulated) for one in sorted(cards)
    )


def _sums(area: Area, taken: Sequence[Taken], frozen: Mapping[date, FrozenDay]) -> pd.Series:
    days = sorted({*frozen, *(one.day for one in taken)})
    start = datetime.combine(days[0], time(), area.tz)
    end = datetime.combine(days[-1] + timedelta(days=1), time(), area.tz)
    by_day: dict[date, list[str]] = {}
    for one in taken:
        if one.entry.entry.practice:
            by_day.setdefault(one.day, []).append(one.card)
    counts = practised_counts(area, start, end, by_day)
    local = counts["hour"].dt.tz_convert(area.tz).dt.date
    return daypart_sums(counts[local.isin(days)], area)


def day_spread(area: Area, zones: tuple[str, ...], parts: tuple[int, ...]) -> float | None:
    """Return the standard deviation of one day's difference (of logarithms) at some zones and dayparts.

    Of days on which nothing was done; ``None`` with fewer than five. Raises ``UserError`` as :func:`findings` does.
    """
    taken = taken_on(logged(area), area)
    done, frozen = {one.day for one in taken}, frozen_days(area)
    if not frozen:
        return None
    sums = _sums(area, taken, frozen)
    days = [day_of(one, sums, zones, parts, treated=False) for day, one in frozen.items() if day not in done]
    found = [one.unit.difference for one in days if isinstance(one, Day)]
    return float(np.std(found, ddof=1)) if len(found) >= _LEAST_DAYS else None
