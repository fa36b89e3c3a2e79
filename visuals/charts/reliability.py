"""Do chances mean what they say? How often it happened, for each chance that was given."""

import json
from math import floor
from typing import Any, Final

import altair as alt

from forecasting.evaluation.backtest_result import Backtest
from language import Language
from language.said import fact, tells
from visuals.base.palette import ACCENT, INK, QUIET_INK
from visuals.charts.theme import HEIGHT, finish

_LEAST_HOURS: Final = 20
"""Fewer hours than these say too little to draw."""


def reliability(result: Backtest, lang: Language, *, compact: bool = False) -> alt.LayerChart:
    """Return the reliability diagram of the chance of a busiest-tenth hour, in ten bins.

    The area of a dot follows the number of hours; bins of fewer than twenty hours are left out.
    """
    rows = _rows(result, lang)
    base = alt.Chart().encode(
        x=alt.X("forecast:Q", title=lang.t("we said"), scale=_scale(), axis=_axis(lang)),
        y=alt.Y("happened:Q", title=lang.t("it happened"), scale=_scale(), axis=_axis(lang)),
    )
    ends = [{"forecast": 0, "happened": 0}, {"forecast": 1, "happened": 1}]
    right = base.mark_line(color=QUIET_INK, strokeDash=[4, 3], tooltip=None).properties(
        data=alt.InlineData(values=ends)
    )
    line = base.mark_line(color=ACCENT, strokeWidth=1.5, tooltip=None)
    dots = base.mark_circle(color=ACCENT, opacity=1, stroke=INK, strokeWidth=0.5).encode(
        size=alt.Size("hours:Q", legend=None, scale=alt.Scale(range=[40, 400])),
        tooltip=alt.Tooltip("tip:N", title=" "),
        description="tip:N",
    )
    explanation = lang.t(
        "Each dot: hours that got about the same chance. On the dashed line the chance was right; above it, it was "
        "busy more often than we said."
    )
    return finish(
        [right, line, dots],
        rows,
        result.last_forecast(),
        lang,
        title=_message(rows, lang),
        subtitle=explanation,
        height=HEIGHT + 40,
        compact=compact,
    )


def _rows(result: Backtest, lang: Language) -> list[dict[str, Any]]:
    found = result.reliability
    return [
        {
            "forecast": round(forecast, 3),
            "happened": round(happened, 3),
            "hours": number,
            "tip": _said(forecast, happened, lang) + " " + fact(lang.n("{n} hour.", "{n} hours.", number), "test"),
        }
        for forecast, happened, number in zip(found.forecast, found.happened, found.number, strict=True)
        if forecast is not None and happened is not None and number >= _LEAST_HOURS
    ]


@tells("test")
def _message(rows: list[dict[str, Any]], lang: Language) -> str:
    likely = [row for row in rows if row["forecast"] >= 0.5]
    if not likely:
        return lang.t("Too few hours had a high chance to judge it")
    row = min(likely, key=lambda row: abs(row["forecast"] - 0.7))
    return _said(row["forecast"], row["happened"], lang).rstrip(".")


@tells("test")
def _said(forecast: float, happened: float, lang: Language) -> str:
    said, came = (lang.number(floor(100 * share + 0.5)) for share in (forecast, happened))
    return lang.t("When we said {said} out of 100, it happened {came} out of 100 times.", said=said, came=came)


def _scale() -> alt.Scale:
    return alt.Scale(domain=[0, 1], nice=False)


def _axis(lang: Language) -> alt.Axis:
    names = {str(tenth): fact(lang.t("{n} out of 10", n=tenth), "test") for tenth in (0, 2, 4, 6, 8, 10)}
    label = f"{json.dumps(names)}[toString(round(datum.value * 10))]"
    return alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1], labelExpr=label, grid=True, offset=10)
