"""Open gegevens / Open data: counts and forecasts for other programs, and how to ask for them."""

import streamlit as st

from streamlit_app.account.open_part import addresses, in_python
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

area, lang = open_area(), session.spoken()
session.add_to_address()

st.title(lang.t("Open data"), anchor=False)
st.markdown(lang.t("Everybody may use these. Say where they come from."))
addresses(area, lang)
in_python(area, st.context.url.rpartition("/")[0] if st.context.url else "http://localhost:8501", lang)
