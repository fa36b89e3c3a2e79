"""The facilitator's statements of an item: put one or several on, change one, or correct it once it was voted on."""

import streamlit as st

from data.keeping.acts import see
from feedback.sessions.agenda import Item
from feedback.sessions.sessions import Session
from feedback.sessions.statements import LENGTH, Statement, begin_with, statements
from feedback.sessions.wording import begin_with_several, change_statement, remove_statement, voted_on
from language import Language
from language.markdown import as_text
from language.plain import numbered
from response.progress.counted import support_lines
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.steering import fresh, renew
from streamlit_app.sessions.wording_shown import corrected
from streamlit_app.shell.acting import as_begun, attempt, attempting, do, do_seen


def show_statements(chosen: Session, item: Item, lang: Language) -> None:
    """Show the statements of an item that can be voted on, and the forms to add and to mend the facilitator's own."""
    shown = [s for s in statements(chosen.id, "published", item_id=item.id) if s.text]
    st.markdown("\n".join(f"{index}. {as_text(s.text)}{corrected(s, lang)}" for index, s in enumerate(shown, 1)))
    if chosen.state != "closed":
        _add_one(chosen, item, lang)
    own = [s for s in shown if s.seed]
    with st.container(horizontal=True):
        if chosen.state != "closed":
            _add_several(chosen, item, lang)
            _ask_support(chosen, item, shown, lang)
        if own:
            _mend(chosen, item, own, lang)


def _add_one(chosen: Session, item: Item, lang: Language) -> None:
    name = f"seed.{item.id}"
    with (
        st.form(f"{SessionKey.DESK_ITEM}.{fresh(name)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        text = st.text_input(lang.t("Statement to begin with"), width="stretch")
        sent = st.form_submit_button(lang.t("Add"))
    if sent and attempt(lang, lambda: do(begin_with, chosen.id, text, item.id)):
        renew(name)


def _add_several(chosen: Session, item: Item, lang: Language) -> None:
    name = f"seeds.{item.id}"
    with (
        st.popover(lang.t("Paste several"), icon=":material/content_paste:"),
        st.form(f"{SessionKey.DESK_ITEM}.{fresh(name)}", border=False),
    ):
        lines = st.text_area(lang.md("One statement on each line, of at most {n} characters", n=LENGTH), height=160)
        sent = st.form_submit_button(lang.t("Add these"), type="primary")
    if sent and attempt(lang, lambda: do(begin_with_several, chosen.id, lines.splitlines(), item.id)):
        renew(name)


def _ask_support(chosen: Session, item: Item, shown: list[Statement], lang: Language) -> None:
    """Offer the fixed statements about support, as far as they are not there yet: the same in each session."""
    lines = [line for line in support_lines(lang) if line not in {one.text for one in shown}]
    if not lines:
        return
    st.button(
        lang.t("Put the five statements about support to people"),
        icon=":material/diversity_3:",
        key=f"{SessionKey.DESK_ITEM}.{item.id}.support",
        on_click=attempting(lang, lambda: do(begin_with_several, chosen.id, lines, item.id)),
    )


def _mend(chosen: Session, item: Item, own: list[Statement], lang: Language) -> None:
    known, voted = {s.id: s for s in own}, voted_on(chosen.id)
    with st.popover(lang.t("Change or remove"), icon=":material/edit:"):
        labels = numbered({one: statement.text for one, statement in known.items()})
        which = st.selectbox(
            lang.t("Which statement?"),
            list(known),
            format_func=labels.__getitem__,
            key=f"{SessionKey.DESK_ITEM}.{item.id}.which",
        )
        statement = known[which]
        if statement.id in voted:
            st.markdown(
                lang.t("People voted on it already. What it said then stays to be read beside it, with the correction.")
            )
        name = f"statement.{statement.id}"
        key = f"{SessionKey.DESK_ITEM}.{fresh(name)}"
        seen, changed = as_begun(name, f"{key}.text" in st.session_state, _read, chosen.id, statement.id)
        with st.form(key, border=False):
            text = st.text_input(lang.t("The statement"), statement.text, key=f"{key}.text")
            if changed:
                st.info(lang.md("A colleague changed it. Now it says: “{text}”", text=statement.text))
            sent = st.form_submit_button(lang.t("Correct it") if statement.id in voted else lang.t("Change it"))
        if sent and attempt(lang, lambda: do_seen(seen, change_statement, statement.id, text)):
            renew(name)
        if statement.id not in voted:
            now = see(_read, chosen.id, statement.id)
            st.markdown(lang.t("Or delete it. It cannot be brought back."))
            st.button(
                lang.t("Delete this statement"),
                icon=":material/delete:",
                key=f"{key}.remove",
                on_click=attempting(lang, lambda: do_seen(now, remove_statement, statement.id)),
            )


def _read(session_id: str, statement_id: str) -> list[tuple[str, str]]:
    return [(s.text, s.state) for s in statements(session_id) if s.id == statement_id]
