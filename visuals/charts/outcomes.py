"""Busy moments on a calendar: which came as forecast, which were missed, and which were false alarms."""

import json
from collections import defaultdict
from datetime import date, timedelta
from typing import Any, Final, Literal

import altair as alt

from data.area.area import Area
from forecasting.evaluation.backtest_result import Backtest
from forecasting.meaning.week_hours import DAYS
from language import Language
from language.plain import joined
from language.said import tells
from visuals.base.palette import GRID, INK, STYLES, WHITE
from visuals.charts.theme import finish, title_height

Outcome = Literal["hit", "missed", "false alarm"]

_ORDER: Final[tuple[Outcome, ...]] = ("hit", "missed", "false alarm")
_ICONS: Final[dict[Outcome, str]] = {"hit": "✓", "missed": "!", "false alarm": "✕"}
_FILLS: Final[dict[Outcome, tuple[str, str]]] = {
    "hit": (STYLES["green"].colour, INK),
    "missed": (STYLES["red"].colour, WHITE),
    "false alarm": (STYLES["yellow"].colour, INK),
}
_ROW: Final = 62
_ROW_OF_MANY: Final = 24
_MANY: Final = 13
"""From so many weeks on rows are low: a year is to be seen whole."""
_AROUND: Final = 60


def outcomes(result: Backtest, area: Area, lang: Language, *, compact: bool = False) -> alt.LayerChart:
    """Return a row for each week tested and a column for each day, with its busy moments counted by outcome."""
    weeks = [cutoff.date() for cutoff in result.cutoffs]
    rows, row = _rows(result, area, lang, weeks), _ROW if len(weeks) < _MANY else _ROW_OF_MANY
    x_axis = alt.Axis(values=[day + 0.5 for day in range(DAYS)], labelExpr=_day_names(weeks[0], lang), orient="top")
    pattern = "d MMM yy" if compact else "d MMM y"
    names = json.dumps([lang.date(week, pattern) for week in weeks])
    y_axis = alt.Axis(values=[week + 0.5 for week in range(len(weeks))], labelExpr=f"{names}[floor(datum.value)]")
    x_scale = alt.Scale(domain=[0, DAYS], nice=False)
    y_scale = alt.Scale(domain=[len(weeks), 0], nice=False)
    days = [
        {"x": day + 0.03, "x2": day + 0.97, "y": week + 0.03, "y2": week + 0.97}
        for week in range(len(weeks))
        for day in range(DAYS)
    ]

    def placed(chart: alt.Chart) -> alt.Chart:
        found: alt.Chart = chart.encode(
            x=alt.X("x:Q", title=None, scale=x_scale, axis=x_axis),
            y=alt.Y("y:Q", title=None, scale=y_scale, axis=y_axis),
            x2="x2:Q",
            y2="y2:Q",
        )
        return found

    empty = placed(alt.Chart(alt.InlineData(values=days)).mark_rect(color=GRID, opacity=0.5, tooltip=None))
    boxes = placed(alt.Chart().mark_rect(stroke=INK, strokeWidth=0.5)).encode(
        color=alt.Color("fill:N", scale=None), tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    texts = (
        alt.Chart()
        .transform_calculate(middle="(datum.x + datum.x2) / 2", centre="(datum.y + datum.y2) / 2")
        .mark_text(fontSize=12, tooltip=None)
        .encode(x="middle:Q", y="centre:Q", text="text:N", color=alt.Color("ink:N", scale=None))
    )
    title = _message(result, lang)
    return finish(
        [empty, boxes, texts],
        rows,
        result.last_forecast(),
        lang,
        title=title,
        subtitle=lang.t("✓ came as forecast · ! came, not forecast · ✕ forecast, did not come. By week and day."),
        height=row * len(weeks) + title_height(title, compact=compact) + _AROUND,
        compact=compact,
    )


@tells("test")
def outcome_sentence(outcome: Outcome, zones: list[str], lang: Language) -> str:
    """Say where busy moments of one day had an outcome: 'Came as forecast: The Pier and Harbour head.'."""
    places = joined(sorted(set(zones)), lang)
    texts: dict[Outcome, str] = {
        "hit": lang.t("Came as forecast: {places}.", places=places),
        "missed": lang.t("Came, but was not forecast: {places}.", places=places),
        "false alarm": lang.t("Forecast, but did not come: {places}.", places=places),
    }
    return texts[outcome]


def _rows(result: Backtest, area: Area, lang: Language, weeks: list[date]) -> list[dict[str, Any]]:
    grouped: dict[tuple[int, int, Outcome], list[str]] = defaultdict(list)
    for moment in result.listed:
        day = moment.start.date()
        week = max(index for index, first in enumerate(weeks) if first <= day)
        if (column := (day - weeks[week]).days) < DAYS:
            grouped[week, column, moment.outcome].append(area.zone(moment.zone_id).name(lang))
    rows = []
    for (week, column, outcome), zones in grouped.items():
        third = _ORDER.index(outcome)
        day = weeks[week] + timedelta(days=column)
        fill, ink = _FILLS[outcome]
        rows.append(
            {
                **_box(week, column, third, many=len(weeks) >= _MANY),
                "fill": fill,
                "ink": ink,
                "text": _ICONS[outcome] if len(weeks) >= _MANY else f"{_ICONS[outcome]} {len(zones)}",
                "tip": f"{lang.date(day, 'EEEE d MMMM y')}. {outcome_sentence(outcome, zones, lang)}",
            }
        )
    return rows


def _box(week: int, column: int, third: int, *, many: bool) -> dict[str, float]:
    """Return where an outcome stands: below each other in a high row, beside each other in a low one."""
    if many:
        return {
            "x": column + 0.03 + 0.313 * third,
            "x2": column + 0.03 + 0.313 * (third + 1),
            "y": week + 0.04,
            "y2": week + 0.96,
        }
    return {
        "x": column + 0.03,
        "x2": column + 0.97,
        "y": week + 0.04 + 0.31 * third,
        "y2": week + 0.04 + 0.31 * (third + 1),
    }


@tells("test")
def _message(result: Backtest, lang: Language) -> str:
    counts = result.moments
    return lang.t(
        "{seen} busy moments came as forecast, {missed} were missed, {alarms} were false alarms",
        seen=lang.number(counts.seen),
        missed=lang.number(counts.missed),
        alarms=lang.number(counts.false_alarms),
    )


def _day_names(first: date, lang: Language) -> str:
    names = [lang.date(first + timedelta(days=day), "EEEEEE") for day in range(DAYS)]
    return f"{json.dumps(names)}[floor(datum.value)]"
