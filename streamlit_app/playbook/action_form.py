"""Entering an action: five fields for one thumb in the street. What is typed and chosen stays in the browser."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import streamlit as st

from data.keeping.real_time import real_now
from feedback.contributions.personal import find_personal, named
from feedback.database.texts import clean
from language import UserError
from response.actions.entry import LONGEST, STAGES
from response.actions.log import log, read_entry
from response.cards.card import Playbook
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.shell import phone, session
from streamlit_app.shell.acting import do
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from visuals.playbook.action_words import field_name, stage_name

FREE: Final = ""
"""Stands for no card: the words say what it is."""

_CHOICES: Final = ("stage", "card", "zones", "when")


def key_of(field: str) -> str:
    """Return the key in the session of one of the form's fields."""
    return f"{PlaybookKey.ACTION}.{field}"


def show_action_form(context: Context, playbook: Playbook) -> None:
    """Show the five fields and the button; what is still missing can be added later."""
    lang, area, state = context.lang, context.area, st.session_state
    name = f"action.{area.id}"
    wide: Any = "stretch" if narrow() else 480
    with st.container(key=f"{phone.FORM}{name}"):
        state.setdefault(key_of("id"), str(uuid4()))
        _restore(name, playbook, context)
        st.pills(
            field_name("stage", lang),
            STAGES,
            format_func=lambda one: stage_name(one, lang),
            key=key_of("stage"),
            persist_state="session",
        )
        names = {card.id: card.name(lang) for card in playbook.cards} | {FREE: lang.t("Something else")}
        st.selectbox(
            field_name("card", lang),
            (*(card.id for card in playbook.cards), FREE),
            index=None,
            format_func=names.__getitem__,
            key=key_of("card"),
            placeholder=lang.t("Choose"),
            width=wide,
            persist_state="session",
        )
        st.multiselect(
            field_name("zones", lang),
            area.zone_ids,
            format_func=lambda one: area.zone(one).name(lang),
            key=key_of("zones"),
            placeholder=lang.t("Choose a place"),
            width=wide,
            persist_state="session",
        )
        state.setdefault(key_of("when"), _now(context))
        st.datetime_input(
            field_name("happened", lang),
            min_value=datetime(2000, 1, 1),
            max_value=datetime(2099, 12, 31),
            step=timedelta(minutes=5),
            format="DD-MM-YYYY",
            key=key_of("when"),
            width=wide,
            persist_state="session",
        )
        st.text_area(
            lang.t("What do you see, and why this?"),
            key=key_of("text"),
            height=90,
            placeholder=lang.t("Measures, places and functions only. No names, please."),
            persist_state="session",
        )
        _buttons(name, context)
    when: datetime | None = state.get(key_of("when"))
    choices = {field: state.get(key_of(field)) for field in ("stage", "card", "zones", "id")}
    phone.keep_draft(name, choices | {"when": when.isoformat() if when else None}, None)


def _now(context: Context) -> datetime:
    return real_now().astimezone(context.area.tz).replace(tzinfo=None, second=0, microsecond=0)


def _restore(name: str, playbook: Playbook, context: Context) -> None:
    """Fill the fields once with what the browser kept of an entry that was not sent."""
    draft = phone.to_restore(name)
    if not draft:
        return
    state = st.session_state
    zones = [zone for zone in _texts(draft.get("zones")) if zone in context.area.zone_ids]
    values: dict[str, Any] = {"zones": zones}
    if draft.get("stage") in STAGES:
        values["stage"] = draft["stage"]
    if draft.get("card") == FREE or (isinstance(draft.get("card"), str) and playbook.card(draft["card"])):
        values["card"] = draft["card"]
    answered = zones or values.get("stage") or values.get("card")
    if answered and (moment := _moment(draft.get("when"))) is not None:
        values["when"] = moment
    for field, value in values.items():
        if value and not (state.get(key_of(field)) and field != "when"):
            state[key_of(field)] = value
    if isinstance(draft.get("text"), str) and draft["text"]:
        state[key_of("text")] = draft["text"]
    if (answered or draft.get("text") or draft.get("typed")) and isinstance(draft.get("id"), str):
        state[key_of("id")] = draft["id"]


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _moment(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is None and 2000 <= found.year <= 2099 else None


def _buttons(name: str, context: Context) -> None:
    lang, state = context.lang, st.session_state
    if (error := state.pop(key_of("error"), None)) is not None:
        st.error(error, icon=":material/error:")
    found = state.pop(key_of("found"), None)
    if found:
        text = clean(state.get(key_of("text")) or "", longest=LONGEST)
        st.warning(
            lang.md("Your text may hold personal data: {found}.", found=named(found, text, lang))
            + " "
            + lang.t("This log is for measures, places and functions. Change it above, or enter it as it is."),
            icon=":material/privacy_tip:",
        )
    with st.container(horizontal=True):
        for anyway, label in ((False, lang.t("Enter it")), (True, lang.t("Enter it as it is"))):
            if anyway and not found:
                continue
            st.button(
                label,
                key=key_of("anyway" if anyway else "send"),
                on_click=_send,
                args=(name, context, anyway),
                type="secondary" if anyway else "primary",
                icon=":material/edit_note:",
                width="stretch" if narrow() else "content",
            )


def _send(name: str, context: Context, anyway: bool) -> None:
    """Enter the form; what is wrong or personal is kept for the run that follows, and nothing is lost."""
    state, lang, area = st.session_state, context.lang, context.area
    try:
        text = clean(state.get(key_of("text")) or "", longest=LONGEST)
        places = [name for zone in area.zones for name in zone.names.values()]
        if not anyway and (found := find_personal(text, places)):
            state[key_of("found")] = found
            return
        chosen = {field: state.get(key_of(field)) for field in (*_CHOICES, "id")}
        do(log, read_entry(_values(chosen, text, context)), area)
    except UserError as error:
        state[key_of("error")] = error.md(lang)
        return
    phone.sent(name, state[key_of("id")])
    for field in (*_CHOICES, "id", "text"):
        state.pop(key_of(field), None)
    session.say_once(lang.t("It is entered. You can add what is still missing below, when you have time."))


def _values(chosen: Mapping[str, Any], text: str, context: Context) -> dict[str, Any]:
    """Return the form as plain values of an entry. Raises ``UserError`` for what is not chosen yet."""
    if chosen["stage"] is None:
        raise UserError("Choose how far it is.")
    if chosen["card"] is None:
        raise UserError("Choose a card, or 'something else'.")
    when: datetime | None = chosen["when"]
    if when is None:
        raise UserError("Choose when it happened.")
    free = chosen["card"] == FREE
    return {
        "id": chosen["id"],
        "area": context.area.id,
        "stage": chosen["stage"],
        "card": None if free else chosen["card"],
        "zones": tuple(chosen["zones"] or ()),
        "happened": when.replace(tzinfo=context.area.tz),
        "snapshot": context.snapshot.id,
        "scenario": context.forecast.scenario or None,
        "texts": {"what" if free else "information": text},
    }
