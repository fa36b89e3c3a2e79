"""Small maps side by side: one camera and one scale for all, so that they can be compared at a glance.

The camera is part of the specification (centre and scale), the same for every map of a comparison. Zones keep an
edge as wide as in the large map, so that a promenade of a few metres is seen too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import atan, degrees, exp, log, pi, radians, tan
from typing import Any, Final

import numpy as np
from shapely import from_wkb

from data.area.area import Area
from forecasting.meaning.claiming import claimed
from forecasting.meaning.variants import Variant
from forecasting.values.arrays import Floats
from forecasting.values.forecast import Forecast
from language import Language
from language.plain import rounded
from language.said import together
from visuals.base.basemap import PAPER
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, STYLES, label, rgb, shown_level
from visuals.charts.scenario_charts import Spec, framed
from visuals.words.amounts import marked, people
from visuals.words.claim_words import claim, said

MAP_HEIGHT: Final = 340
_MARGIN: Final = 0.88
_NEAR: Final = 0.006
"""Degrees around a single place that is looked at."""

FEWER: Final = "#1A6B8A"
MORE: Final = "#B5651D"
SAME: Final = "#EDEAE3"
"""Fewer people, more people, no difference: apart in hue and, with the number beside it, never by colour alone."""

_NAMED: Final = 5
_APART: Final = (0.22, 0.09)
"""Numbers stand at least so far from each other, as parts of the width or the height in sight."""

_CURVE: Final = 0.7
_SUBTITLE_LINES: Final = 3
"""All maps keep so much room below their title, so that they are of one size and the camera is the same."""


Drawing = str | Mapping[str, Any]


@dataclass(frozen=True)
class Camera:
    """Where all maps of a comparison look: the middle (degrees), and the width and height in sight (radians)."""

    lon: float
    lat: float
    wide: float
    high: float


def camera_of(area: Area, zone_id: str | None = None) -> Camera:
    """Return a camera that sees the whole area, or one place and what is around it."""
    zones = area.zones if zone_id is None else (area.zone(zone_id),)
    around = 0.0 if zone_id is None else _NEAR
    bounds = np.array([zone.geometry.bounds for zone in zones])
    west, south = bounds[:, :2].min(axis=0) - around
    east, north = bounds[:, 2:].max(axis=0) + around
    low, high = (_mercator(lat) for lat in (south, north))
    middle = degrees(2 * atan(exp((low + high) / 2)) - pi / 2)
    return Camera((west + east) / 2, middle, radians(east - west), high - low)


def level_map(
    variant: Variant,
    outlook: Outlook,
    *,
    hour_index: int,
    camera: Camera,
    drawing: Drawing,
) -> Spec:
    """Return one hour of a variant: every zone in the colour of its level, with the level's icon.

    ``drawing`` is the area's (``visuals.base.basemap.drawing``), or the address where it is: a browser then fetches it
    once for all maps and all scenarios.
    """
    area, lang = outlook.area, outlook.lang
    shown, hour = replace(outlook, forecast=variant.forecast), np.array([hour_index])
    rows = {}
    for row, zone_id in enumerate(variant.forecast.zone_ids):
        count = float(variant.forecast.median[row, hour_index])
        level = shown_level(outlook.thresholds, zone_id, count)
        tip: str = label(level, lang)
        if level != "unknown":
            claims = [claim(shown, "level", [zone_id], hour, level), claim(shown, "expected", [zone_id], hour)]
            tip = said(f"{tip}: {people(count, area.measure, lang)}", claims)
        rows[zone_id] = (STYLES[level].colour, STYLES[level].icon, tip)
    return _map(
        rows,
        area,
        lang,
        camera,
        drawing,
        title=variant.name,
        subtitle=variant.what,
        forecast=variant.forecast,
    )


def difference_map(
    variant: Variant,
    base: Variant,
    outlook: Outlook,
    *,
    hour_index: int,
    strongest: float,
    camera: Camera,
    drawing: Drawing,
) -> Spec:
    """Return one hour's difference in people between two variants; large differences stand as numbers.

    ``strongest`` is the difference that has the full colour (:func:`largest_difference`), the same for all maps of a
    comparison.
    """
    area, lang = outlook.area, outlook.lang
    known = difference(variant, base, hour_index)
    named = _named(known, variant.forecast.zone_ids, area, camera)
    rows = {}
    for row, zone_id in enumerate(variant.forecast.zone_ids):
        if np.isnan(variant.forecast.median[row, hour_index]):
            rows[zone_id] = (STYLES["unknown"].colour, STYLES["unknown"].icon, label("unknown", lang))
            continue
        was, becomes = (float(one.forecast.median[row, hour_index]) for one in (base, variant))
        tip = said(
            signed(rounded(becomes) - rounded(was), lang),
            claimed(
                "compared",
                variant.forecast,
                outlook.thresholds,
                [zone_id],
                np.array([hour_index]),
                base=base.forecast,
            ),
        )
        share = min(abs(float(known[row])) / strongest, 1.0)
        colour = _mixed(MORE if known[row] > 0 else FEWER, share**_CURVE)
        rows[zone_id] = (colour, tip if row in named and rounded(becomes) != rounded(was) else "", tip)
    return _map(
        rows,
        area,
        lang,
        camera,
        drawing,
        title=lang.t("Difference: {one} minus {other}", one=variant.name, other=base.name),
        subtitle=lang.t("Brown: more people. Blue: fewer."),
        forecast=variant.forecast,
    )


def difference(variant: Variant, base: Variant, hour_index: int) -> Floats:
    """Return how many more people one variant expects than another in one hour, by zone; 0 where unknown."""
    return np.nan_to_num(variant.forecast.median[:, hour_index] - base.forecast.median[:, hour_index])


def largest_difference(pairs: Sequence[tuple[Variant, Variant]], hour_index: int) -> float:
    """Return the largest difference of all pairs in one hour: what has the full colour; at least 1."""
    return max([1.0, *(float(np.abs(difference(*pair, hour_index)).max(initial=0)) for pair in pairs)])


def _named(more: Floats, zone_ids: tuple[str, ...], area: Area, camera: Camera) -> set[int]:
    """Return the rows whose number is written: the largest ones, as far as they do not stand over each other."""
    taken: list[tuple[float, float]] = []
    named: set[int] = set()
    for row in np.argsort(-np.abs(more)).tolist():
        point = area.zone(zone_ids[row]).geometry.representative_point()
        x, y = radians(point.x) / camera.wide, _mercator(point.y) / camera.high
        if len(named) < _NAMED and all(abs(x - a) > _APART[0] or abs(y - b) > _APART[1] for a, b in taken):
            named.add(row)
            taken.append((x, y))
    return named


def signed(more: float, lang: Language) -> str:
    """Say a difference in people with its sign: '+1,200', '−350', '±0'.

    It is that of two numbers as they are said, so that who subtracts what a table says finds the same.
    """
    number = abs(more)
    sign = "±" if number == 0 else "+" if more > 0 else "−"
    return lang.t("{sign}{number}", sign=sign, number=lang.number(number))


def _map(
    rows: Mapping[str, tuple[str, str, str]],
    area: Area,
    lang: Language,
    camera: Camera,
    drawing: Drawing,
    *,
    title: str,
    subtitle: str,
    forecast: Forecast,
) -> Spec:
    points = _points(tuple((zone.zone_id, zone.geometry.wkb) for zone in area.zones))
    zones, texts = [], []
    for zone_id, (colour, text, here) in rows.items():
        tip = together((f"{area.zone(zone_id).name(lang)}:", here))
        zones.append({"zone_id": zone_id, "colour": colour, "tip": tip})
        if text:
            lon, lat = points[zone_id]
            texts.append({"lon": lon, "lat": lat, "text": text, "tip": tip})
    looks = {"data": {"values": zones}, "key": "zone_id", "fields": ["colour", "tip"]}
    scale = f"{_MARGIN} * min(width / {camera.wide:.8f}, height / {camera.high:.8f})"
    return framed(
        _layers(drawing, [{"lookup": "zone_id", "from": looks}], texts),
        title=title,
        subtitle=marked(subtitle, forecast, lang),
        subtitle_lines=_SUBTITLE_LINES,
        height=MAP_HEIGHT,
        compact=True,
        projection={
            "type": "mercator",
            "center": [round(camera.lon, 6), round(camera.lat, 6)],
            "scale": {"expr": scale},
            "translate": {"expr": "[width / 2, height / 2]"},
        },
        view={"fill": PAPER, "stroke": None},
    )


def _layers(drawing: Drawing, looked_up: list[Spec], texts: list[Spec]) -> list[Spec]:
    """Return the land, the places in their colours, and the letters on them, from the bottom up."""
    field: Spec = {"scale": None, "type": "nominal"}
    on_top: Spec = {"field": "tip", "type": "nominal", "title": " "}
    at = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
        "text": {"field": "text", "type": "nominal"},
    }
    letters: Spec = {"type": "text", "fontSize": 12, "clip": True, "aria": False}
    return [
        {
            "data": _part(drawing, "features"),
            "mark": {"type": "geoshape", "clip": True, "aria": False},
            "encoding": {
                "fill": {"field": "properties.fill", **field},
                "stroke": {"field": "properties.stroke", **field},
                "strokeWidth": {"field": "properties.width", "type": "quantitative", "scale": None},
            },
        },
        {
            "data": _part(drawing, "zones"),
            "mark": {
                "type": "geoshape",
                "clip": True,
                "aria": False,
                "fill": "transparent",
                "stroke": INK,
                "strokeWidth": 5,
            },
        },
        {
            "data": _part(drawing, "zones"),
            "transform": looked_up,
            "mark": {"type": "geoshape", "clip": True, "strokeWidth": 3},
            "encoding": {
                "fill": {"field": "colour", **field},
                "stroke": {"field": "colour", **field},
                "tooltip": on_top,
                "description": {"field": "tip", "type": "nominal"},
            },
        },
        # Paper behind the letters, so that they are read on any colour.
        {"data": {"values": texts}, "mark": {**letters, "stroke": PAPER, "strokeWidth": 4}, "encoding": at},
        {"data": {"values": texts}, "mark": {**letters, "fill": INK}, "encoding": {**at, "tooltip": on_top}},
    ]


def _part(drawing: Drawing, name: str) -> Spec:
    if isinstance(drawing, str):
        # Vega-Lite takes two parts of one address for the same data; a browser fetches them once all the same.
        return {"url": f"{drawing}#{name}", "format": {"type": "json", "property": name}}
    return {"values": drawing[name]}


@lru_cache(maxsize=16)
def _points(zones: tuple[tuple[str, bytes], ...]) -> dict[str, tuple[float, float]]:
    """Return a point inside each zone."""
    inside = {zone_id: from_wkb(outline).representative_point() for zone_id, outline in zones}
    return {zone_id: (round(point.x, 5), round(point.y, 5)) for zone_id, point in inside.items()}


def _mercator(lat: float) -> float:
    return log(tan(pi / 4 + radians(lat) / 2))


def _mixed(colour: str, share: float) -> str:
    """Return a colour between 'no difference' and ``colour``."""
    channels = zip(rgb(SAME), rgb(colour), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * share):02X}" for one, other in channels)
