"""Charts as pictures (PNG), for documents that stand on their own."""

import json
from io import BytesIO
from typing import Any, Final

import vl_convert
from PIL import Image

WIDTH: Final = 1000
"""Pixels of a page: the width for which charts are drawn in their wide form."""
SHARPNESS: Final = 1.5
"""Pixels of the picture per pixel of the page: sharp on a projector, and small enough to send."""
NARROW_WIDTH: Final = 350
"""Pixels that a chart is wide on a phone."""
NARROW_SHARPNESS: Final = 2.0
_COLOURS: Final = 256


def still(specification: dict[str, Any], *, width: int = WIDTH, sharpness: float = SHARPNESS) -> bytes:
    """Return the picture (PNG) of a chart's Vega-Lite specification, ``width`` pixels of a page wide."""
    fitted = {**specification, "width": width} if specification.get("width") == "container" else specification
    # The icon of 'busy' is not in the fonts that usually stand in; the one of the card suit is.
    text = json.dumps(fitted, ensure_ascii=False).replace("◆", "♦")
    picture = Image.open(BytesIO(vl_convert.vegalite_to_png(text, scale=sharpness))).convert("RGB")
    file = BytesIO()
    # So few colours are enough for charts, and make the file a third as large.
    picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
