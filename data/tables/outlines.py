"""Zones as GeoJSON: features with their fields and outlines, in whatever reference system the file says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any, Final, NamedTuple

from shapely import equals_exact, force_2d, union_all
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from data.keeping.from_outside import check_size, too_large
from data.keeping.within_time import within_time
from data.tables.content import unpacked
from data.tables.json_text import parsed_json
from data.tables.notices import Notice
from data.tables.places import LatLon
from language import Language, UserError

KINDS: Final = ("Polygon", "MultiPolygon", "Point")
LIMIT_MB: Final = 25
"""Largest file of outlines, unpacked: a hundred times that of a seaside town."""

LIMIT_ZONES: Final = 1000
_NOT_DEGREES: Final = 360.0
"""Coordinates beyond this are no degrees of any kind."""

_SAME_DEGREES: Final = 1e-9
_READ_PROBLEMS: Final = (ShapelyError, ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError)


class Outlined(NamedTuple):
    """A zone as a file has it: where it stands (its id or number), its fields in lower case, and its outline."""

    where: str
    fields: Mapping[str, Any]
    geometry: BaseGeometry


@dataclass(frozen=True)
class Outlines:
    """What a file holds, and what was decided while reading it. ``declared``: the reference system it names."""

    zones: list[Outlined]
    declared: Any = None
    notices: list[Notice] = field(default_factory=list)


@within_time
def read_outlines(path: Path) -> Outlines:
    """Read the features of a GeoJSON file, with coordinates as they stand in it.

    Raises ``UserError`` when the file is no GeoJSON, too large, or a feature is no polygon or point.
    """
    check_size(path)
    data = unpacked(path)
    if len(data) > LIMIT_MB * 2**20:
        raise too_large(path.name, LIMIT_MB)
    try:
        collection, charset = parsed_json(data)
        features = [collection] if collection.get("type") == "Feature" else list(collection["features"])
        entries = [_entry(feature, number) for number, feature in enumerate(features, start=1)]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(
            "{file} is not a GeoJSON FeatureCollection. Save the zones again as GeoJSON.", file=path.name
        ) from error
    if len(entries) > LIMIT_ZONES:
        raise too_many(path.name, len(entries))
    notices: list[Notice] = [] if charset == "UTF-8" else [partial(_say_charset, path.name, charset)]
    zones = [_outlined(path.name, *entry, notices) for entry in entries]
    return Outlines(zones, collection.get("crs"), notices)


def too_many(file: str, n: int) -> UserError:
    """Return the error about more zones than anybody counts in."""
    return UserError(
        "{file} holds {n} zones, and at most {limit} can be used. Keep those that are counted.",
        file=file,
        n=n,
        limit=LIMIT_ZONES,
    )


def _entry(feature: Mapping[str, Any], number: int) -> tuple[str, dict[str, Any], Mapping[str, Any]]:
    fields = {str(name).casefold(): value for name, value in (feature.get("properties") or {}).items()}
    if fields.get("zone_id") is None and isinstance(feature.get("id"), str | int):
        fields["zone_id"] = feature["id"]
    outline = feature.get("geometry") or {}
    outline.get("type")
    given = fields.get("zone_id")
    return str(number if given is None or not str(given).strip() else given)[:80], fields, outline


def _outlined(
    file: str, where: str, fields: Mapping[str, Any], outline: Mapping[str, Any], notices: list[Notice]
) -> Outlined:
    kind = outline.get("type")
    single = kind == "MultiPoint" and isinstance(outline.get("coordinates"), list) and len(outline["coordinates"]) == 1
    if kind not in KINDS and not single:
        raise UserError(
            "Feature {where} of {file} is not a polygon or a point. Draw the zone as a polygon.",
            where=where,
            file=file,
        )
    try:
        geometry = force_2d(shape(outline))
    except _READ_PROBLEMS as error:
        raise UserError(
            "The outline of feature {where} of {file} cannot be read. Draw it again.", where=where, file=file
        ) from error
    if single and not geometry.is_empty:
        geometry = geometry.geoms[0]
    if geometry.geom_type == "MultiPolygon" and not geometry.is_valid and all(p.is_valid for p in geometry.geoms):
        geometry = union_all(geometry.geoms)
        notices.append(partial(_say_joined, file, where))
    return Outlined(where, fields, _wound(geometry))


def _wound(geometry: BaseGeometry) -> BaseGeometry:
    """Let holes run against the rings around them: whoever fills what a ring goes round then leaves them open."""
    parts = getattr(geometry, "geoms", [geometry])
    if not any(getattr(part, "interiors", ()) for part in parts):
        return geometry
    turned = [orient(part) for part in parts]
    return turned[0] if geometry.geom_type == "Polygon" else type(geometry)(turned)


def placed(file: str, found: Outlines, near: LatLon | None) -> Outlines:
    """Return the zones in WGS84 degrees, converted where the file names another system or is clearly in one.

    ``near`` is the city of the area's time zone: it tells systems apart whose numbers look alike. Zones that are in
    degrees, and those whose system is unclear, are returned as they are. Raises ``UserError`` for a system that
    is not known, or in which the zones would lie elsewhere.
    """
    bounds = [zone.geometry.bounds for zone in found.zones if not zone.geometry.is_empty]
    far = bool(bounds) and all(max(map(abs, each)) > _NOT_DEGREES for each in bounds)
    if not bounds or (found.declared is None and (not far or near is None)):
        return found
    from data.tables import reference_systems as systems  # only where it is needed: it takes a while to load

    system, said = systems.system_of(found.declared), _say_converted
    if found.declared is not None and system is None:
        raise UserError(
            "{file} names a reference system that is not known: '{name}'. Save it as WGS84 (EPSG:4326).",
            file=file,
            name=_shown(found.declared),
        )
    if far and near and (system is None or system.is_geographic):
        system, said = systems.recognised(*bounds[0][:2], near), _say_recognised
    if system is None:
        return found
    before = [zone.geometry for zone in found.zones]
    after = systems.in_degrees(before, system)
    if after is None and system.is_projected:
        raise UserError(
            "{file} is said to be in {system}, but then zones lie where that is not used. Name the right system, "
            "or save it as WGS84 (EPSG:4326).",
            file=file,
            system=systems.name_of(system),
        )
    if after is None or all(map(equals_exact, before, after, repeat(_SAME_DEGREES))):
        return found
    zones = [zone._replace(geometry=geometry) for zone, geometry in zip(found.zones, after, strict=True)]
    return Outlines(zones, None, [*found.notices, partial(said, file, systems.name_of(system))])


def _shown(declared: Any) -> str:
    properties = declared.get("properties") if isinstance(declared, dict) else None
    return str(properties.get("name", declared) if isinstance(properties, dict) else declared)[:60]


def _say_charset(file: str, charset: str, lang: Language) -> str:
    return lang.t("{file} is written in {charset} and was read as such.", file=file, charset=charset)


def _say_joined(file: str, where: str, lang: Language) -> str:
    return lang.t(
        "In {file}, parts of zone {where} lie over or against each other; they are one.", file=file, where=where
    )


def _say_converted(file: str, system: str, lang: Language) -> str:
    return lang.t("In {file}, coordinates in {system} were converted to WGS84.", file=file, system=system)


def _say_recognised(file: str, system: str, lang: Language) -> str:
    return lang.t(
        "In {file}, coordinates are not degrees. They were taken for {system}, which fits the area, and converted.",
        file=file,
        system=system,
    )
