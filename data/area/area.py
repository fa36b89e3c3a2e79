"""Areas and their zones, validated on reading.

An area is a folder with ``area.toml`` and ``zones.geojson`` (polygons) or ``zones.csv`` (points); the formats
are described in ``docs/data-formats.md``.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, cached_property
from typing import Annotated, Final, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, ValidationError, model_validator

from data.area.zone import Names, Strict, Zone, in_language
from data.area.zones import read_zones
from data.keeping import real_time
from data.keeping.home import SHIPPED, find, home
from data.keeping.toml_file import fault, invalid, read_toml
from language import LANGUAGES, Language, UserError, language
from language.plain import told_apart

Measure = Literal["present", "passages"]
Access = Literal["public", "session", "professional", "steward"]

AREA_ID: Final = r"[a-z0-9][a-z0-9-]{0,39}"


@cache
def _time_zones() -> frozenset[str]:
    """Return the names of all time zones, which are looked up all over the disk."""
    return frozenset(available_timezones())


def _known_time_zone(name: str) -> str:
    if name not in _time_zones():
        raise ValueError(f"'{name}' is not an IANA time zone such as Europe/Amsterdam")
    return name


class Centre(Strict):
    """Where the map looks when it opens (WGS84 degrees, Web Mercator zoom)."""

    lat: float = Field(ge=-85, le=85)
    lon: float = Field(ge=-180, le=180)
    zoom: float = Field(default=13, ge=1, le=20)


class Clock(Strict):
    """What the area calls now: the real clock, or a fixed moment (area time) whose week is replayed."""

    mode: Literal["live", "replay"] = "live"
    moment: datetime | None = None
    title: Names = Field(default_factory=dict)


class SchoolHoliday(Strict):
    """A school holiday from the local day ``first`` to ``last``, both included; ``name`` is the same every year."""

    name: str = Field(min_length=1)
    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"{self.name} ends before it begins ({self.first})")
        return self


class Area(Strict):
    """One municipality or part of it, as its ``area.toml`` describes it."""

    id: str = Field(pattern=f"^{AREA_ID}$")
    names: Names
    time_zone: Annotated[str, AfterValidator(_known_time_zone)]
    country: str = Field(pattern=r"^[A-Z]{2}$")
    subdiv: str | None = None
    school_region: str | None = None
    school_holidays: tuple[SchoolHoliday, ...] = ()
    visitors_from: tuple[str, ...] = ()
    measure: Measure
    centre: Centre
    clock: Clock = Clock()
    access: Access = "public"
    simulated: bool = False
    event_names: dict[str, dict[str, str]] = Field(default_factory=dict)
    credit: str = ""
    tiles: Literal["none", "pdok"] = "none"
    zones: tuple[Zone, ...]

    @property
    def tz(self) -> ZoneInfo:
        """The area's time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def zone_ids(self) -> tuple[str, ...]:
        """The ids of the zones, in the order of the zones file."""
        return tuple(zone.zone_id for zone in self.zones)

    @cached_property
    def called(self) -> dict[str, str]:
        """What else files may call the zones: each such text, and the id of the zone it means."""
        found: dict[str, set[str]] = {}
        for zone in self.zones:
            for text in (zone.original_id, *zone.names.values()):
                found.setdefault(text or zone.zone_id, set()).add(zone.zone_id)
        return {text: ids.pop() for text, ids in found.items() if len(ids) == 1}

    def zone(self, zone_id: str) -> Zone:
        """Return the zone with this id. Raises ``KeyError`` when the area has none."""
        return self._by_id[zone_id]

    @cached_property
    def _by_id(self) -> dict[str, Zone]:
        return {zone.zone_id: zone for zone in self.zones}

    def name(self, lang: Language) -> str:
        """Return the area's name in ``lang``."""
        return in_language(self.names, lang)

    def event_name(self, name: str, lang: Language) -> str:
        """Return what an event is called in ``lang``; its own ``name`` where the area names no other one."""
        return self.event_names.get(lang.code, {}).get(name, name)

    def seen_from(self, further: float) -> "Area":
        """Return the area with a map that opens so many zoom levels further away, for a narrow window."""
        centre = self.centre.model_copy(update={"zoom": self.centre.zoom - further})
        return self.model_copy(update={"centre": centre})

    def now(self) -> datetime:
        """Return the start of the current hour in area time: the clock's, or the replayed moment's."""
        moment = self.clock.moment if self.clock.mode == "replay" else real_time.real_now()
        if moment is None:
            raise UserError("Area {area} replays a moment but its area.toml names none.", area=self.id)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=self.tz)
        return moment.astimezone(self.tz).replace(minute=0, second=0, microsecond=0)


def list_areas() -> list[str]:
    """Return the ids of all areas, users' and shipped ones, in alphabetical order."""
    folders = (home() / "areas", SHIPPED)
    return sorted({path.parent.name for folder in folders for path in folder.glob("*/area.toml")})


def load_area(area_id: str) -> Area:
    """Read and validate one area.

    Raises ``UserError`` when there is no such area, or a file of it is not valid (it says which and what).
    """
    path = find(area_id, "area.toml") if re.fullmatch(AREA_ID, area_id) else None
    if path is None:
        known = ", ".join(list_areas())
        raise UserError("There is no area '{area}'. Choose one of: {known}.", area=area_id, known=known)
    fields = read_toml(path)
    zones_path = find(area_id, "zones.geojson", "zones.csv")
    if zones_path is None:
        raise UserError("Area {area} has no zones file. Add zones.geojson or zones.csv.", area=area_id)
    try:
        return Area(**fields, zones=_told_apart(read_zones(zones_path, str(fields.get("time_zone", "")))))
    except ValidationError as error:
        raise invalid(path, *fault(error)) from error


def _told_apart(zones: Sequence[Zone]) -> tuple[Zone, ...]:
    """Return zones of which no two are called the same, or a list of choices would take the first."""
    for code in LANGUAGES:
        names = told_apart({zone.zone_id: zone.name(language(code)) for zone in zones})
        zones = [
            zone
            if zone.name(language(code)) == names[zone.zone_id]
            else zone.model_copy(update={"names": {**zone.names, code: names[zone.zone_id]}})
            for zone in zones
        ]
    return tuple(zones)
