"""What warnings were worth, over how many times for nothing somebody accepts."""

from collections.abc import Sequence
from math import isfinite
from typing import Final

import altair as alt

from forecasting.evaluation.economic_value import Worth
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK
from visuals.charts.theme import finish
from visuals.playbook.worth_words import tip_words, worth_message

SHOWN: Final = (1, 2, 3, 4, 5, 6, 7, 9, 11, 14, 19)
"""How many times for nothing are drawn."""

_LOWEST: Final = -0.5


def worth_chart(curve: Sequence[tuple[int, Worth]], outlook: Outlook, *, compact: bool = False) -> alt.LayerChart:
    """Return the value with its range of 8 out of 10: 0 is the better of always and never acting, 1 knowing it all."""
    lang = outlook.lang
    rows = [
        {
            "times": times,
            "value": max(one.value, _LOWEST),
            "low": max(one.low, _LOWEST) if isfinite(one.low) else None,
            "high": max(one.high, _LOWEST) if isfinite(one.high) else None,
            "tip": tip_words(times, one, lang),
        }
        for times, one in curve
        if isfinite(one.value)
    ]
    ticks = [1, 3, 5, 9, 19] if compact else list(SHOWN)
    x = alt.X(
        "times:Q",
        title=lang.t("times for nothing, to prevent one miss"),
        axis=alt.Axis(values=ticks, format="d", grid=False),
        scale=alt.Scale(type="log", domain=[SHOWN[0], SHOWN[-1]], nice=False),
    )
    scale = alt.Scale(domain=[_LOWEST, 1], nice=False)
    y = alt.Y("value:Q", title=lang.t("value"), axis=alt.Axis(format=".0%", tickCount=4), scale=scale)
    base = alt.Chart().encode(x=x)
    band = base.mark_area(color=ACCENT, opacity=0.18, tooltip=None).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    line = base.mark_line(color=ACCENT, strokeWidth=2, tooltip=None).encode(y=y)
    dots = base.mark_point(color=ACCENT, filled=True, size=70).encode(
        y=y, tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    zero = alt.Chart(alt.InlineData(values=[{"nothing": 0}])).mark_rule(color=INK, strokeDash=[4, 3], tooltip=None)
    return finish(
        [band, zero.encode(y=alt.Y("nothing:Q", scale=scale)), line, dots],
        rows,
        outlook.forecast,
        lang,
        title=worth_message(curve, lang),
        subtitle=lang.t(
            "0%: as good as always or never acting. 100%: as good as knowing it beforehand. Band: 8 times out of 10, "
            "whole weeks drawn again."
        ),
        compact=compact,
        of_week=False,
    )
