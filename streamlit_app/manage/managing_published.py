"""Beheer, what everybody reads of what was done: after how many hours, or never."""

import streamlit as st

from data.area.area import Area
from language import Language
from response.status.publishing import LONGEST, delay, publishing_revisions, set_delay
from streamlit_app.access.permissions import visitor
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed
from streamlit_app.shell.acting import as_drawn, do_seen
from streamlit_app.shell.session import form_id, form_kept


def published(area: Area, lang: Language) -> None:
    """Let a steward set the delay after which everybody reads what was done, or that nobody does."""
    hours = delay(area.id)
    name = f"{ManageKey.PUBLISHED}.{area.id}"
    seen, key = as_drawn(name, publishing_revisions, area.id), form_id(name)
    if hours is None:
        st.markdown(lang.t("Nothing is published now."))
    else:
        st.markdown(lang.n("Published after {n} hour.", "Published after {n} hours.", hours))
    with st.form(key, border=False):
        on = st.toggle(lang.t("Everybody reads what was done"), hours is not None, key=f"{key}.on")
        after = st.number_input(
            lang.t("After how many hours"), 0, LONGEST, 24 if hours is None else hours, width=240, key=f"{key}.hours"
        )
        reason = st.text_input(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        st.markdown(
            lang.t(
                "Published are the name of a card that everybody may see, the places, the day, and the words at 'What "
                "came of it'. Only of what is entered from now on."
            )
        )
        if st.form_submit_button(lang.t("Keep this choice")):
            wanted = int(after) if on else None
            do_seen(seen, set_delay, area, wanted, role=visitor().role.value, reason=reason)
            form_kept(key.rpartition(".")[0])
            changed(lang.t("Kept. It counts from now on."))
