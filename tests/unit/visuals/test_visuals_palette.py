import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.values.thresholds import LEVELS
from language import language
from visuals.base.palette import ACCENT, DENSITY_COLOURS, INK, PAPER, QUIET_INK, STYLES, density_rgb, label, rgb


def linear(colour: str) -> np.ndarray:
    c = np.array(rgb(colour)) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio."""
    bright = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (one, other))
    return (bright[1] + 0.05) / (bright[0] + 0.05)


def lab(colour: str) -> np.ndarray:
    """CIELAB (D65)."""
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    t = to_xyz @ linear(colour) / np.array([0.95047, 1, 1.08883])
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("level", list(STYLES))
def test_text_on_every_level_can_be_read(level):
    assert contrast(STYLES[level].ink, STYLES[level].colour) >= 4.5


@pytest.mark.parametrize("text", [INK, QUIET_INK, ACCENT])
def test_text_on_paper_can_be_read(text):
    assert contrast(text, PAPER) >= 4.5


def test_icons_are_different_plain_characters():
    icons = [style.icon for style in STYLES.values()]
    assert len(set(icons)) == len(STYLES)
    assert all(len(icon) == 1 and unicodedata.category(icon) in {"So", "Po"} for icon in icons)
    assert not any(ord(icon) > 0xFFFF for icon in icons)


def test_levels_differ_without_colour_words_too():
    for code in ("nl", "en"):
        labels = {label(level, language(code)) for level in LEVELS}
        assert len(labels) == 4


def test_density_gets_darker_in_equal_steps():
    found = np.array([lab(colour) for colour in DENSITY_COLOURS])
    steps = np.linalg.norm(np.diff(found, axis=0), axis=1)
    assert (np.diff(found[:, 0]) < -5).all()
    assert steps.max() / steps.min() < 1.15
    assert DENSITY_COLOURS[-1] == ACCENT


def test_no_density_is_taken_for_a_level():
    """Sampled between the steps too: the smallest distance of any two levels is 21."""
    between = density_rgb(np.linspace(0, 1, 100))
    shown = [lab("#" + "".join(f"{channel:02X}" for channel in colour)) for colour in between.tolist()]
    for level in LEVELS:
        assert min(np.linalg.norm(one - lab(STYLES[level].colour)) for one in shown) > 40


@given(st.lists(st.floats(-1, 2), min_size=2, max_size=20))
def test_density_colour_follows_its_position(positions):
    ordered = np.sort(np.array(positions))
    colours = density_rgb(ordered).astype(int)
    luminance = colours @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(luminance) <= 0.6).all()
    assert density_rgb(np.array([0.0, 1.0])).tolist() == [rgb(DENSITY_COLOURS[0]), rgb(ACCENT)]
