"""The facilitator's desk: make a session, open and close it, steer what the room sees, and build its agenda."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import streamlit as st

from feedback.agenda import (
    ITEM_KINDS,
    Document,
    Item,
    ItemKind,
    add_item,
    agenda,
    item_kind_name,
    move_item,
    remove_item,
)
from feedback.moderation import Mode
from feedback.paper import type_in_votes
from feedback.responses import type_in
from feedback.sessions import (
    KINDS,
    Session,
    close_session,
    find_session,
    kind_name,
    list_sessions,
    make_session,
    open_session,
    present,
    reveal,
    show_item,
)
from feedback.statements import LENGTH, add_statement, statements
from feedback.texts import as_text
from language import Language, UserError
from streamlit_app import resources, session
from streamlit_app.context import open_area
from streamlit_app.widgets import Key


def attempt(lang: Language, act: Callable[[], object]) -> bool:
    """Do something that may be refused; what is wrong is said above the page. Returns whether it was done."""
    try:
        act()
    except UserError as error:
        session.say_once(error.say(lang))
        # Who pressed a button far down the page does not see its top.
        st.toast(error.say(lang), icon=":material/error:")
        return False
    return True


def fresh(name: str) -> str:
    """Return the id of a form that is being filled in. It names the form, so what is typed stays until it was kept."""
    number: str = st.session_state.setdefault(f"{Key.DESK_FORM}.{name}", str(uuid4()))
    return number


def renew(name: str) -> None:
    """Empty a form, after what was in it was kept."""
    st.session_state.pop(f"{Key.DESK_FORM}.{name}", None)
    st.rerun()


def state_name(chosen: Session, lang: Language) -> str:
    """Return how far a session is."""
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
    wanted = st.session_state.get(Key.DESK_SESSION) or st.query_params.get("session")
    st.session_state[Key.DESK_SESSION] = wanted if wanted in known else found[0].id
    labels = {one.id: f"{one.title} · {lang.date(one.day, 'd MMMM yyyy')}" for one in found}
    twice = [label for label, times in Counter(labels.values()).items() if times > 1]
    # Streamlit tells options apart by their label only.
    labels |= {one.id: f"{labels[one.id]} · {one.name}" for one in found if labels[one.id] in twice}
    st.selectbox(
        lang.t("Session"),
        list(known),
        format_func=labels.__getitem__,
        key=Key.DESK_SESSION,
        width=480,
    )
    chosen = st.session_state[Key.DESK_SESSION]
    session.add_to_address(session=chosen)
    return find_session(chosen)


def make_form(lang: Language, *, opened: bool) -> None:
    """Show the form for a new session."""
    area = open_area()
    label = lang.t("New session")
    with (
        st.expander(label, icon=":material/add:", expanded=opened),
        st.form(f"{Key.DESK_FORM}.{fresh('new')}", border=False),
    ):
        title = st.text_input(lang.t("Title"), max_chars=120)
        with st.container(horizontal=True):
            kind = st.selectbox(lang.t("Kind"), KINDS, format_func=lambda kind: kind_name(kind, lang), width=220)
            day = st.date_input(lang.t("Date"), area.now().date(), format="DD-MM-YYYY", width=180)
            place = st.text_input(lang.t("Place of meeting"), max_chars=120, width=280)
        mode = st.radio(
            lang.t("A moderator reads what people send"),
            list(Mode),
            format_func=lambda mode: {
                Mode.BEFORE: lang.t("before publication"),
                Mode.AFTER: lang.t("after publication"),
            }[mode],
            horizontal=True,
        )
        if st.form_submit_button(lang.t("Make the session"), type="primary"):

            def make() -> None:
                made = make_session(
                    title,
                    kind=kind,
                    day=day,
                    area=area.id,
                    place=place,
                    moderation=mode,
                    session_id=fresh("new"),
                )
                st.session_state.pop(Key.DESK_SESSION, None)
                st.query_params["session"] = made.id

            if attempt(lang, make):
                renew("new")


def steer(chosen: Session, lang: Language) -> None:
    """Show how far the session is, its code, and the buttons to open and close it and to go to its screens."""
    facts = [
        kind_name(chosen.kind, lang),
        lang.date(chosen.day, "EEEE d MMMM yyyy"),
        chosen.place,
        state_name(chosen, lang),
    ]
    st.markdown(" · ".join(as_text(fact) for fact in facts if fact))
    if chosen.state == "open" and chosen.code:
        joined = lang.n("{n} person takes part", "{n} people take part", present(chosen.id))
        st.markdown(f"## `{chosen.code[:3].upper()} {chosen.code[3:].upper()}`\n{joined}")
    with st.container(horizontal=True):
        if chosen.state == "open":
            st.link_button(
                lang.t("Presenter view"),
                f"present/{chosen.id}?lang={lang.code}",
                icon=":material/present_to_all:",
                type="primary",
            )
            _ask_first(
                lang.t("Close the session"),
                "lock",
                lang.t(
                    "From then on nobody can come in with this code, vote or answer. Opened again, it has a new code."
                ),
                lang.t("Yes, close the session"),
                f"{Key.DESK}.close",
                lambda: attempt(lang, lambda: close_session(chosen.id)),
            )
        else:
            st.button(
                lang.t("Open the session") if chosen.state == "draft" else lang.t("Open it again"),
                icon=":material/play_arrow:",
                type="primary" if chosen.state == "draft" else "secondary",
                key=f"{Key.DESK}.open",
                on_click=lambda: attempt(lang, lambda: _open(chosen)),
            )
        st.link_button(lang.t("Sheets for on paper"), f"sheets/{chosen.id}?lang={lang.code}", icon=":material/print:")
        st.link_button(lang.t("See it as a participant"), f"join?session={chosen.id}", icon=":material/smartphone:")


def _ask_first(label: str, icon: str, effect: str, yes: str, key: str, act: Callable[[], object]) -> None:
    """Show what does harm when it is touched by accident before a full room: it says its effect, and asks."""
    with st.popover(label, icon=f":material/{icon}:"):
        st.markdown(effect)
        st.button(yes, key=key, on_click=act, type="primary")


def _open(chosen: Session) -> None:
    area = resources.area(chosen.area or open_area().id)
    snapshot, _ = resources.issued(area.id, area.now())
    open_session(chosen.id, snapshot=snapshot.id)


def show_agenda(chosen: Session, lang: Language) -> None:
    """Show the items, with what can be done with each, and the form for another one."""
    items = agenda(chosen.id)
    for index, item in enumerate(items, 1):
        now = item.id == chosen.item and chosen.state == "open"
        with st.container(border=True, key=f"agenda-{item.id}"):
            mark = f" :blue-badge[{lang.t('the room looks at this')}]" if now else ""
            st.markdown(f"**{index}. {as_text(item.title)}** · {item_kind_name(item.kind, lang)}{mark}")
            _item_buttons(chosen, item, lang, now=now, first=index == 1, last=index == len(items))
            if item.kind in ("statements", "scenario"):
                _seeds(chosen, item, lang)
            if item.kind in ("statements", "question", "request"):
                _paper(chosen, item, lang)
    if chosen.state != "closed":
        _item_form(chosen, lang, opened=not items)


def _item_buttons(chosen: Session, item: Item, lang: Language, *, now: bool, first: bool, last: bool) -> None:
    def button(label: str, name: str, icon: str, act: Callable[[], object], *, disabled: bool = False) -> None:
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"{Key.DESK_ITEM}.{item.id}.{name}",
            on_click=lambda: attempt(lang, act),
            disabled=disabled,
        )

    with st.container(horizontal=True):
        if chosen.state == "open" and not now:
            button(lang.t("Show to the room"), "show", "visibility", lambda: show_item(chosen.id, item.id))
        if chosen.state == "open":
            text = lang.t("Hide answers") if item.revealed else lang.t("Reveal answers")
            button(text, "reveal", "quiz", lambda: reveal(item.id, not item.revealed))
        button(lang.t("Up"), "up", "arrow_upward", lambda: move_item(item.id, -1), disabled=first)
        button(lang.t("Down"), "down", "arrow_downward", lambda: move_item(item.id, 1), disabled=last)
        _ask_first(
            lang.t("Remove"),
            "delete",
            lang.t("The item goes off the agenda, with the statements on it. It cannot be brought back."),
            lang.t("Yes, remove it"),
            f"{Key.DESK_ITEM}.{item.id}.remove",
            lambda: attempt(lang, lambda: remove_item(item.id)),
        )


def _seeds(chosen: Session, item: Item, lang: Language) -> None:
    shown = [s for s in statements(chosen.id, "published", item_id=item.id) if s.text]
    st.markdown("\n".join(f"{index}. {as_text(s.text)}" for index, s in enumerate(shown, 1)))
    if chosen.state == "closed":
        return
    name = f"seed.{item.id}"
    with (
        st.form(f"{Key.DESK_ITEM}.{fresh(name)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        text = st.text_input(lang.t("Statement to begin with"), max_chars=LENGTH, width="stretch")
        sent = st.form_submit_button(lang.t("Add"))
    if sent and attempt(lang, lambda: add_statement(chosen.id, text, person=None, item_id=item.id, seed=True)):
        renew(name)


def _paper(chosen: Session, item: Item, lang: Language) -> None:
    with (
        st.expander(lang.t("Type in answers from paper"), icon=":material/edit_note:"),
        st.form(f"{Key.DESK_SHEET}.{fresh(f'sheet.{item.id}')}", border=False),
    ):
        votes = item.kind == "statements"
        how = (
            lang.t(
                "One line for each sheet, one letter for each statement: e (agree), o (disagree), w (pass), or a dot."
            )
            if votes
            else lang.t("One answer on each line.")
        )
        text = st.text_area(how, height=140, placeholder="eeow.\noeew." if votes else "")
        if st.form_submit_button(lang.t("Keep these")):
            lines = text.splitlines()
            keep = type_in_votes if votes else type_in
            if attempt(
                lang,
                lambda: session.say_once(
                    lang.n("{n} sheet was kept.", "{n} sheets were kept.", keep(chosen.id, item.id, lines))
                ),
            ):
                renew(f"sheet.{item.id}")


def _item_form(chosen: Session, lang: Language, *, opened: bool) -> None:
    label = lang.t("Add an item")
    with st.expander(label, icon=":material/playlist_add:", expanded=opened):
        kind: ItemKind = st.selectbox(
            lang.t("Kind of item"),
            ITEM_KINDS,
            format_func=lambda kind: item_kind_name(kind, lang),
            key=f"{Key.DESK_FORM}.kind",
            width=320,
        )
        with st.form(f"{Key.DESK_FORM}.{fresh('item')}", border=False):
            title = st.text_input(lang.t("Title of the item"), max_chars=140)
            text = st.text_area(lang.t("Explanation (not necessary)"), height=80)
            target, document, deadline = "", "", None
            if kind in ("look", "scenario", "thresholds"):
                target = st.text_input(lang.t("Address of what to look at, copied from the address bar"))
            if kind == "request":
                deadline = st.date_input(lang.t("Last day to answer"), chosen.day, format="DD-MM-YYYY", width=180)
                document = st.text_area(lang.t("Documents: one on each line, title and web address"), height=80)
            minutes = st.number_input(lang.t("Minutes on the clock"), 1, 120, 5, width=160)
            if st.form_submit_button(lang.t("Put it on the agenda"), type="primary") and attempt(
                lang, lambda: _add(chosen, kind, title, text, target, document, deadline, minutes, lang)
            ):
                renew("item")


def _add(
    chosen: Session,
    kind: ItemKind,
    title: str,
    text: str,
    target: str,
    documents: str,
    deadline: date | None,
    minutes: int,
    lang: Language,
) -> None:
    named = [line.rpartition(" ") for line in documents.splitlines() if line.strip()]
    papers = [Document(name.strip(" :") or address, address) for name, _, address in named]
    item = add_item(
        chosen.id, kind, title, text=text, target=target, documents=papers, deadline=deadline, minutes=minutes
    )
    if kind == "scenario":
        add_statement(
            chosen.id,
            lang.t("This scenario is a good idea: {title}", title=title)[:LENGTH],
            person=None,
            item_id=item.id,
            seed=True,
        )
