"""'Respond to this': the short form in the footer of every cell, pinned to exactly what is looked at."""

import streamlit as st

from language.markdown import small
from streamlit_app.responses.contribution_form import Form, contribution_form
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from visuals.words.hours import hour_words


def respond(context: Context, cell_id: str) -> None:
    """Show the way to respond to a cell; the form is drawn for who opens it only.

    What is sent carries page and cell, place and hour looked at, scenario and snapshot.
    """
    lang = context.lang
    opened = st.popover(
        lang.t("Respond") if narrow() else lang.t("Respond to this"),
        icon=":material/comment:",
        type="tertiary",
        key=f"{ResponseKey.FORM}.{cell_id}.open",
        on_change="rerun",
    )
    if not opened.open:
        return
    with opened:
        zone = context.workspace.zone
        where = f"{context.area.zone(zone).name(lang)} · " if zone else ""
        when = hour_words(context.forecast, context.hour_index, lang)
        st.markdown(small(lang.t("You look at: {what}", what=where + when)))
        contribution_form(Form(context, f"cell-{cell_id}", cell_id=f"{session.page_url()}#{cell_id}"))
