"""Hoe goed klopt het? / How good is it?: forecasts of past weeks beside what came, both sides always."""

import streamlit as st

from forecasting.evaluation.backtest_result import Backtest, newest_backtest
from forecasting.training.model_files import MODEL_VERSION
from language.markdown import Markdown, as_text, small
from streamlit_app.notebook.accuracy_cells import (
    show_outcomes,
    show_reliability,
    show_unknown,
    show_verdict,
    show_what_came,
)
from streamlit_app.notebook.warning_cell import show_warning
from streamlit_app.shell.context import Context, open_context
from visuals.words.accuracy import verdict
from visuals.words.amounts import unmarked


def show(context: Context, result: Backtest) -> None:
    """Show a result from the plain answer down to the figures for experts."""
    lang = context.lang
    made_from = lang.md(
        "Test `{id}`, version {version} of the model. For every moment the model was trained anew on the counts "
        "before it.",
        id=result.id,
        version=result.model_version,
    )
    st.title(as_text(unmarked(verdict(result, lang), result.last_forecast(), lang)), anchor=False)
    if result.model_version != MODEL_VERSION:
        st.info(lang.t("This test is of forecasts as they were made before. Those of now are made in another way."))

    show_verdict(context, result, made_from)
    show_outcomes(context, result, made_from)
    show_reliability(context, result, made_from)
    show_warning(context, result, made_from)
    show_what_came(context, result, made_from)
    show_unknown(context, result, made_from)


opened = open_context()
found = newest_backtest(opened.area.id)
if found is None:
    st.title(opened.lang.t("How good is it?"), anchor=False)
    st.info(opened.lang.t("The forecasts of this area have not been tested yet."))
    command = Markdown(f"`python -m forecasting backtest --area {opened.area.id}`")
    st.markdown(small(opened.lang.md("For whoever runs this app: {command}", command=command)))
else:
    show(opened, found)
