"""The script of every run: read the address, show what all pages share, run the page for whom it is."""

from pathlib import Path

import streamlit as st

from forecasting.store import NotTrainedError
from forecasting.unknown import NothingKnownError
from language import UserError
from streamlit_app import own_workbooks, phone, presenting, session, uploads
from streamlit_app.access import RefusedError, only_for, visitor
from streamlit_app.acting import tell_who_was_sent_away
from streamlit_app.context import open_area, page_title, shows_now
from streamlit_app.header import header, way_in
from streamlit_app.navigation import grouped, pages
from streamlit_app.untrained import untrained, without_forecast

# Before the navigation: it would otherwise take its icons for the browser's tab, from a host abroad.
st.set_page_config(page_icon=Path(__file__).with_name("icon.png"), layout="wide", initial_sidebar_state="collapsed")
session.read_address()
lang = session.spoken()
found = pages(lang, visitor().role, now=shows_now())
alone = presenting.is_on() or st.context.is_embedded
page = st.navigation(grouped(found, lang), position="hidden" if alone else "top")
entry = next(entry for entry, candidate in found if candidate == page)
session.at_page(entry.url)
tell_who_was_sent_away(lang)
uploads.begin_run(entry.url)
if presenting.is_on() and entry.url != "workbook":
    presenting.stop()
    st.rerun()
try:
    st.set_page_config(page_title=page_title(open_area(), page.title, lang))
    if not presenting.is_on():
        header(entry.url, embedded=st.context.is_embedded)
    only_for(lang, *entry.roles)
    page.run()
except NotTrainedError as error:
    untrained(open_area(), error)
except NothingKnownError as error:
    without_forecast(open_area(), error)
except RefusedError as error:
    st.info(error.md(session.spoken()), icon=":material/info:")
    way_in(session.spoken(), entry.url)
except UserError as error:
    st.info(error.md(session.spoken()), icon=":material/info:")
phone.keep()
own_workbooks.tell_browser()
uploads.end_run()
