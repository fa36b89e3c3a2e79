"""Colours, icons and words of the levels, and the one scale for density.

A level is never shown by colour alone: it always comes with its icon and its word. The density scale runs from
sand over lavender to the deep-sea accent in steps that look equally large (about 10.7 ΔE each, CIE 1976), so that
lighter is always emptier, also in grey print; it stays more than 40 ΔE away from the colour of every level.
"""

from dataclasses import dataclass
from math import isnan
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from forecasting.values.arrays import Floats
from forecasting.values.thresholds import LEVELS, Level, Thresholds
from language import Language

ACCENT: Final = "#0B4F6C"
PAPER: Final = "#FBFAF7"
INK: Final = "#1A1A1A"
QUIET_INK: Final = "#55595C"
"""For what supports the message: axes, subtitles. Contrast on paper 6.7."""
GRID: Final = "#E3E0D9"
LINE: Final = "#D9D4C7"
"""Around fields, buttons and cells."""
WHITE: Final = "#FFFFFF"
PICTURED: Final = "csm-pictured"
"""Class of HTML that is a picture or the legend of one: in a small window that is seen from afar it comes first."""


@dataclass(frozen=True)
class LevelStyle:
    """How a level looks: its fill, the shape that stands for it, and the colour of text on the fill."""

    colour: str
    icon: str
    ink: str


# Plain geometric shapes: every system font has them, and none is drawn as an emoji.
ShownLevel = Level | Literal["unknown"]
"""A level, or 'unknown' where there is no forecast: never shown as quiet."""

STYLES: Final[dict[ShownLevel, LevelStyle]] = {
    "green": LevelStyle("#3FA796", "●", INK),
    "yellow": LevelStyle("#F5D547", "▲", INK),
    "orange": LevelStyle("#E67E22", "◆", INK),
    "red": LevelStyle("#8E1B3A", "■", WHITE),
    "unknown": LevelStyle("#D5D2CA", "?", INK),
}
COLOURS: Final = tuple(STYLES[level].colour for level in LEVELS)

VARIANT_COLOURS: Final = (QUIET_INK, ACCENT, "#B5651D")
"""The forecast, scenario A and scenario B: apart in lightness and hue for every kind of colour vision."""

DENSITY_COLOURS: Final = (
    "#FFF4D6",
    "#EEE0D3",
    "#DBCBCE",
    "#C3B5C6",
    "#A89FBA",
    "#8888AB",
    "#647297",
    "#3E5F81",
    ACCENT,
)


def shown_level(thresholds: Thresholds, zone_id: str, count: float) -> ShownLevel:
    """Return the level of a zone at this count, 'unknown' for NaN."""
    return "unknown" if isnan(count) else thresholds.level(zone_id, count)


def word(level: ShownLevel, lang: Language) -> str:
    """Return the level as people say it: 'quiet', 'lively', 'busy', 'too busy' or 'unknown'."""
    words: dict[ShownLevel, str] = {
        "green": lang.t("quiet"),
        "yellow": lang.t("lively"),
        "orange": lang.t("busy"),
        "red": lang.t("too busy"),
        "unknown": lang.t("unknown"),
    }
    return words[level]


def label(level: ShownLevel, lang: Language) -> str:
    """Return the level's icon and word, as they stand in legends and tables."""
    return f"{STYLES[level].icon} {word(level, lang)}"


def rgb(colour: str) -> list[int]:
    """Return ``#RRGGBB`` as three numbers 0–255."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


_DENSITY_RGB: Final = np.array([rgb(colour) for colour in DENSITY_COLOURS], dtype=float)


def density_rgb(positions: Floats) -> NDArray[np.uint8]:
    """Return the colours (n × 3) at positions 0 (empty) to 1 (the fullest) of the density scale."""
    steps = np.clip(positions, 0, 1) * (len(DENSITY_COLOURS) - 1)
    stops = np.arange(len(DENSITY_COLOURS))
    channels = [np.interp(steps, stops, _DENSITY_RGB[:, channel]) for channel in range(3)]
    return np.round(np.stack(channels, axis=-1)).astype(np.uint8)
