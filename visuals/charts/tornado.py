"""What matters most in costs and benefits: a bar for each item, from its low to its high outcome."""

from textwrap import wrap
from typing import Final

import altair as alt

from language import Language
from language.said import fact
from response.costs.case import Case
from response.costs.outcome import net_present_value, what_matters
from visuals.base.palette import ACCENT, INK
from visuals.charts.theme import CONFIG, on_phones, title_height

_ROW: Final = 30
_MOST: Final = 8


def tornado(case: Case, spread: float, lang: Language, *, compact: bool = False) -> alt.LayerChart | None:
    """Return the chart, the farthest on top; ``None`` when nothing moves the sum. It says when figures are examples."""
    swings = what_matters(case, spread)[:_MOST]
    if not swings:
        return None
    names = [lang.t("Rate") if one.item is None else one.item.name(lang) for one in swings]
    rows = [
        {
            "name": name,
            "low": one.low,
            "high": one.high,
            "tip": lang.t(
                "{item}: from {low} to {high} euros",
                item=name,
                low=fact(lang.number(one.low), "cost"),
                high=fact(lang.number(one.high), "cost"),
            ),
        }
        for name, one in zip(names, swings, strict=True)
    ]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(labelLimit=130 if compact else 300))
    bars = (
        alt.Chart()
        .mark_bar(color=ACCENT, height=16)
        .encode(
            x=alt.X("low:Q", title=lang.t("net present value in euros"), axis=alt.Axis(format="~s", grid=True)),
            x2="high:Q",
            y=y,
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
    )
    middle = alt.Chart(alt.InlineData(values=[{"sum": net_present_value(case, spread).expected}]))
    line = middle.mark_rule(color=INK, strokeDash=[4, 3], tooltip=None).encode(x="sum:Q")
    title = lang.t("'{item}' matters most for the sum", item=names[0])
    subtitle = lang.t("Each by itself, from low to high. The dashed line is what is expected.")
    if any(item.example for item in case.items):
        subtitle = f"{lang.t('Example figures.')} {subtitle}"
    chart: alt.LayerChart = (
        alt.LayerChart(layer=[bars, line], data=alt.InlineData(values=rows))
        .properties(
            title=alt.TitleParams(
                text=wrap(title, 36 if compact else 72),
                subtitle=wrap(subtitle, 42 if compact else 110),
                fontSize=on_phones(15, 12) if compact else 17,
                subtitleFontSize=on_phones(12, 10) if compact else 12,
                subtitlePadding=5,
            ),
            width="container",
            height=_ROW * len(rows) + title_height(title, compact=compact) + 60,
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
        )
        .configure(**CONFIG)
    )
    return chart
