"""Adding to an entry of the action log, correcting it, striking it through, and erasing its words."""

from datetime import datetime
from typing import Any

import streamlit as st

from feedback.people.roles import Role
from response.actions.entry import LONGEST, STAGES, Logged, TextField
from response.actions.log import correct, erase_words, history, read_entry, strike
from response.cards.card import Playbook
from streamlit_app.access.permissions import may
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_begun, attempt, do, do_seen
from streamlit_app.shell.context import Context
from streamlit_app.shell.session import form_id, form_kept
from visuals.playbook.action_words import field_name, stage_name

_LATER: tuple[TextField, ...] = ("information", "risk", "options", "amount", "outcome", "side_effects")


def correct_entry(one: Logged, context: Context, playbook: Playbook, key: str) -> None:
    """Show the form in which an entry is added to or corrected, and below it the way to strike it through."""
    lang, entry, form = context.lang, one.entry, key
    key = form_id(form)
    seen, changed = as_begun(f"{key}.seen", f"{key}.stage" in st.session_state, history, one.root)
    if changed:
        st.info(lang.t("A colleague changed this entry meanwhile. Above you see it as it is now."))
    with st.form(f"{key}.form", border=False):
        st.markdown(lang.t("**Add or correct.** What stood there stays readable, struck through."))
        values = _fields(one, context, playbook, key)
        reason = st.text_input(
            lang.t("Why do you correct it? (not needed when you only add)"), max_chars=LONGEST, key=f"{key}.reason"
        )
        sent = st.form_submit_button(lang.t("Keep it"))

    def keep() -> None:
        fresh = read_entry(entry.model_dump() | values)
        do_seen(seen, correct, one.root, fresh, context.area, reason=reason)
        form_kept(form)
        session.say_once(lang.t("It is kept. What stood there before can still be read."))

    if sent and attempt(lang, keep):
        st.rerun()
    with st.popover(lang.t("Strike through"), icon=":material/format_strikethrough:"):
        why = st.text_input(lang.t("Why was it not so?"), max_chars=LONGEST, key=f"{key}.why")

        def strike_it() -> None:
            do_seen(seen, strike, one.root, reason=why)
            form_kept(form)

        if st.button(lang.t("Strike it through"), key=f"{key}.strike") and attempt(lang, strike_it):
            st.rerun()
    if may(Role.FACILITATOR):
        with st.popover(lang.t("Erase words"), icon=":material/delete_forever:"):
            st.markdown(lang.t("For a name or other personal data. All words of this entry go, what was done stays."))
            if st.button(lang.t("Erase the words for good"), key=f"{key}.erase") and attempt(
                lang, lambda: do(erase_words, one.root)
            ):
                form_kept(form)
                st.rerun()


def _fields(one: Logged, context: Context, playbook: Playbook, key: str) -> dict[str, Any]:
    lang, area, entry = context.lang, context.area, one.entry
    stage = st.selectbox(
        field_name("stage", lang),
        STAGES,
        STAGES.index(entry.stage),
        format_func=lambda each: stage_name(each, lang),
        key=f"{key}.stage",
        width=320,
    )
    zones = st.multiselect(
        field_name("zones", lang),
        tuple(dict.fromkeys((*area.zone_ids, *entry.zones))),
        list(entry.zones),
        format_func=lambda zone: area.zone(zone).name(lang) if zone in area.zone_ids else zone,
        key=f"{key}.zones",
        placeholder=lang.t("Choose a place"),
    )
    happened = _moment(field_name("happened", lang), entry.happened, context, f"{key}.happened")
    until = _moment(field_name("until", lang), entry.until, context, f"{key}.until")
    names: tuple[TextField, ...] = _LATER if entry.card and playbook.card(entry.card) else ("what", *_LATER)
    texts = {
        name: st.text_input(field_name(name, lang), entry.texts.get(name, ""), max_chars=LONGEST, key=f"{key}.{name}")
        for name in names
    }
    kept = {name: words for name, words in entry.texts.items() if name not in texts and name != "reason"}
    return {
        "stage": stage,
        "zones": tuple(zones),
        "happened": happened or entry.happened,
        "until": until,
        "texts": kept | {name: words for name, words in texts.items() if words.strip()},
    }


def _moment(label: str, now: datetime | None, context: Context, key: str) -> datetime | None:
    """Show a field for a moment in the time of the area; one that is not touched stays exact to the second."""
    before = now.astimezone(context.area.tz).replace(tzinfo=None, second=0) if now else None
    chosen: datetime | None = st.datetime_input(
        label,
        value=before,
        min_value=datetime(2000, 1, 1),
        max_value=datetime(2099, 12, 31),
        step=300,
        format="DD-MM-YYYY",
        key=key,
        width=320,
    )
    return now if chosen == before else chosen and chosen.replace(tzinfo=context.area.tz)
