"""Beheer, proposed events: what each would do to the forecast, and a decision on it."""

import streamlit as st

from data.area.area import Area
from data.keeping.acts import Seen
from data.upkeep.event_proposals import Proposal, accept_event, find_proposal, refuse_event, waiting_events
from language import Language, UserError
from language.markdown import as_text, bold, bullets
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import agreed_by, changed
from streamlit_app.playbook.events.proposed import proposal_effect
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, do_seen
from visuals.playbook.proposal_words import proposal_sentence, proposal_title


def decide(area: Area, lang: Language) -> None:
    """Show each event that waits, with what it would do, and the buttons that accept or refuse it."""
    waiting = waiting_events(area.id)
    if not waiting:
        st.markdown(lang.t("No proposed event waits for a decision."))
        return
    agreed = agreed_by(area, "events", lang)
    for one in waiting:
        _one(one, area, agreed, lang)


def _one(one: Proposal, area: Area, agreed: str, lang: Language) -> None:
    key = f"{ManageKey.PROPOSED}.{one.id}"
    seen = as_drawn(key, find_proposal, area.id, one.id)
    with st.container(border=True, key=key):
        st.markdown(bold(proposal_title(one, area, lang)))
        st.markdown(as_text(proposal_sentence(one, area, lang)))
        st.markdown(bullets(_effect(one, area, lang)))
        if st.button(lang.t("Accept: put it in the calendar"), type="primary", key=f"{key}.accept"):
            _accept(one, area, seen, agreed, lang)
        with st.form(f"{key}.refuse", border=False):
            reason = st.text_input(
                lang.t("Why not? Who proposed it reads this."), max_chars=500, width=480, key=f"{key}.why"
            )
            if st.form_submit_button(lang.t("Do not accept it")):
                do_seen(seen, refuse_event, one.id, area, reason)
                changed(lang.t("Refused. Who proposed it reads why."))


def _effect(one: Proposal, area: Area, lang: Language) -> list[str]:
    try:
        snapshot, forecast = resources.issued(area.id, area.now())
    except UserError:
        return [lang.t("Without a forecast nobody can say what it would do.")]
    return proposal_effect(one, snapshot, forecast, area, lang)


def _accept(one: Proposal, area: Area, seen: Seen, agreed: str, lang: Language) -> None:
    do_seen(seen, accept_event, one.id, area, agreed_by=agreed)
    changed(as_text(lang.t("Accepted: {event}. Forecasts count with it from now on.", event=one.name)))
