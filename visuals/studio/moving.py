"""A day that moves: the map of levels, hour by hour, as an animated GIF."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image

from language import UserError
from visuals.studio.catalogue import Template
from visuals.studio.layout.drawing import png
from visuals.studio.layout.sizes import Size
from visuals.studio.material.material import Material

_FROM, _TO = 8, 23
"""Local hours of the first frame and of the end of the last."""

_MOVES: Final = "levels-map"
_FRAME_MS: Final = 700
_LAST_MS: Final = 2_000
_COLOURS: Final = 128
_LARGEST: Final = 2_500_000
"""Pixels a frame: paper sizes do not move."""


def can_move(template: Template, size: Size) -> bool:
    """Return whether a picture of this template and size can move."""
    return template.id == _MOVES and size.width * size.height <= _LARGEST


def gif(template: Template, material: Material, size: Size) -> bytes:
    """Return the day of the moment shown as an animated GIF, a frame an hour; it repeats.

    Raises ``UserError`` for a template that has no moment, a size for paper, or a day outside the forecast.
    """
    if template.id != _MOVES:
        raise UserError("Only the map for one hour can move. Choose PNG, SVG or PDF for this picture.")
    if not can_move(template, size):
        raise UserError("A picture for paper cannot move. Choose another size, or PNG, SVG or PDF.")
    frames = list(_frames(template, material, size))
    out = BytesIO()
    frames[0].save(
        out,
        format="GIF",
        save_all=True,
        append_images=frames[1:],
        duration=[_FRAME_MS] * (len(frames) - 1) + [_LAST_MS],
        loop=0,
        optimize=False,
    )
    return out.getvalue()


def _frames(template: Template, material: Material, size: Size) -> Iterator[Image.Image]:
    local = material.forecast.local_hours
    day = (local.date == material.moment.date()) & (local.hour >= _FROM) & (local.hour < _TO)
    palette: Image.Image | None = None
    for index in np.flatnonzero(day):
        drawn = png(template.svg(material.changed(hour_index=int(index)), size))
        with Image.open(BytesIO(drawn)) as image:
            frame = image.convert("RGB")
        # One palette for all frames, or colours would flicker.
        palette = palette or frame.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT)
        yield frame.quantize(palette=palette, dither=Image.Dither.NONE)
