"""Where to go from the first page: what somebody who is new can do here."""

from typing import Final

import streamlit as st

from feedback.people.roles import has_any
from language import Language
from streamlit_app.access.permissions import visitor
from streamlit_app.shell.navigation import ENTRIES, PAGES

_ICONS: Final = {
    "map": ":material/map:",
    "thresholds": ":material/tune:",
    "scenarios": ":material/alt_route:",
    "contributions": ":material/comment:",
    "workbook": ":material/menu_book:",
}


def show_ways_on(lang: Language) -> None:
    """Show a link to each page where somebody can go on, in words that say what for."""
    words = {
        "map": lang.t("See it on the map"),
        "thresholds": lang.t("Say when it is too busy for you"),
        "scenarios": lang.t("Try: what if it rains?"),
        "contributions": lang.t("Say what you saw"),
        "workbook": lang.t("See what you kept"),
    }
    role = visitor().role
    open_pages = {entry.url for entry in ENTRIES if has_any(role, entry.roles)}
    with st.container(border=True, key="ways-on"):
        st.header(lang.t("What can you do here?"), anchor=False)
        st.markdown(f":gray[:small[{lang.t('Look further, say what you think, or download something.')}]]")
        with st.container(horizontal=True, gap="medium"):
            for url, label in words.items():
                if url in open_pages:
                    st.page_link(PAGES / f"{url}.py", label=label, icon=_ICONS[url])
