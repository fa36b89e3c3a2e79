"""The map of what is counted: places in use filled, places whose source is not used as an outline, others left out."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import pydeck

from data.area.area import Area
from data.area.sources import Source
from language import Language
from visuals.account.source_words import counted_at, counted_words
from visuals.base.palette import ACCENT, PAPER, QUIET_INK, rgb
from visuals.base.placing import Placing
from visuals.maps.decks import TOOLTIP_STYLE, ZONES_LAYER, CompactDeck, filled_zones, outlines
from visuals.maps.maptext import LABELS_LAYER, text_layer

_NAME_PX: Final = 13
_PLACE_PX: Final = 12


def counted_map(
    area: Area,
    sources: list[Source],
    lang: Language,
    *,
    map_style: str,
    basemap_labels: Sequence[Mapping[str, Any]] = (),
) -> pydeck.Deck:
    """Return the map of an area on which the places stand where something is counted; each says what.

    ``map_style`` is the address of a MapLibre style, ``basemap_labels`` are those of ``visuals.base.basemap.labels``.
    A place can be clicked on, also by its name.
    """
    shapes = outlines(tuple(zone.geometry.wkb for zone in area.zones), discs=True)
    rows, names, placing = [], [], Placing(area.centre)
    for zone, parts in zip(area.zones, shapes, strict=True):
        counted = counted_at(zone.zone_id, sources)
        if not counted:
            continue
        used = any(one.decision == "approved" for one in counted)
        what = "<br>".join(escape(counted_words(one, lang)) for one in counted)
        shared = {"zone_id": zone.zone_id, "name": zone.name(lang), "what": what}
        rows += [{**shared, "at": part, "colour": rgb(ACCENT if used else PAPER)} for part in parts]
        point = zone.geometry.representative_point()
        at = [round(point.x, 5), round(point.y, 5)]
        mark = "●" if used else "○"
        fits = placing.place(f"{mark} {zone.name(lang)}", at, _NAME_PX)
        names.append({**shared, "at": at, "text": f"{mark} {zone.name(lang)}" if fits else mark})
    places = [
        {"at": [one["lon"], one["lat"]], "text": one["text"]}
        for one in basemap_labels
        if placing.place(one["text"], (one["lon"], one["lat"]), _PLACE_PX)
    ]
    return CompactDeck(
        layers=[
            *filled_zones(rows),
            text_layer("places", places, size=_PLACE_PX, get_color=rgb(QUIET_INK), background=False),
            text_layer(LABELS_LAYER, names, size=_NAME_PX, pickable=True),
        ],
        map_provider="maplibre",
        map_style=map_style,
        initial_view_state=pydeck.ViewState(
            latitude=area.centre.lat, longitude=area.centre.lon, zoom=area.centre.zoom, pitch=0, bearing=0
        ),
        tooltip={"html": "<b>{name}</b><br>{what}", "style": TOOLTIP_STYLE},
    )


def tapped_zone(selected: Mapping[str, Sequence[Mapping[str, Any]]]) -> str | None:
    """Return the place that was clicked on, of what a page says is selected in each layer."""
    tapped = [*selected.get(ZONES_LAYER, []), *selected.get(LABELS_LAYER, [])]
    return str(tapped[0]["zone_id"]) if tapped else None
