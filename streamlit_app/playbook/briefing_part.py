"""The weekly briefing of what is looked at, as one page to print and for Word."""

import streamlit as st

from data.area.sources import approved_sources
from language.markdown import small
from reports.playbook.briefing import (
    Known,
    acted_lately,
    briefing,
    briefing_docx,
    briefing_html,
    changed_since,
    told_last,
)
from reports.session_report import SessionReport
from response.week.ahead import WeekAhead
from streamlit_app.playbook.offering import Offered, offer
from streamlit_app.playbook.weeks import off_again
from streamlit_app.shell.context import Context


def offer_briefing(context: Context, week: WeekAhead) -> None:
    """Show the buttons that make the briefing, for the operational meeting."""
    lang, name = context.lang, f"{context.area.id}-briefing-{week.forecast.cutoff:%Y-%m-%d}"
    printed = lang.t("Weekly briefing to print"), f"{name}.html", lambda: briefing_html(_made(context, week), lang)
    typed = lang.t("Weekly briefing for Word"), f"{name}.docx", lambda: briefing_docx(_made(context, week), lang)
    offer([Offered(*printed), Offered(*typed)])
    st.markdown(small(lang.t("One A4 for the operational meeting. For professionals: do not pass it on.")))


def _made(context: Context, week: WeekAhead) -> SessionReport:
    known = Known(
        off=off_again(week, context.area),
        changed=changed_since(context.area, context.snapshot, context.outlook),
        told=told_last(context.area, context.snapshot, context.thresholds),
        sources=approved_sources(context.area.id),
        acted=acted_lately(context.area, context.snapshot),
    )
    return briefing(week, context.outlook, context.snapshot, known)
