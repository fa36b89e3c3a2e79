"""Zones from ``zones.geojson`` or ``zones.csv``, checked so that a wrong export is seen at once.

Formats, with an example of each, are described in ``docs/data-formats.md``. Coordinates are WGS84 degrees.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd
from pydantic import ValidationError
from shapely.geometry import Point, mapping
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from data.area.zone import ZONE_ID, Names, Zone
from data.keeping.slugs import slugs
from data.keeping.within_time import within_time
from data.tables.notices import Notice
from data.tables.opening import open_table
from data.tables.outlines import LIMIT_ZONES, Outlined, Outlines, placed, read_outlines, too_many
from data.tables.places import city_of, kilometres
from language import UserError
from language.visible import one_line

_WIDEST_KM: Final = 1000.0
_MOST_ROWS: Final = 5 * LIMIT_ZONES
"""Rows of a table, of which some may be empty."""

_AXES: Final = (("lat", "lon"), ("latitude", "longitude"), ("y", "x"))
_DEFAULT_KIND: Final = {"Polygon": "square", "MultiPolygon": "square", "Point": "sensor"}
_RULES: Final = {
    "kind": "In {file}, zone or row {where} is of kind '{value}'. Choose beach, promenade, square, street, quay "
    "or sensor.",
    "usable_m2": "In {file}, usable_m2 of zone or row {where} is {value}. Give more than 0, or leave it empty.",
    "width_m": "In {file}, width_m of zone or row {where} is {value}. Give more than 0, or leave it empty.",
}
_ANY_RULE: Final = "In {file}, '{column}' of zone or row {where} cannot be used. Write it anew."
_TRUE: Final = {"true", "1", "yes", "ja", "waar"}
_FALSE: Final = {"false", "0", "no", "nee", "onwaar"}


@dataclass(frozen=True)
class ImportedZones:
    """The zones of a file, and what was decided on the way."""

    zones: list[Zone]
    notices: list[Notice]


def read_zones(path: Path, time_zone: str = "") -> list[Zone]:
    """Return the zones of an area, in the order of the file; at least one. Raises as :func:`import_zones`."""
    return import_zones(path, time_zone).zones


@within_time
def import_zones(path: Path, time_zone: str = "") -> ImportedZones:
    """Read the zones of an area and tell what was decided.

    A zone without a kind is a ``square`` when it is a polygon and a ``sensor`` when it is a point. Coordinates in
    another system than WGS84 degrees are converted when the file names the system, or when it follows from where
    ``time_zone`` is. Raises ``UserError`` naming the file and the row or feature: no zones, a missing column or
    id, an id given twice, coordinates of an unclear system, an outline that crosses itself or spans countries.
    """
    outlined = path.suffix.lower() in {".geojson", ".json"}
    found = read_outlines(path) if outlined else Outlines(list(_rows(path)))
    if len(found.zones) > LIMIT_ZONES:
        raise too_many(path.name, len(found.zones))
    found = placed(path.name, found, city_of(time_zone))
    zones: dict[str, Zone] = {}
    for record in _with_ids(found.zones):
        zone = _zone(path.name, *record)
        if zone.zone_id in zones:
            raise UserError(
                "{file} has two zones with the id '{zone}'. Give each zone its own id.",
                file=path.name,
                zone=zone.original_id or zone.zone_id,
            )
        zones[zone.zone_id] = zone
    if not zones:
        raise UserError("{file} holds no zones. Make it again.", file=path.name)
    return ImportedZones(list(zones.values()), found.notices)


def zones_geojson(zones: Iterable[Zone]) -> dict[str, Any]:
    """Return zones as a GeoJSON FeatureCollection that :func:`read_zones` reads back."""
    return {"type": "FeatureCollection", "features": [_feature(zone) for zone in zones]}


def _feature(zone: Zone) -> dict[str, Any]:
    names = {f"name_{code}": name for code, name in zone.names.items()}
    fields = zone.model_dump(exclude={"names", "geometry"}, exclude_none=True)
    return {"type": "Feature", "properties": fields | names, "geometry": mapping(zone.geometry)}


def _with_ids(records: Sequence[Outlined]) -> Iterator[Outlined]:
    """Give zones whose id is a text of another kind ('Town Hall (West)') an id made of it; the text is kept."""
    ids = [_id(record.fields.get("zone_id")) for record in records]
    own = [text for text in ids if re.fullmatch(ZONE_ID, text)]
    made = slugs((text for text in ids if text and not re.fullmatch(ZONE_ID, text)), taken=own)
    for text, record in zip(ids, records, strict=True):
        if text in made:
            named = {"name": record.fields.get("name") or text, "zone_id": made[text], "original_id": text}
            yield record._replace(fields={**record.fields, **named})
        else:
            yield record


def _rows(path: Path) -> Iterator[Outlined]:
    table = open_table(path)
    axes = next((pair for pair in _AXES if all(table.position(name) is not None for name in pair)), _AXES[0])
    table.require(("zone_id", "name", *axes))
    columns = table.columns(range(len(table.header)))
    if len(columns[0]) > _MOST_ROWS:
        raise too_many(path.name, len(columns[0]))
    names = [name.casefold() for name in table.header]
    for number, values in zip(table.rows(), zip(*(column.to_pylist() for column in columns), strict=True), strict=True):
        fields = {name: _cell(value) for name, value in zip(names, values, strict=True)}
        if all(value is None for value in fields.values()):
            continue
        row = str(number)
        lat, lon = (_number(path.name, row, name, fields[name]) for name in axes)
        if lat is None or lon is None:
            raise UserError("Row {row} of {file} has no lat or lon. Fill in both, in degrees.", row=row, file=path.name)
        yield Outlined(row, fields, Point(lon, lat))


def _cell(value: Any) -> Any:
    text = value.strip() if isinstance(value, str) else value
    return None if text == "" or pd.isna(text) else text


def _number(file: str, where: str, column: str, value: Any) -> float | None:
    if value is None or isinstance(value, float | int):
        return value
    try:
        return float(str(value).replace(",", "."))
    except ValueError as error:
        raise UserError(
            "In {file}, '{value}' in column {column} of zone or row {where} is not a number.",
            file=file,
            value=value,
            column=column,
            where=where,
        ) from error


def _flag(file: str, where: str, value: Any) -> bool:
    text = str(value if value is not None else False).strip().casefold()
    if text not in _TRUE | _FALSE:
        raise UserError(
            "In {file}, 'recommend' of zone or row {where} is '{value}'. Write true or false.",
            file=file,
            where=where,
            value=value,
        )
    return text in _TRUE


def _names(file: str, where: str, fields: Mapping[str, Any]) -> Names:
    named = {code: one_line(str(fields.get(f"name_{code}") or "")) for code in ("nl", "en")}
    name = one_line(str(fields.get("name") or ""))
    names = {code: text for code, text in named.items() if text} or ({"nl": name} if name else {})
    if not names:
        raise UserError("Zone or row {where} of {file} has no name. Give it one.", where=where, file=file)
    return names


def _id(value: Any) -> str:
    """Return an id as text: 7, and 7.0 as some programs write it, are '7'."""
    if value is None:
        return ""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def _zone(file: str, where: str, fields: Mapping[str, Any], geometry: BaseGeometry) -> Zone:
    _check_geometry(file, where, geometry)
    if not _id(fields.get("zone_id")):
        raise UserError("Zone or row {where} of {file} has no zone_id. Give it one.", where=where, file=file)
    try:
        return Zone.model_validate(
            {
                "zone_id": _id(fields["zone_id"]),
                "names": _names(file, where, fields),
                "kind": fields.get("kind") or _DEFAULT_KIND[geometry.geom_type],
                "original_id": fields.get("original_id"),
                "usable_m2": _number(file, where, "usable_m2", fields.get("usable_m2")),
                "width_m": _number(file, where, "width_m", fields.get("width_m")),
                "recommend": _flag(file, where, fields.get("recommend")),
                "geometry": geometry,
            }
        )
    except ValidationError as error:
        column = str(error.errors()[0]["loc"][0])
        rule = _RULES.get(column, _ANY_RULE)
        raise UserError(rule, file=file, value=fields.get(column), where=where, column=column) from error


def _check_geometry(file: str, where: str, geometry: BaseGeometry) -> None:
    if geometry.is_empty:
        raise UserError(
            "The outline of feature {where} of {file} cannot be read. Draw it again.", where=where, file=file
        )
    west, south, east, north = geometry.bounds
    if min(west, south) >= -180 and max(east, north) <= 180 and max(abs(south), abs(north)) > 90:
        raise UserError(
            "Zone or row {where} of {file} has latitude {y}, which does not exist. Swap latitude and longitude.",
            where=where,
            file=file,
            y=f"{north:.6g}",
        )
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise UserError(
            "Zone or row {where} of {file} has coordinates that are not degrees ({x}, {y}). The file does not name "
            "their system. Save it as WGS84 (EPSG:4326), longitude first in GeoJSON.",
            where=where,
            file=file,
            x=f"{west:.6g}",
            y=f"{south:.6g}",
        )
    across = 2 * kilometres((south, west), ((south + north) / 2, (west + east) / 2))
    if across > _WIDEST_KM:
        raise UserError(
            "Zone {where} of {file} is {km} km across. Draw only the place where people are counted.",
            where=where,
            file=file,
            km=f"{across:.0f}",
        )
    if not geometry.is_valid:
        raise UserError(
            "The outline of zone {where} of {file} crosses itself or is not closed near {at}. Draw it again.",
            where=where,
            file=file,
            at=explain_validity(geometry).partition("[")[2].rstrip("]"),
        )
