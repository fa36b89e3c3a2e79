"""The texts on the map: icons and names of zones, place names, and the mark of demo data."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pydeck

from forecasting.meaning.busy import ORANGE
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import LEVELS
from forecasting.values.timing import USUAL
from visuals.base.outlook import Outlook
from visuals.base.palette import PAPER, QUIET_INK, STYLES, ShownLevel, rgb, shown_level
from visuals.base.placing import Placing
from visuals.words.amounts import marks

LABELS_LAYER: Final = "levels"
"""Id of the layer of icons and names of zones."""

_NAME_PX: Final = 13
_PLACE_PX: Final = 12
_DEMO_PX: Final = 18
_DEMO_UP_PX: Final = 150

Row = dict[str, Any]


def text_layers(
    outlook: Outlook,
    counts: Floats,
    basemap_labels: Sequence[Mapping[str, Any]],
    raised: Mapping[str, float],
    read: Mapping[str, Row],
) -> list[pydeck.Layer]:
    """Return the layers ``places``, ``levels`` and, for demo data, ``demo``.

    Every zone has the icon of its level at ``counts`` (in the order of the forecast's zones); those that are
    orange or red also their name, the busiest first and as far as there is room when the map opens. Place
    names (``visuals.base.basemap.labels``, most important first) fill what is left. ``raised`` lifts the texts of
    zones by so many pixels, so that a circle below stays in sight. ``read`` is what tooltip and page read of a zone:
    a label, which hides its zone from a finger, can be clicked on as the zone can.
    """
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    placing = Placing(area.centre)
    icons = [{**row, **read[row["zone_id"]]} for row in _zone_rows(outlook, counts, placing, raised)]
    # Names and circles lie close together on a map: its week stands above it, and below it in a document.
    mark, centre = marks(replace(forecast, timing=USUAL), lang), [area.centre.lon, area.centre.lat]
    ways = (_DEMO_UP_PX, -_DEMO_UP_PX)
    up = next((up for up in ways if mark and placing.place(mark, centre, _DEMO_PX, up)), _DEMO_UP_PX)
    places = [
        {"at": [item["lon"], item["lat"]], "text": item["text"]}
        for item in basemap_labels
        if placing.place(item["text"], (item["lon"], item["lat"]), _PLACE_PX)
    ]
    layers = [
        text_layer("places", places, size=_PLACE_PX, get_color=rgb(QUIET_INK), background=False),
        text_layer(LABELS_LAYER, icons, size=_NAME_PX, get_pixel_offset="offset", pickable=True),
    ]
    if mark:
        rows = [{"at": centre, "text": mark}]
        layers.append(text_layer("demo", rows, size=_DEMO_PX, get_pixel_offset=[0, -up]))
    return layers


def _zone_rows(
    outlook: Outlook,
    counts: Floats,
    placing: Placing,
    raised: Mapping[str, float],
) -> list[Row]:
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    level_of = {
        zone_id: shown_level(thresholds, zone_id, float(count))
        for zone_id, count in zip(forecast.zone_ids, counts, strict=True)
    }
    rows = []
    rank: dict[ShownLevel, int] = {"unknown": -1, **{level: number for number, level in enumerate(LEVELS)}}
    for zone_id in sorted(level_of, key=lambda zone_id: -rank[level_of[zone_id]]):
        zone, level = area.zone(zone_id), level_of[zone_id]
        point = zone.geometry.representative_point()
        at = [round(point.x, 5), round(point.y, 5)]
        icon, up = STYLES[level].icon, raised.get(zone_id, 0.0)
        named = f"{icon} {zone.name(lang)}"
        fits = rank[level] >= ORANGE and placing.place(named, at, _NAME_PX, up)
        if not fits:
            placing.place(icon, at, _NAME_PX, up)
        rows.append({"zone_id": zone_id, "at": at, "text": named if fits else icon, "offset": [0, -up]})
    # The busiest last: drawn on top.
    return rows[::-1]


def text_layer(layer_id: str, rows: list[Row], *, size: int, **properties: Any) -> pydeck.Layer:
    """Return a layer of texts (``text``) at places (``at``), of so many pixels."""
    fixed = {
        "get_position": "at",
        "get_text": "text",
        "get_size": size,
        # The default set of characters has no icons and no letters with accents.
        "character_set": pydeck.types.String("auto"),
        "font_family": pydeck.types.String("Source Sans, Arial, sans-serif"),
        "background": True,
        "get_background_color": [*rgb(PAPER), 225],
        "background_padding": [4, 2, 4, 2],
        # Columns in three dimensions do not hide the names behind them.
        "parameters": {"depthCompare": "always", "depthWriteEnabled": False},
    }
    return pydeck.Layer("TextLayer", rows, id=layer_id, **(fixed | properties))
