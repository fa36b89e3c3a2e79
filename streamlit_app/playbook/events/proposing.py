"""Events: an event manager proposes one; it stays a scenario until a steward accepts it."""

from datetime import timedelta
from typing import Final

import streamlit as st

from data.keeping.acts import see
from data.upkeep.event_proposals import (
    LONGEST_NAME,
    Proposal,
    find_proposal,
    proposals,
    propose_event,
    waiting_events,
    withdraw_event,
)
from language.markdown import as_text, bullets
from streamlit_app.playbook.events.proposed import proposal_effect, scenario_with_event
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, attempt, do, do_seen, may_do
from streamlit_app.shell.context import Context
from streamlit_app.shell.navigation import PAGES
from streamlit_app.shell.watching import watch
from visuals.playbook.proposal_words import decision_sentence, proposal_sentence, proposal_title

_DECIDED: Final = 10
"""Proposals on which something was decided that are listed: the latest."""


def show_events(context: Context) -> None:
    """Show the form for who may propose, what waits, and what was decided."""
    lang, area = context.lang, context.area
    if may_do(propose_event):
        _propose(context)
    else:
        st.markdown(lang.t("An event manager proposes events here. You can see what each of them would do."))
    st.subheader(lang.t("Proposed, and in no forecast yet"), anchor=False)
    waiting = waiting_events(area.id)
    if not waiting:
        st.markdown(lang.t("No proposed event waits for a decision."))
    for one in waiting:
        _show(one, context)
    decided = [one for one in proposals(area.id) if not one.waits]
    if decided:
        st.subheader(lang.t("What was decided"), anchor=False)
        newest = sorted(decided, key=lambda one: one.at, reverse=True)[:_DECIDED]
        st.markdown(bullets([decision_sentence(one, area, lang) for one in newest]))
    watch(see(proposals, area.id), lang)


def _propose(context: Context) -> None:
    lang, area = context.lang, context.area
    now = area.now().replace(tzinfo=None)
    key = f"{PlaybookKey.EVENT}.{area.id}.{st.session_state.get(PlaybookKey.EVENT, 0)}"
    with st.form(key, border=False):
        name = st.text_input(
            lang.t("What is the event called?"),
            max_chars=LONGEST_NAME,
            placeholder=lang.t("No names of people, please."),
            width=480,
            key=f"{key}.name",
        )
        with st.container(horizontal=True):
            zone_id = st.selectbox(
                lang.t("Place"),
                area.zone_ids,
                format_func=lambda one: area.zone(str(one)).name(lang),
                width=320,
                key=f"{key}.zone",
            )
            visitors = st.number_input(
                lang.t("Visitors"), 1, 1_000_000, 1000, step=100, width=180, key=f"{key}.visitors"
            )
        with st.container(horizontal=True):
            start, end = (
                st.datetime_input(
                    label,
                    value=now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=7),
                    min_value=now - timedelta(days=1),
                    max_value=now + timedelta(days=1825),
                    format="DD-MM-YYYY",
                    width=232,
                    key=f"{key}.{hour}",
                )
                for label, hour in ((lang.t("Begins"), 12), (lang.t("Ends"), 18))
            )
        sent = st.form_submit_button(lang.t("Propose this event"), type="primary", icon=":material/festival:")

    def propose() -> None:
        event = {"name": name, "zone_id": zone_id, "start": start, "end": end, "attendance": visitors}
        do(propose_event, area, event)
        st.session_state[PlaybookKey.EVENT] = st.session_state.get(PlaybookKey.EVENT, 0) + 1
        session.say_once(
            lang.t("It is proposed. No forecast counts with it until a steward accepts it. You see here what they say.")
        )

    if sent and attempt(lang, propose):
        st.rerun()


def _show(one: Proposal, context: Context) -> None:
    lang, area, key = context.lang, context.area, f"{PlaybookKey.EVENT}.{one.id}"
    with st.expander(
        as_text(proposal_title(one, area, lang)), icon=":material/festival:", key=key, on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        st.markdown(as_text(proposal_sentence(one, area, lang)))
        st.markdown(bullets(proposal_effect(one, context.snapshot, context.unchanged, area, lang)))
        with st.container(horizontal=True):
            if st.button(lang.t("Open as a scenario"), icon=":material/alt_route:", key=f"{key}.open"):
                session.change(scenario=scenario_with_event(one, context.workspace.scenario))
                st.switch_page(PAGES / "scenarios.py")
            if may_do(withdraw_event):
                seen = as_drawn(f"{key}.back", find_proposal, area.id, one.id)
                pressed = st.button(lang.t("Withdraw this proposal"), icon=":material/undo:", key=f"{key}.back")
                if pressed and attempt(lang, lambda: do_seen(seen, withdraw_event, one.id, area)):
                    st.rerun()
