"""Adding an area: from somebody's tables to a folder the app can read, all of it or nothing."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from math import cos, log2, radians
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from shapely import union_all

from data.area.area import Access, Area, Centre, Clock, Measure
from data.area.reading import Reading
from data.area.sources import LOG, Decision, decided_now
from data.area.zone import Names, Zone
from data.area.zones import import_zones, zones_geojson
from data.doubts.doubt import Doubt
from data.doubts.record import record
from data.importing.counts.reader import read_counts
from data.importing.events import read_events
from data.importing.weather import read_weather
from data.keeping.decision_log import as_line
from data.keeping.home import SHIPPED, area_home, home
from data.keeping.toml_file import read_toml
from data.quality.series_doubts import series_doubts
from data.tables.notices import Imported, Notice
from data.tables.places import city_of, kilometres
from language import Language, UserError

_TILE_PIXELS: Final = 512
_MAP_PIXELS: Final = 500
_ROUNDED: Final = 1.05
"""Outlines are drawn with this much care: m² that exceed them by less are no doubt."""

_MADE_ANEW: Final = (
    "area.toml",
    "sources.toml",
    "zones.*",
    "counts.parquet",
    "weather.parquet",
    "doubts.json",
    "models",
)
"""What a replacement writes again or makes invalid; snapshots, decisions and measured effects stay."""

_RULES: Final = {
    "id": "'{value}' cannot be the id of an area. Use lower-case letters, digits and hyphens, 40 at most.",
    "time_zone": "'{value}' is not a time zone. Name one such as Europe/Amsterdam.",
    "country": "'{value}' is not a country code. Use two capitals such as NL.",
}
_TITLES: Final[dict[str, Names]] = {
    "counts": {"nl": "Ingelezen tellingen", "en": "Imported counts"},
    "weather": {"nl": "Ingelezen weer", "en": "Imported weather"},
    "events": {"nl": "Ingelezen evenementen", "en": "Imported events"},
}


@dataclass(frozen=True)
class NewArea:
    """What somebody says about an area, and its files; ``data.area.area.Area`` tells what the fields mean.

    ``weather_units`` says in which unit columns of the weather are, where that is another than their name says.
    ``reading`` declares what the columns of the counts are. ``replay`` is the moment (area time) whose week is shown;
    without it the area runs on the real clock. ``access`` is who sees it; what replaces another is seen as that was.
    """

    id: str
    names: Names
    time_zone: str
    country: str
    counts: Path
    zones: Path
    measure: Measure = "present"
    subdiv: str | None = None
    school_region: str | None = None
    weather: Path | None = None
    weather_units: Mapping[str, str] = field(default_factory=dict)
    events: Path | None = None
    reading: Reading | None = None
    replay: datetime | None = None
    decision: Decision = "approved"
    decided_by: str = "importer"
    access: Access = "public"


def add_area(new: NewArea, *, replace: bool = False) -> list[Notice]:
    """Read and check the files of an area and keep them in users' state.

    With ``replace`` an area added before is exchanged when the new one is complete; its snapshots, decisions
    and measured effects stay, its trained models do not. Returns what was decided while reading, and what is doubted.
    Raises ``UserError`` when the area exists, or anything in the files is not right; then nothing has changed.
    """
    zones = import_zones(new.zones, new.time_zone)
    area = _area(new, tuple(zones.zones))
    target = area_home(new.id)
    if (SHIPPED / new.id).exists():
        raise UserError("Area '{area}' ships with the project. Choose another id.", area=new.id)
    if target.exists() and not replace:
        raise UserError("There is an area '{area}' already. Choose another id or use --replace.", area=new.id)
    events = new.events or (target / "events.csv" if (target / "events.csv").exists() else None)
    counts = read_counts(new.counts, area.zone_ids, area.tz, area.measure, called=area.called, reading=new.reading)
    weather = read_weather(new.weather, area.tz, units=new.weather_units) if new.weather else None
    if events:
        read_events(events, area.zone_ids, area.tz)
    with whole_folder(target) as folder:
        if target.exists():
            shutil.copytree(target, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_MADE_ANEW))
        (folder / "area.toml").write_text(_area_toml(area), "utf-8")
        (folder / "zones.geojson").write_text(json.dumps(zones_geojson(area.zones), ensure_ascii=False), "utf-8")
        counts.frame.to_parquet(folder / "counts.parquet", index=False)
        if weather:
            weather.frame.to_parquet(folder / "weather.parquet", index=False)
        if new.events:
            shutil.copyfile(new.events, folder / "events.csv")
        kinds = ["counts"] + ["weather"] * bool(weather) + ["events"] * bool(events)
        (folder / "sources.toml").write_text(_sources_toml(new, kinds), "utf-8")
        _decide_again(folder / LOG, new, kinds)
        record(folder, "counts", new.counts.name, counts.doubts)
        if new.weather and weather:
            record(folder, "weather", new.weather.name, weather.doubts)
    notices = [*zones.notices, *counts.notices, *(weather.notices if weather else [])]
    doubts = [*_too_much_room(area.zones), *counts.doubts, *series_doubts(area, counts.frame)]
    return [partial(_say_read, counts, area), *notices, *doubts, *(weather.doubts if weather else [])]


def _area(new: NewArea, zones: tuple[Zone, ...]) -> Area:
    try:
        area = Area(
            id=new.id,
            names=new.names,
            time_zone=new.time_zone,
            country=new.country,
            subdiv=new.subdiv,
            school_region=new.school_region,
            measure=new.measure,
            access=_access(new),
            centre=_centre(zones),
            clock=Clock(mode="replay", moment=new.replay) if new.replay else Clock(),
            zones=zones,
        )
    except ValidationError as error:
        field = str(error.errors()[0]["loc"][0])
        raise UserError(_RULES[field], value=getattr(new, field)) from error
    _check_place(area, new.zones.name)
    return area


def _centre(zones: Sequence[Zone]) -> Centre:
    """Return the middle of the zones, and the zoom at which all of them fit on a small map."""
    west, south, east, north = union_all([zone.geometry.envelope for zone in zones]).bounds
    lat = min(max((south + north) / 2, -85), 85)
    degrees = max(east - west, (north - south) / cos(radians(lat)), 1e-6)
    zoom = log2(_MAP_PIXELS * 360 / (_TILE_PIXELS * degrees))
    return Centre(lat=round(lat, 5), lon=round((west + east) / 2, 5), zoom=round(min(max(zoom, 1), 16), 1))


def _too_much_room(zones: Sequence[Zone]) -> list[Doubt]:
    """Doubt usable m² that do not fit inside an outline."""
    from data.tables.reference_systems import surface_m2

    room = [(zone, zone.usable_m2, surface_m2(zone.geometry)) for zone in zones if zone.usable_m2]
    doubted = [one for one in room if 0 < _ROUNDED * one[2] < one[1]]
    return [Doubt("room", partial(_say_room, *one)) for one in doubted]


def _check_place(area: Area, file: str) -> None:
    """Refuse zones whose latitude and longitude are clearly each other's, judged by where the time zone is."""
    reference = city_of(area.time_zone)
    if reference is None:
        return
    here = (area.centre.lat, area.centre.lon)
    distance, swapped = (kilometres(place, reference) for place in (here, here[::-1]))
    if distance > 2000 and swapped < distance / 3:
        raise UserError(
            "In {file}, latitude and longitude look swapped: the zones lie {km} km from {city}. Swap them.",
            file=file,
            km=f"{distance:.0f}",
            city=area.time_zone,
        )


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a folder that takes the place of ``target`` when the block ends without an error."""
    workshop = home() / ".adding"  # beside the areas, so that a folder left by a crash is no area
    workshop.mkdir(parents=True, exist_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=workshop, prefix=f"{target.name}-") as name:
        new, old = Path(name) / "new", Path(name) / "old"
        new.mkdir()
        yield new
        if target.exists():
            target.rename(old)
        try:
            new.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise


def _access(new: NewArea) -> Access:
    """Return who sees an area: for one that is replaced, as it stands there, so that no replacement opens it."""
    path = area_home(new.id) / "area.toml"
    if not path.is_file():
        return new.access
    found: Access = read_toml(path).get("access", "public")
    return found


def _area_toml(area: Area) -> str:
    lines = [
        f"id = {_text(area.id)}",
        f"names = {_names(area.names)}",
        f"time_zone = {_text(area.time_zone)}",
        f"country = {_text(area.country)}",
        *([f"subdiv = {_text(area.subdiv)}"] if area.subdiv else []),
        *([f"school_region = {_text(area.school_region)}"] if area.school_region else []),
        f"measure = {_text(area.measure)}",
        *([f"access = {_text(area.access)}"] if area.access != "public" else []),
        "",
        "[centre]",
        f"lat = {area.centre.lat}",
        f"lon = {area.centre.lon}",
        f"zoom = {area.centre.zoom}",
    ]
    if area.clock.moment:
        lines += ["", "[clock]", 'mode = "replay"', f"moment = {area.clock.moment.isoformat()}"]
    return "\n".join(lines) + "\n"


def _sources_toml(new: NewArea, kinds: Sequence[str]) -> str:
    return "\n".join(
        f"[[source]]\n"
        f"id = {_text(f'imported-{kind}')}\n"
        f"kind = {_text(kind)}\n"
        f'provider = "file"\n'
        f"title = {_names(_TITLES[kind])}\n"
        f"decision = {_text(new.decision)}\n"
        f"decided_by = {_text(new.decided_by)}\n"
        f"decided_on = {date.today().isoformat()}\n"
        for kind in kinds
    )


def _decide_again(log: Path, new: NewArea, kinds: Sequence[str]) -> None:
    """Let the decision on new data follow the ones on the data it replaces, which stay on record."""
    if not log.exists():
        return
    with log.open("a", encoding="utf-8") as file:
        for kind in kinds:
            file.write(as_line(decided_now(f"imported-{kind}", new.decision, new.decided_by, "new files")))


def _names(names: Names) -> str:
    return "{ " + ", ".join(f"{code} = {_text(name)}" for code, name in names.items()) + " }"


def _text(value: str) -> str:
    """Write a TOML basic string, whose escapes are those of JSON (but for DEL)."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _say_room(zone: Zone, usable: float, outline: float, lang: Language) -> str:
    return lang.t(
        "{zone}: usable_m2 is {usable}, and its outline without holes is {outline} m². Is that right? It is kept.",
        zone=zone.name(lang),
        usable=lang.number(usable),
        outline=lang.number(outline),
    )


def _say_read(counts: Imported, area: Area, lang: Language) -> str:
    known = counts.frame[counts.frame["count"].notna()]
    return lang.t(
        "Counts read: {counts}. Zones with counts: {zones} of {all}. From {first} to {last}.",
        counts=lang.number(len(known)),
        zones=known["zone_id"].nunique(),
        all=len(area.zones),
        first=lang.date(known["hour"].min(), "d MMM yyyy HH:mm", area.tz),
        last=lang.date(known["hour"].max(), "d MMM yyyy HH:mm", area.tz),
    )
