"""A trail as everybody reads it: its steps with what lies between them, and what it waits for."""

import streamlit as st

from data.area.area import Area
from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, advices
from feedback.sessions.sessions import list_sessions
from language import Language
from language.markdown import Markdown, as_text, bold, link, small
from reports.timeline.happening import Asked
from reports.trail.of_advice import trail_of
from reports.trail.own import own_trails
from reports.trail.step import ICONS, Step, Trail, step_name
from streamlit_app.access.own_code import carried
from streamlit_app.access.permissions import visitor
from streamlit_app.account.keys import AccountKey
from streamlit_app.responses.own_contributions import persons_of


def advice_asked(number: str, area: Area, lang: Language) -> Advice | None:
    """Let somebody choose an advice, the one of the address first, and return it; ``None`` when none is chosen."""
    here = {one.id for one in list_sessions() if one.area in ("", area.id)}
    found = {one.number: one for one in advices() if one.session in here}
    wanted = int(number) if number.isdecimal() and len(number) < 9 else None
    if number and wanted not in found:
        st.warning(lang.t("There is no advice with this number here. Choose another one."), icon=":material/search:")
    if not found:
        st.markdown(lang.t("As soon as a session gives advice, its trail stands here."))
        return None
    chosen = st.selectbox(
        lang.t("Which advice?"),
        tuple(found),
        list(found).index(wanted) if wanted in found else None,
        format_func=lambda one: lang.t("Advice {number}: {text}", number=one, text=excerpt(found[one].text, 60)),
        placeholder=lang.t("Choose which advice"),
        key=f"{AccountKey.TRAIL_ADVICE}.{area.id}",
    )
    return found[chosen] if chosen is not None else None


def show_trail_of(advice: Advice, area: Area, lang: Language) -> None:
    """Show the trail of an advice."""
    _show(trail_of(advice, Asked(area, lang, visitor().role)), area, lang)


def show_own(area: Area, lang: Language) -> None:
    """Show the trails of what somebody said themselves, by their code or because this browser sent it."""
    st.header(lang.t("The trail of what you said"), anchor="mine")
    st.session_state.setdefault(AccountKey.TRAIL_CODE, carried() or "")
    typed = st.text_input(
        lang.t("Your code of five words"),
        key=AccountKey.TRAIL_CODE,
        placeholder=lang.t("for example: duin-lepel-zeil-kaars-mossel"),
        width=420,
        max_chars=200,
        autocomplete="off",
    )
    asked = Asked(area, lang, visitor().role)
    for person in persons_of(typed, lang):
        found = own_trails(person, asked)
        for trail in found:
            _show(trail, area, lang)
        if not found:
            st.markdown(lang.t("You said nothing in words about this area yet, or it was erased."))


def _show(trail: Trail, area: Area, lang: Language) -> None:
    with st.container(border=True):
        for days, step in zip(trail.gaps(), trail.steps, strict=True):
            if days:
                st.markdown(small(Markdown(":material/arrow_downward: ") + _later(days, lang)))
            _step(step, area, lang)
        if trail.waiting is not None:
            say = st.warning if trail.waiting.late else st.info
            since = lang.n("{n} day so far.", "{n} days so far.", trail.waiting.days)
            say(as_text(f"{trail.waiting.text} {since}"), icon=":material/hourglass_top:")


def _step(step: Step, area: Area, lang: Language) -> None:
    name = bold(step_name(step.what, lang))
    day = lang.date(step.at.date(), "d MMMM y")
    head = Markdown(f"{ICONS[step.what]} ") + name + Markdown(" · ") + as_text(day)
    if step.page:
        head += Markdown(" · ") + link(lang.t("look there"), _address(step.page, area, lang))
    lines = [head, as_text(step.text)]
    if step.why:
        lines.append(as_text(step.why))
    st.markdown(Markdown("  \n").join(lines))


def _later(days: int, lang: Language) -> Markdown:
    return as_text(lang.n("{n} day later", "{n} days later", days))


def _address(page: str, area: Area, lang: Language) -> str:
    path, _, mark = page.partition("#")
    return f"{path}?area={area.id}&lang={lang.code}" + (f"#{mark}" if mark else "")
