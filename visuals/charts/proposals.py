"""How roles differ about the thresholds of a place: everyone's proposal as a dot, the middle of each role as a mark."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from data.area.area import Area
from feedback.contributions.small_cells import K
from feedback.sessions.proposals import Difference, Group, differences, everybody
from forecasting.values.forecast import Forecast
from forecasting.values.space import Ruler
from forecasting.values.thresholds import LEVELS
from language import Language
from language.said import fact, tells
from visuals.base.palette import ACCENT, GRID, INK, PAPER, QUIET_INK, word
from visuals.charts.crowd import threshold_words
from visuals.charts.theme import finish, title_height
from visuals.words.hours import capitalised

_ROW: Final = 58
_AROUND: Final = 74
_SPREAD: Final = (0, 11, -11, 5, -5, 16, -16, 8, -8)
"""Pixels up and down: dots of equal proposals stand beside each other, always in the same way."""

_QUARTILES: Final = ("threshold_q25", "threshold_q50", "threshold_q75")
_SAME: Final = 1.15
_SAID: Final = 3
"""Places that are told about after a round."""
"""Below this factor two roles want about the same."""


def people_of(role: str | None, lang: Language) -> str:
    """Return what people of a role are called together: 'residents'."""
    names = {
        "resident": lang.t("residents"),
        "entrepreneur": lang.t("entrepreneurs"),
        "visitor": lang.t("visitors"),
        "enforcement": lang.t("enforcement officers"),
        "police": lang.t("police"),
        "municipality": lang.t("people of the municipality"),
        "expert": lang.t("experts"),
        "other": lang.t("others"),
    }
    return lang.t("everyone else together") if role is None else names[role]


def proposal_strips(
    found: Sequence[Group],
    rule: Ruler,
    which: int,
    in_force: float,
    forecast: Forecast,
    lang: Language,
    *,
    title: str,
    compact: bool = False,
) -> alt.LayerChart:
    """Return the proposals for one threshold of one place: a row for each group, a dot for each person, its median.

    ``which``: 0 yellow, 1 orange, 2 red; ``in_force``: the count at which that threshold lies now. Values are those
    that people chose by: people on 10 × 10 m, or one in so many hours.
    """

    def seen(count: float) -> float:
        value = rule.value(count)
        return round(value if rule.scale == "rarity" else rule.people(value), 1)

    rows = [_row(group, which, seen, lang) for group in found]
    names = [row["name"] for row in rows]
    dots = [dot | {"name": row["name"]} for row in rows for dot in row["dots"]]
    now = seen(in_force)
    n = sum(group.n for group in found)
    subtitle = " ".join(
        (
            fact(lang.t("{n} proposals. Dot: one person. Line: the middle.", n=lang.number(n)), "people"),
            lang.t("Dashed: in force now."),
            not_a_sample(lang),
        )
    )
    top = max([now, *(dot["value"] for dot in dots)]) * 1.08
    x, y = _strip_axes(names, top, lang, rarity=rule.scale == "rarity", compact=compact)
    return finish(
        _strip_layers(rows, dots, now, x, y),
        [],
        forecast,
        lang,
        title=title,
        subtitle=subtitle,
        height=_ROW * len(rows) + title_height(title, compact=compact) + _AROUND,
        compact=compact,
        of_week=False,
    )


def _strip_axes(
    names: Sequence[str], top: float, lang: Language, *, rarity: bool, compact: bool
) -> tuple[alt.X, alt.Y]:
    axis = alt.Axis(
        title=lang.t("one in so many hours by day is as busy") if rarity else lang.t("people on 10 × 10 metres"),
        tickCount=6,
        format="d",
        grid=True,
    )
    x = alt.X("value:Q", scale=alt.Scale(domain=[1 if rarity else 0, top], nice=False), axis=axis)
    y = alt.Y(
        "name:N",
        sort=names,
        title=None,
        axis=alt.Axis(labelColor=INK, labelPadding=10, labelLimit=200, labelExpr=_two_lines(names, compact)),
    )
    return x, y


def _strip_layers(
    rows: Sequence[dict[str, Any]], dots: Sequence[dict[str, Any]], now: float, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Return a lane for each role with its dots, its middle and the number at it, over what is in force now."""
    base = alt.Chart(alt.InlineData(values=[{k: v for k, v in row.items() if k != "dots"} for row in rows]))
    points = (
        alt.Chart(alt.InlineData(values=dots))
        # The rows say it in words; a screen reader need not read each dot.
        .mark_circle(size=70, color=ACCENT, opacity=0.55, stroke=PAPER, strokeWidth=0.8, aria=False)
        .encode(x=x, y=y, yOffset=alt.YOffset("offset:Q", scale=alt.Scale(domain=[-40, 40])), tooltip=alt.value(None))
    )
    medians = base.mark_tick(color=INK, thickness=3, size=44).encode(
        x="value:Q", y=y, tooltip=alt.Tooltip("tip:N", title=" "), description="tip:N"
    )
    numbers = base.mark_text(dy=-29, color=INK, fontSize=12, fontWeight="bold").encode(x="value:Q", y=y, text="text:N")
    rule_now = (
        alt.Chart(alt.InlineData(values=[{"value": now}]))
        .mark_rule(color=QUIET_INK, strokeDash=[4, 4], strokeWidth=1.5)
        .encode(x="value:Q")
    )
    lanes = base.mark_rule(color=GRID, strokeWidth=1).encode(y=y)
    return [lanes, rule_now, points, medians, numbers]


