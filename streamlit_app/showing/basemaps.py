"""Base maps: the area's own, drawn from its file, and the government's tiles above it where they can be reached."""

from functools import lru_cache
from typing import Any

from data.area.area import Area
from data.area.twin_layer import twin_layer
from data.keeping.fingerprint import BASEMAP, fingerprint
from feedback.people.roles import Role
from language import Language, UserError
from language.said import fact
from streamlit_app.access.permissions import may
from visuals.base.basemap import basemap_of, credit, drawing, labels, map_style

_TILES_PROBE = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/grijs/EPSG:3857/10/525/337.png"
_reachable = {"pdok": False}


def basemap(area_id: str) -> dict[str, Any]:
    """Return the area's base map (GeoJSON) as its file is now; without one, plain paper."""
    return _basemap(area_id, fingerprint(area_id, BASEMAP))


@lru_cache(maxsize=16)
def _basemap(area_id: str, files: str) -> dict[str, Any]:  # noqa: ARG001 - a key of the cache
    return basemap_of(area_id)


def probe_tiles() -> None:
    """Find out once whether tiles of PDOK can be reached; without them the own base map is complete.

    Takes at most 3 seconds; called at the start, beside everything else.
    """
    from urllib.error import URLError
    from urllib.request import urlopen

    try:
        with urlopen(_TILES_PROBE, timeout=3) as answer:
            _reachable["pdok"] = answer.status == 200
    except (URLError, OSError):
        _reachable["pdok"] = False


def style_of(area: Area) -> dict[str, Any]:
    """Return the area's base map as a MapLibre style, with the layer of its digital twin above it, if it has one."""
    try:
        layer = twin_layer(area)
    except UserError:  # the map goes on without; :func:`twin_sentence` says what is wrong
        layer = None
    return map_style(basemap(area.id), tiles=_has_tiles(area), twin=layer.shapes if layer else ())


def twin_sentence(area: Area, lang: Language) -> str:
    """Say what is drawn in grey under the map and whose it is; what is wrong with it, to who can mend that."""
    try:
        layer = twin_layer(area)
    except UserError as error:
        return error.say(lang) if may(Role.STEWARD) else ""
    if layer is None:
        return ""
    name = fact(layer.name(lang), "area")
    if layer.credit:
        return lang.t("In grey: {name}, {credit}.", name=name, credit=fact(layer.credit, "area"))
    return lang.t("In grey: {name}.", name=name)


def drawing_of(area: Area) -> dict[str, Any]:
    """Return the area's base map and zones as shapes for charts."""
    return drawing(basemap(area.id), area)


def credit_of(area: Area, language: str) -> str:
    """Return whose map it is."""
    return credit(basemap(area.id), language, tiles=_has_tiles(area))


def _has_tiles(area: Area) -> bool:
    return area.tiles == "pdok" and _reachable["pdok"]


def labels_of(area_id: str, language: str) -> list[dict[str, Any]]:
    """Return the names on the base map: ``text, lon, lat, rank``."""
    return _labels(area_id, language, fingerprint(area_id, BASEMAP))


@lru_cache(maxsize=32)
def _labels(area_id: str, language: str, files: str) -> list[dict[str, Any]]:
    return labels(_basemap(area_id, files), language)
