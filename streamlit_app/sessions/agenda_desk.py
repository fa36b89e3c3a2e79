"""The facilitator's desk: build the agenda of a session, put what is needed under each item, and mend it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from data.area.settings import time_of
from data.keeping.acts import see
from data.keeping.real_time import real_today
from feedback.sessions.agenda import (
    ITEM_KINDS,
    Document,
    Item,
    ItemKind,
    add_item,
    agenda,
    change_item,
    find_item,
    item_kind_name,
    kind_beside,
    move_item,
    remove_item,
)
from feedback.sessions.dates import deadline_doubt
from feedback.sessions.sessions import Session, reveal, show_item
from feedback.sessions.stage import answers_shown, shown_item
from feedback.sessions.statements import LENGTH, begin_with
from language import Language
from language.markdown import as_text
from streamlit_app.sessions.asking import ask, settled
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.paper_desk import show_paper
from streamlit_app.sessions.rounds.card_round import shared_cards
from streamlit_app.sessions.statement_desk import show_statements
from streamlit_app.sessions.steering import ask_first, fresh, renew
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, attempt, attempting, do, do_seen


def show_agenda(chosen: Session, lang: Language) -> None:
    """Show the items, with what can be done with each, and the form for another one."""
    items = agenda(chosen.id)
    for index, item in enumerate(items, 1):
        now = item.id == chosen.item and chosen.state == "open"
        with st.container(border=True, key=f"agenda-{item.id}"):
            mark = f" :blue-badge[{lang.t('the room looks at this')}]" if now else ""
            kind = f" · {beside}" if (beside := kind_beside(item, lang)) else ""
            st.markdown(f"**{index}. {as_text(item.title)}**{kind}{mark}")
            _item_buttons(chosen, item, lang, now=now, first=index == 1, last=index == len(items))
            if item.kind in ("statements", "scenario"):
                show_statements(chosen, item, lang)
            show_paper(chosen, item, lang)
    if chosen.state != "closed":
        _item_form(chosen, lang, opened=not items)


def _item_buttons(chosen: Session, item: Item, lang: Language, *, now: bool, first: bool, last: bool) -> None:
    def button(label: str, name: str, icon: str, act: Callable[[], None], *, disabled: bool = False) -> None:
        st.button(
            label,
            icon=f":material/{icon}:",
            key=f"{SessionKey.DESK_ITEM}.{item.id}.{name}",
            on_click=act,
            disabled=disabled,
        )

    seen, shown, answers = see(_order, chosen.id), see(shown_item, chosen.id), see(answers_shown, item.id)
    with st.container(horizontal=True):
        if chosen.state == "open" and not now:
            button(
                lang.t("Show to the room"),
                "show",
                "visibility",
                attempting(lang, lambda: do_seen(shown, show_item, chosen.id, item.id)),
            )
        if chosen.state == "open":
            text = lang.t("Hide answers") if item.revealed else lang.t("Reveal answers")
            act = attempting(lang, lambda: do_seen(answers, reveal, item.id, not item.revealed))
            button(text, "reveal", "quiz", act)
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
        _change(chosen, item, lang)
        ask_first(
            lang.t("Remove"),
            "delete",
            lang.t("The item goes off the agenda, with the statements on it. It cannot be brought back."),
            lang.t("Yes, remove it"),
            f"{SessionKey.DESK_ITEM}.{item.id}.remove",
            attempting(lang, lambda: do_seen(seen, remove_item, item.id)),
        )


def _order(session_id: str) -> list[tuple[str, str]]:
    """Return what two who make an agenda see of it; what the room is shown of an item is the presenter's."""
    return [(item.id, item.title) for item in agenda(session_id)]


@dataclass(frozen=True)
class _Told:
    """What was filled in about an item."""

    title: str
    text: str
    target: str
    documents: str
    deadline: date | None
    minutes: int

    def given(self) -> dict[str, Any]:
        """Return it as an item takes it. Raises ``UserError`` for a line of documents without a web address."""
        named = [line.rpartition(" ") for line in self.documents.splitlines() if line.strip()]
        papers = [Document(name.strip(" :") or address, address) for name, _, address in named]
        rest = {"text": self.text, "target": self.target, "deadline": self.deadline, "minutes": self.minutes}
        return {"title": self.title, "documents": papers, **rest}