def not_a_sample(lang: Language) -> str:
    """Return the warning that stands beside every count of opinions."""
    return lang.t("Only the people who took part, not everybody.")


@tells("people")
def difference_sentence(one: Difference, rule: Ruler, area: Area, lang: Language) -> str:
    """Say where two roles differ, in what they chose by."""
    first, last = (threshold_words(rule, rule.value(group.medians[one.which]), lang) for group in (one.first, one.last))
    values = {
        "zone": area.zone(one.zone).name(lang),
        "first": people_of(one.first.role, lang),
        "last": people_of(one.last.role, lang),
        "level": word(LEVELS[one.which + 1], lang),
        "few": first,
        "many": last,
    }
    if one.factor < _SAME:
        return lang.t("{zone}: {first} and {last} call it {level} at about the same: {few}.", **values)
    return lang.t("{zone}: {first} call it {level} from {few}, {last} from {many}.", **values)


@tells("people")
def round_sentences(
    by_zone: Mapping[str, Sequence[Group]],
    ruler_of: Callable[[str], Ruler | None],
    which: int,
    area: Area,
    lang: Language,
) -> list[str]:
    """Say about a threshold (0 yellow, 1 orange, 2 red) where roles differ most, else what is in the middle of all.

    At most three sentences about places, and one on how many proposals it is; ``ruler_of`` a zone may be none.
    """
    rulers = {zone: rule for zone in by_zone if (rule := ruler_of(zone)) is not None}
    said = [
        difference_sentence(one, rulers[one.zone], area, lang)
        for one in differences({zone: by_zone[zone] for zone in rulers}, which)
    ]
    if not said:
        most = sorted(rulers, key=lambda zone: -sum(group.n for group in by_zone[zone]))
        said = [strip_title(by_zone[zone], None, rulers[zone], which, area, lang) + "." for zone in most]
    if not said:
        return [lang.t("No place has {k} proposals yet. We show them from {k} on.", k=K)]
    n = max(sum(group.n for group in found) for found in by_zone.values())
    count = lang.n("From {n} proposal.", "From up to {n} proposals for a place.", n)
    about = [lang.t("Counted on 10 × 10 metres.")] if any(rule.scale != "rarity" for rule in rulers.values()) else []
    return [*said[:_SAID], " ".join((*about, count, not_a_sample(lang)))]


@tells("people")
def strip_title(
    found: Sequence[Group], one: Difference | None, rule: Ruler, which: int, area: Area, lang: Language
) -> str:
    """Return the message of the strips: how roles differ, or, where only one may be told, the middle of all."""
    if one is not None:
        return capitalised(difference_sentence(one, rule, area, lang).rstrip("."))
    return lang.t(
        "{zone}: {level} from {many}, in the middle of all proposals",
        zone=rule.zone.name(lang),
        level=word(LEVELS[which + 1], lang),
        many=threshold_words(rule, rule.value(everybody(found)[which]), lang),
    )


def proposal_figures(by_zone: Mapping[str, Sequence[Group]]) -> pd.DataFrame:
    """Return medians and quartiles of the proposed thresholds in counts; role 'rest' is the others.

    Columns: ``zone_id, role, n, level, threshold_q25, threshold_q50, threshold_q75``.
    """
    rows = [
        {
            "zone_id": zone,
            "role": group.role or "rest",
            "n": group.n,
            "level": LEVELS[which + 1],
            **dict(zip(_QUARTILES, _quartiles(group.zone_thresholds[which]), strict=True)),
        }
        for zone, found in by_zone.items()
        for group in found
        for which in range(3)
    ]
    return pd.DataFrame(rows, columns=pd.Index(["zone_id", "role", "n", "level", *_QUARTILES]))


def _row(group: Group, which: int, seen: Callable[[float], float], lang: Language) -> dict[str, Any]:
    name = f"{capitalised(people_of(group.role, lang))} ({lang.number(group.n)})"
    value = seen(group.medians[which])
    said = lang.number(value, 0 if value >= 10 or value == int(value) else 1)
    return {
        "name": name,
        "value": value,
        "text": said,
        "tip": fact(lang.t("{who}: the middle is {value}.", who=name, value=said), "people"),
        "dots": [
            {"value": seen(count), "offset": _SPREAD[index % len(_SPREAD)]}
            for index, count in enumerate(group.zone_thresholds[which])
        ],
    }


def _two_lines(names: Sequence[str], compact: bool) -> str:
    """Return an expression that breaks names before their number where there is little room."""
    broken = {name: name.rsplit(" (", 1) for name in names}
    shown = {name: [first, f"({rest}"] if compact else f"{first} ({rest}" for name, (first, rest) in broken.items()}
    return f"{json.dumps(shown)}[datum.value]"


def _quartiles(counts: Sequence[float]) -> tuple[float, float, float]:
    found = pd.Series(counts).quantile([0.25, 0.5, 0.75])
    return float(found.iloc[0]), float(found.iloc[1]), float(found.iloc[2])
