"""Fitting text into a box: wrap it, make it smaller, and break a word only when nothing else helps."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from language import UserError
from visuals.studio.layout.fonts import ASCENT, DESCENT, Typeface, Weight

_STEPS: Final = 16
_HYPHEN: Final = "-"
_SHORTENED: Final = re.compile(r"(\b[A-Z][a-z]?\.) ")
"""A shortened title or first name: it stays on the line of what follows."""


@dataclass(frozen=True)
class Fitted:
    """Lines of text at a type size. ``height`` is from the top of the first line to the foot of the last."""

    lines: tuple[str, ...]
    px: float
    leading: float
    width: float

    @property
    def height(self) -> float:
        """Pixels that the lines take."""
        return self.px * (ASCENT + DESCENT + (len(self.lines) - 1) * self.leading)


def fit(
    text: str,
    face: Typeface,
    *,
    width: float,
    height: float,
    px: float,
    least: float,
    weight: Weight = 400,
    leading: float = 1.18,
    lines: int | None = None,
    balanced: bool = False,
) -> Fitted:
    """Return ``text`` in lines that fit ``width`` × ``height`` pixels, as large as possible from ``px`` to ``least``.

    A word is broken only when the text does not fit otherwise. ``balanced`` makes lines about equally long. Raises
    ``UserError`` when the text does not fit at all.
    """
    text = _SHORTENED.sub("\\1\u00a0", text)
    for broken in (False, True):
        for step in range(_STEPS + 1):
            size = px - (px - least) * step / _STEPS
            found = wrapped(text, face, width=width, px=size, weight=weight, leading=leading, broken=broken)
            if found is None:
                continue
            if found.height <= height and (lines is None or len(found.lines) <= lines):
                return _balanced(found, text, face, width, weight, broken=broken) if balanced else found
    raise UserError("This text is too long for the picture: '{text}'. Make it shorter.", text=_shown(text))


def _balanced(found: Fitted, text: str, face: Typeface, width: float, weight: Weight, *, broken: bool) -> Fitted:
    """Return the text in the same number of lines, as narrow as that allows."""
    best, low, high = found, width / len(found.lines), width
    for _ in range(_STEPS // 2):
        middle = (low + high) / 2
        tried = wrapped(text, face, width=middle, px=found.px, weight=weight, leading=found.leading, broken=broken)
        if tried is not None and len(tried.lines) <= len(found.lines):
            best, high = tried, middle
        else:
            low = middle
    return best


def wrapped(
    text: str,
    face: Typeface,
    *,
    width: float,
    px: float,
    weight: Weight = 400,
    leading: float = 1.3,
    broken: bool = False,
) -> Fitted | None:
    """Return ``text`` in lines of at most ``width`` pixels, or ``None`` when a word is wider than that.

    With ``broken`` such a word is cut with a hyphen. Line breaks in the text are kept.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if face.width(longer, px, weight) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            pieces = list(_pieces(word, face, width, px, weight)) if broken else [word]
            if face.width(pieces[-1], px, weight) > width:
                return None
            lines += pieces[:-1]
            line = pieces[-1]
        lines.append(line)
    return Fitted(tuple(lines), px, leading, max(face.width(line, px, weight) for line in lines))


def _pieces(word: str, face: Typeface, width: float, px: float, weight: Weight) -> Iterator[str]:
    rest = word
    while len(rest) > 1 and face.width(rest, px, weight) > width:
        cut = len(rest) - 1
        while cut > 1 and face.width(rest[:cut] + _HYPHEN, px, weight) > width:
            cut -= 1
        yield rest[:cut] + _HYPHEN
        rest = rest[cut:]
    yield rest


def _shown(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
