"""Hours of the coming week at or above 'busy', place by place: as the thresholds stand, beside those in force."""

from typing import Any, Final

import altair as alt

from forecasting.meaning.busy import ORANGE, RED
from forecasting.meaning.hours_above import HoursAbove, hours_above
from forecasting.values.thresholds import Level, Thresholds
from language.plain import chance, number_of_hours
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK, QUIET_INK
from visuals.charts.theme import finish, title_height
from visuals.words.claim_words import hours_and_chance, said

_ROW: Final = 26
_AROUND: Final = 66
_BAR: Final = 10


def busy_hours(
    outlook: Outlook,
    *,
    beside: Thresholds | None = None,
    compact: bool = False,
) -> alt.LayerChart:
    """Return for each place that may get busy how many hours of the week it is, with the range of 8 out of 10 cases.

    ``beside``: other thresholds, drawn as a hollow mark, so that the difference is seen.
    """
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    found = hours_above(forecast, thresholds, ORANGE)
    others = {one.zone_id: one for one in hours_above(forecast, beside, ORANGE)} if beside else {}
    rows = [_row(one, others.get(one.zone_id), outlook) for one in found]
    shown = [row for row in rows if row["high"] or row["other"]]
    title = _message(found, hours_above(forecast, thresholds, RED), outlook)
    names = [row["zone"] for row in shown]
    y = alt.Y("zone:N", sort=names, title=None, axis=alt.Axis(labelColor=INK, labelPadding=12))
    top = max([1.0, *(max(row["high"], row["other"] or 0) for row in shown)])
    x_axis = alt.Axis(title=lang.t("hours in the whole week"), tickCount=6, format="d", grid=True)
    x = alt.X("low:Q", scale=alt.Scale(domain=[0, top * 1.15], nice=False), axis=x_axis)
    base = alt.Chart().encode(y=y)
    tip = {"tooltip": alt.Tooltip("tip:N", title=" "), "description": "tip:N"}
    bars = base.mark_bar(size=_BAR, color=ACCENT, opacity=0.35, cornerRadius=3).encode(x=x, x2="high:Q", **tip)
    marks = base.mark_point(filled=True, size=90, color=ACCENT, opacity=1).encode(x="middle:Q", **tip)
    hollow = (
        base.transform_filter("datum.other != null")
        .mark_point(filled=False, size=110, stroke=QUIET_INK, strokeWidth=2, shape="diamond")
        .encode(x="other:Q", **tip)
    )
    texts = base.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(x="high:Q", text="text:N")
    subtitle = lang.t("Dot: the middle. Bar: it ends up in it 8 times out of 10.")
    if beside:
        subtitle += " " + lang.t("Diamond: with the thresholds in force.")
    return finish(
        # A layer without marks would be a picture without a name to a screen reader.
        [bars, texts, *([hollow] if any(row["other"] is not None for row in shown) else []), marks],
        shown,
        forecast,
        lang,
        title=title,
        subtitle=subtitle,
        height=_ROW * max(len(shown), 1) + title_height(title, compact=compact) + _AROUND,
        compact=compact,
    )


def _row(one: HoursAbove, other: HoursAbove | None, outlook: Outlook) -> dict[str, Any]:
    lang, zone = outlook.lang, outlook.area.zone(one.zone_id).name(outlook.lang)
    return {
        "zone": zone,
        "low": one.low,
        "middle": one.middle,
        "high": one.high,
        "other": other.middle if other and other != one else None,
        "text": lang.number(one.middle),
        "tip": lang.t(
            "{zone}: {middle}; 8 times out of 10 it is {low} to {high}. Chance of at least one: {chance}.",
            zone=zone,
            middle=said(number_of_hours(one.middle, lang), hours_and_chance(outlook, one.zone_id, "orange")),
            low=lang.number(one.low),
            high=lang.number(one.high),
            chance=chance(one.chance, lang),
        ),
    }


def _message(found: list[HoursAbove], red: list[HoursAbove], outlook: Outlook) -> str:
    area, lang = outlook.area, outlook.lang
    most = max(found, key=lambda one: one.middle, default=None)
    busy, too_busy = (sum(one.middle > 0 for one in hours) for hours in (found, red))
    if most is None or not most.middle:
        none = [hours_and_chance(outlook, one.zone_id, "orange")[0] for one in found]
        return said(lang.t("No place is expected to get busy, the whole week"), none)
    by_level: tuple[tuple[Level, list[HoursAbove]], ...] = (("orange", found), ("red", red))
    claims = [
        one
        for level, hours in by_level
        for above in hours
        if above.middle
        for one in hours_and_chance(outlook, above.zone_id, level)
    ]
    values = {"zone": said(area.zone(most.zone_id).name(lang), claims), "hours": number_of_hours(most.middle, lang)}
    if too_busy and busy > 1:
        return lang.t(
            "{n} places get busy, {red} of them too busy; longest busy is {zone}, about {hours}",
            n=lang.number(busy),
            red=lang.number(too_busy),
            **values,
        )
    if too_busy:
        worst = max(red, key=lambda one: one.middle)
        return lang.t(
            "{n} place gets busy: {zone}, about {hours}, {red} of them too busy",
            n=lang.number(busy),
            red=lang.number(worst.middle),
            **values,
        )
    return lang.n(
        "{n} place gets busy: {zone}, about {hours} in the whole week",
        "{n} places get busy; longest at {zone}, about {hours} in the whole week",
        busy,
        **values,
    )
