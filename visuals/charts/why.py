"""Why a zone is busy or quiet in an hour: the parts of the forecast, as factors on an ordinary day."""

import json
from math import log, prod
from typing import Any, Final

import altair as alt
import numpy as np

from forecasting.meaning.claiming import claimed
from forecasting.values.forecast import PARTS, Forecast, PartName
from language import Language
from language.plain import joined
from language.said import fact
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK, QUIET_INK
from visuals.charts.theme import finish
from visuals.words.amounts import comparison, factor_words, times
from visuals.words.claim_words import said
from visuals.words.hours import capitalised, clock, weekday

_LEAST_SPAN: Final = 2.0
"""The axis runs at least from half to twice, so that small parts look small."""

_LOWER: Final = "#B5651D"
"""For parts that lower the number: far from the accent for every kind of colour vision."""


def part_name(part: PartName, lang: Language) -> str:
    """Return what a part is called in plain words."""
    names: dict[PartName, str] = {
        "level": lang.t("level of recent weeks"),
        "season": lang.t("season"),
        "weekday": lang.t("day of the week"),
        "holiday": lang.t("school or public holiday"),
        "weather": lang.t("weather"),
        "event": lang.t("event"),
        "measure": lang.t("measures and closed places"),
    }
    return names[part]


def why(
    outlook: Outlook,
    *,
    zone_id: str,
    hour_index: int,
    compact: bool = False,
) -> alt.LayerChart:
    """Return a bar per part of the forecast, on a logarithmic scale around 'as on an ordinary day'.

    On that scale twice as many and half as many are equally long bars, and bars add up.
    """
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    factors = _factors(forecast, zone_id, hour_index)
    span = max([_LEAST_SPAN, *(max(factor, 1 / factor) for factor in factors.values())]) * 1.1
    rows = [_row(part, factor, lang, compact=compact) for part, factor in factors.items()]
    base = alt.Chart().encode(
        y=alt.Y(
            "part:N",
            sort=[row["part"] for row in rows],
            title=None,
            axis=alt.Axis(labelColor=INK, labelLimit=170 if compact else 220),
        )
    )
    bars = base.mark_bar(size=16, cornerRadius=2).encode(
        x=alt.X(
            "factor:Q",
            title=None,
            scale=alt.Scale(type="log", domain=[1 / span, span], nice=False),
            axis=_axis(lang),
        ),
        x2=alt.datum(1),
        color=alt.condition("datum.factor >= 1", alt.value(ACCENT), alt.value(_LOWER)),
        tooltip=alt.Tooltip("tip:N", title=" "),
        description="tip:N",
    )
    middle = alt.Chart(alt.InlineData(values=[{"factor": 1}])).mark_rule(color=QUIET_INK).encode(x="factor:Q")
    # Words stand on the empty side of the middle, where a long bar never reaches them.
    right = base.transform_filter("datum.factor < 1").mark_text(align="left", dx=6, color=INK, fontSize=12)
    left = base.transform_filter("datum.factor >= 1").mark_text(align="right", dx=-6, color=INK, fontSize=12)
    words = [layer.encode(x=alt.datum(1), text="words:N") for layer in (left, right)]
    moment = forecast.local_hours[hour_index]
    subtitle = lang.t(
        "{zone}, {day} at {hour}, compared with an ordinary day. Together: {words}.",
        zone=fact(area.zone(zone_id).name(lang), "setting"),
        day=weekday(moment.date(), lang),
        hour=fact(clock(moment.hour, lang), "setting"),
        words=factor_words(prod(factors.values()), lang),
    )
    return finish(
        [bars, middle, *words], rows, forecast, lang, title=_message(factors, lang), subtitle=subtitle, compact=compact
    )


