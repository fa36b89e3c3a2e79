"""Wat wij zeiden / What we said: one week as it was forecast on its Monday, beside what came; an address that stays."""

from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from data.keeping.from_outside import in_reach
from forecasting.evaluation.told_week import monday_of
from streamlit_app.notebook.told_cell import address, mondays, show_told
from streamlit_app.shell import session
from streamlit_app.shell.context import open_context
from visuals.words.timing_words import week_words

asked = None
with suppress(ValueError):
    named = datetime.fromisoformat(st.query_params.get("monday", "")).replace(tzinfo=UTC)
    asked = monday_of(named.date()) if in_reach(named) else None
context = open_context()
lang, area = context.lang, context.area
until = area.now()
known = mondays(area, until)
monday = asked or (known[0] if known else None)

if monday is None:
    st.title(lang.t("What we said"), anchor=False)
    st.markdown(lang.t("No forecast of a week that is over was kept here yet. Come back after Monday."))
else:
    session.add_to_address(monday=monday.isoformat())
    show_told(context, monday, until, last=False, heading=True)
    others = [one for one in known if one != monday]
    if others:
        st.markdown(lang.t("Other weeks:"))
        st.markdown("\n".join(f"- [{week_words(one, lang)}]({address(area, one, lang.code)})" for one in others))
