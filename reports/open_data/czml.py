"""A forecast as CZML: columns over the places of a digital twin, whose height and colour change with the hours."""

from typing import Any, Final

import pandas as pd
from czml3.core import Document, Packet
from czml3.enums import ClockRanges
from czml3.properties import Clock, Color, Ellipse, Material, Polygon, Position, PositionList, SolidColorMaterial
from czml3.types import IntervalValue, RgbaValue, TimeIntervalCollection
from shapely.geometry import MultiPolygon, Point
from shapely.geometry import Polygon as Shape
from shapely.geometry.polygon import orient

from data.area.area import Area
from data.area.zone import Zone
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import LEVELS, Thresholds
from language import Language
from visuals.base.palette import STYLES
from visuals.words.amounts import marked

METRES_AT_RED: Final = 100.0
"""How high a column is where it is just too busy: the same at every place, so that heights can be compared."""

ORIGIN: Final = "origin"
"""The packet that says where the figures come from; the first one may not."""

_RADIUS: Final = 15.0
_SEE_THROUGH: Final = 200
_UNKNOWN: Final = "unknown"


def as_czml(forecast: Forecast, area: Area, thresholds: Thresholds, lang: Language) -> str:
    """Return the expected count of every place and hour, as height against its own threshold of too busy.

    Hours that are not known have no height and the colour of what is unknown. The name of the document says when the
    figures are practice data.
    """
    start, end = _moment(forecast.hours[0]), _moment(forecast.hours[-1] + pd.Timedelta(hours=1))
    name = marked(lang.t("Expected crowds in {area}", area=area.name(lang)), forecast, lang)
    clock = IntervalValue(
        start=start, end=end, value=Clock(currentTime=start, multiplier=3600, range=ClockRanges.LOOP_STOP)
    )
    document = Packet(id="document", name=name, version="1.0", clock=clock)
    packets = [document, Packet(id=ORIGIN, name=name, properties=_origin(forecast))]
    levels, median = forecast.levels(thresholds), forecast.median
    for z, zone_id in enumerate(forecast.zone_ids):
        zone, red = area.zone(zone_id), thresholds.zones[zone_id].red
        heights, colours = [], []
        for h, hour in enumerate(forecast.hours):
            count, span = float(median[z, h]), (_moment(hour), _moment(hour + pd.Timedelta(hours=1)))
            known = count == count
            heights.append(
                IntervalValue(start=span[0], end=span[1], value=round(METRES_AT_RED * count / red, 1) if known else 0.0)
            )
            level = LEVELS[int(levels[z, h])] if known else _UNKNOWN
            colours.append(IntervalValue(start=span[0], end=span[1], value=_colour(level)))
        packets += _columns(zone, lang, heights, colours)
    return Document(packets=packets).dumps()


def _columns(zone: Zone, lang: Language, heights: list[IntervalValue], colours: list[IntervalValue]) -> list[Packet]:
    """Return the column of a place: a prism over each part of its outline, or a cylinder at its sensor."""
    shape = zone.geometry
    height = TimeIntervalCollection(values=heights)
    material = Material(solidColor=SolidColorMaterial(color=TimeIntervalCollection(values=colours)))
    if isinstance(shape, Point):
        place = Position(cartographicDegrees=[shape.x, shape.y, 0.0])
        round_ = Ellipse(
            semiMajorAxis=_RADIUS, semiMinorAxis=_RADIUS, height=0.0, extrudedHeight=height, material=material
        )
        return [Packet(id=zone.zone_id, name=zone.name(lang), position=place, ellipse=round_)]
    parts = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    packets = []
    for number, part in enumerate(parts):
        prism = Polygon(positions=_ring(part), height=0.0, extrudedHeight=height, material=material)
        packet_id = zone.zone_id if number == 0 else f"{zone.zone_id}#{number + 1}"
        packets.append(Packet(id=packet_id, name=zone.name(lang), polygon=prism))
    return packets


def _ring(shape: Shape) -> PositionList:
    corners = list(orient(shape).exterior.coords)[:-1]
    return PositionList(cartographicDegrees=[value for x, y, *_ in corners for value in (float(x), float(y), 0.0)])


def _colour(level: Any) -> Color:
    text = STYLES[level].colour.lstrip("#")
    red, green, blue = (int(text[i : i + 2], 16) for i in (0, 2, 4))
    return Color(rgba=RgbaValue(values=[red, green, blue, _SEE_THROUGH]))


def _origin(forecast: Forecast) -> dict[str, Any]:
    return {
        "snapshot": forecast.snapshot_id,
        "measure": forecast.measure,
        "known_days": dict(zip(forecast.zone_ids, forecast.known_days, strict=False)),
        "data": "DEMO DATA" if forecast.simulated else "counts",
        "metres_at_too_busy": METRES_AT_RED,
    }


def _moment(hour: pd.Timestamp) -> str:
    return str(hour.tz_convert("UTC").strftime("%Y-%m-%dT%H:%M:%SZ"))
