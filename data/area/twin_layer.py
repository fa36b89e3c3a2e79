"""A layer of a digital twin that lies under the map of an area: shapes of its own GeoJSON file, and what it is called.

Only outlines are read. What else the file says of a feature stays in it: nothing of it is drawn or said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry import mapping, shape

from data.area.area import Area, Centre
from data.area.zone import Names, in_language
from data.keeping.fingerprint import TWIN, fingerprint
from data.keeping.from_outside import check_size
from data.keeping.home import find
from data.keeping.within_time import within_time
from data.tables.json_text import parsed_json
from data.tables.places import kilometres
from language import LANGUAGES, Language, UserError
from language.visible import one_line

LIMIT_MB: Final = 5
LIMIT_SHAPES: Final = 5_000
LIMIT_CORNERS: Final = 100_000
FARTHEST_KM: Final = 50.0
"""From the middle of the area; a shape beyond it was written in another system of coordinates."""

_KINDS: Final = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")
_LONGEST: Final = 80
_METRES_TENTH: Final = 1e-6
"""Degrees to which corners are rounded: a tenth of a metre."""


@dataclass(frozen=True)
class TwinLayer:
    """What it is called (by language code, may be empty), whose it is, and its shapes as GeoJSON geometries."""

    names: Names
    credit: str
    shapes: tuple[dict[str, Any], ...]

    def name(self, lang: Language) -> str:
        """Return what it is called."""
        return in_language(self.names, lang) if self.names else lang.t("digital twin")


def twin_layer(area: Area) -> TwinLayer | None:
    """Return the layer under the map of an area, ``None`` where it has none.

    Raises ``UserError`` when its file is no GeoJSON, too large, or holds shapes that lie elsewhere.
    """
    path = find(area.id, *TWIN)
    found = _kept(path, area.centre, fingerprint(area.id, TWIN)) if path else None
    if isinstance(found, UserError):
        raise found
    return found


@lru_cache(maxsize=8)
def _kept(path: Path, centre: Centre, _written: str) -> TwinLayer | UserError:
    """Read a file once as long as it stays as it is, also one that is wrong: each visit of a map asks for it."""
    try:
        return _read(path, centre)
    except UserError as error:
        return error


@within_time
def _read(path: Path, centre: Centre) -> TwinLayer:
    check_size(path, LIMIT_MB)
    try:
        collection, _ = parsed_json(path.read_bytes())
        features = collection["features"]
        outlines = [feature["geometry"] for feature in features if feature["geometry"] is not None]
        names, credit = _names(collection), _text(collection.get("credit"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("{file} is not a GeoJSON FeatureCollection. Save the layer again.", file=path.name) from error
    if len(outlines) > LIMIT_SHAPES:
        raise UserError(
            "{file} holds {n} shapes, and at most {limit} are drawn. Keep those that help to find the way.",
            file=path.name,
            n=len(outlines),
            limit=LIMIT_SHAPES,
        )
    return TwinLayer(names, credit, tuple(_shapes(path.name, outlines, centre)))


def _shapes(file: str, outlines: list[Any], centre: Centre) -> Iterator[dict[str, Any]]:
    corners = 0
    for number, outline in enumerate(outlines, start=1):
        try:
            if outline["type"] not in _KINDS:
                raise ValueError(outline["type"])
            found = shapely.force_2d(shape(outline))
        except (shapely.errors.ShapelyError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise UserError(
                "Shape {n} of {file} cannot be read. Draw points, lines and polygons only.", n=number, file=file
            ) from error
        if found.is_empty:
            continue
        corners += shapely.get_num_coordinates(found)
        if corners > LIMIT_CORNERS:
            raise UserError("{file} has more than {n} corners. Make its shapes simpler.", file=file, n=LIMIT_CORNERS)
        _check_near(file, number, found.bounds, centre)
        yield dict(mapping(shapely.set_precision(found, _METRES_TENTH, mode="pointwise")))


def _check_near(file: str, number: int, bounds: tuple[float, float, float, float], centre: Centre) -> None:
    """Raise ``UserError`` when a corner of a shape's box lies too far from the middle of the area."""
    west, south, east, north = bounds
    for lon, lat in ((west, south), (east, north)):
        degrees = abs(lat) <= 90 and abs(lon) <= 180
        if not degrees or kilometres((lat, lon), (centre.lat, centre.lon)) > FARTHEST_KM:
            raise UserError(
                "Shape {n} of {file} lies more than {km} km away. Save the layer as WGS84 (EPSG:4326).",
                n=number,
                file=file,
                km=round(FARTHEST_KM),
            )


def _names(collection: dict[str, Any]) -> dict[str, str]:
    found = {code: _text(collection.get(f"name_{code}")) for code in LANGUAGES}
    return {code: name for code, name in found.items() if name}


def _text(value: Any) -> str:
    return one_line(value)[:_LONGEST] if isinstance(value, str) else ""
