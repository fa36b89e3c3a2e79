"""One place's week with scenarios beside the forecast, as a plain Vega-Lite specification (see ``scenario_charts``)."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import pandas as pd

from forecasting.meaning.variants import Variant
from forecasting.meaning.week_hours import DAYS, first_date, week_hours
from forecasting.values.arrays import Floats, Indices
from forecasting.values.forecast import Forecast
from language import Language
from language.said import fact
from visuals.base.outlook import Outlook
from visuals.base.palette import GRID, INK, STYLES, VARIANT_COLOURS
from visuals.charts.scenario_charts import Spec, framed, variant_colour
from visuals.charts.theme import HEIGHT
from visuals.words.amounts import marked_chart, unit
from visuals.words.hours import short_day

_DASHES: Final = ([4, 3], [1, 0], [7, 3])


def week_compared(
    variants: Sequence[Variant],
    outlook: Outlook,
    *,
    zone_id: str,
    compact: bool = False,
) -> Spec:
    """Return one place's week: a line per variant with the 80 % interval of each scenario, and the orange threshold."""
    area, lang = outlook.area, outlook.lang
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
    rows, highest = _week_rows(variants, row, hours, x_at)
    drawn = _week_layers(variants, _day_scale(first, lang, compact=compact), _people_axis(forecast, lang))
    drawn += _week_lines(variants, compact=compact)
    layers.append({"data": {"values": rows}, "layer": drawn})
    orange = outlook.thresholds.zones[zone_id].orange
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
        title=lang.t("{zone}, the whole week", zone=fact(area.zone(zone_id).name(lang), "setting")),
        subtitle=marked_chart(
            lang.t(
                "Lines: expected. Areas in the same colour: where it ends up 8 times out of 10. Orange line: "
                "busy from here."
            ),
            variants[-1].forecast,
            lang,
        ),
        height=HEIGHT,
        compact=compact,
    )


def _week_rows(
    variants: Sequence[Variant], row: int, hours: Indices, x_at: Sequence[float]
) -> tuple[list[Spec], float]:
    """Return a row for each hour with the 10, 50 and 90 % of every variant, and the highest of all."""
    rows: list[Spec] = [{"x": place} for place in x_at]
    highest = 1.0
    for number, variant in enumerate(variants):
        values = [_whole(variant.forecast.quantile(q)[row, hours]) for q in (0.1, 0.5, 0.9)]
        highest = max([highest, *(value for value in values[2] if value is not None)])
        for fields, low, middle, high in zip(rows, *values, strict=True):
            fields |= {f"low{number}": low, f"y{number}": middle, f"high{number}": high}
    return rows, highest


def _day_scale(first: date, lang: Language, *, compact: bool) -> Spec:
    return {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, DAYS * 24], "nice": False},
        "axis": _day_axis(first, lang, compact=compact),
    }


def _people_axis(forecast: Forecast, lang: Language) -> Spec:
    return {
        "title": unit(forecast.measure, lang),
        "grid": True,
        "tickCount": 5,
        "labelExpr": f"replace(format(datum.value, ',.0f'), /,/g, '{lang.number(1000)[1]}')",
    }


def _week_layers(variants: Sequence[Variant], x: Spec, y_axis: Spec) -> list[Spec]:
    """Return the 80 % interval of each scenario, or of the forecast where it stands alone."""
    bands = range(1, len(variants)) if len(variants) > 1 else range(1)
    return [
        {
            "mark": {"type": "area", "opacity": 0.16, "color": VARIANT_COLOURS[number], "interpolate": "monotone"},
            "encoding": {
                "x": x,
                "y": {"field": f"low{number}", "type": "quantitative", "axis": y_axis},
                "y2": {"field": f"high{number}"},
            },
        }
        for number in bands
    ]


def _week_lines(variants: Sequence[Variant], *, compact: bool) -> list[Spec]:
    colour = {key: value for key, value in variant_colour(variants, compact=compact).items() if key != "field"}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2, "interpolate": "monotone", "strokeDash": _DASHES[number]},
            "encoding": {
                "x": {"field": "x", "type": "quantitative"},
                "y": {"field": f"y{number}", "type": "quantitative"},
                "color": colour | {"datum": variant.name},
            },
        }
        for number, variant in enumerate(variants)
    ]


def _whole(values: Floats) -> list[int | None]:
    """Return whole numbers; what is unknown is null."""
    return [None if value != value else round(value) for value in values.tolist()]


def _day_axis(first: date, lang: Language, *, compact: bool) -> Spec:
    names = [short_day(first + timedelta(days=day), lang, compact=compact) for day in range(DAYS)]
    return {
        "values": [24 * day + 12 for day in range(DAYS)],
        "labelExpr": f"{json.dumps(names)}[floor(datum.value / 24)]",
        "labelColor": INK,
        "labelFontSize": 10 if compact else 12,
        "labelOverlap": False,
        "labelLineHeight": 11,
    }
