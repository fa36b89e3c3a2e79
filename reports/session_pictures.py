"""Pictures of what a session looked at: the week of the place, or all places, as the forecast stood then."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import parse_qs, urlsplit

from feedback.sessions.agenda import Item
from feedback.sessions.polis_store import published_opinions
from language import Language
from reports.session_report import Picture
from visuals.base.outlook import Outlook
from visuals.charts.calendar import calendar, message
from visuals.charts.opinion_map import opinion_map
from visuals.charts.still import still
from visuals.charts.week import week
from visuals.words.opinions import intro

GROUPS: Final = "groups"


def session_pictures(
    session_id: str, items: Sequence[Item], outlook: Outlook | None, lang: Language
) -> dict[str, Picture]:
    """Return a picture for each item at which something was looked at, by the item's id, and of opinion groups.

    Without an ``outlook`` (its forecast is not here any more) only the map of the groups is made.
    """
    found: dict[str, Picture] = {}
    for item in items:
        if outlook is not None and item.kind in ("look", "scenario"):
            zone = parse_qs(urlsplit(item.target).query).get("zone", [""])[0]
            found[item.id] = _place(outlook, zone)
    opinions = published_opinions(session_id)
    if len(opinions.group_ids) > 1:
        found[GROUPS] = Picture(still(opinion_map(opinions, lang).to_dict()), intro(opinions, lang))
    return found


def _place(outlook: Outlook, zone: str) -> Picture:
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    if zone in forecast.zone_ids:
        chart = week(outlook, zone_id=zone)
        alt = lang.t("The week at {zone}: how many people are expected, hour by hour.", zone=area.zone(zone).name(lang))
    else:
        chart = calendar(outlook)
        alt = message(outlook)
    return Picture(still(chart.to_dict()), alt)
