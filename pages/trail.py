"""Het spoor / The trail: from a remark to what it led to; opened by the number of an advice, or by one's own code."""

import streamlit as st

from streamlit_app.account.trail_part import advice_asked, show_own, show_trail_of
from streamlit_app.shell import session
from streamlit_app.shell.context import open_area

asked = st.query_params.get("advice", "")
area, lang = open_area(), session.spoken()

st.title(lang.t("The trail"), anchor=False)
st.markdown(lang.t("From what people said to what came of it, with how long each step took."))
advice = advice_asked(asked, area, lang)
if advice is None:
    session.add_to_address()
else:
    session.add_to_address(advice=str(advice.number))
    show_trail_of(advice, area, lang)
show_own(area, lang)
