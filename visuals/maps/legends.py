"""Legends as HTML: levels with icon and word, and the scale of density."""

from html import escape

from forecasting.values.thresholds import LEVELS
from language import Language
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, PICTURED, STYLES, density_rgb, word
from visuals.maps.density import density_peak, scale_position

_ROW = "display:flex;flex-wrap:wrap;gap:.4rem .9rem;align-items:center;font-size:.9rem"
_CHIP = "display:inline-flex;align-items:center;gap:.35rem;padding:.05rem .55rem;border-radius:999px"
_MARKS = 5


def level_legend(lang: Language) -> str:
    """Return the four levels, each as a chip with its colour, icon and word."""
    chips = [
        f'<span style="{_CHIP};background:{STYLES[level].colour};color:{STYLES[level].ink};border:1px solid {INK}">'
        f'<span aria-hidden="true">{STYLES[level].icon}</span>{escape(word(level, lang))}</span>'
        for level in LEVELS
    ]
    return f'<div class="{PICTURED}" style="{_ROW}">{"".join(chips)}</div>'


def density_legend(outlook: Outlook) -> str:
    """Return the colour scale of the heatmap and the hexagons, or of the circles of an area of passages.

    Its marks are people per 100 m² (``present``) or passages in the hour (``passages``), from empty to the fullest
    hour of the week.
    """
    import numpy as np

    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    if area.measure == "present":
        peak, unit, factor = density_peak(forecast, area), lang.t("people per 100 m²"), 100.0
    else:
        highest = float(np.nan_to_num(forecast.quantile(0.9)).max(initial=0))
        peak, unit, factor = highest or 1.0, lang.t("passers-by in the hour"), 1.0
    values = np.linspace(0, 1, _MARKS) ** 2 * peak
    # One scale has one way of writing: not 9,0 beside 36.
    decimals = 0 if peak * factor >= _MARKS**2 else 1
    stops = ",".join(f"rgb({r},{g},{b})" for r, g, b in density_rgb(np.linspace(0, 1, 9)).tolist())
    positions = scale_position(values, peak) * 100
    marks = "".join(
        f'<span style="position:absolute;left:{position:.0f}%;transform:translateX(-{position:.0f}%)">'
        f"{lang.number(value * factor, decimals=decimals if value else 0)}</span>"
        for position, value in zip(positions, values, strict=True)
    )
    return (
        f'<div style="font-size:.9rem;max-width:26rem"><div>{escape(unit)}</div>'
        f'<div style="height:.8rem;border:1px solid {INK};border-radius:3px;'
        f'background:linear-gradient(to right,{stops})"></div>'
        f'<div style="position:relative;height:1.3rem">{marks}</div></div>'
    )
