"""The end of a session, for the facilitator: the closing form, and the report from draft to adopted and mended."""

from typing import Any

import streamlit as st

from data.area.settings import time_of
from data.keeping.acts import see
from feedback.contributions.contributions import find_contributions
from feedback.contributions.moderation import cases
from feedback.contributions.naming import ROLES, role_name
from feedback.contributions.personal import find_personal, named
from feedback.sessions.advice import advices
from feedback.sessions.agenda import agenda
from feedback.sessions.closing import adopt, counted_roles, fill_in, rectify, versions, withdraw_report
from feedback.sessions.responses import responses
from feedback.sessions.sessions import Session, find_session
from feedback.sessions.statements import statements
from language import Language
from language.markdown import Markdown, bullets
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.reading import area_of
from streamlit_app.sessions.report_versions import version_sentence
from streamlit_app.sessions.steering import fresh, renew
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, attempt, attempting, do_seen


def show_closing(chosen: Session, lang: Language) -> None:
    """Show the closing form, and once it is filled in, the report to read, take along, adopt, rectify or withdraw."""
    if chosen.rehearsal:
        st.markdown(lang.t("A rehearsal has no report."))
        return
    tz = time_of(chosen.area)
    if done := versions(chosen.id):
        st.markdown(bullets(version_sentence(one, tz, lang) for one in done))
    if chosen.report == "adopted":
        with st.expander(lang.t("Rectify or withdraw the report"), icon=":material/edit_document:"):
            _mend(chosen, lang)
    else:
        _fill_in(chosen, lang)
    if chosen.report == "none":
        return
    with st.container(horizontal=True):
        for form, label, icon in (
            ("html", lang.t("Read the report"), "article"),
            ("docx", lang.t("Report for Word"), "description"),
            ("zip", lang.t("Open data (ZIP)"), "folder_zip"),
        ):
            st.link_button(label, f"report/{chosen.id}.{form}?lang={lang.code}", icon=f":material/{icon}:")
    if chosen.report == "concept":
        _adopt(chosen, lang)


def _fields(chosen: Session, key: str, lang: Language) -> dict[str, Any]:
    counted = {**counted_roles(chosen.id), **chosen.attended}
    minutes = st.text_area(
        lang.t("Minutes: what was said and agreed"), chosen.minutes, height=200, key=f"{key}.minutes"
    )
    organisations = st.text_area(
        lang.t("Organisations that were there"), chosen.organisations, height=70, key=f"{key}.organisations"
    )
    st.markdown(lang.t("How many people came, by the role they named"))
    with st.container(horizontal=True):
        attended = {
            role: st.number_input(
                role_name(role, lang) if role else lang.t("No role named, or on paper"),
                0,
                5000,
                counted.get(role, 0),
                width=150,
                key=f"{key}.{role}",
            )
            for role in (*ROLES, "")
        }
    return {"minutes": minutes, "organisations": organisations, "attended": attended}


def _tell_colleague(chosen: Session, changed: bool, lang: Language) -> None:
    if changed:
        said = lang.md("A colleague filled this in meanwhile. Now it says: “{text}”", text=chosen.minutes)
        st.info(said, icon=":material/group:")


def _fill_in(chosen: Session, lang: Language) -> None:
    name = f"closing.{chosen.id}"
    key = f"{SessionKey.DESK_CLOSE}.{fresh(name)}"
    seen, changed = as_begun(name, f"{key}.minutes" in st.session_state, _filled_in, chosen.id)
    with st.form(f"{key}.form", border=False):
        told = _fields(chosen, key, lang)
        _tell_colleague(chosen, changed, lang)
        sent = st.form_submit_button(lang.t("Close and make the report"), type="primary")
    if sent and attempt(lang, lambda: do_seen(seen, fill_in, chosen.id, **told)):
        renew(name)


def _mend(chosen: Session, lang: Language) -> None:
    name = f"rectify.{chosen.id}"
    key = f"{SessionKey.DESK_CLOSE}.{fresh(name)}"
    seen, changed = as_begun(name, f"{key}.minutes" in st.session_state, _filled_in, chosen.id)
    with st.form(f"{key}.form", border=False):
        told = _fields(chosen, key, lang)
        _tell_colleague(chosen, changed, lang)
        note = st.text_input(lang.t("What was wrong? Everybody reads this note."), key=f"{key}.note")
        with st.container(horizontal=True):
            mended = st.form_submit_button(lang.t("Rectify the report"), type="primary")
            withdrawn = st.form_submit_button(lang.t("Withdraw the report"))
    if mended and attempt(lang, lambda: do_seen(seen, rectify, chosen.id, note, **told)):
        renew(name)
    if withdrawn and attempt(lang, lambda: do_seen(seen, withdraw_report, chosen.id, note)):
        renew(name)


def _filled_in(session_id: str) -> tuple[object, ...]:
    now = find_session(session_id)
    return now.report, now.minutes, now.organisations, now.attended


def _adopt(chosen: Session, lang: Language) -> None:
    """Show what to look at before the report is adopted, and the button, which asks."""
    shown = see(_filled_in, chosen.id)
    st.markdown(lang.t("The report is a draft. Once adopted, everybody can read it. Later changes get a note."))
    with st.popover(lang.t("Adopt the report"), icon=":material/verified:"):
        waiting = [case for case in cases(session=chosen.id) if case.text]
        if waiting:
            count = lang.n(
                "{n} text still waits for a moderator. It is not in the report.",
                "{n} texts still wait for a moderator. They are not in the report.",
                len(waiting),
            )
            st.warning(count, icon=":material/hourglass_top:")
        if found := _personal(chosen, lang):
            st.warning(lang.t("This may be personal data. Everybody will read it:"), icon=":material/privacy_tip:")
            st.markdown(bullets(found))
        if not waiting and not found:
            st.success(lang.t("Nothing is waiting, and no personal data were found."), icon=":material/check:")
        st.button(
            lang.t("Yes, adopt the report"),
            key=f"{SessionKey.DESK_CLOSE}.adopt",
            type="primary",
            on_click=attempting(lang, lambda: _do_adopt(chosen, shown, lang)),
        )


def _do_adopt(chosen: Session, shown: Any, lang: Language) -> None:
    do_seen(shown, adopt, chosen.id)
    session.say_once(lang.t("The report is adopted. Everybody can read it under 'What was done with it?'."))


def _personal(chosen: Session, lang: Language) -> list[Markdown]:
    """Return what looks like personal data in all that the report holds, with where it stands."""
    texts = [
        (lang.t("Minutes"), chosen.minutes),
        (lang.t("Organisations"), chosen.organisations),
        *((lang.t("Statement"), s.text) for s in statements(chosen.id, "published")),
        *((item.title, item.text) for item in agenda(chosen.id)),
        *((item.title, r.text) for item in agenda(chosen.id) for r in responses(item.id, "published")),
    ]
    texts += [(lang.t("Contributions"), c.text) for c in find_contributions(chosen.area, session=chosen.id)]
    for advice in advices(chosen.id):
        name = lang.t("Advice {number}", number=advice.number)
        texts += [(name, advice.text), (name, advice.supported_by), (name, advice.minority)]
    places = [name for zone in area_of(chosen).zones for name in zone.names.values()]
    found = [(where, text, find_personal(text, places)) for where, text in texts if text]
    return [
        lang.md("{where}: {found}", where=where, found=named(findings, text, lang))
        for where, text, findings in found
        if findings
    ]
