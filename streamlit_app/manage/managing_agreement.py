"""Beheer, agreement: what each party says to a source, in which session, and leave to test one that is not in use."""

import streamlit as st

from data.area.area import Area
from data.area.investigations import Leave, allow_test, end_leave, investigation, investigation_log
from data.area.partners import read_partners
from data.area.sources import read_sources, record_stance
from data.area.stances import ANSWERS, stance_log, stances
from data.area.zone import in_language
from data.keeping.acts import Seen
from forecasting.evaluation.sealed_words import finding_sentences
from language import Language, UserError
from language.markdown import as_text, bullets
from streamlit_app.manage import jobs
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed
from streamlit_app.manage.managing_jobs import POLL_SECONDS, show_progress
from streamlit_app.shell.acting import as_drawn, chosen_of, do, do_seen
from streamlit_app.shell.tables import show_rows
from visuals.account.source_words import answer_name, leave_sentence, not_asked, stance_rows


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


def investigate(area: Area, lang: Language) -> None:
    """Note the leave to test a source that is not in use, start the test, and show what it found."""
    sources = {one.id: one for one in read_sources(area.id) if one.decision != "approved"}
    if not sources:
        st.markdown(lang.t("All sources are in use, so there is nothing to test."))
        return
    source_id = st.selectbox(
        lang.t("Source"),
        tuple(sources),
        format_func=lambda one: in_language(sources[one].title, lang),
        key=f"{ManageKey.INVESTIGATE}.{area.id}",
        width=480,
    )
    seen = as_drawn(f"{ManageKey.INVESTIGATE}.{area.id}.{source_id}", investigation_log, area.id)
    stands = investigation(area.id, sources[source_id])
    if stands.found is not None:
        st.markdown(bullets(as_text(one) for one in finding_sentences(stands.found, area, lang)))
    if stands.leave is None:
        _ask_leave(area, source_id, seen, lang)
    else:
        _with_leave(area, source_id, stands.leave, seen, lang)


def _ask_leave(area: Area, source_id: str, seen: Seen, lang: Language) -> None:
    with st.form(f"{ManageKey.INVESTIGATE}.{area.id}.{source_id}.form", border=False, clear_on_submit=False):
        by = st.text_input(lang.t("Who decided (a group or function, not a person)"), max_chars=80, width=480)
        session = st.text_input(lang.t("In which session"), max_chars=120, width=480)
        why = st.text_area(lang.t("Why? Everybody reads this."), max_chars=500, height=80)
        if st.form_submit_button(lang.t("Note the leave for one test")):
            do_seen(seen, allow_test, area.id, source_id, by, why=why, session=session)
            changed(lang.t("Noted. You can start the test now."))


def _with_leave(area: Area, source_id: str, leave: Leave, seen: Seen, lang: Language) -> None:
    st.markdown(as_text(leave_sentence(leave, area, lang)))
    job = jobs.last(area.id)
    if job is not None and job.running and job.work == "sealed-test":
        st.fragment(show_progress, run_every=POLL_SECONDS)(area, lang)
    else:
        if job is not None and job.failed and job.work == "sealed-test":
            st.warning(as_text(job.said), icon=":material/warning:")
        if st.button(lang.t("Start the test"), type="primary", icon=":material/play_arrow:"):
            do(jobs.start, area, "sealed-test", lang, source_id)
            st.rerun()
    form = f"{ManageKey.INVESTIGATE}.{area.id}.{source_id}.end"
    with st.expander(lang.t("Withdraw the leave")), st.form(form, border=False):
        by = st.text_input(lang.t("Who decided (a group or function, not a person)"), max_chars=80, width=480)
        why = st.text_input(lang.t("Why? Everybody reads this."), max_chars=500, width=480)
        if st.form_submit_button(lang.t("Note that it was withdrawn")):
            do_seen(seen, end_leave, area.id, source_id, by, why=why)
            changed(lang.t("Withdrawn. A test that goes on stops, and nothing of it is kept."))
