"""Pictures of what a session looked at: the week of the place, or all places, as the forecast stood then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from feedback.sessions.agenda import Item
from feedback.sessions.polis_store import published_opinions
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from language import Language, UserError
from language.said import fact
from reports.session_report import Picture
from visuals.base.basemap import basemap_of, labels
from visuals.base.outlook import Outlook
from visuals.base.views import View
from visuals.charts.calendar import calendar, message
from visuals.charts.opinion_map import opinion_map
from visuals.charts.still import still
from visuals.charts.week import week
from visuals.maps.decks import deck
from visuals.maps.still_map import still_map
from visuals.words.amounts import marked
from visuals.words.hours import hour_title
from visuals.words.opinions import intro

GROUPS: Final = "groups"
_CASES: Final = {"expected": 0.5, "quiet": 0.1, "busy": 0.9}
"""The quantiles of the cases in an address of the map."""


Applied = Callable[[Scenario], Forecast]
"""Gives the forecast that was looked at with a scenario applied. Raises ``UserError`` when that does not fit."""


def session_pictures(
    session_id: str, items: Sequence[Item], outlook: Outlook | None, lang: Language, applied: Applied | None = None
) -> dict[str, Picture]:
    """Return a picture for each item at which something was looked at, by the item's id, and of opinion groups.

    Without an ``outlook`` (its forecast is not here any more) only the map of the groups is made. ``applied`` is for
    addresses with a scenario; one that does not fit is left out of the picture, as it is of the page.
    """
    found: dict[str, Picture] = {}
    for item in items:
        if outlook is not None and item.kind in ("look", "scenario"):
            found[item.id] = _looked_at(_as_seen(outlook, item.target, applied), item.target)
    opinions = published_opinions(session_id)
    if len(opinions.group_ids) > 1:
        found[GROUPS] = Picture(still(opinion_map(opinions, lang).to_dict()), intro(opinions, lang))
    return found


def _as_seen(outlook: Outlook, target: str, applied: Applied | None) -> Outlook:
    """Return the outlook with the scenario that stands in an address."""
    code = parse_qs(urlsplit(target).query).get("scenario", [""])[0]
    if not code or applied is None:
        return outlook
    try:
        return replace(outlook, forecast=applied(Scenario.decode(code)))
    except UserError:
        return outlook


def _looked_at(outlook: Outlook, target: str) -> Picture:
    """Return the map of the hour that was looked at, where the address is one of the map; else the week of a place."""
    parts = urlsplit(target)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    hour_index = _hour_index(outlook, asked.get("at", ""))
    if parts.path.strip("/") == "map" and hour_index is not None:
        return _map(outlook, hour_index, asked)
    return _place(outlook, asked.get("zone", ""))


def _hour_index(outlook: Outlook, at: str) -> int | None:
    """Return which hour of the forecast an address names (``2026-08-08T13:00Z``); ``None`` when it is none of it."""
    try:
        moment = datetime.fromisoformat(at.replace("Z", "+00:00"))
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    index = int(outlook.forecast.hours.get_indexer(pd.DatetimeIndex([moment]))[0])
    return index if index >= 0 else None


def _map(outlook: Outlook, hour_index: int, asked: Mapping[str, str]) -> Picture:
    """Return the map as a picture: in levels, or as hexagons where density was looked at."""
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    basemap = basemap_of(area.id)
    drawn = deck(
        outlook,
        hour_index=hour_index,
        view=View.LEVELS if asked.get("view") == View.LEVELS else View.HEXAGONS,
        quantile=_CASES.get(asked.get("case", ""), 0.5),
        map_style="none",
        basemap_labels=labels(basemap, lang.code),
    )
    title = hour_title(forecast, hour_index, lang)
    subtitle = marked(f"{area.name(lang)}.", forecast, lang)
    picture = still_map(drawn, area, basemap, lang, title=title, subtitle=subtitle)
    alt = lang.t("The map that was looked at: how busy it is expected to be, {hour}.", hour=fact(title, "setting"))
    return Picture(still(picture.to_dict()), alt)


def _place(outlook: Outlook, zone: str) -> Picture:
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    if zone in forecast.zone_ids:
        chart = week(outlook, zone_id=zone)
        alt = lang.t(
            "The week at {zone}: how many people are expected, hour by hour.",
            zone=fact(area.zone(zone).name(lang), "setting"),
        )
    else:
        chart = calendar(outlook)
        alt = message(outlook)
    return Picture(still(chart.to_dict()), alt)
