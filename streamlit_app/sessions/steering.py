"""The facilitator's desk: make a session, open and close it, and steer what the room sees."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import uuid4

import streamlit as st

from data.area.partners import read_partners
from data.area.settings import time_of
from data.keeping.acts import Seen, see
from data.keeping.real_time import real_today
from feedback.contributions.moderation import Mode, cases
from feedback.sessions.advice import advices
from feedback.sessions.agenda import add_item, agenda
from feedback.sessions.closing import versions
from feedback.sessions.dates import day_doubt
from feedback.sessions.door import came_lately, open_door, shut_door
from feedback.sessions.evenings import EVENINGS, Evening
from feedback.sessions.paper import on_paper
from feedback.sessions.sessions import (
    KINDS,
    Session,
    close_session,
    find_session,
    kind_name,
    list_sessions,
    make_session,
    open_session,
    present,
)
from feedback.sessions.stage import part_of
from feedback.sessions.statements import begin_with, statements
from language import Language
from language.markdown import as_text
from streamlit_app.sessions.asking import ask, settled
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.seating import rush
from streamlit_app.shell import resources, session
from streamlit_app.shell.acting import attempt, attempting, do, do_seen
from streamlit_app.shell.context import open_area


def fresh(name: str) -> str:
    """Return the id of a form that is being filled in. It names the form, so what is typed stays until it was kept."""
    number: str = st.session_state.setdefault(f"{SessionKey.DESK_FORM}.{name}", str(uuid4()))
    return number


def renew(name: str) -> None:
    """Empty a form, after what was in it was kept."""
    st.session_state.pop(f"{SessionKey.DESK_FORM}.{name}", None)
    st.rerun()


def state_name(chosen: Session, lang: Language) -> str:
    """Return how far a session is; that its report was adopted is told too when it is open again."""
    if chosen.rehearsal:
        return lang.t("rehearsal")
    if chosen.state == "open" and chosen.report == "adopted":
        return lang.t("open again, report adopted")
    if chosen.state == "closed":
        reports = {
            "none": lang.t("closed"),
            "concept": lang.t("report is a draft"),
            "adopted": lang.t("report adopted"),
        }
        return reports[chosen.report]
    return {"draft": lang.t("in preparation"), "open": lang.t("open")}[chosen.state]


def choose_session(lang: Language) -> Session | None:
    """Show the choice of a session; the latest stands at first."""
    found = list_sessions()
    if not found:
        return None
    known = {one.id: one for one in found}
    wanted = st.session_state.get(SessionKey.DESK_SESSION) or st.query_params.get("session")
    st.session_state[SessionKey.DESK_SESSION] = wanted if wanted in known else found[0].id
    labels = {one.id: f"{one.title} · {lang.date(one.day, 'd MMMM yyyy')}" for one in found}
    labels |= {one.id: f"{labels[one.id]} · {state_name(one, lang)}" for one in found if one.rehearsal}
    twice = [label for label, times in Counter(labels.values()).items() if times > 1]
    # Streamlit tells options apart by their label only.
    labels |= {one.id: f"{labels[one.id]} · {one.name}" for one in found if labels[one.id] in twice}
    st.selectbox(
        lang.t("Session"),
        list(known),
        format_func=labels.__getitem__,
        key=SessionKey.DESK_SESSION,
        width=480,
    )
    chosen = st.session_state[SessionKey.DESK_SESSION]
    session.add_to_address(session=chosen)
    return find_session(chosen)


def desk_of(session_id: str | None) -> tuple[object, ...]:
    """Return what the desk of a session shows that a colleague can change, and who takes part."""
    known = [(one.id, one.title, one.date) for one in list_sessions()]
    if session_id is None or session_id not in {one[0] for one in known}:
        return (known,)
    return (
        known,
        find_session(session_id),
        agenda(session_id),
        [(s.text, s.state) for s in statements(session_id)],
        cases(session=session_id),
        advices(session_id),
        versions(session_id),
        present(session_id) + on_paper(session_id),
    )


def make_form(lang: Language, *, opened: bool) -> None:
    """Show the form for a new session."""
    area = open_area()
    label = lang.t("New session")
    form, today = f"{SessionKey.DESK_FORM}.{fresh('new')}", real_today(area.tz)
    with st.expander(label, icon=":material/add:", expanded=opened), st.form(form, border=False):
        title = st.text_input(lang.t("Title"))
        with st.container(horizontal=True):
            evening = st.selectbox(
                lang.t("Begin with"),
                ("", *EVENINGS),
                format_func=lambda one: lang.t(EVENINGS[one].name) if one else lang.t("an empty agenda"),
                width=280,
            )
            kind = st.selectbox(lang.t("Kind"), KINDS, format_func=lambda kind: kind_name(kind, lang), width=220)
            day = st.date_input(lang.t("Date"), today, format="DD-MM-YYYY", width=180)
            place = st.text_input(lang.t("Place of meeting"), max_chars=120, width=280)
        packages = choose_packages(area.id, (), lang)
        mode = choose_mode(lang, Mode.BEFORE)
        ask(form, lang)
        made_now = st.form_submit_button(lang.t("Make the session"), type="primary")
        if made_now and settled(form, day_doubt(day, today, lang)):

            def make() -> None:
                made = do(
                    make_session,
                    title,
                    kind=kind,
                    day=day,
                    area=area.id,
                    place=place,
                    moderation=mode,
                    session_id=fresh("new"),
                    packages=packages,
                )
                if evening:
                    _plan(made.id, EVENINGS[evening], lang)
                st.session_state.pop(SessionKey.DESK_SESSION, None)
                st.query_params["session"] = made.id

            if attempt(lang, make):
                renew("new")


def choose_packages(area_id: str, before: Sequence[str], lang: Language, *, key: str | None = None) -> tuple[str, ...]:
    """Show the choice of work packages that a session is for, where its area names any; returns it."""
    names = {one.id: one.name(lang) for one in read_partners(area_id).package}
    if not names:
        return ()
    chosen = st.multiselect(
        lang.t("For which work packages, if any"),
        tuple(names),
        [one for one in before if one in names],
        format_func=names.__getitem__,
        placeholder=lang.t("Choose"),
        key=key,
    )
    return tuple(chosen)


def choose_mode(lang: Language, before: Mode, *, key: str | None = None) -> Mode:
    """Show the choice of when a moderator reads what people send; returns it."""
    modes = {Mode.BEFORE: lang.t("before publication"), Mode.AFTER: lang.t("after publication")}
    chosen: Mode = st.radio(
        lang.t("A moderator reads what people send"),
        tuple(modes),
        tuple(modes).index(before),
        format_func=modes.__getitem__,
        horizontal=True,
        key=key,
    )
    return chosen


def _plan(session_id: str, evening: Evening, lang: Language) -> None:
    for number, planned in enumerate(evening.items):
        # Named after its session: made twice, it stands on the agenda once.
        item = do(
            add_item,
            session_id,
            planned.kind,
            lang.t(planned.title),
            target=planned.target,
            minutes=planned.minutes,
            item_id=f"{session_id}.{number}",
        )
        if not statements(session_id, "published", item_id=item.id):
            for text in planned.statements:
                do(begin_with, session_id, lang.t(text), item.id)


def steer(chosen: Session, lang: Language) -> None:
    """Show how far the session is, its code, and the buttons to open and close it and to go to its screens."""
    seen = see(_state, chosen.id)
    facts = [
        kind_name(chosen.kind, lang),
        lang.date(chosen.day, "EEEE d MMMM yyyy"),
        chosen.place,
        state_name(chosen, lang),
    ]
    st.markdown(" · ".join(as_text(fact) for fact in facts if fact))
    if chosen.code and chosen.state != "open":
        st.markdown(
            lang.md("At home people still answer with the code `{code}`, until the last day.", code=chosen.code.upper())
        )
    if chosen.state == "open":
        _entrance(chosen, lang)
    with st.container(horizontal=True):
        if chosen.state == "open":
            st.link_button(
                lang.t("Presenter view"),
                f"present/{chosen.id}?lang={lang.code}",
                icon=":material/present_to_all:",
                type="primary",
            )
            st.link_button(
                lang.t("Remote control"),
                f"present/{chosen.id}/remote?lang={lang.code}",
                icon=":material/settings_remote:",
            )
            _door(chosen, lang)
            ask_first(
                lang.t("Close the session"),
                "lock",
                _effect_of_closing(chosen, lang),
                lang.t("Yes, close the session"),
                f"{SessionKey.DESK}.close",
                attempting(lang, lambda: do_seen(seen, close_session, chosen.id)),
            )
        else:
            st.button(
                lang.t("Open the session") if chosen.state == "draft" else lang.t("Open it again"),
                icon=":material/play_arrow:",
                type="primary" if chosen.state == "draft" else "secondary",
                key=f"{SessionKey.DESK}.open",
                on_click=attempting(lang, lambda: _open(chosen, seen)),
            )
        st.link_button(lang.t("Paper sheets"), f"sheets/{chosen.id}?lang={lang.code}", icon=":material/print:")
        st.link_button(lang.t("See it as a participant"), f"join?session={chosen.id}", icon=":material/smartphone:")


def _entrance(chosen: Session, lang: Language) -> None:
    """Show by which code people come in, how many did, and whether they come faster than people scan."""
    joined = lang.n("{n} person takes part", "{n} people take part", present(chosen.id) + on_paper(chosen.id))
    code = f"`{chosen.code[:3].upper()} {chosen.code[3:].upper()}`" if chosen.code else lang.t("Nobody else comes in")
    st.markdown(f"## {code}\n{joined}")
    if asked := rush(came_lately(chosen.id), lang):
        st.warning(asked, icon=":material/group_add:")


def _door(chosen: Session, lang: Language) -> None:
    """Show the button that shuts the door of an open session, or opens it again."""
    seen, shut = see(part_of, chosen.id, "door"), chosen.code is None
    st.button(
        lang.t("Let people in again") if shut else lang.t("Let nobody else in"),
        icon=":material/door_open:" if shut else ":material/door_front:",
        help=lang.t("Who is in stays in. When you let people in again, there is a new code."),
        key=f"{SessionKey.DESK}.door",
        on_click=attempting(lang, lambda: do_seen(seen, open_door if shut else shut_door, chosen.id)),
    )


def _effect_of_closing(chosen: Session, lang: Language) -> str:
    today = real_today(time_of(chosen.area))
    if any(item.kind == "request" and not item.over(today) for item in agenda(chosen.id)) and not chosen.rehearsal:
        if chosen.code is None:
            return lang.t(
                "From then on nobody can vote or answer. People who are in can still answer the request for advice, "
                "until its last day. Let people in again first if others should answer it too. Opened again, the "
                "session has a new code."
            )
        return lang.t(
            "From then on nobody can vote or answer, but for the request for advice: that is answered with the same "
            "code until its last day. Opened again, the session has a new code."
        )
    return lang.t(
        "After that nobody can come in with this code, vote or answer. When you open it again, it gets a new code."
    )


def ask_first(label: str, icon: str, effect: str, yes: str, key: str, act: Callable[[], None]) -> None:
    """Show what does harm when it is touched by accident before a full room: it says its effect, and asks."""
    with st.popover(label, icon=f":material/{icon}:"):
        st.markdown(effect)
        st.button(yes, key=key, on_click=act, type="primary")


def _open(chosen: Session, seen: Seen) -> None:
    do_seen(seen, open_session, chosen.id, snapshot=snapshot_of(chosen))


def snapshot_of(chosen: Session) -> str:
    """Return the id of the forecast that a session looks at when it is opened now."""
    area = resources.area(chosen.area or open_area().id)
    return resources.issued(area.id, area.now())[0].id


def _state(session_id: str) -> str:
    return find_session(session_id).state
