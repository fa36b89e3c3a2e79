"""The script of every run: read the address, show what all pages share, run the page for whom it is."""

from pathlib import Path

import streamlit as st

from forecasting.snapshot.unknown import NothingKnownError
from forecasting.training.model_files import NotTrainedError
from language import UserError
from response.conditions.gate import check_on
from streamlit_app.access.permissions import RefusedError, only_for, visitor
from streamlit_app.notebook.header import header, way_in
from streamlit_app.shell import phone, session, uploads
from streamlit_app.shell.acting import tell_who_was_sent_away
from streamlit_app.shell.context import open_area, page_title, shows_now
from streamlit_app.shell.navigation import pages, title
from streamlit_app.shell.untrained import untrained, without_forecast
from streamlit_app.workbook import own_workbooks, presenting

# Before the navigation: it would otherwise take its icons for the browser's tab, from a host abroad.
st.set_page_config(page_icon=Path(__file__).with_name("icon.png"), layout="wide", initial_sidebar_state="collapsed")
session.read_address()
lang = session.spoken()
now = shows_now()
found = pages(lang, visitor().role, now=now, kept=bool(own_workbooks.known()))
alone = presenting.is_on() or st.context.is_embedded
page = st.navigation([page for _, page in found], position="hidden" if alone else "top")
entry = next(entry for entry, candidate in found if candidate == page)
session.at_page(entry.url)
tell_who_was_sent_away(lang)
uploads.begin_run(entry.url)
if presenting.is_on() and entry.url != "workbook":
    presenting.stop()
    st.rerun()
try:
    st.set_page_config(page_title=page_title(open_area(), title(entry, lang, now=now), lang))
    if not presenting.is_on():
        header(entry, embedded=bool(st.context.is_embedded))
    only_for(lang, *entry.roles)
    check_on(open_area().id, "page", entry.url)
    page.run()
except NotTrainedError as error:
    untrained(open_area(), error)
except NothingKnownError as error:
    without_forecast(open_area(), error)
except RefusedError as error:
    st.info(error.md(session.spoken()), icon=":material/info:")
    picture = st.query_params.get("approve")
    way_in(session.spoken(), f"{entry.url}?approve={picture}" if picture else entry.url)
except UserError as error:
    st.info(error.md(session.spoken()), icon=":material/info:")
phone.keep()
own_workbooks.tell_browser()
uploads.end_run()
