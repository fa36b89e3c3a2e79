"""Trials for everybody: each with its question, its lots and its result; professionals break off and make new ones."""

from datetime import date

import pandas as pd
import streamlit as st

from feedback.people.roles import Role
from language.markdown import as_text, bold, bullets, small
from response.cards.card import Playbook
from response.trials.plan import RED_LIMIT
from response.trials.reading import chance_of_red, result_of
from response.trials.running import Trial, break_off, trials
from response.trials.trial_words import day_words, lots_sentence, plan_sentences, result_sentences
from streamlit_app.access.permissions import may
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.trial_form import show_trial_form
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, do
from streamlit_app.shell.context import Context


def show_trials(context: Context, playbook: Playbook) -> None:
    """Show all trials of the area, the newest first."""
    lang = context.lang
    found = trials(context.area.id)
    if not found:
        st.markdown(lang.t("No trial was planned here yet."))
    for one in found:
        _show(one, context, playbook)
    if may(Role.PROFESSIONAL) and playbook.cards:
        with st.expander(
            lang.t("Plan a trial"), icon=":material/casino:", key=PlaybookKey.TRIAL, on_change="rerun"
        ) as form:
            if form.open:
                show_trial_form(context, playbook)


def _show(trial: Trial, context: Context, playbook: Playbook) -> None:
    lang, area, plan = context.lang, context.area, trial.plan
    card = playbook.card(plan.card)
    st.subheader(as_text(plan.question), anchor=False)
    if plan.practice:
        st.badge(lang.t("DEMO DATA"), color="orange")
    if not trial.whole:
        st.error(lang.t("This plan is not as it was frozen. Do not rely on it."))
    st.markdown(
        bullets([as_text(one) for one in plan_sentences(plan, area, card.name(lang) if card else plan.card, lang)])
    )
    found = result_of(trial, area, context.thresholds)
    st.markdown(bold(lang.t("What came of it")))
    st.markdown(bullets([as_text(one) for one in result_sentences(found, lang)]))
    red = [day for day, why in found.left if why == "too red"]
    red += [day for day in plan.days if day not in red and _red_ahead(trial, day, context)]
    with st.expander(lang.t("The days, and how they were drawn"), icon=":material/casino:"):
        st.markdown(as_text(lots_sentence(plan, lang)))
        table = {
            lang.t("Day"): [lang.date(day, "EEE d MMM y") for day in plan.days],
            lang.t("Drawn"): [day_words(trial, day, red, lang) for day in plan.days],
        }
        st.dataframe(pd.DataFrame(table), hide_index=True)
        st.markdown(
            small(as_text(lang.t("Frozen on {moment}: {hash}", moment=trial.frozen[:10], hash=trial.hash[:16])))
        )
        for one in trial.breaks:
            st.markdown(as_text(f"{lang.date(date.fromisoformat(one.day), 'd MMM y')}: {one.reason}"))
    if may(Role.PROFESSIONAL):
        _break_off(trial, context)


def _red_ahead(trial: Trial, day: date, context: Context) -> bool:
    return chance_of_red(trial.plan, context.unchanged, day, context.thresholds) >= RED_LIMIT


def _break_off(trial: Trial, context: Context) -> None:
    lang, key = context.lang, f"{PlaybookKey.TRIAL}.{trial.plan.id}"
    done = {one.day for one in trial.breaks}
    days = [day for day in trial.plan.days if day.isoformat() not in done]
    with st.expander(lang.t("Break off a day"), icon=":material/block:"), st.form(key, border=False):
        st.markdown(lang.t("Anyone on duty may do this. Safety comes first; the day is reported."))
        day = st.selectbox(lang.t("Day"), days, format_func=lambda one: lang.date(one, "EEE d MMM y"), key=f"{key}.day")
        reason = st.text_input(lang.t("Why? Everybody can read this."), max_chars=600, key=f"{key}.why")
        sent = st.form_submit_button(lang.t("Break it off"))

    def note() -> None:
        do(break_off, trial.plan.id, day, reason=reason)
        session.say_once(lang.t("The day is noted as broken off."))

    if sent and day is not None and attempt(lang, note):
        st.rerun()
