"""Beheer, agreement: what each party says to a source, and in which session."""

import streamlit as st

from data.area.area import Area
from data.area.partners import read_partners
from data.area.sources import read_sources, record_stance
from data.area.stances import ANSWERS, stance_log, stances
from data.area.zone import in_language
from language import Language, UserError
from language.markdown import as_text
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed
from streamlit_app.shell.acting import as_drawn, chosen_of, do_seen
from streamlit_app.shell.tables import show_rows
from visuals.account.source_words import answer_name, not_asked, stance_rows


def agreement(area: Area, lang: Language) -> None:
    """Show what the parties say to a source, and let somebody note what one of them says."""
    partners, sources = read_partners(area.id), read_sources(area.id)
    if not partners.partner or not sources:
        st.markdown(lang.t("This area names no parties yet. They are listed in its file partners.toml."))
        return
    titles = {source.id: in_language(source.title, lang) for source in sources}
    source_id = st.selectbox(
        lang.t("Source"),
        tuple(titles),
        format_func=titles.__getitem__,
        key=f"{ManageKey.AGREEMENT}.{area.id}",
        width=480,
    )
    seen = as_drawn(f"{ManageKey.AGREEMENT}.{area.id}.{source_id}", stance_log, area.id)
    said = stances(area.id, source_id)
    if rows := stance_rows(said, partners, area, lang):
        show_rows(rows)
    st.markdown(as_text(not_asked(said, partners, lang)))
    with st.form(f"{ManageKey.AGREEMENT}.{area.id}.{source_id}.form", border=False, clear_on_submit=False):
        party = st.selectbox(
            lang.t("Party"),
            [one.id for one in partners.partner],
            index=None,
            format_func=lambda one: next(p.name(lang) for p in partners.partner if p.id == one),
            placeholder=lang.t("Choose"),
            width=480,
        )
        answer = st.radio(
            lang.t("Says"), ANSWERS, index=None, format_func=lambda one: answer_name(one, lang), horizontal=True
        )
        why = st.text_area(
            lang.t("Why, or on what condition? Everybody reads this. No names of people."), max_chars=500, height=80
        )
        session = st.text_input(lang.t("In which session"), max_chars=120, width=480)
        if st.form_submit_button(lang.t("Note what this party says"), type="primary"):
            if party is None:
                raise UserError("Choose which party said it.")
            do_seen(seen, record_stance, area.id, source_id, party, chosen_of(answer), why=why, session=session)
            changed(lang.t("Noted. It counts at once."))
