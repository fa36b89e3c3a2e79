"""One look for all charts: paper, quiet axes, a title that says the message, sizes that fit their place.

Charts fill the width of their container. With ``compact`` (a phone of about 350 px) titles wrap sooner and
charts leave room for the plot.
"""

from collections.abc import Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any, Final

import altair as alt

from forecasting.values.forecast import Forecast
from forecasting.values.timing import USUAL
from language import Language
from visuals.base.palette import GRID, INK, PAPER, QUIET_INK
from visuals.words.amounts import marked_chart

FONT: Final = "Source Sans, Arial, Liberation Sans, DejaVu Sans, sans-serif"
HEIGHT: Final = 340
"""Pixels, title included: neighbours line up."""

# Characters that fit on a line at the sizes below: in a picture 670 px wide in a window of 770, and in one of 318 px on
# a phone of 390, of which a title may use 288. What does not fit would be cut, for a title does not wrap itself; so
# letters are smaller on smaller phones.
_TITLE_WIDTH: Final = {False: 72, True: 36}
_SUBTITLE_WIDTH: Final = {False: 110, True: 42}
_SMALLEST_PHONE: Final = 310
"""Pixels of a picture: below this the letters of titles are smaller."""

_LINE: Final = 18
_SUBTITLE_LINES: Final = 2

_AXIS: Final = {
    "labelColor": QUIET_INK,
    "titleColor": QUIET_INK,
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "domain": False,
    "ticks": False,
    "grid": False,
    "gridColor": GRID,
}

CONFIG: Final[dict[str, Any]] = {
    "background": PAPER,
    "font": FONT,
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {"labelColor": INK, "labelFontSize": 12, "titleColor": QUIET_INK},
    "title": {"anchor": "start", "frame": "bounds", "color": INK, "subtitleColor": QUIET_INK, "offset": 10},
}


def finish(
    layers: Sequence[alt.Chart],
    rows: list[dict[str, Any]],
    forecast: Forecast,
    lang: Language,
    *,
    title: str,
    subtitle: str,
    height: int = HEIGHT,
    compact: bool = False,
    of_week: bool = True,
) -> alt.LayerChart:
    """Return layers as one chart with its message, size and look, marked as demo data where it is.

    ``rows`` are the data of the layers without data of their own; ``height`` includes titles and axes. ``of_week``:
    it shows the week of the forecast, and says so where that is not now.
    """
    told = forecast if of_week else replace(forecast, timing=USUAL)
    chart = alt.LayerChart(layer=list(layers), data=alt.InlineData(values=rows))
    finished: alt.LayerChart = chart.properties(
        title=alt.TitleParams(
            text=wrap(title, _TITLE_WIDTH[compact]),
            subtitle=wrap(marked_chart(subtitle, told, lang), _SUBTITLE_WIDTH[compact]),
            fontSize=on_phones(15, 12) if compact else 17,
            subtitleFontSize=on_phones(12, 10) if compact else 12,
            subtitlePadding=5,
        ),
        width="container",
        height=height,
        # Without fit and padding the picture gets another size than asked for.
        autosize=alt.AutoSizeParams(type="fit", contains="padding"),
    ).configure(**CONFIG)
    return finished


def on_phones(size: int, smaller: int) -> alt.ExprRef:
    """Return the size of letters on a phone: in a picture of fixed width, such as one in a document, it is ``size``."""
    return alt.ExprRef(f"containerSize()[0] < {_SMALLEST_PHONE} ? {smaller} : {size}")


def title_height(title: str, *, compact: bool) -> int:
    """Return the pixels that a title and two lines below it take, for charts that reckon their height."""
    return (len(wrap(title, _TITLE_WIDTH[compact])) + _SUBTITLE_LINES) * _LINE
