"""The facilitator's desk: build the agenda of a session, put what is needed under each item, and type in paper."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from data.keeping.acts import see
from feedback.database.texts import clean
from feedback.sessions.agenda import (
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
from feedback.sessions.paper import type_in_votes
from feedback.sessions.responses import type_in
from feedback.sessions.sessions import Session, reveal, show_item
from feedback.sessions.statements import LENGTH, begin_with, statements
from language import Language
from language.markdown import as_text
from streamlit_app.responses.writing import personal_hint
from streamlit_app.sessions.steering import ask_first, fresh, renew
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, attempting, do, do_seen
from streamlit_app.shell.widgets import Key


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
    def button(label: str, name: str, icon: str, act: Callable[[], None], *, disabled: bool = False) -> None:
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"{Key.DESK_ITEM}.{item.id}.{name}",
            on_click=act,
            disabled=disabled,
        )

    seen = see(_order, chosen.id)
    with st.container(horizontal=True):
        if chosen.state == "open" and not now:
            button(
                lang.t("Show to the room"),
                "show",
                "visibility",
                attempting(lang, lambda: do(show_item, chosen.id, item.id)),
            )
        if chosen.state == "open":
            text = lang.t("Hide answers") if item.revealed else lang.t("Reveal answers")
            button(text, "reveal", "quiz", attempting(lang, lambda: do(reveal, item.id, not item.revealed)))
        button(
            lang.t("Up"),
            "up",
            "arrow_upward",
            attempting(lang, lambda: do_seen(seen, move_item, item.id, -1)),
            disabled=first,
        )
        button(
            lang.t("Down"),
            "down",
            "arrow_downward",
            attempting(lang, lambda: do_seen(seen, move_item, item.id, 1)),
            disabled=last,
        )
        ask_first(
            lang.t("Remove"),
            "delete",
            lang.t("The item goes off the agenda, with the statements on it. It cannot be brought back."),
            lang.t("Yes, remove it"),
            f"{Key.DESK_ITEM}.{item.id}.remove",
            attempting(lang, lambda: do_seen(seen, remove_item, item.id)),
        )


def _order(session_id: str) -> list[tuple[str, str]]:
    """Return what two who make an agenda see of it; what the room is shown of an item is the presenter's."""
    return [(item.id, item.title) for item in agenda(session_id)]


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
    if sent and attempt(lang, lambda: do(begin_with, chosen.id, text, item.id)):
        renew(name)


def _paper(chosen: Session, item: Item, lang: Language) -> None:
    name = f"sheet.{item.id}"
    form = f"{Key.DESK_SHEET}.{fresh(name)}"
    doubt = f"{form}.doubt"
    with st.expander(lang.t("Type in answers from paper"), icon=":material/edit_note:"), st.form(form, border=False):
        votes = item.kind == "statements"
        how = (
            lang.t(
                "One line for each sheet, one letter for each statement: e (agree), o (disagree), w (pass), or a dot."
            )
            if votes
            else lang.t("One answer on each line.")
        )
        text = st.text_area(how, height=140, placeholder="eeow.\noeew." if votes else "")
        hint = st.session_state.get(doubt)
        if hint:
            what_next = lang.t("Leave it out above, or keep it as it is: a moderator sees this hint too.")
            st.warning(f"{hint} {what_next}", icon=":material/privacy_tip:")
        with st.container(horizontal=True):
            kept = st.form_submit_button(lang.t("I changed it: keep") if hint else lang.t("Keep these"))
            anyway = bool(hint) and st.form_submit_button(lang.t("Keep as it is"))
        if (kept or anyway) and attempt(lang, lambda: _keep(chosen, item, text, doubt, lang, anyway=anyway)):
            if st.session_state.get(doubt):
                st.rerun()
            renew(name)


def _keep(chosen: Session, item: Item, text: str, doubt: str, lang: Language, *, anyway: bool) -> None:
    """Keep what was typed from paper; with a hint on personal data in it, only the second time."""
    lines, waits = text.splitlines(), False
    st.session_state.pop(doubt, None)
    if item.kind == "statements":
        count = do(type_in_votes, chosen.id, item.id, lines)
    else:
        hint = personal_hint("\n".join(clean(line) for line in lines), lang)
        if hint and not anyway:
            st.session_state[doubt] = hint
            return
        answers = do(type_in, chosen.id, item.id, lines)
        count, waits = len(answers), any(answer.state == "waiting" for answer in answers)
    said = lang.n("{n} sheet was kept.", "{n} sheets were kept.", count)
    session.say_once(f"{said} {lang.t('A moderator reads them first: they wait below.')}" if waits else said)


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
    item = do(
        add_item, chosen.id, kind, title, text=text, target=target, documents=papers, deadline=deadline, minutes=minutes
    )
    if kind == "scenario":
        do(begin_with, chosen.id, lang.t("This scenario is a good idea: {title}", title=title)[:LENGTH], item.id)
