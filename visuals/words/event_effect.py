"""What a change in the event calendar does to the forecast of the coming week, in sentences."""

from typing import Final

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.meaning.claiming import claimed
from forecasting.values.forecast import Forecast
from language import Language
from language.plain import about
from language.said import fact
from visuals.words.amounts import no_forecast
from visuals.words.claim_words import said
from visuals.words.hours import clock

_NOTABLE: Final = 0.03
_NAMED: Final = 5


def effect_sentences(before: Forecast, after: Forecast, events: pd.DataFrame, area: Area, lang: Language) -> list[str]:
    """Say for each event (schema ``EVENTS``) what the expected numbers at its place were and are.

    The hour that changed most is named. Events outside the week are counted in one sentence; of many, the first are
    named.
    """
    told, outside = [], 0
    for event in events.to_dict("records"):
        inside = (after.hours >= pd.Timestamp(event["start"]).floor("h")) & (after.hours < pd.Timestamp(event["end"]))
        if not inside.any() or before.hours[0] != after.hours[0]:
            outside += 1
            continue
        zone = after.zone_ids.index(str(event["zone_id"]))
        old, new = before.median[zone], after.median[zone]
        hours = np.flatnonzero(inside & np.isfinite(old) & np.isfinite(new))
        if not len(hours):
            told.append(no_forecast(after, area, str(event["zone_id"]), lang))
            continue
        hour = int(hours[np.argmax(np.abs(new[hours] - old[hours]))])
        place, name = area.zone(str(event["zone_id"])).name(lang), area.event_name(event["name"], lang)
        if abs(new[hour] - old[hour]) <= _NOTABLE * max(old[hour], 1):
            both = [claimed("expected", one, None, [one.zone_ids[zone]], np.array([hour])) for one in (before, after)]
            unchanged = lang.t("{event}: the forecast at {place} hardly changes.", event=name, place=said(place, both))
            told.append(unchanged)
            continue
        local = after.local_hours[hour]
        told.append(
            lang.t(
                "{event}: at {place} on {day} at {hour}, from {old} to {new}.",
                event=name,
                place=place,
                day=lang.date(local.date(), "EEEE d MMMM y"),
                hour=clock(local.hour, lang),
                old=_expected(before, zone, hour, lang),
                new=_expected(after, zone, hour, lang),
            )
        )
    told = told[:_NAMED]
    if outside:
        later = fact(
            lang.n(
                "{n} event is not in the week of this forecast; it counts when its week comes.",
                "{n} events are not in the week of this forecast; they count when their week comes.",
                outside,
            ),
            "event",
        )
        told.append(later)
    return told


def _expected(forecast: Forecast, zone: int, hour: int, lang: Language) -> str:
    claim = claimed("expected", forecast, None, [forecast.zone_ids[zone]], np.array([hour]))
    return said(about(float(forecast.median[zone, hour]), lang), claim)
