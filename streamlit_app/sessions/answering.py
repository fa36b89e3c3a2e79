"""The public page of advices and answers: what became of it, by when, and everything that was said before."""

from datetime import date, tzinfo

import streamlit as st

from data.area.settings import time_of
from data.keeping.real_time import day_of, real_today
from feedback.people.roles import Role
from feedback.sessions.advice import Advice, Answer, advices, answer_name
from feedback.sessions.closing import versions
from feedback.sessions.sessions import Session, list_sessions
from language import Language
from language.markdown import as_text
from streamlit_app.access.permissions import may, visitor
from streamlit_app.sessions.advice_desk import answer_form
from streamlit_app.sessions.reading import may_read
from streamlit_app.sessions.report_versions import version_sentence
from streamlit_app.shell.context import open_area

BADGES = {"adopted": "green", "partly": "blue", "study": "orange", "rejected": "gray"}
ICONS = {"adopted": "check_circle", "partly": "tonality", "study": "hourglass_top", "rejected": "cancel"}


def headline(found: list[Advice], today: date, lang: Language) -> str:
    """Say how many advices there are, how many were answered, and how many answers are overdue."""
    if not found:
        return lang.t("There is no advice yet")
    answered = sum(advice.promised is None for advice in found)
    late = sum(advice.overdue(today) for advice in found)
    sentence = lang.n(
        "{n} piece of advice, {answered} answered",
        "{n} pieces of advice, {answered} answered",
        len(found),
        answered=answered,
    )
    return sentence + (f", {lang.n('{n} answer is late', '{n} answers are late', late)}" if late else "")


def show_advice(advice: Advice, titles: dict[str, Session], lang: Language) -> None:
    """Show one advice with its latest answer, what was answered before, and who is for and against."""
    tz = open_area().tz
    today = real_today(tz)
    with st.container(border=True, key=f"advice-{advice.id}"):
        st.markdown(f"{lang.md('Advice {number}', number=advice.number)} {_badge(advice, today, lang)}")
        st.subheader(as_text(advice.text), anchor=f"advice-{advice.number}")
        of = titles.get(advice.session)
        if of is not None:
            st.markdown(f":gray[:small[{as_text(of.title)}, {lang.date(of.day, 'd MMMM yyyy')}]]")
        if advice.supported_by:
            st.markdown(lang.md("**Supported by:** {who}", who=advice.supported_by))
        if advice.minority:
            st.markdown(lang.md("**Minority view:** {what}", what=advice.minority))
        if advice.answers:
            _show_answer(advice.answers[0], tz, lang)
        elif not advice.overdue(today):
            st.markdown(lang.md("An answer comes by {day}.", day=_day(advice.due, lang)))
        if advice.links:
            counted = len(advice.links)
            st.markdown(
                f":gray[:small[{lang.n('Builds on {n} text of people.', 'Builds on {n} texts of people.', counted)}]]"
            )
        if advice.changed:
            st.markdown(f":gray[:small[{lang.md('Changed on {day}.', day=_day(advice.changed[:10], lang))}]]")
        st.markdown(f"[{lang.t('The trail of this advice')}](trail?advice={advice.number}&lang={lang.code})")
        if len(advice.answers) > 1 or advice.withdrawn:
            with st.expander(lang.t("Earlier answers"), icon=":material/history:"):
                for answer in advice.answers[1:]:
                    _show_answer(answer, tz, lang)
                for answer in advice.withdrawn:
                    st.markdown(lang.md("*Withdrawn on {day}:*", day=_day((answer.withdrawn or "")[:10], lang)))
                    _show_answer(answer, tz, lang)
        if may(Role.FACILITATOR):
            answer_form(advice, lang)


def show_reports(lang: Language) -> None:
    """List the adopted reports that the visitor may read, and those that were withdrawn, with what was said of them."""
    role = visitor().role
    readable = [one for one in list_sessions("open", "closed") if may_read(one, role)]
    adopted = [one for one in readable if one.report == "adopted"]
    for one in adopted:
        links = " · ".join(
            f"[{label}](report/{one.id}.{form}?lang={lang.code})"
            for form, label in (("html", lang.t("read")), ("docx", "Word"), ("zip", lang.t("open data")))
        )
        st.markdown(f"- {as_text(one.title)}, {lang.date(one.day, 'd MMMM yyyy')}: {links}{_mended(one, lang)}")
    taken_back = [one for one in readable if one.report == "concept" and versions(one.id)]
    for one in taken_back:
        st.markdown(f"- {as_text(one.title)}, {lang.date(one.day, 'd MMMM yyyy')}{_mended(one, lang)}")
    if not adopted and not taken_back:
        st.markdown(lang.t("There is no adopted report yet."))


def _mended(one: Session, lang: Language) -> str:
    """Return the notes on what was rectified or withdrawn, as a list below a line of a list."""
    noted = [version_sentence(done, time_of(one.area), lang) for done in versions(one.id) if done.note]
    return "".join(f"\n  - {sentence}" for sentence in noted)


def latest(area_id: str) -> tuple[list[Advice], dict[str, Session]]:
    """Return the advices about an area, and the sessions they come from: those that are late come first."""
    titles = {one.id: one for one in list_sessions() if one.area in ("", area_id)}
    today = real_today(time_of(area_id))
    found = [advice for advice in advices() if advice.session in titles]
    return sorted(found, key=lambda advice: (not advice.overdue(today), -advice.number)), titles


def _show_answer(answer: Answer, tz: tzinfo, lang: Language) -> None:
    when = lang.date(day_of(answer.made, tz), "d MMMM yyyy")
    by = f", {as_text(answer.answered_by)}" if answer.answered_by else ""
    st.markdown(f"**{answer_name(answer.state, lang).capitalize()}** ({when}{by}). {as_text(answer.text)}")
    if answer.changed:
        st.markdown(f":gray[:small[{lang.md('Changed on {day}.', day=_day(answer.changed[:10], lang))}]]")
    if answer.due:
        st.markdown(lang.md("The next answer comes by {day}.", day=_day(answer.due, lang)))


def _badge(advice: Advice, today: date, lang: Language) -> str:
    if advice.overdue(today):
        late = (today - (advice.promised or today)).days
        return f":red-badge[:material/alarm: {lang.n('{n} day late', '{n} days late', late)}]"
    if not advice.answers:
        return f":gray-badge[:material/schedule: {lang.t('not answered yet')}]"
    state = advice.answers[0].state
    return f":{BADGES[state]}-badge[:material/{ICONS[state]}: {answer_name(state, lang)}]"


def _day(text: str, lang: Language) -> str:
    return lang.date(date.fromisoformat(text), "d MMMM yyyy")
