"""Typefaces: the files they are in, how wide their letters are, and letting the renderer know them.

Widths are measured in the very files that the renderer draws with, so that a text that fits here fits there.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, Literal

import vl_convert
from PIL import ImageFont

from language import UserError

FOLDER: Final = Path(__file__).with_name("fonts")

Weight = Literal[400, 600, 700]
WEIGHTS: Final[tuple[Weight, ...]] = (400, 600, 700)

ASCENT: Final = 0.78
DESCENT: Final = 0.24
"""How far capitals with accents and tails reach above and below the baseline, as shares of the type size."""

_MEASURED_AT: Final = 200


@dataclass(frozen=True)
class Typeface:
    """A family by its name in the files, and the file of each weight."""

    family: str
    regular: Path
    semibold: Path
    bold: Path

    def file(self, weight: Weight) -> Path:
        """Return the file of a weight."""
        return {400: self.regular, 600: self.semibold, 700: self.bold}[weight]

    def width(self, text: str, px: float, weight: Weight = 400) -> float:
        """Return how wide a line of text is, in pixels."""
        return _width(self.file(weight), text) * px / _MEASURED_AT

    def register(self) -> None:
        """Let the renderer find the files; once per process and folder."""
        for folder in {self.file(weight).parent for weight in WEIGHTS}:
            _registered(folder)


NEUTRAL: Final = Typeface(
    "Source Sans Pro",
    FOLDER / "SourceSansPro-Regular.ttf",
    FOLDER / "SourceSansPro-Semibold.ttf",
    FOLDER / "SourceSansPro-Bold.ttf",
)
"""The open typeface that ships (SIL Open Font License; see ``fonts/OFL.txt``)."""


def family_of(file: Path) -> str:
    """Return the name of the family in a font file.

    Raises ``UserError`` when the file is not there or is not a font.
    """
    if not file.is_file():
        raise UserError("The font file {file} is not there. Put it beside the brand file, or mend its name.", file=file)
    try:
        name = ImageFont.truetype(str(file), 20).getname()[0]
    except OSError as error:
        raise UserError("{file} is not a font that can be read. Use a TTF or OTF file.", file=file) from error
    return str(name)


@cache
def _registered(folder: Path) -> None:
    vl_convert.register_font_directory(str(folder))


@cache
def _font(file: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(file), _MEASURED_AT)


@lru_cache(maxsize=20_000)
def _width(file: Path, text: str) -> float:
    return float(_font(file).getlength(text))
