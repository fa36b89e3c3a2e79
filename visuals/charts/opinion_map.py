"""A map of opinion groups: areas where people vote alike, without a dot for anybody."""

from textwrap import wrap
from typing import Any, Final

import altair as alt
import numpy as np

from feedback.groups.opinions import Floats, Opinions
from language import Language
from language.said import fact
from visuals.base.palette import ACCENT, INK
from visuals.charts.theme import CONFIG
from visuals.words.opinions import group_name, intro

COLOURS: Final = (ACCENT, "#B4632A", "#4F7A4A", "#7A4F8A", "#8A7A2E")
"""Of groups A to E: no colours of levels, and told apart by their letter too."""
CORNERS: Final = 48
SPREAD: Final = 1.5
"""Standard deviations that an area holds (about two of three members)."""


def opinion_map(found: Opinions, lang: Language, *, height: int = 340, compact: bool = False) -> alt.LayerChart:
    """Draw the groups of ``found`` (fit to publish, and placed): the nearer, the more alike they vote.

    The size of an area is how much its members differ, not how many they are; the label says how many.
    """
    rows = [row for id_ in found.group_ids for row in _outline(found, id_)]
    labels = [_label(found, id_, lang) for id_ in found.group_ids]
    axis: dict[str, Any] = {"axis": None, "scale": alt.Scale(zero=False, nice=False, padding=24)}
    x, y = alt.X("x:Q", **axis), alt.Y("y:Q", **axis)
    colour = alt.Color("colour:N", scale=None)
    areas = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(filled=True, fillOpacity=0.18, strokeWidth=2, interpolate="linear-closed")
        .encode(x=x, y=y, order="corner:Q", detail="group:N", stroke=colour, fill=alt.Fill("colour:N", scale=None))
    )
    names = (
        alt.Chart(alt.InlineData(values=labels))
        .mark_text(fontSize=24, fontWeight=700, dy=-8)
        .encode(x=x, y=y, text="name:N", color=colour)
    )
    sizes = (
        alt.Chart(alt.InlineData(values=labels))
        .mark_text(fontSize=13, dy=14, color=INK)
        .encode(x=x, y=y, text="size:N")
    )
    chart: alt.LayerChart = (
        alt.layer(areas, names, sizes)
        .properties(
            width="container",
            height=height,
            autosize=alt.AutoSizeParams(type="fit", contains="padding"),
            title=alt.TitleParams(
                text=wrap(intro(found, lang), 42 if compact else 105),
                subtitle=wrap(
                    lang.t("Groups that stand close vote alike more often. Nobody is shown."), 50 if compact else 150
                ),
                fontSize=15 if compact else 17,
                subtitleFontSize=12,
                subtitlePadding=5,
            ),
        )
        .configure(**CONFIG)
    )
    return chart


def _members(found: Opinions, id_: int) -> Floats:
    places = found.places[found.member == found.group_ids.index(id_)]
    placed: Floats = places[~np.isnan(places).any(axis=1)]
    return placed


def _outline(found: Opinions, id_: int) -> list[dict[str, Any]]:
    """An ellipse around the members: from their mean and covariance, so no single one shapes it."""
    places = _members(found, id_)
    values, vectors = np.linalg.eigh(np.cov(places.T) + np.eye(2) * 0.02)
    turn = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)]) * SPREAD * np.sqrt(np.maximum(values, 0.02))[:, None]
    outline = (vectors @ circle).T + places.mean(axis=0)
    return [
        {"x": round(x, 3), "y": round(y, 3), "corner": corner, "group": id_, "colour": _colour(found, id_)}
        for corner, (x, y) in enumerate(outline.tolist())
    ]


def _label(found: Opinions, id_: int, lang: Language) -> dict[str, Any]:
    x, y = _members(found, id_).mean(axis=0).tolist()
    size = found.sizes[found.group_ids.index(id_)]
    return {
        "x": round(x, 3),
        "y": round(y, 3),
        "name": group_name(found, id_),
        "size": fact(lang.n("{n} person", "{n} people", size), "people"),
        "colour": _colour(found, id_),
    }


def _colour(found: Opinions, id_: int) -> str:
    return COLOURS[ord(group_name(found, id_)) - ord("A")]
