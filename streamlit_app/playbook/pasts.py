"""The past of triggers for the app: read and counted once for all who look at the same."""

import streamlit as st

from data.keeping.fingerprint import DESCRIPTION, fingerprint
from feedback.database.store import version
from forecasting.evaluation.backtest_result import days_path, newest_backtest
from language.markdown import Markdown
from response.cards.card import Trigger
from response.week.past import ORIGINS_NEEDED, PastTrigger, past_trigger, past_weeks
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context


def past_of(trigger: Trigger, context: Context) -> PastTrigger | None:
    """Return what was expected of a trigger and what came; ``None`` where too little of the past is kept."""
    path = days_path(context.area.id)
    if path is None:
        return None
    made = f"{path}/{path.stat().st_mtime_ns}"
    files = f"{fingerprint(context.area.id, DESCRIPTION)} {version()}"
    return _past(made, files, trigger.model_dump_json(), context.visitor_thresholds.shown.text, trigger, context)


@st.cache_resource(max_entries=200, show_spinner=False)
def _past(
    made: str,  # noqa: ARG001 - a key of the cache
    files: str,  # noqa: ARG001 - a key of the cache
    asked: str,  # noqa: ARG001 - a key of the cache
    thresholds: str,  # noqa: ARG001 - a key of the cache
    _trigger: Trigger,
    _context: Context,
) -> PastTrigger | None:
    return past_trigger(_trigger, resources.area(_context.area.id), _context.thresholds)


def too_little(context: Context) -> Markdown:
    """Say that too little of the past is kept, and how much there is."""
    return context.lang.md(
        "That needs the forecasts of {needed} weeks, so that all seasons are in it. Of this area {there} are "
        "kept. With fewer it would tell of those weeks only, so nothing is shown.",
        needed=ORIGINS_NEEDED,
        there=past_weeks(context.area.id, newest_backtest(context.area.id)),
    )
