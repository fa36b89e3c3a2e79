"""From a sheet to one Vega-Lite specification, and from that to SVG, PNG and PDF without a browser.

Positions are pixels (no scales), so that what was laid out is what is drawn. Neighbouring things of one kind make
one layer.
"""

import re
from itertools import groupby
from typing import Any, Final
from xml.sax.saxutils import escape, unescape

import vl_convert
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from visuals.studio.layout.fonts import Typeface, Weight
from visuals.studio.layout.sheet import Line, Picture, Point, Rect, Shape, Sheet, Thing
from visuals.studio.layout.sizes import Size

Spec = dict[str, Any]

_SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_FALLBACK: Final = "Source Sans, Arial, sans-serif"
"""For an SVG that is opened where the typeface is not installed."""


def specification(sheet: Sheet, description: str = "") -> Spec:
    """Return the sheet as a Vega-Lite specification of exactly its size."""
    layers = [_LAYERS[kind](list(things), sheet) for kind, things in groupby(sheet.things, type)]
    return {
        "$schema": _SCHEMA,
        "description": description,
        "width": sheet.size.width,
        "height": sheet.size.height,
        "padding": 0,
        # Everything has its place already; fitting would shrink the drawing where the renderer takes a text for wider.
        "autosize": {"type": "none", "contains": "padding"},
        "background": sheet.paper,
        "layer": layers,
        "config": {"view": {"stroke": None}, "aria": False, "font": f"{sheet.face.family}, {_FALLBACK}"},
    }


def svg(sheet: Sheet, description: str = "") -> str:
    """Return the sheet as SVG, with ``description`` for those who do not see it."""
    sheet.face.register()
    drawn = str(vl_convert.vegalite_to_svg(specification(sheet, description)))
    said = f"<title>{escape(description)}</title>" if description else ""
    return re.sub(r"(<svg [^>]*?)>", rf'\1 role="img">{_literal(said)}', drawn, count=1)


def elsewhere(drawn: str, face: Typeface) -> str:
    """Return an SVG for where ``face`` is not installed: each line of text is as wide as in its own typeface."""
    weights: dict[str, Weight] = {"600": 600, "700": 700}

    def held(found: re.Match[str]) -> str:
        written, text = found[1], unescape(found[2], {"&quot;": '"', "&apos;": "'"})
        size, weight = re.search(r'font-size="([\d.]+)px"', written), re.search(r'font-weight="(\d+)"', written)
        if size is None or not text.strip():
            return found[0]
        width = face.width(text, float(size[1]), weights.get(weight[1], 400) if weight else 400)
        return f'<text{written} textLength="{width:.2f}" lengthAdjust="spacingAndGlyphs">{found[2]}</text>'

    return re.sub(r"<text([^>]*)>([^<]*)</text>", held, drawn)


def png(drawn: str, scale: float = 1) -> bytes:
    """Return an SVG as PNG; ``scale`` 2 has twice the pixels each way."""
    return bytes(vl_convert.svg_to_png(drawn, scale=scale))


def pdf(drawn: str, size: Size) -> bytes:
    """Return an SVG as a PDF of one page, whose text is text; paper has its size in print."""
    width, height = (f"{pixels * size.points:.2f}" for pixels in (size.width, size.height))
    pixels = f'width="{size.width}" height="{size.height}"'
    return bytes(vl_convert.svg_to_pdf(drawn.replace(pixels, f'width="{width}" height="{height}"', 1)))


def normalised(drawn: str) -> str:
    """Return an SVG with its generated ids numbered from the start, so that two of the same compare equal."""
    ids: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return ids.setdefault(match[0], f"{match[1]}-{len(ids)}")

    return re.sub(r"\b(clip|gradient_|gradient|pattern)\d+\b", renamed, drawn)


def _literal(text: str) -> str:
    return text.replace("\\", r"\\")


def _layer(mark: Spec, rows: list[Spec], encoding: Spec) -> Spec:
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _position(name: str) -> Spec:
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _as_is(name: str, kind: str = "nominal") -> Spec:
    return {"field": name, "type": kind, "scale": None, "legend": None}


