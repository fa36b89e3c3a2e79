"""What the charts on pictures share: a scale of people from 0, its lines and numbers, and the thresholds of levels."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from forecasting.values.arrays import Floats, Indices
from visuals.base.palette import GRID, INK, QUIET_INK, WHITE, ShownLevel, word
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Line, Shape, Sheet
from visuals.studio.material.material import Material
from visuals.studio.panels.mappanel import icon
from visuals.words.amounts import unit

_STEPS: Final = (1, 2, 2.5, 5)
_MOST_LINES: Final = 4
_SHOWN_BELOW: Final = 1.15
"""The threshold of a level is drawn when it lies below this times the highest value."""

_ROOM: Final = 1.12
"""Head room above the highest value."""

LABEL_PX: Final = 21


@dataclass(frozen=True)
class Plot:
    """The part of a chart that values are drawn in. Scales start at 0; ``top`` is the value at the upper edge."""

    box: Box
    top: float

    def y(self, value: float) -> float:
        """Return the pixel of a value."""
        return self.box.bottom - min(value / self.top, 1.0) * self.box.height


def read_below(sheet: Sheet, box: Box, text: str) -> Box:
    """Write how to read the drawing along the foot of ``box``; return what remains above it."""
    u = sheet.unit
    fitted = sheet.fitted(text, box.width, LABEL_PX * u, height=0.22 * box.height)
    sheet.write(fitted, box.foot(fitted.height), QUIET_INK)
    return box.above(fitted.height + 14 * u)


def people_plot(sheet: Sheet, box: Box, material: Material, highest: float, *, foot: float) -> Plot:
    """Draw a scale of people in ``box`` with its numbers on the left; return the plot.

    ``highest`` is the largest value to come, ``foot`` the pixels to keep free under the plot. Names of levels get
    room on the right: see :func:`draw_borders`.
    """
    u, lang, face = sheet.unit, material.lang, sheet.face
    px = LABEL_PX * u
    near = [value for _, value in _zone_thresholds(material) if value < _SHOWN_BELOW * highest]
    top = max(highest, 1.0, *near) * _ROOM
    head = 2.1 * px
    step = _step(top, min(_MOST_LINES, max((box.height - head - foot) / (1.8 * px), 1)))
    values = [step * number for number in range(int(top / step) + 1)]
    numbers = [lang.number(value, decimals=0 if step >= 1 else 1) for value in values]
    left = max(face.width(number, px) for number in numbers) + 14 * u
    right = max((_tag_width(sheet, level, material) for level, _ in _zone_thresholds(material)), default=0)
    plot = Plot(Box(box.x + left, box.y + head, box.width - left - right, box.height - head - foot), top)
    sheet.label(unit(material.area.measure, lang), box.top(1.4 * px), px, QUIET_INK, lines=1, middle=False)
    for value, number in zip(values, numbers, strict=True):
        y = plot.y(value)
        sheet.put(
            Shape(LineString([(plot.box.x, y), (plot.box.right, y)]), stroke=GRID, stroke_width=1.5 * u),
            Line(plot.box.x - 10 * u, y + 0.33 * px, number, px, 400, QUIET_INK, "right"),
        )
    return plot


def line_of(plot: Plot, hours: Indices, xs: Floats, values: Floats) -> BaseGeometry:
    """Return the line of ``values`` at ``hours``, whose pixels are ``xs``; it breaks where hours are missing."""
    lines = [LineString(_points(plot, xs[run], values[run])) for run in _runs(hours)]
    return lines[0] if len(lines) == 1 else MultiLineString(lines)


def band_of(plot: Plot, hours: Indices, xs: Floats, low: Floats, high: Floats) -> BaseGeometry:
    """Return the band between two courses of values; it breaks where hours are missing (see :func:`line_of`)."""
    bands = [
        Polygon([*_points(plot, xs[run], high[run]), *reversed(_points(plot, xs[run], low[run]))])
        for run in _runs(hours)
    ]
    return bands[0] if len(bands) == 1 else MultiPolygon(bands)


def _runs(hours: Indices) -> list[Indices]:
    """Return the places of hours that follow each other; a single one is left out, for it makes no line."""
    found = np.split(np.arange(len(hours)), np.flatnonzero(np.diff(hours) > 1) + 1)
    return [run for run in found if len(run) > 1] or [np.arange(len(hours))]


def _points(plot: Plot, xs: Floats, values: Floats) -> list[tuple[float, float]]:
    return [(float(x), plot.y(float(value))) for x, value in zip(xs, values, strict=True)]


def draw_borders(sheet: Sheet, plot: Plot, material: Material) -> None:
    """Draw from which number of people a level begins, with its icon and word to the right of the plot."""
    u, px = sheet.unit, LABEL_PX * sheet.unit
    highest = plot.box.bottom - 0.2 * px
    for level, value in _zone_thresholds(material):
        if value > plot.top:
            continue
        y = plot.y(value)
        line = LineString([(plot.box.x, y), (plot.box.right, y)])
        # Names of thresholds close together are moved up, so that each can be read.
        middle = min(y, highest)
        highest = middle - 1.35 * px
        sheet.put(
            Shape(line, stroke=WHITE, stroke_width=5 * u),
            Shape(line, stroke=material.brand.fill(level), stroke_width=3 * u),
            *icon(level, plot.box.right + 20 * u, middle, 16 * u, material),
            Line(plot.box.right + 36 * u, middle + 0.33 * px, word(level, material.lang), px, 600, INK),
        )


def _tag_width(sheet: Sheet, level: ShownLevel, material: Material) -> float:
    u = sheet.unit
    return sheet.face.width(word(level, material.lang), LABEL_PX * u, 600) + 40 * u


def _zone_thresholds(material: Material) -> list[tuple[ShownLevel, float]]:
    zone_thresholds = material.thresholds.zones[material.zone_id]
    if zone_thresholds.basis == "none":
        return []
    return [("yellow", zone_thresholds.yellow), ("orange", zone_thresholds.orange), ("red", zone_thresholds.red)]


def _step(top: float, most: float) -> float:
    """Return the distance of the lines of a scale up to ``top``, about ``most`` of them: 1, 2, 2.5 or 5 times a power
    of ten."""
    power = 1.0
    while power * 10 <= top / most:
        power *= 10
    while power > top / most and power > 0.001:
        power /= 10
    steps: Sequence[float] = [step * power for step in (*_STEPS, 10, 20, 50)]
    return next((step for step in steps if top / step <= most + 0.5), top)
