"""Reads a picture back from its SVG and checks that no text leaves it or runs over another."""

import re
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

from visuals.studio.layout.boxes import Box
from visuals.studio.layout.fonts import NEUTRAL, Typeface
from visuals.studio.layout.sheet import Line, line_box
from visuals.studio.layout.sizes import Size

SVG = "{http://www.w3.org/2000/svg}"
MOVED = re.compile(r"translate\(\s*(-?[\d.]+)[ ,]+(-?[\d.]+)\s*\)")
SLACK = 2.0
"""Pixels: boxes are a little higher than the ink in them."""


@dataclass(frozen=True)
class Written:
    text: str
    box: Box
    px: float
    across: bool


def texts(svg: str, face: Typeface = NEUTRAL) -> list[Written]:
    """Return every line of text with the box it takes, measured in the font it is drawn in."""
    return list(_texts(ElementTree.fromstring(svg), 0.0, 0.0, face))


def _texts(node, x, y, face):
    transform = node.get("transform", "")
    if moved := MOVED.search(transform):
        x, y = x + float(moved[1]), y + float(moved[2])
    if node.tag == f"{SVG}text":
        anchor = {"start": "left", "middle": "center", "end": "right"}[node.get("text-anchor", "start")]
        px = float(node.get("font-size").removesuffix("px"))
        line = Line(x, y, "".join(node.itertext()), px, int(node.get("font-weight")), "", anchor)
        yield Written(line.text, line_box(line, face), px, "rotate" in transform)
    for child in node:
        yield from _texts(child, x, y, face)


def faults(svg: str, size: Size, face: Typeface = NEUTRAL) -> list[str]:
    """Return what is wrong with the texts of a picture; the mark across it is left out."""
    found = [written for written in texts(svg, face) if not written.across]
    inside = Box(0, size.top, size.width, size.height - size.top - size.bottom)
    wrong = [f"'{w.text}' leaves the picture" for w in found if not inside.holds(w.box, SLACK)]
    wrong += [
        f"'{one.text}' runs over '{other.text}'"
        for one, other in combinations(found, 2)
        if one.box.overlaps(other.box, SLACK)
    ]
    return wrong
