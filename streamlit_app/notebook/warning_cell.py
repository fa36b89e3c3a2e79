"""The cell in which people decide from which chance on to warn."""

import streamlit as st

from forecasting.evaluation.backtest_result import WARN_FROM, Backtest
from language.markdown import bullets
from language.plain import chance
from streamlit_app.notebook.cell import cell
from streamlit_app.notebook.keys import NotebookKey
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.reproduce import backtest_python
from visuals.charts.warning import warning_figures, warning_sentences, warnings_by_chance, warnings_chart

EVERYWHERE = ""
"""Stands for all places together."""


def show_warning(context: Context, result: Backtest, made_from: str) -> None:
    """Show the cell, where the backtest counted warnings."""
    lang = context.lang
    if not result.warnings:
        return
    with cell(
        context,
        "warning",
        lang.t("From which chance on would you warn?"),
        lang.t("Early warning catches more and is more often for nothing. That choice is yours."),
    ) as this:
        zone, step = _choose(context, result)
        counts = warnings_by_chance(result, zone)
        say(bullets(warning_sentences(counts, step, lang)))
        show_chart(
            context,
            lambda compact: warnings_chart(result, counts, step, lang, compact=compact),
            "warning",
            result.id,
            counts.zone,
            step,
            alt_text=lang.t("A row for each chance: seen coming, missed, and warned for nothing."),
        )
        this.computed(
            lang.t(
                "A warning is a run of hours of one day at one place with at least that chance of crowds. It is "
                "right when it shares an hour with a moment that was busy."
            ),
            table=lambda: warning_figures(result),
            code=backtest_python(
                context,
                result,
                "from visuals import warnings_by_chance, warnings_chart",
                f"result = warnings_chart(backtest, warnings_by_chance(backtest, {zone!r}), {step}, lang)",
            ),
            made_from=made_from,
        )


def _choose(context: Context, result: Backtest) -> tuple[str | None, int]:
    """Show the choice of a place and of a chance; return the zone (``None`` for all) and the index of the chance."""
    lang = context.lang
    told = [one.zone for one in result.warnings if one.came or any(one.given)]

    def name(zone_id: str) -> str:
        return context.area.zone(zone_id).name(lang) if zone_id else lang.t("All places together")

    zone = st.selectbox(
        lang.t("Place"),
        [EVERYWHERE, *told],
        format_func=name,
        key=NotebookKey.WARN_WHERE,
        placeholder=lang.t("Choose a place"),
        width=320,
    )
    step: int = st.select_slider(
        lang.t("Warn at which chance of crowds?"),
        range(len(WARN_FROM)),
        value=WARN_FROM.index(0.5),
        format_func=lambda index: chance(WARN_FROM[index], lang),
        key=NotebookKey.WARN_FROM,
    )
    return zone or None, step
