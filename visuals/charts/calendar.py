"""The coming week of all zones at a glance: a heatmap of levels.

Stretches of hours with the same level are drawn as one cell, so that a cell can be read out as a sentence and
the chart stays light.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from textwrap import wrap
from typing import Any, Final

import altair as alt
import numpy as np

from data.area.area import Area
from forecasting.meaning.busy import (
    ORANGE,
    RED,
    YELLOW,
    busy_levels,
    busy_moments,
    hours_at_levels,
    spans,
)
from forecasting.meaning.week_hours import daypart_of, days, first_date, week_hours, week_position
from forecasting.values.arrays import Indices, Levels
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Level
from language import Language
from language.said import together
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, PAPER, QUIET_INK, STYLES, ShownLevel, label, rgb, shown_level, word
from visuals.charts.axes import WEEK_SCALE, day_axis, day_lines
from visuals.charts.theme import finish, title_height
from visuals.words.amounts import no_forecast, people_range
from visuals.words.claim_words import chance_of, claim, hours_claims, said
from visuals.words.hours import capitalised, day_and_part, weekday
from visuals.words.level_words import SERIOUS, hours_words, levels_words, places_words
from visuals.words.sentences import nothing_known, nowhere_above, worst_claims

_NAME_WIDTH: Final = {False: 40, True: 16}
"""Characters on a line of a zone's name; it may take two lines."""

_ROW: Final = {False: 26, True: 28}
_QUIET_SHARE: Final = 0.45
"""Quiet hours, the most of them, are drawn lighter so that the others are seen."""

CELLS: Final = "cells"
"""Name of the part that can be tapped. Each of its rows has a ``zone`` and its busiest hour, ``utc``."""
ICONS: Final = "icons"
"""Name of the part that lies over the cells, and must let a finger through."""

_WITH_ICON: Final = ("orange", "red", "unknown")

_AROUND: Final = {False: 96, True: 129}
"""Pixels for legend, axes and padding."""


def calendar(
    outlook: Outlook,
    *,
    compact: bool = False,
    since: datetime | None = None,
) -> alt.LayerChart:
    """Return zones × the hours of the coming week, coloured by the level of the median.

    ``compact`` (for a phone) has a cell per daypart, with the level of its busiest hour. Cells of orange and
    red carry the level's icon, the legend icon and word, the tooltip a sentence.
    """
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    hours = week_hours(forecast, since)
    first = first_date(forecast, hours)
    cells = list(_cells(outlook, hours, compact=compact))
    title = message(outlook, since=since)
    shown: list[ShownLevel] = [*LEVELS]
    if any(cell["level"] == "unknown" for cell in cells):
        shown.append("unknown")
    layers = _layers(area, forecast, shown, first, lang, compact=compact)
    if not compact:
        layers.append(_clock_hours(forecast, hours, first))
    height = _ROW[compact] * len(forecast.zone_ids) + title_height(title, compact=compact) + _AROUND[compact]
    return finish(
        layers,
        cells,
        forecast,
        lang,
        title=title,
        subtitle=_explanation(area, lang, compact=compact),
        height=height,
        compact=compact,
    )


def _layers(
    area: Area, forecast: Forecast, shown: list[ShownLevel], first: date, lang: Language, *, compact: bool
) -> list[alt.Chart]:
    """Return the cells in the colour of their level, the lines between days, and the icons of busy cells."""
    names = {zone.zone_id: wrap(zone.name(lang), _NAME_WIDTH[compact])[:2] for zone in area.zones}
    base = alt.Chart()
    y = alt.Y(
        "zone:N",
        sort=list(forecast.zone_ids),
        title=None,
        axis=alt.Axis(
            labelExpr=f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            labelLimit=200,
            labelFontSize=11 if compact else 12,
            labelLineHeight=11,
            labelColor=INK,
        ),
    )
    rects = base.mark_rect(stroke=PAPER, strokeWidth=1).encode(
        x=alt.X("x:Q", title=None, scale=WEEK_SCALE, axis=day_axis(first, lang, orient="top", compact=compact)),
        x2="x2:Q",
        y=y,
        color=alt.Color(
            "level:N",
            scale=alt.Scale(domain=shown, range=[_fill(level) for level in shown]),
            legend=_legend(shown, lang, compact=compact),
        ),
        tooltip=alt.Tooltip("tip:N", title=" "),
        description="tip:N",
    )
    icons = (
        base.transform_filter("datum.icon != ''")
        .transform_calculate(middle="(datum.x + datum.x2) / 2")
        .mark_text(fontSize=10, tooltip=None)
        .encode(
            x="middle:Q",
            y=y,
            text="icon:N",
            color=alt.Color("ink:N", scale=None),
        )
    )
    return [rects.properties(name=CELLS), day_lines(QUIET_INK), icons.properties(name=ICONS)]


