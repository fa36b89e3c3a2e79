"""The pages and their groups, as the navigation shows them."""

from pathlib import Path

import streamlit as st

from language import Language

PAGES = Path(__file__).parents[1] / "pages"


def navigation(lang: Language) -> dict[str, list[st.Page]] | list[st.Page]:
    """Return the pages by group; a single group needs no name. A page's address is the same in every language."""
    groups = {
        lang.t("Look"): [
            st.Page(PAGES / "today.py", title=lang.t("Today"), url_path="today", default=True),
            st.Page(PAGES / "map.py", title=lang.t("Map"), url_path="map"),
            st.Page(PAGES / "accuracy.py", title=lang.t("How good is it?"), url_path="accuracy"),
        ],
    }
    return groups if len(groups) > 1 else next(iter(groups.values()))
