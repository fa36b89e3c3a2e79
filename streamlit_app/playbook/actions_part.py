"""The action log: entering something, what was entered, corrections and history, and whether the log is whole."""

from typing import Final

import streamlit as st

from language.markdown import Markdown, as_text, bold, bullets, small
from reports.playbook.action_files import action_page, actions_csv
from response.actions.entry import STAGES, Logged, Stage
from response.actions.log import entries, history, verified
from response.actions.practice import logged
from response.actions.verified_words import verified_sentences
from response.cards.card import Playbook
from streamlit_app.playbook.action_form import show_action_form
from streamlit_app.playbook.correcting import correct_entry
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.shell.context import Context
from visuals.playbook.action_words import (
    changes,
    entered_words,
    entry_lines,
    entry_title,
    missing_words,
    stage_name,
)

_AT_ONCE: Final = 20


def show_actions(context: Context, playbook: Playbook) -> None:
    """Show the form for something new, and below it what was entered, the latest first."""
    lang = context.lang
    show_action_form(context, playbook)
    st.subheader(lang.t("What was entered"), anchor=False)
    missing, stages = _filters(context)
    most = st.session_state.setdefault(PlaybookKey.MORE, _AT_ONCE)
    found = logged(context.area, missing=missing, stages=stages, most=most + 1)
    if not found:
        st.markdown(lang.t("Nothing of this was entered yet."))
    for one in found[:most]:
        _show(one, context, playbook)
    if len(found) > most and st.button(lang.t("Show more"), key=f"{PlaybookKey.MORE}.on"):
        st.session_state[PlaybookKey.MORE] = most + _AT_ONCE
        st.rerun()
    _whole(context)


def _filters(context: Context) -> tuple[bool, list[Stage]]:
    lang = context.lang
    stages: list[Stage] = st.pills(
        lang.t("Show only"),
        STAGES,
        selection_mode="multi",
        format_func=lambda one: stage_name(one, lang),
        key=f"{PlaybookKey.FILTER}.stages",
    )
    missing = st.toggle(lang.t("What is still missing something"), key=f"{PlaybookKey.FILTER}.missing")
    return missing, stages


def _show(one: Logged, context: Context, playbook: Playbook) -> None:
    lang, area = context.lang, context.area
    key = f"{PlaybookKey.ENTRY}.{one.root}"
    title = as_text(entry_title(one, playbook, area, lang))
    icon = ":material/history_edu:"
    if one.struck:
        title, icon = Markdown(f"~~{title}~~"), ":material/format_strikethrough:"
    elif one.entry.missing:
        icon = ":material/pending_actions:"
    with st.expander(title, icon=icon, key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        lines = entry_lines(one, playbook, area, lang)
        st.markdown(Markdown("\n\n").join(bold(f"{name}:") + Markdown(" ") + as_text(text) for name, text in lines))
        if said := missing_words(one, lang):
            st.markdown(as_text(said))
        told = [one] if one.entry.practice else history(one.root)
        st.markdown(bullets(_told(told, context, playbook)))
        with st.container(horizontal=True):
            st.download_button(
                lang.t("Print this entry"),
                data=lambda: action_page([one] if one.entry.practice else history(one.root), playbook, area, lang),
                file_name=f"{area.id}-{one.root[:8]}.html",
                mime="text/html",
                icon=":material/print:",
                on_click="ignore",
                key=f"{key}.print",
            )
        if not one.struck and not one.entry.practice:
            correct_entry(one, context, playbook, key)


def _told(told: list[Logged], context: Context, playbook: Playbook) -> list[Markdown]:
    """Say of each version by whom it was entered, why, and what is different: what stood there struck through."""
    lang, area, lines = context.lang, context.area, []
    for before, one in zip((None, *told[:-1]), told, strict=True):
        line = as_text(entered_words(one, area, lang))
        if one.struck:
            line += Markdown(" ") + bold(lang.t("Struck through."))
        if one.reason:
            line += Markdown(" ") + as_text(one.reason)
        for name, old, new in changes(before, one, playbook, area, lang) if before else ():
            line += Markdown(" ") + as_text(f"{name}: ") + (Markdown(f"~~{as_text(old)}~~ ") if old else "")
            line += as_text(new) + "."
        lines.append(line)
    return lines


def _whole(context: Context) -> None:
    lang, area = context.lang, context.area
    with st.container(horizontal=True):
        st.download_button(
            lang.t("The log as a file (CSV)"),
            data=lambda: actions_csv(entries(area.id)).encode("utf-8-sig"),
            file_name=f"{area.id}-actions.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"{PlaybookKey.FILTER}.csv",
        )
        looked = st.button(lang.t("Is the log intact?"), icon=":material/verified:", key=f"{PlaybookKey.FILTER}.verify")
    st.markdown(small(lang.t("Nothing is ever taken out of this log: what is wrong is struck through.")))
    if looked:
        found = verified()
        say = st.success if found.broken is None else st.error
        say(as_text(" ".join(verified_sentences(found, lang))))
