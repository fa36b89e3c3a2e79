"""A day in a form that could be a slip is asked about: nothing is kept until it is changed or meant."""

import streamlit as st

from language import Language
from language.markdown import as_text

SAYS = "asked"


def ask(form: str, lang: Language) -> None:
    """Show the question about what was sent last in this form, with the way to say that it is meant."""
    doubt = st.session_state.get(f"{form}.{SAYS}")
    if doubt:
        st.warning(f"{as_text(doubt)} {lang.t('Change the day, or say that you mean it.')}", icon=":material/event:")
        st.checkbox(lang.t("I mean this day"), key=f"{form}.{SAYS}.{doubt}")


def settled(form: str, doubt: str) -> bool:
    """Return whether what was sent can be kept: there is no ``doubt``, or it was said that it is meant.

    Otherwise the form is shown again with the question (:func:`ask`), and nothing typed is lost.
    """
    kept = not doubt or bool(st.session_state.get(f"{form}.{SAYS}.{doubt}"))
    if not kept:
        st.session_state[f"{form}.{SAYS}"] = doubt
        st.rerun()
    return kept
