"""What warnings would have been worth: of past weeks, for each chance from which one might have warned."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from forecasting.evaluation.backtest_result import WARN_FROM, Warnings
from forecasting.evaluation.scores import Moment, busy_moments
from forecasting.values.arrays import Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class WarnedWeek:
    """One zone in one week by the hour: whether its count is ``known``, the chance of being busy that was forecast,
    whether it ``was_busy``, and the number of the local ``day``."""

    zone_id: str
    known: Flags
    chances: Floats
    was_busy: Flags
    day: Ints

    def moments(self, likely: float) -> tuple[list[Moment], list[Moment]]:
        """Return the moments forecast to be busy with at least this chance, and those that came.

        A moment is met when it shares an hour with one of the other side. Hours that were not counted are left out.
        """
        expected, came = self.known & (self.chances >= likely), self.known & self.was_busy
        return busy_moments(expected, came, self.day), busy_moments(came, expected, self.day)


def count_warnings(weeks: Iterable[WarnedWeek]) -> tuple[Warnings, ...]:
    """Return for each zone (in the order in which they come) how warnings from each chance on would have done."""
    by_zone: defaultdict[str, list[WarnedWeek]] = defaultdict(list)
    for week in weeks:
        by_zone[week.zone_id].append(week)
    found = []
    for zone_id, of_zone in by_zone.items():
        given, right, seen, came = [], [], [], 0
        for likely in WARN_FROM:
            sides = [week.moments(likely) for week in of_zone]
            given.append(sum(len(alarms) for alarms, _ in sides))
            right.append(sum(moment.met for alarms, _ in sides for moment in alarms))
            seen.append(sum(moment.met for _, happened in sides for moment in happened))
            came = sum(len(happened) for _, happened in sides)
        found.append(Warnings(zone=zone_id, came=came, seen=tuple(seen), given=tuple(given), right=tuple(right)))
    return tuple(found)