def _fields(chosen: Session, kind: ItemKind, key: str, lang: Language, *, before: Item | None = None) -> _Told:
    """Show the fields of an item of a kind, filled in with what it was ``before``."""
    papers = "\n".join(f"{paper.title} {paper.address}" for paper in before.documents) if before else ""
    title = st.text_input(lang.t("Title of the item"), before.title if before else "", key=f"{key}.title")
    text = st.text_area(
        lang.t("Explanation (not necessary)"), before.text if before else "", height=80, key=f"{key}.text"
    )
    target, document, deadline = before.target if before else "", papers, before.last_day if before else None
    if kind in ("look", "scenario", "thresholds"):
        label = lang.t("Address of what to look at, copied from the address bar")
        target = st.text_input(label, target, key=f"{key}.target")
    if kind == "card":
        names = {card.id: card.names.get(lang.code) or card.id for card in shared_cards(chosen)}
        label = lang.t("Which card? Only those that everybody may see.")
        place = tuple(names).index(target) if target in names else 0
        target = st.selectbox(label, tuple(names), place, format_func=names.__getitem__, key=f"{key}.card") or ""
    if kind == "request":
        label = lang.t("Last day to answer")
        deadline = st.date_input(label, deadline or chosen.day, format="DD-MM-YYYY", width=180, key=f"{key}.deadline")
        label = lang.t("Documents: one on each line, title and web address")
        document = st.text_area(label, document, height=80, key=f"{key}.documents")
    minutes = (before.minutes if before else None) or 5
    minutes = st.number_input(lang.t("Minutes on the clock"), 1, 120, minutes, width=160, key=f"{key}.minutes")
    return _Told(title, text, target, document, deadline, minutes)


def _change(chosen: Session, item: Item, lang: Language) -> None:
    """Show the form in which an item is changed; what a colleague changed meanwhile is told in it."""
    name = f"change.{item.id}"
    key = f"{SessionKey.DESK_ITEM}.{fresh(name)}"
    seen, changed = as_begun(name, f"{key}.title" in st.session_state, _what_it_says, item.id)
    with st.popover(lang.t("Change"), icon=":material/edit:"), st.form(key, border=False):
        told = _fields(chosen, item.kind, key, lang, before=item)
        if changed:
            st.info(
                lang.md(
                    "A colleague changed this item. Now it says: “{title}” {text}", title=item.title, text=item.text
                )
            )
        ask(key, lang)
        sent = st.form_submit_button(lang.t("Keep the change"), type="primary")
    doubt = _doubt(chosen, told, lang) if told.deadline != item.last_day else ""
    if sent and settled(key, doubt) and attempt(lang, lambda: do_seen(seen, change_item, item.id, **told.given())):
        session.say_once(lang.t("The change is kept."))
        renew(name)


def _doubt(chosen: Session, told: _Told, lang: Language) -> str:
    today = real_today(time_of(chosen.area))
    return deadline_doubt(told.deadline, chosen.day, today, lang) if told.deadline else ""


def _what_it_says(item_id: str) -> list[object]:
    item = find_item(item_id)
    return [item.title, item.text, item.target, item.documents, item.deadline, item.minutes]


def _item_form(chosen: Session, lang: Language, *, opened: bool) -> None:
    label = lang.t("Add an item")
    with st.expander(label, icon=":material/playlist_add:", expanded=opened):
        kind: ItemKind = st.selectbox(
            lang.t("Kind of item"),
            ITEM_KINDS,
            format_func=lambda kind: item_kind_name(kind, lang),
            key=f"{SessionKey.DESK_FORM}.kind",
            width=320,
        )
        key = f"{SessionKey.DESK_FORM}.{fresh('item')}"
        with st.form(key, border=False):
            told = _fields(chosen, kind, key, lang)
            ask(key, lang)
            sent = st.form_submit_button(lang.t("Put it on the agenda"), type="primary")
        if sent and settled(key, _doubt(chosen, told, lang)) and attempt(lang, lambda: _add(chosen, kind, told, lang)):
            renew("item")


def _add(chosen: Session, kind: ItemKind, told: _Told, lang: Language) -> None:
    item = do(add_item, chosen.id, kind, **told.given())
    if kind == "scenario":
        text = lang.t("This scenario is a good idea: {title}", title=told.title)[:LENGTH]
        do(begin_with, chosen.id, text, item.id)
