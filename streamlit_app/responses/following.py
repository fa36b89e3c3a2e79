"""Which advice a decision follows: so that whoever said something finds back what was done with it."""

import streamlit as st

from data.area.area import Area
from feedback.database.texts import excerpt
from feedback.sessions.advice import advices
from feedback.sessions.sessions import list_sessions
from language import Language


def follows_advice(area: Area, lang: Language, key: str) -> int | None:
    """Let somebody say which advice about an area a decision follows; return its number.

    Nothing is asked where there is no advice.
    """
    here = {one.id for one in list_sessions() if one.area in ("", area.id)}
    found = {one.number: excerpt(one.text, 60) for one in advices() if one.session in here}
    if not found:
        return None
    return st.selectbox(
        lang.t("Does it follow from advice?"),
        tuple(found),
        index=None,
        format_func=lambda one: lang.t("Advice {number}: {text}", number=one, text=found[one]),
        placeholder=lang.t("No advice"),
        key=key,
    )
