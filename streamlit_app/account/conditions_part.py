"""Conditions for everybody: how each stands, what it governs, and what became of what people asked for."""

from typing import Final

import streamlit as st

from data.area.area import Area
from data.keeping.real_time import real_today
from language import Language
from language.markdown import Markdown, as_text, bold, bullets
from response.cards.card import text_in
from response.conditions.agreed_history import read_agreed
from response.conditions.condition import KINDS, Condition, State
from streamlit_app.account.governed_names import governed_names
from streamlit_app.shell.tables import show_rows
from visuals.account.condition_words import condition_lines, kind_name, state_name, wish_kind_name, wish_state_name

_COLOURS: Final[dict[State, str]] = {"open": "gray", "met": "green", "broken": "red", "withdrawn": "red"}


def show_conditions(area: Area, lang: Language) -> None:
    """Show every condition, those that switch something off first."""
    found = read_agreed(area.id).conditions
    if not found:
        st.info(lang.t("No conditions were set here yet."), icon=":material/info:")
        return
    if any(one.example for one in found):
        st.warning(lang.t("These conditions are examples. No session has set them yet."), icon=":material/edit_note:")
    today, names = real_today(area.tz), governed_names(area, lang)
    for condition in sorted(found, key=lambda one: (not one.off, KINDS.index(one.kind))):
        with st.container(border=True):
            _condition(condition, lang)
            lines = condition_lines(condition, names, today, lang)
            st.markdown(bullets(bold(f"{heading}:") + Markdown(" ") + as_text(text) for heading, text in lines))


def _condition(condition: Condition, lang: Language) -> None:
    with st.container(horizontal=True, gap="small"):
        st.badge(state_name(condition.state, lang), color=_COLOURS[condition.state])  # type: ignore[arg-type]
        st.badge(kind_name(condition.kind, lang), color="blue")
        if condition.example:
            st.badge(lang.t("example"), color="gray")
    st.markdown(as_text(condition.text(lang)))


def show_wishes(area: Area, lang: Language) -> None:
    """Show the goals and wished functions, by whom they were asked and what became of them."""
    wishes = read_agreed(area.id).wishes
    if not wishes:
        return
    st.header(lang.t("Goals and wishes"), anchor=False)
    show_rows(
        [
            {
                lang.t("What"): text_in(wish.texts, lang),
                lang.t("Kind"): wish_kind_name(wish, lang),
                lang.t("Asked by"): wish.asked_by,
                lang.t("What became of it"): wish_state_name(wish.state, lang),
                lang.t("Why"): wish.why or "",
            }
            for wish in wishes
        ]
    )
