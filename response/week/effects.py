"""What a card is expected to do: the forecast with its measure taken, beside the forecast without."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from data.area.measures import Measure, Measures, Shift
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Action, Scenario
from forecasting.values.thresholds import Thresholds
from response.week.ahead import Use

Applied = Callable[[Scenario], Forecast]
"""Gives the forecast of a scenario, as ``forecasting.forecast`` does with the snapshot."""


@dataclass(frozen=True, eq=False)
class Effect:
    """How many hours of the day the place that decides is at the card's level or worse, without it and with it.

    ``before`` and ``after`` are claims of hours, each with the range of 8 out of 10 cases; ``measure``: what the effect
    is that of, with whether it was assumed, or on how many days it was measured.
    """

    use: Use
    scenario: Scenario
    forecast: Forecast
    before: Claim
    after: Claim
    measure: Measure


def scenario_of(uses: Sequence[Use], measures: Measures) -> Scenario:
    """Return the scenario in which the measures of some cards are taken on their days; cards without one do nothing.

    A measure that moves people to other hours works on its whole day, any other in the hours of the run.
    """
    by_id = {measure.id: measure for measure in measures}
    actions = []
    for use in uses:
        measure = by_id.get(use.card.measure or "")
        if measure is not None:
            start, end = _whole_day(use) if isinstance(measure.effect, Shift) else use.span
            actions.append(Action(id=measure.id, start=start, end=end))
    return Scenario(measures=tuple(dict.fromkeys(actions)))


def effect_of(
    use: Use, measures: Measures, unchanged: Forecast, thresholds: Thresholds, applied: Applied
) -> Effect | None:
    """Return what a card is expected to do on its day; ``None`` for a card without a measure that is known here."""
    scenario = scenario_of([use], measures)
    if scenario.changes_nothing:
        return None
    changed = applied(scenario)
    hours = np.flatnonzero(unchanged.local_dates == use.day)
    zone_ids, level = [use.first.zone_id], use.card.trigger.level
    before, after = (claimed("hours", one, thresholds, zone_ids, hours, level=level) for one in (unchanged, changed))
    if before is None or after is None:
        return None
    measure = next(one for one in measures if one.id == use.card.measure)
    return Effect(use, scenario, changed, before, after, measure)


def _whole_day(use: Use) -> tuple[datetime, datetime]:
    tz = use.first.start.tzinfo
    start = datetime.combine(use.day, time(), tz)
    return start, datetime.combine(use.day + timedelta(days=1), time(), tz)
