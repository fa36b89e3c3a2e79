"""The figures of a week ahead, for programs and for checking: one row a card, place and day."""

import pandas as pd

from response.week.ahead import WeekAhead

COLUMNS = (
    "card",
    "zone_id",
    "day",
    "level",
    "hours_in_a_row",
    "chance",
    "chance_from",
    "met",
    "start",
    "end",
    "decide_by",
    "state",
    "actors",
)


def moment_figures(week: WeekAhead, actor: str | None = None) -> pd.DataFrame:
    """Return what there is to decide or keep an eye on, most urgent first; of one actor, or of all.

    Moments are local ISO times with their offset.
    """
    rows = [
        (
            one.card.id,
            one.zone_id,
            one.day.isoformat(),
            one.card.trigger.level,
            one.card.trigger.hours,
            round(one.chance, 4),
            one.card.trigger.chance,
            one.met,
            one.start.isoformat(),
            one.end.isoformat(),
            one.decide_by.isoformat(),
            one.state,
            " ".join(one.card.actors),
        )
        for one in week.moments
        if actor is None or actor in one.card.actors
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS))
