"""The cards: what stands on each, adopting one, and the way back to how they were."""

import pandas as pd
import streamlit as st

from data.keeping.real_time import real_today
from feedback.sessions.rounds.card_views import views_of_card, words_on_card
from language.markdown import Markdown, as_text, bold, bullets
from reports.rounds.card import views_sentences
from response.cards.card import Card
from response.cards.history import adopt_card, back_to, revisions
from response.week.ahead import WeekAhead
from streamlit_app.access.permissions import visitor
from streamlit_app.playbook.changing_card import change
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.responses.following import follows_advice
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, attempt, do_seen
from streamlit_app.shell.context import Context
from visuals.playbook.card_words import adopted_words, card_kind, card_lines, taste_name, visible_name

_WORDS = 5
"""Answers in words that stand on a card: the newest."""


def show_cards(context: Context, week: WeekAhead) -> None:
    """Show one card whole, the forms that change and adopt it, and all versions."""
    lang, playbook = context.lang, week.playbook
    by_id = {card.id: card for card in playbook.cards}
    chosen = st.selectbox(
        lang.t("Card"),
        tuple(by_id),
        format_func=lambda one: by_id[one].name(lang),
        key=PlaybookKey.CARD,
        width=560,
    )
    card = by_id[chosen]
    with st.container(horizontal=True, gap="small"):
        st.badge(as_text(adopted_words(card, lang)), color="gray" if card.adopted is None else "green")
        st.badge(taste_name(card.taste, lang), color="blue" if card.taste == "sweet" else "orange")
        st.badge(card_kind(card.kind, lang), color="gray")
        st.badge(visible_name(card.visible, lang), color="gray")
    lines = card_lines(card, playbook, context.area, lang)
    st.markdown(Markdown("\n\n").join(bold(f"{heading}:") + Markdown(" ") + as_text(text) for heading, text in lines))
    _judged(card, context)
    with st.expander(
        lang.t("Change this card"), icon=":material/edit:", key=f"{PlaybookKey.FORM}.open", on_change="rerun"
    ) as form:
        if form.open:
            change(card, context, week)
    with st.expander(lang.t("Note that a body adopted it"), icon=":material/gavel:"):
        _adopt(card, context)
    with st.expander(lang.t("All changes"), icon=":material/history:"):
        _versions(context)


def _judged(card: Card, context: Context) -> None:
    """Show what sessions think of a card, by role, and what they would do differently; nothing when none judged it."""
    lang, found = context.lang, views_of_card(context.area.id, card.id)
    words = words_on_card(context.area.id, card.id, _WORDS)
    if not found and not words:
        return
    st.subheader(lang.t("What people in sessions think of it"), anchor=False)
    if found:
        st.markdown(bullets(views_sentences(found, lang)))
    if words:
        st.markdown(bullets([f"“{one}”" for one in words]))


def _adopt(card: Card, context: Context) -> None:
    lang, key = context.lang, f"{PlaybookKey.ADOPT}.{card.id}"
    seen = as_drawn(key, revisions, context.area.id)
    with st.form(key, border=False):
        by = st.text_input(lang.t("Which body adopted it? No names of people."), max_chars=80, key=f"{key}.by")
        on = st.date_input(lang.t("On"), real_today(context.area.tz), format="DD-MM-YYYY", key=f"{key}.on")
        reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{key}.why")
        advice = follows_advice(context.area, lang, f"{key}.advice")
        sent = st.form_submit_button(lang.t("Note it"))

    def adopt() -> None:
        area, role = context.area, visitor().role.value
        do_seen(seen, adopt_card, area, card.id, by=by, on=on, role=role, reason=reason, advice=advice)
        session.say_once(lang.t("The card is noted as adopted."))

    if sent and attempt(lang, adopt):
        st.rerun()


def _versions(context: Context) -> None:
    lang, history = context.lang, revisions(context.area.id)
    if not history:
        st.markdown(lang.t("Nothing was changed: the cards are as they were delivered."))
        return
    table = {
        lang.t("Change number"): [one.number for one in history],
        lang.t("On"): [lang.date(one.at, "d MMM y HH:mm", context.area.tz) for one in history],
        lang.t("Card"): [one.card or "" for one in history],
        lang.t("Why"): [one.reason for one in history],
    }
    st.dataframe(pd.DataFrame(table).iloc[::-1], hide_index=True)
    seen = as_drawn(PlaybookKey.BACK, revisions, context.area.id)
    with st.form(f"{PlaybookKey.BACK}.form", border=False):
        number = st.selectbox(
            lang.t("Back to"),
            (*(one.number for one in reversed(history[:-1])), 0),
            format_func=lambda one: lang.t("as after change {count}", count=one) if one else lang.t("as delivered"),
            key=f"{PlaybookKey.BACK}.number",
        )
        reason = st.text_area(lang.t("Why? Colleagues read this."), max_chars=2000, key=f"{PlaybookKey.BACK}.why")
        sent = st.form_submit_button(lang.t("Restore these cards"))

    def restore() -> None:
        do_seen(seen, back_to, context.area, number, role=visitor().role.value, reason=reason)
        session.say_once(lang.t("The earlier cards are in force again."))

    if sent and attempt(lang, restore):
        st.rerun()
