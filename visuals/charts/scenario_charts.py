"""Charts that compare scenarios with the forecast, as plain Vega-Lite specifications.

They change with every move of a control, so they are written directly: Altair would check each anew, which takes
longer than all the rest together. Data stand in the layers, where Streamlit sends them as they are.
"""

import json
from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Final

import numpy as np

from data.area.area import Area
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Claim
from forecasting.meaning.variants import Variant, expected_hours
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import Level, Thresholds
from language import Language
from language.plain import number_of_hours
from language.said import fact
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, STYLES, VARIANT_COLOURS, word
from visuals.charts.theme import CONFIG
from visuals.words.amounts import marked_chart
from visuals.words.claim_words import said
from visuals.words.scenario_effects import hours_message

Spec = dict[str, Any]

_TITLE_WIDTH: Final = {False: 105, True: 42}
_SUBTITLE_WIDTH: Final = {False: 150, True: 50}
_MOST_ZONES: Final = 10


def framed(
    layers: Sequence[Spec],
    *,
    title: str,
    subtitle: str,
    height: int,
    compact: bool,
    subtitle_lines: int = 0,
    **more: Any,
) -> Spec:
    """Return layers as one chart with the look of all charts; see ``visuals.charts.theme.finish``.

    ``subtitle_lines`` gives the subtitle exactly so many lines, so that neighbours are of one size.
    """
    below = wrap(subtitle, _SUBTITLE_WIDTH[compact])
    if subtitle_lines:
        below = wrap(subtitle, _SUBTITLE_WIDTH[compact], max_lines=subtitle_lines, placeholder=" …")
        below += [" "] * (subtitle_lines - len(below))
    return {
        "layer": list(layers),
        "title": {
            "text": wrap(title, _TITLE_WIDTH[compact]),
            "subtitle": below,
            "fontSize": 15 if compact else 17,
            "subtitleFontSize": 12,
            "subtitlePadding": 5,
        },
        "width": "container",
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": CONFIG,
        **more,
    }


def hours_chart(
    variants: Sequence[Variant],
    outlook: Outlook,
    *,
    level: Level,
    compact: bool = False,
    key: str = "",
) -> Spec:
    """Return in how many hours of the week each place reaches ``level``: a dot and an 80 % interval per variant.

    Places that never come near it are left out; those with the largest differences stand first. ``key`` names the
    thresholds, so that hours that were counted before are not counted again.
    """
    area, thresholds, lang = outlook.area, outlook.thresholds, outlook.lang
    reached = [np.nan_to_num(expected_hours(variant.forecast, thresholds, level, key)) for variant in variants]
    middles, highest = (np.array([hours[part] for hours in reached]) for part in (0, 2))
    change = np.abs(middles - middles[0]).max(axis=0)
    order = np.lexsort((-highest.max(axis=0), -middles.max(axis=0), -change))
    shown = [int(row) for row in order if highest[:, row].max() >= 1][:_MOST_ZONES]
    rows = _hour_rows(variants, reached, shown, area, thresholds, lang, level)
    names = [area.zone(variants[0].forecast.zone_ids[row]).name(lang) for row in shown]
    layers = [{**layer, "data": {"values": rows}} for layer in _hour_layers(variants, names, lang, compact=compact)]
    return framed(
        layers,
        title=hours_message(variants, area, thresholds, lang, level=level, key=key),
        subtitle=marked_chart(
            lang.t(
                "Hours at or above {level}. Dot: expected. Line: where it ends up 8 times out of 10.",
                level=fact(f"{STYLES[level].icon} {word(level, lang)}", "setting"),
            ),
            variants[-1].forecast,
            lang,
        ),
        height=150 + max(len(shown), 1) * (22 + 10 * len(variants)),
        compact=compact,
    )


def _hour_rows(
    variants: Sequence[Variant],
    reached: Sequence[Floats],
    shown: Sequence[int],
    area: Area,
    thresholds: Thresholds,
    lang: Language,
    level: Level,
) -> list[Spec]:
    """Return a row for each variant and place that is shown: its hours (median) and where 8 out of 10 cases lie.

    ``reached``: of each variant middle, low and high × zones.
    """
    rows = []
    for number, (variant, hours) in enumerate(zip(variants, reached, strict=True)):
        for place, row in enumerate(shown):
            middle, low, high = (float(value) for value in hours[:, row])
            name = area.zone(variant.forecast.zone_ids[row]).name(lang)
            rows.append(
                {
                    "zone": name,
                    "variant": variant.name,
                    "y": place + (number - (len(variants) - 1) / 2) * 0.26,
                    "hours": middle,
                    "low": low,
                    "high": high,
                    "tip": lang.t(
                        "{variant}: {hours}; 8 times out of 10 it is {low} to {high}",
                        variant=f"{name}, {variant.name}",
                        hours=said(number_of_hours(middle, lang), _hours_claim(variant, thresholds, row, level)),
                        low=lang.number(low),
                        high=lang.number(high),
                    ),
                }
            )
    return rows


def _hours_claim(variant: Variant, thresholds: Thresholds, row: int, level: Level) -> Claim | None:
    forecast, hours = variant.forecast, np.arange(len(variant.forecast.hours))
    return claimed("hours", forecast, thresholds, [forecast.zone_ids[row]], hours, level=level)


def _hour_layers(variants: Sequence[Variant], names: Sequence[str], lang: Language, *, compact: bool) -> list[Spec]:
    """Return the intervals and the dots over them, for the places of these names from the top down."""
    y = {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [-0.6, max(len(names), 1) - 0.4], "reverse": True, "nice": False},
        "axis": {
            "values": list(range(len(names))),
            "labelExpr": f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            "labelColor": INK,
            "labelLimit": 130 if compact else 220,
        },
    }
    x_axis = {"title": lang.t("hours in the whole week"), "grid": True, "tickMinStep": 1, "tickCount": 6}
    colour = variant_colour(variants, compact=compact)
    return [
        {
            "mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45, "aria": False},
            "encoding": {
                "y": y,
                "x": {"field": "low", "type": "quantitative", "axis": x_axis, "scale": {"domainMin": 0}},
                "x2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {
                "y": y,
                "x": {"field": "hours", "type": "quantitative"},
                "color": colour,
                "shape": _shape(variants),
                "tooltip": {"field": "tip", "type": "nominal", "title": " "},
                "description": {"field": "tip", "type": "nominal"},
            },
        },
    ]


def _names(variants: Sequence[Variant]) -> list[str]:
    return [variant.name for variant in variants]


def variant_colour(variants: Sequence[Variant], *, compact: bool) -> Spec:
    """Return the colour of each variant, with the legend above the chart."""
    return {
        "field": "variant",
        "type": "nominal",
        "title": None,
        "scale": {"domain": _names(variants), "range": list(VARIANT_COLOURS[: len(variants)])},
        "legend": {
            "orient": "top",
            "columns": 1 if compact else len(variants),
            "labelFontSize": 13,
            "labelLimit": 300,
            "symbolStrokeWidth": 3,
            "symbolOpacity": 1,
        },
    }


def _shape(variants: Sequence[Variant]) -> Spec:
    shapes = ["circle", "diamond", "triangle-up"]
    return {
        "field": "variant",
        "type": "nominal",
        "title": None,
        "scale": {"domain": _names(variants), "range": shapes[: len(variants)]},
    }
