"""One zone, one daypart, day by day: how sure we are of Monday and of Saturday, for those who plan staff."""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.meaning.week_hours import week_hours
from forecasting.values.forecast import DAYPARTS, Daypart, Forecast
from forecasting.values.thresholds import Thresholds
from language import Language
from language.plain import rounded
from visuals.base.outlook import Outlook
from visuals.base.palette import ACCENT, INK, QUIET_INK
from visuals.charts.axes import people_axis, thresholds_shown
from visuals.charts.theme import finish
from visuals.words.amounts import no_forecast, people_range
from visuals.words.claim_words import chance_of, claim, said
from visuals.words.hours import capitalised, day_and_part, daypart_name

_BAR: Final = 14
_ROOM: Final = {False: 1.2, True: 1.75}
"""Room to the right of the longest bar, for the column of chances."""


def dayparts(
    outlook: Outlook,
    *,
    zone_id: str,
    daypart: Daypart,
    compact: bool = False,
    since: datetime | None = None,
) -> alt.LayerChart:
    """Return how busy one daypart gets on each day of the week, and how sure that is.

    Bars run from the 10th to the 90th percentile of the daypart's busiest hour, with the median as a mark and
    the chance of orange above it. The title says on which day the difference between the two is largest.
    """
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    maxima = _maxima(forecast, thresholds, zone_id, daypart, since)
    rows = [_row(outlook, zone_id, daypart, day) for day in maxima.to_dict("records")]
    highest = max([1.0, *(row["q90"] for row in rows)])
    shown = thresholds_shown(thresholds.zones[zone_id], highest, lang)
    right = max([highest, *(line["count"] for line in shown)]) * _ROOM[compact]
    y = alt.Y("day:N", sort=[row["day"] for row in rows], title=None, axis=alt.Axis(labelColor=INK))
    x = alt.X(
        "q10:Q",
        scale=alt.Scale(domain=[0, right], nice=False),
        axis=people_axis(forecast.measure, lang),
    )
    base = alt.Chart().encode(y=y)
    bars = base.mark_bar(size=_BAR, color=ACCENT, opacity=0.45, cornerRadius=3).encode(
        x=x, x2="q90:Q", tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    middles = base.mark_tick(color=ACCENT, thickness=3, size=_BAR + 6).encode(x="q50:Q")
    edge = alt.value({"expr": "width"})
    chances = base.mark_text(align="right", color=INK, fontSize=12).encode(x=edge, text="chance:N")
    header = (
        alt.Chart(alt.InlineData(values=[{"text": lang.t("chance that it gets busy")}]))
        .mark_text(align="right", baseline="bottom", color=QUIET_INK, fontSize=12)
        .encode(x=edge, y=alt.value(-4), text="text:N")
    )
    lines = alt.Chart(alt.InlineData(values=shown)).encode(x="count:Q")
    rules = lines.mark_rule(strokeWidth=2).encode(color=alt.Color("colour:N", scale=None))
    names = lines.mark_text(baseline="bottom", color=INK, fontSize=12).encode(y=alt.value(-4), text="icon:N")
    explanation = [
        lang.t("Busiest hour of the {daypart}.", daypart=daypart_name(daypart, lang)),
        lang.t("Bar: it ends up in it 8 times out of 10. Mark: the middle."),
        # No line break between an icon and its word.
        " ".join(line["name"].replace(" ", "\u00a0") for line in shown),
    ]
    return finish(
        [rules, bars, middles, chances, header, names],
        rows,
        forecast,
        lang,
        title=_message(rows, forecast, area, zone_id, lang),
        subtitle=" ".join(explanation),
        compact=compact,
    )


def _message(rows: list[dict[str, Any]], forecast: Forecast, area: Area, zone_id: str, lang: Language) -> str:
    if not rows:
        return no_forecast(forecast, area, zone_id, lang)
    widest = max(rows, key=lambda row: float(row["q90"] - row["q10"]))
    return lang.t(
        "{zone}: least certain about {when}, between about {low} and {high}",
        zone=area.zone(zone_id).name(lang),
        when=widest["when"],
        low=widest["low"],
        high=widest["high"],
    )


def _maxima(
    forecast: Forecast, thresholds: Thresholds, zone_id: str, daypart: Daypart, since: datetime | None = None
) -> pd.DataFrame:
    """Return the known rows of ``Forecast.daypart_maximum`` for one zone and daypart of the coming week."""
    row = forecast.zone_ids.index(zone_id)
    place = replace(forecast, zone_ids=(zone_id,), paths=forecast.paths[:, row : row + 1])
    maxima = place.daypart_maximum(thresholds)
    dates = set(forecast.local_dates[week_hours(forecast, since)])
    chosen = (maxima["daypart"] == daypart) & maxima["date"].isin(dates)
    return maxima[chosen].dropna(subset="q50")


def _row(outlook: Outlook, zone_id: str, daypart: Daypart, day: Mapping[Hashable, Any]) -> dict[str, Any]:
    forecast, lang = outlook.forecast, outlook.lang
    when = day_and_part(day["date"], daypart, lang)
    hours = np.flatnonzero(
        (forecast.local_dates == day["date"]) & (forecast.local_hours.hour // 6 == DAYPARTS.index(daypart))
    )
    likely = chance_of(claim(outlook, "chance", [zone_id], hours, "orange"), lang)
    peak = claim(outlook, "peak", [zone_id], hours)
    return {
        "low": said(lang.number(rounded(day["q10"])), peak),
        "high": said(lang.number(rounded(day["q90"])), peak),
        "day": lang.date(day["date"], "EEE d MMM"),
        "when": when,
        "q10": round(day["q10"], 1),
        "q50": round(day["q50"], 1),
        "q90": round(day["q90"], 1),
        "chance": likely,
        "tip": lang.t(
            "{when}: {range}. Chance that it gets busy: {chance}.",
            when=capitalised(when),
            range=said(people_range(day["q10"], day["q90"], forecast.measure, lang), peak),
            chance=likely,
        ),
    }