def _fill(level: ShownLevel) -> str:
    if level != "green":
        return STYLES[level].colour
    pairs = zip(rgb(STYLES[level].colour), rgb(PAPER), strict=True)
    return "#" + "".join(f"{round(_QUIET_SHARE * own + (1 - _QUIET_SHARE) * paper):02X}" for own, paper in pairs)


def message(outlook: Outlook, *, since: datetime | None = None) -> str:
    """Return what the calendar shows in one sentence: when it is worst, as the headline says, and how widely."""
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    moments, hours = busy_moments(forecast, thresholds, since=since), week_hours(forecast, since)
    if nothing_known(forecast, hours):
        return lang.t("There is no forecast of this week yet")
    if not moments:
        if forecast.levels(thresholds)[:, hours].max(initial=0) < YELLOW:
            quiet = nowhere_above(outlook, hours, "green")
            return said(lang.t("Expected to be quiet everywhere, the whole week"), quiet)
        calm = nowhere_above(outlook, hours, "yellow")
        return said(lang.t("Lively at times, busy nowhere, the whole week"), calm)
    levels = busy_levels(forecast, thresholds)
    peak = moments[0].peak
    parts = [_part_words(outlook, levels, _part(forecast, hours, peak))]
    # Where more places are as bad in another part of the week, it is said too.
    widest = max((moment.peak for moment in moments), key=lambda at: _spread(levels, _part(forecast, hours, at)))
    if _spread(levels, _part(forecast, hours, widest)) > _spread(levels, _part(forecast, hours, peak)):
        parts.append(_part_words(outlook, levels, _part(forecast, hours, widest)))
    return capitalised(together(parts, "; "))


