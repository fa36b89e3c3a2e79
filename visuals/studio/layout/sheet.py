"""A sheet: everything that a picture consists of, each thing at its place in pixels, from the bottom to the top.

Whoever lays out a picture puts things on a sheet; ``visuals.studio.layout.drawing`` makes one Vega-Lite specification
of it. Since every text stands in a box that was measured first, nothing runs over anything else.
"""

from dataclasses import dataclass, field
from typing import Final, Literal

from shapely.geometry.base import BaseGeometry

from visuals.studio.layout.boxes import Box
from visuals.studio.layout.fitting import Fitted, fit
from visuals.studio.layout.fonts import ASCENT, DESCENT, Typeface, Weight
from visuals.studio.layout.sizes import Size

Align = Literal["left", "center", "right"]
Symbol = Literal["circle", "triangle-up", "diamond", "square", "cross"]


@dataclass(frozen=True)
class Rect:
    """A rectangle with rounded corners."""

    box: Box
    fill: str
    radius: float = 0
    stroke: str = ""
    stroke_width: float = 0
    opacity: float = 1


@dataclass(frozen=True)
class Shape:
    """A polygon or line in pixels."""

    geometry: BaseGeometry
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 0
    dash: tuple[float, ...] = ()
    opacity: float = 1


@dataclass(frozen=True)
class Point:
    """A symbol around a place; ``px`` is the width of the square it has the surface of."""

    x: float
    y: float
    symbol: Symbol
    px: float
    fill: str
    stroke: str = ""
    stroke_width: float = 0


@dataclass(frozen=True)
class Line:
    """One line of text on its baseline. ``angle`` (degrees, clockwise) is for marks across the picture."""

    x: float
    y: float
    text: str
    px: float
    weight: Weight
    colour: str
    align: Align = "left"
    angle: float = 0
    opacity: float = 1


@dataclass(frozen=True)
class Picture:
    """An image (a logo) as a data address."""

    box: Box
    url: str


Thing = Rect | Shape | Point | Line | Picture

LEAST: Final = 0.6
"""A text may be made this much smaller before the picture is refused."""


@dataclass
class Sheet:
    """Things on a page of one size, in the order in which they are drawn."""

    size: Size
    face: Typeface
    paper: str
    things: list[Thing] = field(default_factory=list)

    @property
    def unit(self) -> float:
        """How large type and margins are: see ``Size.unit``."""
        return self.size.unit

    def put(self, *things: Thing) -> None:
        """Lay things on top."""
        self.things += things

    def fitted(
        self,
        text: str,
        width: float,
        px: float,
        *,
        height: float = float("inf"),
        weight: Weight = 400,
        leading: float = 1.25,
        least: float = LEAST,
        lines: int | None = None,
        balanced: bool = False,
    ) -> Fitted:
        """Return the text wrapped to a width; made smaller to ``least`` × ``px`` where it is too high."""
        return fit(
            text,
            self.face,
            width=width,
            height=height,
            px=px,
            least=least * px,
            weight=weight,
            leading=leading,
            lines=lines,
            balanced=balanced,
        )

    def write(
        self,
        fitted: Fitted,
        box: Box,
        colour: str,
        *,
        weight: Weight = 400,
        align: Align = "left",
        middle: bool = False,
    ) -> Box:
        """Write fitted lines from the top of the box, or in its ``middle``; return the box that they take."""
        top = box.y + (box.height - fitted.height) / 2 if middle else box.y
        x = {"left": box.x, "center": box.x + box.width / 2, "right": box.right}[align]
        for number, text in enumerate(fitted.lines):
            y = top + fitted.px * (ASCENT + number * fitted.leading)
            self.put(Line(x, y, text, fitted.px, weight, colour, align))
        left = {"left": x, "center": x - fitted.width / 2, "right": x - fitted.width}[align]
        return Box(left, top, fitted.width, fitted.height)

    def label(
        self,
        text: str,
        box: Box,
        px: float,
        colour: str,
        *,
        weight: Weight = 400,
        align: Align = "left",
        middle: bool = True,
        lines: int | None = None,
        least: float = 0.4,
    ) -> Box:
        """Fit a short text into a box and write it; return the box that it takes."""
        fitted = self.fitted(
            text, box.width, px, height=box.height, weight=weight, leading=1.1, least=least, lines=lines
        )
        return self.write(fitted, box, colour, weight=weight, align=align, middle=middle)


def line_box(line: Line, face: Typeface) -> Box:
    """Return the box that a line of text takes."""
    width = face.width(line.text, line.px, line.weight)
    left = {"left": line.x, "center": line.x - width / 2, "right": line.x - width}[line.align]
    return Box(left, line.y - ASCENT * line.px, width, (ASCENT + DESCENT) * line.px)
