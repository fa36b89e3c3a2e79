"""Charts that compare scenarios with the forecast, as plain Vega-Lite specifications.

They change with every move of a control, so they are written directly: Altair would check each anew, which takes
longer than all the rest together. Data stand in the layers, where Streamlit sends them as they are.
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from textwrap import wrap
from typing import Any, Final

import numpy as np
import pandas as pd

from data.area import Area
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import Level, Thresholds
from language import Language
from visuals.base.palette import GRID, INK, STYLES, word
from visuals.charts.theme import CONFIG, HEIGHT
from visuals.words.amounts import marked_chart, unit
from visuals.words.hours import DAYS, first_date, week_hours
from visuals.words.scenario_effects import hours_message
from visuals.words.variants import COLOURS, Variant, hours_reached

Spec = dict[str, Any]

_TITLE_WIDTH: Final = {False: 105, True: 42}
_SUBTITLE_WIDTH: Final = {False: 150, True: 50}
_MOST_ZONES: Final = 10
_DASHES: Final = ([4, 3], [1, 0], [7, 3])


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
    """Return layers as one chart with the look of all charts; see ``visuals.theme.finish``.

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
    area: Area,
    thresholds: Thresholds,
    lang: Language,
    *,
    level: Level,
    compact: bool = False,
    key: str = "",
) -> Spec:
    """Return in how many hours of the week each place reaches ``level``: a dot and an 80 % interval per variant.

    Places that never come near it are left out; those with the largest differences stand first. ``key`` names the
    thresholds, so that hours that were counted before are not counted again.
    """
    reached = [hours_reached(variant.forecast, thresholds, level, key) for variant in variants]
    means = np.nan_to_num(np.array([hours.mean(axis=0) for hours in reached]))
    change = np.abs(means - means[0]).max(axis=0)
    order = np.lexsort((-means.max(axis=0), -change))
    shown = [int(row) for row in order if means[:, row].max() >= 0.1][:_MOST_ZONES]
    rows = []
    for number, (variant, hours) in enumerate(zip(variants, reached, strict=True)):
        low, high = np.quantile(hours[:, shown], (0.1, 0.9), axis=0) if shown else ([], [])
        for place, row in enumerate(shown):
            name = area.zone(variant.forecast.zone_ids[row]).name(lang)
            rows.append(
                {
                    "zone": name,
                    "variant": variant.name,
                    "y": place + (number - (len(variants) - 1) / 2) * 0.26,
                    "hours": round(float(means[number, row]), 1),
                    "low": float(low[place]),
                    "high": float(high[place]),
                    "tip": lang.t(
                        "{variant}: {hours} hours, in 8 out of 10 cases {low} to {high}",
                        variant=f"{name}, {variant.name}",
                        hours=lang.number(round(float(means[number, row]), 1), 1),
                        low=lang.number(float(low[place])),
                        high=lang.number(float(high[place])),
                    ),
                }
            )
    names = [area.zone(variants[0].forecast.zone_ids[row]).name(lang) for row in shown]
    y = {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [-0.6, max(len(shown), 1) - 0.4], "reverse": True, "nice": False},
        "axis": {
            "values": list(range(len(shown))),
            "labelExpr": f"{json.dumps(names, ensure_ascii=False)}[datum.value]",
            "labelColor": INK,
            "labelLimit": 130 if compact else 220,
        },
    }
    x_axis = {"title": lang.t("hours in the whole week"), "grid": True, "tickMinStep": 1, "tickCount": 6}
    colour = _colour(variants, compact=compact)
    layers = [
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
    for layer in layers:
        layer["data"] = {"values": rows}
    return framed(
        layers,
        title=hours_message(variants, area, lang, means=means, level=level),
        subtitle=marked_chart(
            lang.t(
                "Hours at or above {level}. Dot: expected. Line: 8 out of 10 cases.",
                level=f"{STYLES[level].icon} {word(level, lang)}",
            ),
            variants[-1].forecast,
            lang,
        ),
        height=150 + max(len(shown), 1) * (22 + 10 * len(variants)),
        compact=compact,
    )


def week_compared(
    variants: Sequence[Variant],
    area: Area,
    thresholds: Thresholds,
    lang: Language,
    *,
    zone_id: str,
    compact: bool = False,
) -> Spec:
    """Return one place's week: a line per variant with the 80 % interval of each scenario, and the orange border."""
    forecast = variants[0].forecast
    hours, row = week_hours(forecast), forecast.zone_ids.index(zone_id)
    first = first_date(forecast, hours)
    local = forecast.local_hours[hours].tz_localize(None)
    x_at = ((local.normalize() - pd.Timestamp(first)).days * 24 + local.hour + 0.5).tolist()
    layers: list[Spec] = [
        {
            "data": {"values": [{"x": 24 * day} for day in range(1, DAYS)]},
            "mark": {"type": "rule", "color": GRID, "aria": False},
            "encoding": {"x": {"field": "x", "type": "quantitative"}},
        }
    ]
    x = {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, DAYS * 24], "nice": False},
        "axis": _day_axis(first, lang, compact=compact),
    }
    y_axis = {
        "title": unit(forecast.measure, lang),
        "grid": True,
        "tickCount": 5,
        "labelExpr": f"replace(format(datum.value, ',.0f'), /,/g, '{lang.number(1000)[1]}')",
    }
    rows: list[Spec] = [{"x": place} for place in x_at]
    highest = 1.0
    for number, variant in enumerate(variants):
        values = [_whole(variant.forecast.quantile(q)[row, hours]) for q in (0.1, 0.5, 0.9)]
        highest = max([highest, *(value for value in values[2] if value is not None)])
        for fields, low, middle, high in zip(rows, *values, strict=True):
            fields |= {f"low{number}": low, f"y{number}": middle, f"high{number}": high}
    bands = range(1, len(variants)) if len(variants) > 1 else range(1)
    drawn: list[Spec] = []
    for number in bands:
        drawn.append(
            {
                "mark": {"type": "area", "opacity": 0.16, "color": COLOURS[number], "interpolate": "monotone"},
                "encoding": {
                    "x": x,
                    "y": {"field": f"low{number}", "type": "quantitative", "axis": y_axis},
                    "y2": {"field": f"high{number}"},
                },
            }
        )
    colour = _colour(variants, compact=compact)
    for number, variant in enumerate(variants):
        drawn.append(
            {
                "mark": {
                    "type": "line",
                    "strokeWidth": 2,
                    "interpolate": "monotone",
                    "strokeDash": _DASHES[number],
                },
                "encoding": {
                    "x": {"field": "x", "type": "quantitative"},
                    "y": {"field": f"y{number}", "type": "quantitative"},
                    "color": {key: value for key, value in colour.items() if key != "field"} | {"datum": variant.name},
                },
            }
        )
    layers.append({"data": {"values": rows}, "layer": drawn})
    orange = thresholds.zones[zone_id].orange
    if orange < 1.15 * highest:
        layers.append(
            {
                "data": {"values": [{"y": orange}]},
                "mark": {"type": "rule", "strokeWidth": 2, "color": STYLES["orange"].colour},
                "encoding": {"y": {"field": "y", "type": "quantitative"}},
            }
        )
    return framed(
        layers,
        title=lang.t("{zone}, the whole week", zone=area.zone(zone_id).name(lang)),
        subtitle=marked_chart(
            lang.t("Lines: expected. Bands in the same colour: 8 out of 10 cases. Orange line: busy from here."),
            variants[-1].forecast,
            lang,
        ),
        height=HEIGHT,
        compact=compact,
    )


def _whole(values: Floats) -> list[int | None]:
    """Return whole numbers; what is unknown is null."""
    return [None if value != value else round(value) for value in values.tolist()]


def _names(variants: Sequence[Variant]) -> list[str]:
    return [variant.name for variant in variants]


def _colour(variants: Sequence[Variant], *, compact: bool) -> Spec:
    return {
        "field": "variant",
        "type": "nominal",
        "title": None,
        "scale": {"domain": _names(variants), "range": list(COLOURS[: len(variants)])},
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


def _day_axis(first: date, lang: Language, *, compact: bool) -> Spec:
    pattern = "EEE" if compact else "EEE d"
    names = [lang.date(first + timedelta(days=day), pattern) for day in range(DAYS)]
    return {
        "values": [24 * day + 12 for day in range(DAYS)],
        "labelExpr": f"{json.dumps(names)}[floor(datum.value / 24)]",
        "labelColor": INK,
    }