def _of(name: str) -> Spec:
    return {"expr": f"datum.{name}"}


def _r(value: float) -> float:
    return round(value, 2)


_INK: Final = {"fill": _as_is("fill"), "stroke": _as_is("stroke"), "opacity": _as_is("opacity", "quantitative")}
_PLACE: Final = {"x": _position("x"), "y": _position("y")}


def _ink(thing: Rect | Shape | Point) -> Spec:
    return {
        "fill": thing.fill or "transparent",
        "stroke": thing.stroke or "transparent",
        "stroke_width": _r(thing.stroke_width),
        "opacity": getattr(thing, "opacity", 1),
    }


def _rects(rects: list[Rect], _sheet: Sheet) -> Spec:
    rows = [
        {
            "x": _r(rect.box.x),
            "y": _r(rect.box.y),
            "x2": _r(rect.box.right),
            "y2": _r(rect.box.bottom),
            "radius": _r(rect.radius),
            **_ink(rect),
        }
        for rect in rects
    ]
    mark = {"type": "rect", "cornerRadius": _of("radius"), "strokeWidth": _of("stroke_width")}
    return _layer(mark, rows, {**_PLACE, "x2": {"field": "x2"}, "y2": {"field": "y2"}, **_INK})


def _shapes(shapes: list[Shape], _sheet: Sheet) -> Spec:
    rows = [
        {
            "type": "Feature",
            "geometry": mapping(_wound(shape)),
            "dash": list(shape.dash),
            **_ink(shape),
        }
        for shape in shapes
    ]
    mark = {
        "type": "geoshape",
        "strokeWidth": _of("stroke_width"),
        "strokeDash": _of("dash"),
        "strokeCap": "round",
        "strokeJoin": "round",
    }
    layer = _layer(mark, rows, _INK)
    return {**layer, "projection": {"type": "identity", "scale": 1, "translate": [0, 0]}}


def _wound(shape: Shape) -> Any:
    geometry = shape.geometry.simplify(0)
    return orient(geometry) if geometry.geom_type == "Polygon" else geometry


def _points(points: list[Point], _sheet: Sheet) -> Spec:
    rows = [
        {"x": _r(point.x), "y": _r(point.y), "symbol": point.symbol, "area": _r(point.px**2), **_ink(point)}
        for point in points
    ]
    mark = {"type": "point", "strokeWidth": _of("stroke_width")}
    encoding = {**_PLACE, "shape": _as_is("symbol"), "size": _as_is("area", "quantitative"), **_INK}
    return _layer(mark, rows, encoding)


def _lines(lines: list[Line], _sheet: Sheet) -> Spec:
    rows = [
        {
            "x": _r(line.x),
            "y": _r(line.y),
            "text": line.text,
            "px": _r(line.px),
            "weight": line.weight,
            "colour": line.colour,
            "align": line.align,
            "angle": line.angle,
            "opacity": line.opacity,
        }
        for line in lines
    ]
    mark = {
        "type": "text",
        "baseline": "alphabetic",
        "align": _of("align"),
        "fontWeight": _of("weight"),
        "angle": _of("angle"),
        "limit": 0,
    }
    encoding = {
        **_PLACE,
        "text": {"field": "text", "type": "nominal"},
        "size": _as_is("px", "quantitative"),
        "color": _as_is("colour"),
        "opacity": _as_is("opacity", "quantitative"),
    }
    return _layer(mark, rows, encoding)


def _pictures(pictures: list[Picture], _sheet: Sheet) -> Spec:
    rows = [
        {
            "x": _r(picture.box.middle[0]),
            "y": _r(picture.box.middle[1]),
            "w": _r(picture.box.width),
            "h": _r(picture.box.height),
            "url": picture.url,
        }
        for picture in pictures
    ]
    mark = {"type": "image", "width": _of("w"), "height": _of("h"), "align": "center", "baseline": "middle"}
    return _layer(mark, rows, {**_PLACE, "url": {"field": "url", "type": "nominal"}})


_LAYERS: Final[dict[type[Thing], Any]] = {
    Rect: _rects,
    Shape: _shapes,
    Point: _points,
    Line: _lines,
    Picture: _pictures,
}
