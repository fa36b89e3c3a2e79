"""A logo as SVG: taken only when it is made of plain shapes, and drawn as a picture of dots before anything shows it.

An SVG can hold scripts, pages, entities that grow without end, and addresses that tell somebody elsewhere who looks. So
only what is listed here may stand in it, and everything else is refused with a sentence that names it.
"""

import re
from math import isfinite
from typing import Final
from xml.parsers import expat

import vl_convert

from language import UserError

_SPACE: Final = "http://www.w3.org/2000/svg"
_SHAPES: Final = frozenset({"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_WORDS: Final = frozenset({"title", "desc"})
_PAINT: Final = frozenset(
    {
        *("fill", "fill-rule", "fill-opacity", "clip-rule", "color", "opacity", "display", "visibility"),
        *("stroke", "stroke-width", "stroke-opacity", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"),
    }
)
_PLACE: Final = frozenset(
    {
        *("id", "class", "version", "baseProfile", "viewBox", "preserveAspectRatio", "transform", "d", "points"),
        *("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height"),
    }
)
_REFERENCE: Final = re.compile(r"url\s*\(|javascript:|data:|//|@import|expression|\\", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in)?\s*")

MOST_SHAPES: Final = 2000
"""Most elements of a logo."""
_DEEPEST: Final = 30
_SIDE: Final = 1600
"""Pixels of the longer side of what is drawn: sharp on A3."""
_NARROWEST: Final = 20.0
"""A logo is at most so many times as wide as it is high, or the other way round."""


def drawn_logo(content: bytes, file: str) -> bytes:
    """Return an SVG as PNG. Raises ``UserError`` that names the first thing in it that is no plain shape."""
    reader = _Reader(file)
    reader.read(content)
    width, height = reader.size()
    drawn: bytes = vl_convert.svg_to_png(content.decode("utf-8"), scale=_SIDE / max(width, height))
    return drawn


class _Reader:
    """Goes through an SVG once, and refuses all that is not listed."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._shapes = self._depth = 0
        self._root: dict[str, str] = {}

    def read(self, content: bytes) -> None:
        try:
            content.decode("utf-8")
            parser = expat.ParserCreate("utf-8", namespace_separator=" ")
            parser.StartDoctypeDeclHandler = lambda *_: self._refuse("<!DOCTYPE>")
            parser.ProcessingInstructionHandler = lambda name, _: self._refuse(f"<?{name}?>")
            parser.StartElementHandler = self._element
            parser.EndElementHandler = self._end
            parser.Parse(content, True)
        except (expat.ExpatError, UnicodeDecodeError, LookupError) as error:
            raise UserError(
                "The logo {file} is not an SVG that can be read. Save it again.", file=self._file
            ) from error

    def size(self) -> tuple[float, float]:
        """Return width and height in its own units."""
        box = re.split(r"[\s,]+", self._root.get("viewBox", "").strip())
        found = [_LENGTH.fullmatch(self._root.get(name, "")) for name in ("width", "height")]
        try:
            sides = [float(one[1]) for one in found if one] if all(found) else [float(side) for side in box[2:4]]
        except ValueError:
            sides = []
        good = len(sides) == 2 and all(isfinite(side) and 0 < side < 1e6 for side in sides)
        if not good or max(sides) > _NARROWEST * min(sides):
            raise UserError(
                "The logo {file} does not say how large it is, or is far too narrow. Give it a width and a height.",
                file=self._file,
            )
        return sides[0], sides[1]

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if space != _SPACE or tag not in _SHAPES | _WORDS or (self._shapes == 0) != (tag == "svg"):
            self._refuse(f"<{tag}>")
        self._shapes, self._depth = self._shapes + 1, self._depth + 1
        if self._shapes == 1:
            self._root = attributes
        if self._shapes > MOST_SHAPES or self._depth > _DEEPEST:
            raise UserError(
                "The logo {file} has more than {n} shapes. Save a simpler one, or save it as PNG.",
                file=self._file,
                n=MOST_SHAPES,
            )
        for attribute, value in attributes.items():
            self._attribute(attribute, value)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _attribute(self, name: str, value: str) -> None:
        if name == "style":
            for declaration in filter(str.strip, value.split(";")):
                said, _, given = declaration.partition(":")
                if said.strip() not in _PAINT or _REFERENCE.search(given):
                    self._refuse(f"style: {declaration.strip()[:40]}")
        elif name not in _PAINT | _PLACE:
            self._refuse(name.rpartition(" ")[2])
        elif _REFERENCE.search(value):
            self._refuse(f"{name}: {value.strip()[:40]}")

    def _refuse(self, what: str) -> None:
        raise UserError(
            "The logo {file} holds '{what}'. A logo may hold plain shapes only: paths, rectangles, circles, lines. "
            "Save it as a plain SVG without text, pictures and effects, or save it as PNG.",
            file=self._file,
            what=what,
        )
