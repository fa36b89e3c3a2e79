"""What a level looks like: people as dots, to scale, on 10 × 10 m of beach or paving; or hours as dots.

Pictures are SVG. The same number of people is the same picture everywhere, and of two pictures the fuller one holds
all people of the emptier one, so that moving a threshold only adds or takes away people.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from html import escape
from math import ceil, cos, pi, sin
from typing import Final

import numpy as np

from data.area.zone import ZoneKind
from forecasting.values.space import Ruler
from forecasting.values.thresholds import LEVELS, Level
from language import Language
from language.said import tells
from visuals.base.palette import ACCENT, INK, PICTURED, STYLES, WHITE, word

SIDE: Final = 100
"""Units of a picture's side: one is a tenth of a metre."""

PERSON: Final = 4.6
"""Across the shoulders: 46 cm, the body's breadth in Fruin's ellipse, drawn as a circle."""

MOST: Final = 600
_CANDIDATES: Final = 24
_TOWELS: Final = 40
"""On a beach with at most so many people on 100 m², each has a towel."""

_GROUNDS: Final[dict[ZoneKind, tuple[str, str, int]]] = {
    "beach": ("#F3E7C9", "#EADBB5", 0),
    "promenade": ("#E6E3DC", "#D6D1C6", 10),
    "street": ("#E3E1DE", "#D2CEC8", 10),
    "quay": ("#DFE3E4", "#CBD2D4", 20),
    "square": ("#ECE7DF", "#D9D2C6", 25),
    "sensor": ("#E6E3DC", "#D6D1C6", 10),
}
"""By kind of place: the colour of the ground, of its joints, and how far apart these are (0: sand, without any)."""

_TOWEL_COLOURS: Final = ("#C7D9D6", "#E9C9A9", "#D9C3CF", "#C9D3A8")

_GRID: Final = "display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:.8rem"


@cache
def _places() -> tuple[tuple[float, float], ...]:
    """Return where people stand, in the order in which they come: each far from who is there already.

    Mitchell's best candidate: evenly filled like a crowd, without the rows of a grid.
    """
    generator = np.random.default_rng(20260803)
    margin = PERSON / 2 + 0.4
    found = np.full((MOST, 2), -1e3)
    for index in range(MOST):
        candidates = generator.uniform(margin, SIDE - margin, (_CANDIDATES, 2))
        away = np.abs(candidates[:, None] - found[None, :index])
        # As if the picture went on at the other side: people do not gather along its edge.
        apart = (np.minimum(away, SIDE - away) ** 2).sum(axis=2).min(axis=1, initial=np.inf)
        found[index] = candidates[int(apart.argmax())]
    return tuple((round(float(x), 1), round(float(y), 1)) for x, y in found)


def people_picture(people: int, kind: ZoneKind) -> str:
    """Return an SVG of so many people on 10 × 10 m of that kind of place."""
    shown = _places()[: min(people, MOST)]
    ground, joint, apart = _GROUNDS[kind]
    lines = "".join(f"M{at} 0V{SIDE}M0 {at}H{SIDE}" for at in range(apart, SIDE, apart)) if apart else ""
    parts = [
        f'<rect width="{SIDE}" height="{SIDE}" fill="{ground}"/>',
        f'<path d="{lines}" stroke="{joint}" stroke-width=".6"/>' if lines else "",
        _towels(shown) if kind == "beach" and people <= _TOWELS else "",
        # A line without length and with round ends is a dot: ten characters a person.
        *(
            f'<path d="{"".join(f"M{x} {y}h0" for x, y in shown)}" stroke="{colour}" stroke-width="{width}" '
            'stroke-linecap="round"/>'
            for colour, width in ((WHITE, PERSON + 0.8), (ACCENT, PERSON))
        ),
    ]
    return _svg("".join(parts))


def _towels(shown: tuple[tuple[float, float], ...]) -> str:
    drawn = []
    for index, (x, y) in enumerate(shown):
        turned = index * 137 % 50 - 25
        # The person sits at one end of the towel.
        dx, dy = 5 * sin(turned * pi / 180), -5 * cos(turned * pi / 180)
        drawn.append(
            f'<rect x="{x - dx - 4.5:.1f}" y="{y - dy - 9:.1f}" width="9" height="18" rx="1" '
            f'fill="{_TOWEL_COLOURS[index % 4]}" transform="rotate({turned} {x - dx:.1f} {y - dy:.1f})"/>'
        )
    return "".join(drawn)


