"""What the charts of a week share: the axis of days, the axis of people, and threshold lines with their names."""

import json
from datetime import date, timedelta
from typing import Any, Final, Literal

import altair as alt

from data.area.area import Measure
from forecasting.meaning.week_hours import DAYS
from forecasting.values.thresholds import LEVELS, ZoneThresholds
from language import Language
from language.plain import rounded
from language.said import fact
from visuals.base.palette import GRID, INK, STYLES, label
from visuals.words.amounts import unit
from visuals.words.hours import short_day

_SHOWN_BELOW: Final = 1.15
"""A threshold is drawn when it lies below this times the highest value in the picture."""

_NAME_SHARE: Final = 0.1
"""How much of the height of a picture the name of a threshold takes."""

WEEK_SCALE: Final = alt.Scale(domain=[0, DAYS * 24], nice=False)
"""For :func:`visuals.words.hours.week_position`."""


def day_axis(first: date, lang: Language, *, orient: Literal["top", "bottom"], compact: bool) -> alt.Axis:
    """Return an axis for :data:`WEEK_SCALE` with each day and its month at its noon."""
    names = [short_day(first + timedelta(days=day), lang, compact=compact) for day in range(DAYS)]
    return alt.Axis(
        values=[24 * day + 12 for day in range(DAYS)],
        # Where it is narrow, Vega would leave out every other value before it looks whether their names overlap.
        tickCount=DAYS,
        labelExpr=f"{json.dumps(names)}[floor(datum.value / 24)]",
        labelColor=INK,
        labelFontSize=12,
        labelOverlap=False,
        labelLineHeight=11,
        # More lines go down from the first: above a picture they would lie in it.
        labelPadding=25 if compact and orient == "top" else 3,
        orient=orient,
    )


def day_lines(colour: str = GRID) -> alt.Chart:
    """Return a line at each midnight between two days."""
    midnights = [{"midnight": 24 * day} for day in range(1, DAYS)]
    lines: alt.Chart = alt.Chart(alt.InlineData(values=midnights)).mark_rule(color=colour)
    return lines.encode(x="midnight:Q")


def people_axis(measure: Measure, lang: Language) -> alt.Axis:
    """Return an axis of numbers of people, labelled with what is counted; numbers follow the language."""
    separator = lang.number(1000)[1]
    return alt.Axis(
        title=unit(measure, lang),
        labelExpr=f"replace(format(datum.value, ',.0f'), /,/g, '{separator}')",
        tickCount=5,
        grid=True,
    )


def thresholds_shown(zone_thresholds: ZoneThresholds, top: float, lang: Language) -> list[dict[str, Any]]:
    """Return the thresholds that matter to a picture whose highest value is ``top``, the lowest first: count, colour
    and name, and ``named_at``, the height at which the name does not lie over that of the one below."""
    values = (zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red)
    shown: list[dict[str, Any]] = [
        {
            "count": value,
            "colour": STYLES[level].colour,
            "text": fact(
                lang.t("{level} from {count}", level=label(level, lang), count=lang.number(rounded(value))), "area"
            ),
            "icon": STYLES[level].icon,
            "name": label(level, lang),
        }
        for level, value in zip(LEVELS[1:], values, strict=True)
        if value < _SHOWN_BELOW * top
    ]
    lowest = 0.0
    for line in shown:
        line["named_at"] = max(float(line["count"]), lowest)
        lowest = line["named_at"] + _NAME_SHARE * top
    return shown
