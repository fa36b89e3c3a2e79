"""A field for one's own words in a session: a draft that the phone keeps, checked before it is sent, sent once."""

from collections.abc import Callable
from uuid import uuid4

import streamlit as st

from feedback.contributions.personal import find_personal, named
from feedback.database.texts import clean
from language import Language, UserError
from language.markdown import Markdown, safe
from streamlit_app.access.permissions import RefusedError
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell import phone, session
from streamlit_app.shell.context import open_area
from streamlit_app.shell.device import narrow

Send = Callable[[str, str], str]
"""Sends a text under an id made here; returns the sentence that says so."""

Doubt = Callable[[str], str]
"""Returns a sentence on what the writer should know before sending; empty when there is nothing."""


def write(
    name: str, label: str, lang: Language, send: Send, *, longest: int, button: str, doubt: Doubt | None = None
) -> None:
    """Show the field and its button. ``name`` is stable: the phone keeps the draft by it."""
    key = f"{ResponseKey.JOIN}.{name}"
    state = st.session_state
    state.setdefault(f"{key}.id", str(uuid4()))
    _restore(name, key)
    with st.container(key=f"{phone.FORM}{name}"):
        st.text_area(label, key=f"{key}.text", height=100, persist_state="session")
        # It stays until something else is typed: the room may move on a second after somebody sent their words.
        if (sentence := state.get(f"{key}.said")) is not None and not state.get(f"{key}.text"):
            st.success(safe(sentence), icon=":material/check_circle:")
        if (sentence := state.pop(f"{key}.error", None)) is not None:
            st.error(safe(sentence), icon=":material/error:")
        doubted = state.pop(f"{key}.doubt", None)
        if doubted is not None:
            st.warning(doubted, icon=":material/help:")
        with st.container(horizontal=True):
            for anyway, text in ((False, button), (True, lang.t("Send as it is"))):
                if anyway and doubted is None:
                    continue
                st.button(
                    text,
                    key=f"{key}.{'anyway' if anyway else 'send'}",
                    type="secondary" if anyway else "primary",
                    icon=":material/send:",
                    width="stretch" if narrow() else "content",
                    on_click=_send,
                    args=(name, send, None if anyway else doubt, anyway, longest, lang),
                )
    phone.keep_draft(name, {"id": state[f"{key}.id"]}, None)


def unsent(name: str) -> bool:
    """Return whether something was typed in a field that is not offered any more, and was not sent."""
    return bool(st.session_state.get(f"{ResponseKey.JOIN}.{name}.text") or phone.unsent(name))


def _restore(name: str, key: str) -> None:
    state = st.session_state
    draft = phone.to_restore(name)
    # What the phone has was typed last: the page hears of words only when somebody leaves the field.
    if draft and isinstance(draft.get("text"), str) and draft["text"]:
        state[f"{key}.text"] = draft["text"]
    if draft and (known_id := phone.id_of_draft(draft)):
        state[f"{key}.id"] = known_id


def _send(name: str, send: Send, doubt: Doubt | None, anyway: bool, longest: int, lang: Language) -> None:
    state, key = st.session_state, f"{ResponseKey.JOIN}.{name}"
    text = state.get(f"{key}.text") or ""
    state.pop(f"{key}.said", None)
    try:
        if not anyway:
            sentences = [personal_hint(clean(text, longest=longest), lang), doubt(text) if doubt else ""]
            if any(sentences):
                state[f"{key}.doubt"] = Markdown(" ").join(filter(None, sentences))
                return
        state[f"{key}.said"] = send(text, state[f"{key}.id"])
    except RefusedError as error:
        session.say_once(error.md(lang))  # this field is not on the page any more
        return
    except UserError as error:
        state[f"{key}.error"] = error.md(lang)
        return
    phone.sent(name, state[f"{key}.id"])
    state[f"{key}.id"] = str(uuid4())
    state[f"{key}.text"] = ""


def personal_hint(text: str, lang: Language) -> str:
    """Say which personal data a text may hold (Markdown); empty when none was found."""
    places = [name for zone in open_area().zones for name in zone.names.values()]
    found = find_personal(text, places)
    if not found:
        return ""
    return lang.md("Your text may hold personal data: {found}.", found=named(found, text, lang))
