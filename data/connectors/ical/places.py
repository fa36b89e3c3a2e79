"""Where an event of a calendar is, and how many visitors it expects."""

import re
from typing import Any, Final

import icalendar
from shapely.geometry import Point

from data.area.area import Area
from data.area.connector_settings import Connector

_LETTER: Final = re.compile(r"[^\W\d_]{2}")
_PLAIN: Final = re.compile(r"\d+([.,]0+)?")
_THOUSANDS: Final = re.compile(r"\d{1,3}([.,' \u00a0\u2009\u202f])\d{3}(\1\d{3})*")


def zone_of(event: icalendar.Component, area: Area, connector: Connector) -> str | None:
    """Return the id of the zone, or ``None`` when it is not known.

    That is the zone whose id or name stands in LOCATION, else the one that holds GEO, else the connector's. A name
    counts where it stands as whole words; one without two letters in a row, such as ``2``, might be a house number and
    counts only where it is all that LOCATION says. Of several, the longest.
    """
    place = " ".join(str(text) for text in _listed(event.get("LOCATION"))).casefold()
    found = [
        (len(name), zone.zone_id)
        for zone in area.zones
        for name in (zone.zone_id, *zone.names.values())
        if _stands_in(name.casefold(), place)
    ]
    if found:
        return max(found)[1]
    zone_id = _at(event, area) or connector.zone
    return zone_id if zone_id in area.zone_ids else None


def visitors(event: icalendar.Component, connector: Connector) -> float | None:
    """Return X-ATTENDANCE, else what the connector says, if anything. Raises ``ValueError`` when it is no number."""
    given = [str(value).strip() for value in _listed(event.get("X-ATTENDANCE"))]
    if not any(given):
        return connector.attendance
    text = next(value for value in given if value)
    if _THOUSANDS.fullmatch(text):
        return float(re.sub(r"\D", "", text))
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", "."))
    raise ValueError(text)


def _stands_in(name: str, place: str) -> bool:
    if not _LETTER.search(name):
        return name == place.strip()
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.search(rf"(?<![\w-]){words}(?![\w-])", place) is not None


def _at(event: icalendar.Component, area: Area) -> str:
    for geo in _listed(event.get("GEO")):
        try:
            point = Point(float(geo.longitude), float(geo.latitude))
        except (ValueError, AttributeError, TypeError):
            continue  # a broken GEO says nothing
        return next((zone.zone_id for zone in area.zones if zone.geometry.contains(point)), "")
    return ""


def _listed(given: Any) -> list[Any]:
    return [] if given is None else given if isinstance(given, list) else [given]
