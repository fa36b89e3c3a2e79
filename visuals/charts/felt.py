"""How busy it felt, beside what was expected and what was counted: by place and role, never for fewer than five."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from data.area.area import Area
from feedback.contributions.naming import role_name
from feedback.contributions.small_cells import K, Label, coarsened
from forecasting.meaning.perceived import VERDICTS, Felt, Verdict, disagreements, verdict
from language import Language
from language.plain import about
from language.said import tells
from visuals.base.outlook import Outlook
from visuals.base.palette import INK, STYLES, WHITE
from visuals.charts.theme import finish, title_height

_FILLS: Final = {
    "quieter": (STYLES["green"].colour, INK),
    "as expected": ("#D5D2CA", INK),
    "busier": (STYLES["red"].colour, WHITE),
}
_BAR: Final = 46
_AROUND: Final = 50


def enough(moments: Sequence[Felt]) -> bool:
    """Return whether there are answers enough, with a forecast beside them, to show anything of them."""
    return sum(verdict(moment) is not None for moment in moments) >= K


@tells("people")
def felt_headline(moments: Sequence[Felt], lang: Language) -> str:
    """Say how many felt what was expected; fewer than five say nothing yet."""
    judged = [verdict(moment) for moment in moments if verdict(moment) is not None]
    if not enough(moments):
        return lang.t("Not enough answers yet: we show them when there are at least {n}.", n=K)
    same = judged.count("as expected")
    return lang.n(
        "{same} of {n} answer felt it as expected",
        "{same} of {n} answers felt it as expected",
        len(judged),
        same=lang.number(same),
    )


def felt_figures(moments: Sequence[Felt], area: Area, lang: Language) -> pd.DataFrame:
    """Return by place and role how many answered, and how it felt beside forecast and count.

    Places and roles are told only where at least five answers share them.
    """
    rows: list[dict[str, Any]] = []
    for label, group in _groups(moments):
        counted = [one for one in group if one.counted is not None]
        rows.append(
            {
                lang.t("place"): _zone_name(label, area, lang),
                lang.t("role"): role_name(label.role, lang) if label.role else lang.t("all roles"),
                lang.t("answers"): len(group),
                **{verdict_name(v, lang): sum(verdict(one) == v for one in group) for v in VERDICTS},
                lang.t("as counted"): f"{sum(one.felt == one.counted for one in counted)} / {len(counted)}",
            }
        )
    return pd.DataFrame(rows)


@tells("people")
def felt_hints(moments: Sequence[Felt], outlook: Outlook) -> list[str]:
    """Return hints for who sets thresholds: where people call it busy below one, or not busy above it.

    A hint needs five answers in the same place that differ from the forecast in the same direction, and more than
    half of all answers there.
    """
    area, lang = outlook.area, outlook.lang
    hints = []
    for found in disagreements(moments, area.zone_ids, least=K):
        values = {
            "place": area.zone(found.zone).name(lang),
            "n": found.answers,
            "all": found.of,
            "people": about(found.people, lang),
            "threshold": about(outlook.thresholds.zones[found.zone].orange, lang),
        }
        if found.verdict == "busier":
            hint = lang.t(
                "{place}: {n} of {all} answers felt it busier than expected, at {people}. "
                "'Busy' now begins at {threshold}: perhaps it should be lower.",
                **values,
            )
        else:
            hint = lang.t(
                "{place}: {n} of {all} answers felt it quieter than expected, at {people}. "
                "'Busy' now begins at {threshold}: perhaps it should be higher.",
                **values,
            )
        hints.append(hint)
    return hints


def felt(moments: Sequence[Felt], outlook: Outlook, *, compact: bool = False) -> alt.LayerChart:
    """Return a bar for each place that may be told of: how many felt it quieter, as expected and busier."""
    area, lang = outlook.area, outlook.lang
    by_zone: dict[str, Counter[Verdict]] = {}
    for label, group in _groups(moments):
        counter = by_zone.setdefault(_zone_name(label, area, lang), Counter())
        counter.update(v for one in group if (v := verdict(one)) is not None)
    title = felt_headline(moments, lang)
    chart: alt.LayerChart = finish(
        _bars_and_numbers(list(by_zone), lang, compact=compact),
        _bar_parts(by_zone, lang),
        outlook.forecast,
        lang,
        title=title,
        subtitle=lang.t("Answers by place: how it felt, beside what was expected."),
        height=_BAR * max(len(by_zone), 1) + title_height(title, compact=compact) + _AROUND,
        compact=compact,
        of_week=False,
    ).resolve_scale(color="independent")
    return chart


def _bar_parts(by_zone: dict[str, Counter[Verdict]], lang: Language) -> list[dict[str, Any]]:
    """Return a row for each part of each bar, where it begins and ends, and what it says."""
    rows: list[dict[str, Any]] = []
    for place, counter in by_zone.items():
        start = 0
        for which in VERDICTS:
            if counter[which]:
                fill, ink = _FILLS[which]
                name = verdict_name(which, lang)
                rows.append(
                    {
                        "place": place,
                        "x": start,
                        "x2": start + counter[which],
                        "middle": start + counter[which] / 2,
                        "fill": fill,
                        "ink": ink,
                        "text": str(counter[which]),
                        "verdict": name,
                        "tip": f"{place}: {counter[which]} × {name}",
                    }
                )
                start += counter[which]
    return rows


def _bars_and_numbers(places: list[str], lang: Language, *, compact: bool) -> list[alt.Chart]:
    y = alt.Y("place:N", title=None, sort=places, axis=alt.Axis(labelColor=INK, labelLimit=130 if compact else 220))
    names = [verdict_name(which, lang) for which in VERDICTS]
    colour = alt.Color(
        "verdict:N",
        title=None,
        scale=alt.Scale(domain=names, range=[_FILLS[which][0] for which in VERDICTS]),
        sort=names,
        legend=alt.Legend(orient="top", labelLimit=200),
    )
    bars = (
        alt.Chart()
        .mark_bar(stroke=INK, strokeWidth=0.5, height={"band": 0.6})
        .encode(
            x=alt.X("x:Q", title=None, axis=None),
            x2="x2:Q",
            y=y,
            color=colour,
            tooltip=alt.Tooltip("tip:N", title=" "),
            description="tip:N",
        )
    )
    texts = (
        alt.Chart()
        .mark_text(fontSize=13, tooltip=None)
        .encode(x="middle:Q", y=y, text="text:N", color=alt.Color("ink:N", scale=None, legend=None))
    )
    return [bars, texts]


def verdict_name(which: Verdict, lang: Language) -> str:
    """Return a verdict in words."""
    names = {
        "quieter": lang.t("quieter than expected"),
        "as expected": lang.t("as expected"),
        "busier": lang.t("busier than expected"),
    }
    return names[which]


def _groups(moments: Sequence[Felt]) -> list[tuple[Label, list[Felt]]]:
    labels = coarsened([Label(moment.role, moment.zone) for moment in moments])
    groups: dict[Label, list[Felt]] = {}
    for label, moment in zip(labels, moments, strict=True):
        groups.setdefault(label, []).append(moment)
    enough = [(label, group) for label, group in groups.items() if len(group) >= K]
    return sorted(enough, key=lambda pair: (pair[0].zone or "~", pair[0].role or "~"))


def _zone_name(label: Label, area: Area, lang: Language) -> str:
    return area.zone(label.zone).name(lang) if label.zone else lang.t("other places")
