"""One zone's coming week: what is expected, how sure that is, and what is normal."""

from datetime import date, datetime
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from forecasting.meaning.week_hours import daypart_of, first_date, week_hours, week_position
from forecasting.values.arrays import Indices
from forecasting.values.forecast import QUANTILE_COLUMNS, Forecast
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK, QUIET_INK
from visuals.charts.axes import WEEK_SCALE, day_axis, day_lines, people_axis, thresholds_shown
from visuals.charts.theme import finish
from visuals.words.amounts import no_forecast, people_range
from visuals.words.claim_words import claim, said
from visuals.words.hours import capitalised, clock, day_and_part, weekday

_BANDS: Final = (("q025", "q975", 0.12), ("q10", "q90", 0.22), ("q25", "q75", 0.34))
"""The 95, 80 and 50 % intervals and how opaque each is; they lie over each other."""

_ROOM: Final = 1.08
"""Head room above the highest value, for the name of a threshold."""


def week(
    outlook: Outlook,
    *,
    zone_id: str,
    observed: pd.DataFrame | None = None,
    compact: bool = False,
    since: datetime | None = None,
) -> alt.LayerChart:
    """Return one zone's week: the median, its 50, 80 and 95 % intervals, thresholds and what is normal.

    ``observed`` lays counts (``zone_id, hour`` UTC, ``count``) over the forecast.
    """
    forecast, thresholds, lang = outlook.forecast, outlook.thresholds, outlook.lang
    hours = week_hours(forecast, since)
    first = first_date(forecast, hours)
    row = forecast.zone_ids.index(zone_id)
    known = hours[~np.isnan(forecast.median[row, hours])]
    rows = _rows(outlook, zone_id, hours, first) if len(known) else []
    counted = _observed(observed, forecast, zone_id, hours, first)
    highest = float(forecast.quantile(0.975)[row, known].max(initial=1.0))
    highest = max([highest, *(point["count"] for point in counted)])
    shown = thresholds_shown(thresholds.zones[zone_id], highest, lang)
    top = max([highest, *(line["named_at"] for line in shown)]) * _ROOM

    base = alt.Chart().encode(
        x=alt.X("x:Q", title=None, scale=WEEK_SCALE, axis=day_axis(first, lang, orient="bottom", compact=compact))
    )
    bands, lines, hover = _layers(base, alt.Scale(domain=[0, top], nice=False), people_axis(forecast.measure, lang))
    points = [
        alt.Chart(alt.InlineData(values=counted))
        .mark_point(color=INK, filled=True, size=14, opacity=0.9)
        .encode(x="x:Q", y="count:Q")
    ]
    explanation = [
        lang.t("Line: expected. Areas: it ends up in them 5, 8 and more than 9 times out of 10."),
        lang.t("Dashed: a normal week."),
        *([lang.t("Dots: counted.")] if counted else []),
    ]
    layers = [day_lines(), *bands, *_threshold_layers(shown), *lines, *(points if counted else []), hover]
    return finish(
        layers,
        rows,
        forecast,
        lang,
        title=_message(outlook, zone_id, known),
        subtitle=" ".join(explanation),
        compact=compact,
    )


def _layers(
    base: alt.Chart, y_scale: alt.Scale, y_axis: alt.Axis
) -> tuple[list[alt.Chart], list[alt.Chart], alt.Chart]:
    """Return the bands of what may happen, the lines of what is normal and expected, and what is pointed at."""
    bands = [
        base.mark_area(color=ACCENT, opacity=opacity, interpolate="monotone", tooltip=None).encode(
            y=alt.Y(f"{low}:Q", scale=y_scale, axis=y_axis), y2=f"{high}:Q"
        )
        for low, high, opacity in _BANDS
    ]
    median = base.mark_line(color=ACCENT, strokeWidth=2, interpolate="monotone").encode(y="q50:Q")
    normal = base.mark_line(color=QUIET_INK, strokeDash=[4, 3], strokeWidth=1.5, interpolate="monotone").encode(
        y="normal:Q"
    )
    hover = (
        base.transform_filter("isValid(datum.q975)")
        .mark_bar(opacity=0, width=alt.RelativeBandSize(1))
        .encode(y=alt.Y("q975:Q"), tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N")
    )
    return bands, [normal, median], hover


def _message(outlook: Outlook, zone_id: str, hours: Indices) -> str:
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    if not len(hours):
        return no_forecast(forecast, area, zone_id, lang)
    row = forecast.zone_ids.index(zone_id)
    peak = int(hours[forecast.median[row, hours].argmax()])
    moment = forecast.local_hours[peak]
    return lang.t(
        "{zone}: busiest on {when}, {range}",
        zone=area.zone(zone_id).name(lang),
        when=day_and_part(moment.date(), daypart_of(moment.hour), lang),
        range=said(
            people_range(
                float(forecast.quantile(0.1)[row, peak]),
                float(forecast.quantile(0.9)[row, peak]),
                forecast.measure,
                lang,
            ),
            claim(outlook, "expected", [zone_id], np.array([peak])),
        ),
    )


def _rows(outlook: Outlook, zone_id: str, hours: Indices, first: date) -> list[dict[str, Any]]:
    """Rows of all hours; an unknown one has no figures, so that lines and bands break there."""
    forecast, lang = outlook.forecast, outlook.lang
    row = forecast.zone_ids.index(zone_id)
    rows: list[dict[str, Any]] = []
    for index in hours:
        moment = forecast.local_hours[index].to_pydatetime()
        if np.isnan(forecast.median[row, index]):
            rows.append({"x": week_position(moment, first) + 0.5, **dict.fromkeys((*QUANTILE_COLUMNS, "normal"))})
            continue
        values = dict(zip(QUANTILE_COLUMNS, forecast.quantiles[row, index].round(1).tolist(), strict=True))
        normal = float(forecast.normal[row, index])
        tip = lang.t(
            "{day} at {hour}: {range}.",
            day=capitalised(weekday(moment.date(), lang)),
            hour=clock(moment.hour, lang),
            range=said(
                people_range(
                    float(forecast.quantile(0.1)[row, index]),
                    float(forecast.quantile(0.9)[row, index]),
                    forecast.measure,
                    lang,
                ),
                claim(outlook, "expected", [zone_id], np.array([index])),
            ),
        )
        rows.append(
            {
                "x": week_position(moment, first) + 0.5,
                "normal": round(normal, 1) if normal == normal else None,
                "tip": tip,
                **values,
            }
        )
    return rows


def _observed(
    counts: pd.DataFrame | None, forecast: Forecast, zone_id: str, hours: Indices, first: date
) -> list[dict[str, float]]:
    if counts is None:
        return []
    shown = forecast.hours[hours]
    known = counts[(counts["zone_id"] == zone_id) & counts["hour"].isin(shown) & counts["count"].notna()]
    local = known["hour"].dt.tz_convert(forecast.tz)
    return [
        {"x": week_position(moment, first) + 0.5, "count": float(count)}
        for moment, count in zip(local, known["count"], strict=True)
    ]


def _threshold_layers(shown: list[dict[str, Any]]) -> list[alt.Chart]:
    base = alt.Chart(alt.InlineData(values=shown))
    rules = base.mark_rule(strokeWidth=2).encode(y="count:Q", color=alt.Color("colour:N", scale=None))
    names = base.mark_text(align="left", baseline="bottom", dx=4, dy=-2, color=INK, fontSize=12)
    return [rules, names.encode(y="named_at:Q", text="text:N", x=alt.datum(0))]
