"""Can it be read, and can it be told apart: contrast (WCAG 2.1) and distance of colours, also for the colour-blind."""

from itertools import combinations
from math import sqrt
from typing import Final, Literal

import numpy as np

from forecasting.values.arrays import Floats
from visuals.base.palette import INK, WHITE, rgb

Vision = Literal["full", "protanopia", "deuteranopia", "tritanopia"]

# Machado, Oliveira & Fernandes (2009), severity 1, for linear RGB.
_SEEN: Final[dict[Vision, list[list[float]]]] = {
    "full": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
_TO_XYZ: Final = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE_D65: Final = np.array([0.95047, 1, 1.08883])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    dark, light = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ _linear(colour)) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def readable_on(fill: str) -> str:
    """Return ink or white, whichever reads better on ``fill``."""
    return max((INK, WHITE), key=lambda text: contrast(text, fill))


def distance(one: str, other: str, vision: Vision = "full") -> float:
    """Return how different two colours look, ΔE (CIE 1976), as seen with ``vision``."""
    apart = _lab(one, vision) - _lab(other, vision)
    return sqrt(float(apart @ apart))


def closest(colours: tuple[str, ...]) -> tuple[float, str, str, Vision]:
    """Return the smallest distance of any two colours for any vision, the two, and that vision."""
    return min(
        (distance(one, other, vision), one, other, vision)
        for one, other in combinations(colours, 2)
        for vision in _SEEN
    )


def _linear(colour: str) -> Floats:
    channels = np.array(rgb(colour)) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def _lab(colour: str, vision: Vision) -> Floats:
    seen = np.clip(np.array(_SEEN[vision]) @ _linear(colour), 0, 1)
    t = _TO_XYZ @ seen / _WHITE_D65
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
