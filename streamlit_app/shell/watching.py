"""Watching a desk: what a colleague does on it is seen within seconds, by who has it open."""

from typing import Final

import streamlit as st

from data.keeping.acts import Seen
from language import Language
from streamlit_app.shell.keys import ShellKey
from streamlit_app.shell.telling import told_on_the_spot

EVERY: Final = 4
"""Seconds after which a desk looks whether a colleague changed what it shows: they see it within five."""


@st.fragment(run_every=EVERY)
def watch(seen: Seen, lang: Language, *, ask: bool = False) -> None:
    """Draw the page anew once what it shows is not as it was ``seen`` any more. Forms keep what is typed in them.

    With ``ask`` it is only told, with a button: for pages on which drawing anew would take away what is not kept yet.
    """
    with told_on_the_spot():
        if seen.stands:
            return
        if not ask:
            st.rerun()
        st.warning(lang.t("A colleague changed something on this page."), icon=":material/group:")
        if st.button(lang.t("Show how it is now"), key=ShellKey.SHOW_NEWEST, icon=":material/refresh:"):
            st.rerun()