def _part(forecast: Forecast, hours: Indices, index: int) -> Indices:
    """Return those of ``hours`` that lie in the same part of the same day as the hour at ``index``."""
    local = forecast.local_hours
    same = (forecast.local_dates[hours] == local[index].date()) & (local.hour[hours] // 6 == local.hour[index] // 6)
    return np.asarray(hours[same])


def _spread(levels: Levels, hours: Indices) -> tuple[int, int]:
    """Return at how many places it gets too busy in ``hours``, and at how many busy or too busy."""
    worst = levels[:, hours].max(axis=1)
    return int((worst >= RED).sum()), int((worst >= ORANGE).sum())


def _part_words(outlook: Outlook, levels: Levels, hours: Indices) -> str:
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    names: dict[Level, list[str]] = {"red": [], "orange": []}
    found: dict[str, Level] = {}
    for zone_id, worst in zip(forecast.zone_ids, levels[:, hours].max(axis=1), strict=True):
        if worst >= ORANGE:
            found[zone_id] = LEVELS[worst]
            names[LEVELS[worst]].append(area.zone(zone_id).name(lang))
    first = forecast.local_hours[hours[0]]
    when = day_and_part(first.date(), daypart_of(first.hour), lang)
    places = said(places_words(names, lang), worst_claims(outlook, found, hours))
    return lang.t("{when}: {places}", when=when, places=places)


def _explanation(area: Area, lang: Language, *, compact: bool) -> str:
    if compact:
        return lang.t(
            "The busiest hour of each daypart in {area}: night, morning, afternoon, evening.", area=area.name(lang)
        )
    return lang.t("Expected per hour in {area}, local time.", area=area.name(lang))


def _cells(outlook: Outlook, hours: Indices, *, compact: bool) -> Iterator[dict[str, Any]]:
    forecast = outlook.forecast
    levels = forecast.levels(outlook.thresholds)
    first = first_date(forecast, hours)
    dayparts = forecast.local_hours.hour.to_numpy() // 6
    for _, of_day in days(forecast, hours):
        for row, zone_id in enumerate(forecast.zone_ids):
            keys = (dayparts if compact else levels[row])[of_day]
            starts = np.flatnonzero(keys[1:] != keys[:-1]) + 1
            for run in np.split(of_day, starts):
                yield _cell(outlook, levels, zone_id, run, first)


def _cell(outlook: Outlook, levels: Levels, zone_id: str, run: Indices, first: date) -> dict[str, Any]:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    start, last = forecast.local_moments[run[0]], forecast.local_moments[run[-1]]
    row = forecast.zone_ids.index(zone_id)
    known = run[~np.isnan(forecast.median[row, run])]
    medians = forecast.median[row, known]
    level = shown_level(thresholds, zone_id, float(medians.max()) if len(known) else float("nan"))
    cell = {
        "zone": zone_id,
        "x": week_position(start, first),
        "x2": week_position(last, first) + 1,
        "level": level,
        "icon": STYLES[level].icon if level in _WITH_ICON else "",
        "ink": STYLES[level].ink,
        "utc": forecast.hours[run[0]].isoformat(),
    }
    if level == "unknown":
        return {**cell, "tip": no_forecast(forecast, area, zone_id, lang)}
    peak = known[medians.argmax()]
    cell["utc"] = forecast.hours[peak].isoformat()
    if level in SERIOUS:
        found = hours_at_levels(forecast, thresholds, levels, zone_id, known)
        hours: str = said(levels_words(found, lang), hours_claims(outlook, zone_id, found))
    else:
        there = known[levels[row, known] == LEVELS.index(level)]
        claims = [claim(outlook, "level", [zone_id], hours, level) for hours in (there, known)]
        named = said(hours_words(spans(forecast, known, levels[row] == LEVELS.index(level)), lang), claims)
        hours = lang.t("{level} {hours}", level=word(level, lang), hours=named)
    tip = lang.t(
        "{zone}, {day} {levels}. In the busiest hour {range}; chance that it gets busy {chance}.",
        zone=area.zone(zone_id).name(lang),
        day=weekday(start.date(), lang),
        levels=hours,
        range=said(
            people_range(
                float(forecast.quantile(0.1)[row, peak]),
                float(forecast.quantile(0.9)[row, peak]),
                forecast.measure,
                lang,
            ),
            claim(outlook, "expected", [zone_id], np.array([peak])),
        ),
        chance=chance_of(claim(outlook, "chance", [zone_id], run, "orange"), lang),
    )
    return {**cell, "tip": tip}


def _clock_hours(forecast: Forecast, hours: Indices, first: date) -> alt.Chart:
    """Return the hours of the day along the foot, where there is room for them, as far as they are shown."""
    moments = [moment for moment in forecast.local_hours[hours] if moment.hour in (6, 12, 18)]
    ticks = [{"at": week_position(moment, first), "hour": moment.hour} for moment in moments]
    texts: alt.Chart = alt.Chart(alt.InlineData(values=ticks)).mark_text(
        baseline="top", fontSize=10, color=QUIET_INK, tooltip=None
    )
    return texts.encode(x="at:Q", y=alt.value({"expr": "height + 5"}), text="hour:N")


def _legend(shown: list[ShownLevel], lang: Language, *, compact: bool) -> alt.Legend:
    words = json.dumps({level: label(level, lang) for level in shown}, ensure_ascii=False)
    return alt.Legend(
        title=None,
        orient="bottom",
        direction="horizontal",
        columns=2 if compact else len(shown),
        symbolType="square",
        symbolStrokeColor=INK,
        symbolSize=120,
        offset=12 if compact else 26,
        labelExpr=f"{words}[datum.value]",
    )
