"""From which chance on to warn: what it would have caught, and how often it would have been for nothing."""

from typing import Any, Final

import altair as alt
import pandas as pd

from forecasting.evaluation.backtest_result import WARN_FROM, Backtest, Warnings
from language import Language
from language.plain import chance
from language.said import fact, tells
from visuals.base.palette import GRID, INK, STYLES, WHITE
from visuals.charts.theme import finish, title_height

_ROW: Final = 26
_AROUND: Final = 84
_FEW: Final = 10
"""With fewer busy moments than this, one more or less would change the picture."""

_PARTS: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("seen", "✓", STYLES["green"].colour, INK),
    ("missed", "!", STYLES["red"].colour, WHITE),
    ("false", "✕", STYLES["yellow"].colour, INK),
)


def warnings_by_chance(result: Backtest, zone_id: str | None) -> Warnings:
    """Return what warnings would have been worth at one zone, or at all together (``None``).

    Raises ``ValueError`` where the backtest did not count them.
    """
    found = [one for one in result.warnings if zone_id in (None, one.zone)]
    if not found:
        raise ValueError(f"the backtest counted no warnings for {zone_id or 'any zone'}")

    def together(name: str) -> tuple[int, ...]:
        return tuple(sum(counts) for counts in zip(*(getattr(one, name) for one in found), strict=True))

    return Warnings(
        zone=zone_id or "all",
        came=sum(one.came for one in found),
        seen=together("seen"),
        given=together("given"),
        right=together("right"),
    )


@tells("test")
def warning_sentences(found: Warnings, step: int, lang: Language) -> list[str]:
    """Say both sides of warning from the chance at ``step`` on: what was caught or missed, what was for nothing."""
    seen, given = found.seen[step], found.given[step]
    wrong = given - found.right[step]
    said = [
        lang.n(
            "If you warn at {chance} or more, you would have seen {seen} of the {n} busy moment coming, and missed "
            "{missed}.",
            "If you warn at {chance} or more, you would have seen {seen} of the {n} busy moments coming, and "
            "missed {missed}.",
            found.came,
            chance=chance(WARN_FROM[step], lang),
            seen=lang.number(seen),
            missed=lang.number(found.came - seen),
        )
        if found.came
        else lang.t("It was never busy here in the weeks we tested."),
        lang.n(
            "You would have warned once; {wrong} time for nothing.",
            "You would have warned {n} times; {wrong} times for nothing.",
            given,
            wrong=lang.number(wrong),
        )
        if given
        else lang.t("You would never have warned."),
    ]
    if 0 < found.came < _FEW:
        said.append(lang.t("These are few moments. One more or one less would change the picture."))
    return said


def warnings_chart(
    result: Backtest, found: Warnings, step: int, lang: Language, *, compact: bool = False
) -> alt.LayerChart:
    """Return a row for each chance from which one may warn: seen, missed and for nothing; ``step`` stands out."""
    rows = [row for index in range(len(WARN_FROM)) for row in _rows(found, index, step, lang)]
    names = [chance(likely, lang) for likely in WARN_FROM]
    y = alt.Y(
        "from:N",
        sort=names,
        title=lang.t("warn from this chance on"),
        axis=alt.Axis(labelColor=INK, labelFontWeight={"expr": f"datum.index === {step} ? 'bold' : 'normal'"}),
    )
    base = alt.Chart()
    bars = base.mark_bar(stroke=INK, strokeWidth=0.5, size=_ROW - 8).encode(
        x=alt.X("start:Q", title=lang.t("moments"), axis=alt.Axis(tickCount=5, format="d", grid=True)),
        x2="end:Q",
        y=y,
        color=alt.Color("colour:N", scale=None),
        opacity=alt.Opacity("opacity:Q", scale=None),
        tooltip=alt.Tooltip("tip:N", title=" "),
        description="tip:N",
    )
    room = max(found.came + max(found.given), 1) * (0.07 if compact else 0.03)
    texts = (
        base.transform_filter(f"datum.end - datum.start >= {room}")
        .transform_calculate(middle="(datum.start + datum.end) / 2")
        .mark_text(fontSize=12, tooltip=None)
        .encode(x="middle:Q", y=y, text="text:N", color=alt.Color("ink:N", scale=None))
    )
    chosen = [{"from": names[step], "start": 0}]
    mark = alt.Chart(alt.InlineData(values=chosen)).mark_rule(color=GRID, strokeWidth=_ROW - 2, opacity=0.9).encode(y=y)
    title = fact(
        lang.t(
            "From {chance} on: {seen} seen coming, {missed} missed, {wrong} for nothing",
            chance=chance(WARN_FROM[step], lang),
            seen=lang.number(found.seen[step]),
            missed=lang.number(found.came - found.seen[step]),
            wrong=lang.number(found.given[step] - found.right[step]),
        ),
        "test",
    )
    return finish(
        [mark, bars, texts],
        rows,
        result.last_forecast(),
        lang,
        title=title,
        subtitle=lang.t("✓ seen coming · ! missed · ✕ warned for nothing"),
        height=_ROW * len(WARN_FROM) + title_height(title, compact=compact) + _AROUND,
        compact=compact,
    )


def warning_figures(result: Backtest) -> pd.DataFrame:
    """Return what warnings would have been worth: ``zone_id, warn_from, came, seen, given, right``."""
    rows = [
        {
            "zone_id": one.zone,
            "warn_from": likely,
            "came": one.came,
            "seen": one.seen[step],
            "given": one.given[step],
            "right": one.right[step],
        }
        for one in result.warnings
        for step, likely in enumerate(WARN_FROM)
    ]
    return pd.DataFrame(rows, columns=pd.Index(["zone_id", "warn_from", "came", "seen", "given", "right"]))


def _rows(found: Warnings, index: int, step: int, lang: Language) -> list[dict[str, Any]]:
    seen = found.seen[index]
    counts = {"seen": seen, "missed": found.came - seen, "false": found.given[index] - found.right[index]}
    texts = {
        "seen": fact(
            lang.t("{chance}: {n} seen coming", chance=chance(WARN_FROM[index], lang), n=counts["seen"]), "test"
        ),
        "missed": fact(
            lang.t("{chance}: {n} missed", chance=chance(WARN_FROM[index], lang), n=counts["missed"]), "test"
        ),
        "false": fact(
            lang.t("{chance}: {n} warned for nothing", chance=chance(WARN_FROM[index], lang), n=counts["false"]), "test"
        ),
    }
    rows, start = [], 0
    for name, icon, colour, ink in _PARTS:
        if counts[name]:
            rows.append(
                {
                    "from": chance(WARN_FROM[index], lang),
                    "start": start,
                    "end": start + counts[name],
                    "colour": colour,
                    "ink": ink,
                    "opacity": 1 if index == step else 0.55,
                    "text": f"{icon} {counts[name]}",
                    "tip": texts[name],
                }
            )
        start += counts[name]
    return rows
