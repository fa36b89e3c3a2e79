"""Boxes: the rectangles, in pixels from the top left, that a picture is laid out in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle: left ``x``, top ``y``, ``width`` and ``height`` in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """The centre."""
        return self.x + self.width / 2, self.y + self.height / 2

    def inset(self, by: float, vertical: float | None = None) -> "Box":
        """Return the box made smaller by so much on the left and right, and on the top and bottom."""
        down = by if vertical is None else vertical
        return Box(self.x + by, self.y + down, self.width - 2 * by, self.height - 2 * down)

    def below(self, distance: float) -> "Box":
        """Return what remains under the first ``distance`` pixels."""
        return Box(self.x, self.y + distance, self.width, self.height - distance)

    def above(self, distance: float) -> "Box":
        """Return what remains over the last ``distance`` pixels."""
        return Box(self.x, self.y, self.width, self.height - distance)

    def top(self, height: float) -> "Box":
        """Return the strip of this height along the top."""
        return Box(self.x, self.y, self.width, height)

    def foot(self, height: float) -> "Box":
        """Return the strip of this height along the bottom."""
        return Box(self.x, self.bottom - height, self.width, height)

    def left(self, width: float) -> "Box":
        """Return the strip of this width along the left."""
        return Box(self.x, self.y, width, self.height)

    def after(self, width: float) -> "Box":
        """Return what remains to the right of the first ``width`` pixels."""
        return Box(self.x + width, self.y, self.width - width, self.height)

    def overlaps(self, other: "Box", slack: float = 0.0) -> bool:
        """Return whether the two share more than ``slack`` pixels in both directions."""
        return (
            self.x + slack < other.right
            and other.x + slack < self.right
            and self.y + slack < other.bottom
            and other.y + slack < self.bottom
        )

    def holds(self, other: "Box", slack: float = 0.0) -> bool:
        """Return whether ``other`` lies inside this box, but for ``slack`` pixels."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