def hours_picture(busier: int) -> str:
    """Return an SVG of a hundred daytime hours as dots, of which so many are filled."""
    at = [(5 + 10 * (index % 10), 5 + 10 * (index // 10)) for index in range(100)]
    filled, rest = at[100 - busier :], at[: 100 - busier]
    return _svg(
        f'<rect width="{SIDE}" height="{SIDE}" fill="{WHITE}"/>'
        + "".join(
            f'<path d="{"".join(f"M{x} {y}h0" for x, y in dots)}" stroke="{colour}" stroke-width="7" '
            'stroke-linecap="round"/>'
            for colour, dots in ((ACCENT, filled), ("#DAD6CC", rest))
            if dots
        )
    )


def level_card(level: Level, picture: str, alt: str, caption: str, lang: Language) -> str:
    """Return one level with its word, its picture with ``alt`` text, and a caption, as HTML."""
    style = STYLES[level]
    source = b64encode(picture.encode()).decode()
    return (
        f'<div style="border:1px solid {INK};border-radius:8px;overflow:hidden;background:{WHITE}">'
        f'<div style="background:{style.colour};color:{style.ink};padding:.2rem .6rem;font-weight:600">'
        f'<span aria-hidden="true">{style.icon}</span> {escape(word(level, lang))}</div>'
        f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{source}" '
        'style="display:block;width:100%;aspect-ratio:1">'
        f'<div style="padding:.3rem .6rem;font-size:.95rem">{escape(caption)}</div></div>'
    )


def cards(found: list[str]) -> str:
    """Return cards beside each other, two to a row on a phone."""
    return f'<div class="{PICTURED}" style="{_GRID}">{"".join(found)}</div>'


@tells("area")
def people_cards(zone_thresholds: tuple[float, float, float], kind: ZoneKind, lang: Language) -> str:
    """Return the four levels as people on 10 × 10 m; ``thresholds``: people from which yellow, orange and red begin.

    Quiet is shown with half as many people as make it lively.
    """
    yellow, orange, red = (max(round(threshold), 1) for threshold in zone_thresholds)
    shown = (ceil(yellow / 2), yellow, orange, red)
    found = []
    for level, people in zip(LEVELS, shown, strict=True):
        alt = lang.n("{n} person on 10 by 10 metres", "{n} people on 10 by 10 metres", people)
        caption = (
            lang.n("fewer than {n} person", "fewer than {n} people", yellow)
            if level == "green"
            else lang.n("from {n} person", "from {n} people", people)
        )
        found.append(level_card(level, people_picture(people, kind), alt, caption, lang))
    return cards(found)


@tells("area")
def hours_cards(rarities: tuple[float, float, float], lang: Language) -> str:
    """Return the four levels as how many of a hundred daytime hours are at least as busy.

    ``rarities``: yellow, orange and red begin where one in so many hours is as busy.
    """
    found = []
    for level, rarity in zip(LEVELS, (1.0, *rarities), strict=True):
        busier = round(100 / rarity)
        if level == "green":
            busier, said = 100 - round(100 / rarities[0]), lang.t("all other hours")
        else:
            said = rarity_words(rarity, lang)
        alt = lang.t("{n} of 100 daytime hours", n=busier)
        found.append(level_card(level, hours_picture(busier), alt, said, lang))
    return cards(found)


@tells("area")
def rarity_words(rarity: float, lang: Language, decimals: int = 0) -> str:
    """Say how unusual a threshold is: 'busier than in 9 out of 10 hours'."""
    of = 100.0 if rarity < 2 else round(rarity, decimals)
    busier = 100 - 100 / rarity if rarity < 2 else of - 1
    return lang.t(
        "busier than in {n} out of {of} hours",
        n=lang.number(busier, decimals),
        of=lang.number(of, 0 if rarity < 2 else decimals),
    )


@tells("area")
def threshold_words(rule: Ruler, value: float, lang: Language, decimals: int = 0) -> str:
    """Say a threshold by what people choose by: '72 people' (on 10 × 10 m), 'busier than in 9 out of 10 hours'."""
    if rule.scale == "rarity":
        return rarity_words(value, lang, decimals)
    people = rule.people(value)
    if decimals == 0:
        return lang.n("{n} person", "{n} people", max(round(people), 1))
    return lang.t("{number} people", number=lang.number(people, decimals))


def step_words(rule: Ruler, steps: Sequence[float], lang: Language) -> dict[float, str]:
    """Return the words for each of the steps, with as few decimals as tell all of them apart."""
    for decimals in range(4):
        found = {step: threshold_words(rule, step, lang, decimals) for step in steps}
        if len(set(found.values())) == len(found):
            break
    return found


def _svg(content: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{content}</svg>'
