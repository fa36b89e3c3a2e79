"""What was done, for everybody: measures, places and outcomes, after the delay that the steward set."""

import streamlit as st

from language import UserError
from language.markdown import as_text, bullets, small
from response.cards.card import Playbook
from response.conditions.gate import cards_in_force
from response.status.publishing import PublicAction, published
from streamlit_app.notebook.cell import cell
from streamlit_app.playbook.weeks import playbook_of
from streamlit_app.shell import logs
from streamlit_app.shell.context import Context
from visuals.playbook.status_words import public_sentence

_AT_MOST = 5


def show_done(context: Context) -> None:
    """Show the latest of what was done; nothing where nothing may be published or there is nothing to tell."""
    found = _published(context)
    if not found:
        return
    lang, area = context.lang, context.area
    why = lang.t("So that you know what the town did when it was busy.")
    with cell(context, "done", lang.t("What was done"), why):
        if any(one.practice for one in found):
            st.badge(lang.t("DEMO DATA"), color="orange")
        st.markdown(bullets(as_text(public_sentence(one, area, lang)) for one in found[:_AT_MOST]))
        st.markdown(small(lang.t("Measures, places and outcomes of cards that everybody may see. No more than that.")))


def _published(context: Context) -> tuple[PublicAction, ...]:
    """Return what may be told; nothing when the playbook cannot be read: professionals read what is wrong with it."""
    area = context.area
    try:
        playbook: Playbook = cards_in_force(area.id, playbook_of(area))
        return published(area, playbook)
    except UserError as error:
        logs.log("what was done left out", area=area.id, reason=error.message)
        return ()