def why_sentences(forecast: Forecast, lang: Language, *, zone_id: str, hour_index: int) -> list[str]:
    """Say the notable parts, the largest first: what makes it busier, then what makes it quieter.

    For example 'Busier because: it is Saturday (+40%) and the weather draws people (+60%).'
    """
    day = weekday(forecast.local_hours[hour_index].date(), lang)
    notable = _notable(_factors(forecast, zone_id, hour_index))
    hour = np.array([hour_index])
    reasons = [
        (factor, said(_reason(part, factor, day, lang), claimed("part", forecast, None, [zone_id], hour, part=part)))
        for part, factor in notable.items()
    ]
    more, fewer = ([reason for factor, reason in reasons if (factor > 1) == busier] for busier in (True, False))
    sentences = []
    if more:
        sentences.append(lang.t("Busier because {reasons}.", reasons=joined(more, lang)))
    if fewer:
        sentences.append(lang.t("Quieter because {reasons}.", reasons=joined(fewer, lang)))
    return sentences or [lang.t("It is an ordinary day here: nothing makes it much busier or quieter.")]


def _factors(forecast: Forecast, zone_id: str, hour_index: int) -> dict[PartName, float]:
    """Return the known parts of one zone and hour, the largest influence first."""
    row = forecast.zone_ids.index(zone_id)
    known = {part: float(forecast.parts[part][row, hour_index]) for part in PARTS if part in forecast.parts}
    known = {part: factor for part, factor in known.items() if factor > 0}
    return dict(sorted(known.items(), key=lambda item: -abs(log(item[1]))))


def _notable(factors: dict[PartName, float]) -> dict[PartName, float]:
    """Return the parts that are called a difference; one of which words say 'hardly any' is not worth a reason."""
    return {part: factor for part, factor in factors.items() if comparison(factor) != "same"}


def _row(part: PartName, factor: float, lang: Language, *, compact: bool) -> dict[str, Any]:
    name, change = part_name(part, lang), _change(factor, lang)
    words = factor_words(factor, lang)
    both = words if comparison(factor) == "times" else f"{words} ({change})"
    return {
        "part": name,
        "factor": round(factor, 4),
        "words": change if compact else both,
        "tip": f"{capitalised(name)}: {both}",
    }


def _change(factor: float, lang: Language) -> str:
    """Return a factor as a change in per cent, and from twice on as a number of times."""
    if comparison(factor) == "times":
        return lang.t("{times} times", times=times(factor, lang))
    percent = round((factor - 1) * 100)
    sign = "+" if percent > 0 else "−" if percent < 0 else "±"
    return lang.t("{sign}{number}%", sign=sign, number=abs(percent))


def _reason(part: PartName, factor: float, day: str, lang: Language) -> str:
    change = _change(factor, lang)
    up = factor > 1
    texts: dict[PartName, str] = {
        "level": lang.t("recent weeks were busier than usual ({change})", change=change)
        if up
        else lang.t("recent weeks were quieter than usual ({change})", change=change),
        "season": lang.t("it is the busy season ({change})", change=change)
        if up
        else lang.t("it is the quiet season ({change})", change=change),
        "weekday": lang.t("it is {day} ({change})", day=day, change=change),
        "holiday": lang.t("there is a school or public holiday ({change})", change=change),
        "weather": lang.t("the weather draws people ({change})", change=change)
        if up
        else lang.t("the weather keeps people away ({change})", change=change),
        "event": lang.t("there is an event ({change})", change=change),
        "measure": lang.t("of the scenario's measures and closed places ({change})", change=change),
    }
    return texts[part]


def _message(factors: dict[PartName, float], lang: Language) -> str:
    notable = list(_notable(factors).items())
    if not notable:
        return lang.t("An ordinary day: nothing makes it much busier or quieter")
    (part, factor), *_ = notable
    name = part_name(part, lang)
    if factor > 1:
        return lang.t("Above all the {part} makes it busier", part=name)
    return lang.t("Above all the {part} makes it quieter", part=name)


def _axis(lang: Language) -> alt.Axis:
    names = {
        "0.125": "÷ 8",
        "0.25": "÷ 4",
        "0.5": "÷ 2",
        "1": lang.t("ordinary"),
        "2": "× 2",
        "4": "× 4",
        "8": "× 8",
    }
    return alt.Axis(
        values=[float(value) for value in names],
        labelExpr=f"{json.dumps(names, ensure_ascii=False)}[toString(datum.value)]",
        grid=True,
    )
