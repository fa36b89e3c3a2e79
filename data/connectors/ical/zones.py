"""Time zones of a calendar: its own, those of the world, and those that go by another name."""

import re
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import icalendar
from babel import Locale
from babel.core import get_global
from icalendar.timezone import tzp

_LOCK: Final = threading.Lock()
_TOO_OFTEN: Final = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY)|INTERVAL=[+-]?0", re.IGNORECASE)
_MOST_RULES: Final = 400
_OFFSET: Final = re.compile(r"\(?(?:UTC|GMT)\s*([+-])(\d{1,2}):?(\d{2})?\)?\s*(.*)", re.IGNORECASE)
_SEASONS: Final = (datetime(2026, 1, 15), datetime(2026, 7, 15))
_LANGUAGES: Final = ("en", "nl", "de", "fr")


@contextmanager
def own_zones(definitions: Iterable[str]) -> Iterator[None]:
    """Let calendars be parsed with the time zones that one file defines (its VTIMEZONE parts), and no other's.

    The library keeps time zones for the whole process, so one file is parsed at a time. A definition that cannot be
    read, or whose clock changes more often than a clock can, is left out: its zone is unknown.
    """
    with _LOCK, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of names it had to guess; what is unknown we say ourselves
        tzp.use_zoneinfo()
        try:
            for text in definitions:
                if not _TOO_OFTEN.search(text) and text.count("\n") < _MOST_RULES:
                    with suppress(Exception):  # whatever is wrong with it, the zone is then unknown
                        icalendar.Timezone.from_ical(text)
            yield
        finally:
            tzp.use_zoneinfo()


@lru_cache(maxsize=256)
def zone_called(name: str, here: str) -> tzinfo | None:
    """Return the time zone that goes by ``name`` where the library knows none, or ``None``. ``here``: the area's own.

    Known are names in other letters, offsets ('GMT+01:00'), what Windows shows ('(UTC+01:00) Amsterdam, Berlin'),
    and what people call zones in some languages ('Central European Time'), after the Unicode CLDR. Of zones of one
    name the area's own goes first.
    """
    name = name.strip().strip('"')
    if name.casefold() in _by_letters():
        return ZoneInfo(_by_letters()[name.casefold()])
    if offset := _OFFSET.fullmatch(name):
        apart = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (-1 if offset[1] == "-" else 1)
        if not offset[4]:
            return timezone(apart) if abs(apart) < timedelta(hours=24) else None
        return _of_cities(offset[4], apart)
    zones = _called().get(name.casefold(), [])
    return ZoneInfo(here if here in zones else zones[0]) if zones else None


def _of_cities(cities: str, apart: timedelta) -> tzinfo | None:
    """Return the zone of the first of some cities whose clocks are ``apart`` from UTC in one of the seasons."""
    for city in re.split(r"[,/;]", cities):
        wanted = city.strip().replace(" ", "_").casefold()
        for known in _by_letters().values():
            if known.rpartition("/")[2].casefold() == wanted:
                zone = ZoneInfo(known)
                if apart in (zone.utcoffset(moment) for moment in _SEASONS):
                    return zone
    return None


@lru_cache(maxsize=1)
def _by_letters() -> dict[str, str]:
    """Return the zones of the world by their casefolded names, in order."""
    return {known.casefold(): known for known in sorted(available_timezones())}


@lru_cache(maxsize=1)
def _called() -> dict[str, list[str]]:
    """What people call zones (casefolded), and the zones of that name."""
    of_group: dict[str, list[str]] = {}
    for zone, group in sorted(get_global("meta_zones").items()):
        if zone.casefold() in _by_letters():
            of_group.setdefault(group, []).append(zone)
    found: dict[str, list[str]] = {}
    for code in _LANGUAGES:
        for group, widths in Locale(code).meta_zones.items():
            for said in widths.get("long", {}).values():
                found.setdefault(str(said).casefold(), []).extend(of_group.get(group, []))
    return found
