"""The sizes of pictures, in exact pixels, and what of them must stay free of text."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from language import UserError, message_id
from visuals.studio.layout.boxes import Box

_SQUARE: Final = 1080
_MOST_OF_WIDTH: Final = 1.12


@dataclass(frozen=True)
class Size:
    """A size of picture: what it is called, and its ``width`` × ``height`` in pixels.

    ``top`` and ``bottom`` are pixels that an app lays its own buttons over (Instagram's stories), so that no text
    stands there; ``dpi`` is given for paper, where the pixels of a PDF are that many to the inch.
    """

    id: str
    name: str
    width: int
    height: int
    top: int = 0
    bottom: int = 0
    dpi: int | None = None

    @property
    def unit(self) -> float:
        """How large type and margins are, 1 for the square: pictures are read at about the same distance.

        In a high and narrow picture the width decides, or lines would hold too few words.
        """
        return min(sqrt(self.width * self.height), _MOST_OF_WIDTH * self.width) / _SQUARE

    @property
    def wide(self) -> bool:
        """Whether words stand beside the picture instead of above it."""
        return self.width > 1.2 * self.height

    @property
    def whole(self) -> Box:
        """The whole picture."""
        return Box(0, 0, self.width, self.height)

    @property
    def points(self) -> float:
        """Points (1/72 inch) that a pixel takes in a PDF: of paper by its ``dpi``, of screens 0.75 as in CSS."""
        return 72 / self.dpi if self.dpi else 0.75


SIZES: Final[dict[str, Size]] = {
    size.id: size
    for size in (
        Size("square", message_id("Square"), 1080, 1080),
        Size("portrait", message_id("Portrait"), 1080, 1350),
        Size("story", message_id("Story"), 1080, 1920, top=230, bottom=280),
        Size("landscape", message_id("Landscape"), 1200, 630),
        Size("slide", message_id("Slide"), 1920, 1080),
        Size("a4", "A4", 2480, 3508, dpi=300),
        Size("a3", "A3", 3508, 4961, dpi=300),
    )
}


def size_of(size_id: str) -> Size:
    """Return the size with this id. Raises ``UserError`` when there is none."""
    if size_id not in SIZES:
        raise UserError("There is no size '{size}'. Choose one of: {known}.", size=size_id, known=", ".join(SIZES))
    return SIZES[size_id]
