"""Over deze app / About this app: what it is and is not, and the pages that account for it."""

import streamlit as st

from streamlit_app.access.permissions import visitor
from streamlit_app.shell import session
from streamlit_app.shell.navigation import ABOUT, ENTRIES, PAGES, beside

lang = session.spoken()
session.add_to_address()

st.title(lang.t("About this app"), anchor=False)
st.markdown(
    lang.t(
        "With this app people who live and work here look ahead together at how busy it gets. It is an experiment: the "
        "forecasts can be wrong. Nobody is followed, and you need no account."
    )
)
here = next(entry for entry in ENTRIES if entry.menu == ABOUT)
for entry in beside(here, visitor().role):
    if entry is not here:
        with st.container(border=True, gap="xxsmall"):
            st.page_link(PAGES / f"{entry.url}.py", label=lang.t(entry.title), icon=":material/arrow_forward:")
            st.markdown(f":gray[{lang.t(entry.what)}]")
