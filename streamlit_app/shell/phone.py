"""What stays in the visitor's own browser: a random identity, the role they chose, and drafts that are not sent.

Typing is kept by the browser at every stroke, choices with every run, so that a lost connection, a reload or a locked
phone loses nothing. What was sent is taken out. Nothing of it is a cookie, and nobody else's browser has it.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import streamlit as st

from feedback.people.participants import Author, author_of_phone, author_of_visit
from streamlit_app.access.permissions import visitor
from streamlit_app.shell.keys import ShellKey

FORM = "draft-"
"""Containers with this in their key are forms: what is typed in their text area is kept as their draft."""

SCRIPT = f"""
const name = "csm"
const read = () => {{ try {{ return JSON.parse(localStorage.getItem(name)) ?? {{}} }} catch {{ return {{}} }} }}
const write = (kept) => {{ try {{ localStorage.setItem(name, JSON.stringify(kept)) }} catch {{ }} }}
const random = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0"))
const typedIn = (form) =>
  [...document.querySelectorAll(`[class~="st-key-{FORM}${{form}}"] textarea`)].some((box) => box.csmTypedIn === form)
export default function ({{ data, setStateValue }}) {{
  if (data.forget) {{
    // Nothing is answered: the run that an answer brings would take the sentence on what was erased away at once.
    try {{ localStorage.removeItem(name) }} catch {{ }}
    return
  }}
  const found = read()
  const kept = {{ identity: found.identity ?? random().join(""), role: found.role, drafts: found.drafts ?? {{}} }}
  for (const [form, ids] of Object.entries(data.sent)) {{
    // What was typed and sent before a run ended has no id yet.
    const id = kept.drafts[form]?.id
    if (id === undefined || ids.includes(id)) delete kept.drafts[form]
  }}
  if (data.heard === kept.identity) {{
    kept.role = data.role ?? kept.role
    for (const [form, draft] of Object.entries(data.forms)) kept.drafts[form] = {{ ...kept.drafts[form], ...draft }}
  }}
  write(kept)
  // A form that came (back) on the page asks for what was typed in it before, here, a moment ago.
  const asked = data.asked !== null && data.asked !== data.answered
  if (data.heard !== kept.identity || asked) {{
    // Not what is being typed, only that it is: by the time it comes back on the page, there are more letters.
    const told = Object.entries(kept.drafts).map(([form, {{ text, ...rest }}]) =>
      [form, text === undefined ? rest : typedIn(form) ? {{ ...rest, typed: text !== "" }} : {{ ...rest, text }}])
    setStateValue("kept", {{ ...kept, drafts: Object.fromEntries(told), answered: data.asked }})
  }}
  const listen = (event) => {{
    const box = event.target.tagName === "TEXTAREA" && event.target.closest('[class*="st-key-{FORM}"]')
    if (!box) return
    const form = [...box.classList].find((c) => c.startsWith("st-key-{FORM}")).slice("st-key-{FORM}".length)
    event.target.csmTypedIn = form  // a field that comes back on the page is another one
    const now = read()
    const drafts = now.drafts ?? {{}}
    write({{ ...now, drafts: {{ ...drafts, [form]: {{ ...drafts[form], text: event.target.value }} }} }})
  }}
  document.addEventListener("input", listen)
  return () => document.removeEventListener("input", listen)
}}
"""


def author() -> Author:
    """Return who sends from here: by the cookie of an entered code, else by the identity in the browser.

    Before the browser has spoken, this session stands in for it.
    """
    if (person := visitor().person) is not None:
        return author_of_visit(person)
    stand_in: str = st.session_state.setdefault(ShellKey.STAND_IN, uuid4().hex)
    return author_of_phone(_kept().get("identity") or stand_in)


def authors() -> list[Author]:
    """Return under whose pseudonyms something may have been sent from here: the entered code's, and the browser's."""
    stand_in: str = st.session_state.setdefault(ShellKey.STAND_IN, uuid4().hex)
    here = author_of_phone(_kept().get("identity") or stand_in)
    entered = author()
    return [entered] if entered == here else [entered, here]


def kept_role() -> str | None:
    """Return the role that this browser's owner chose before."""
    return _kept().get("role")


def _as_class(form: str) -> str:
    """Return the name of a form as the browser finds it in the page: Streamlit makes classes of keys so."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", form)


def kept_draft(form: str) -> Mapping[str, Any] | None:
    """Return the draft that the browser kept of a form and that was not sent; ``None`` until the browser has spoken."""
    drafts: dict[str, Any] | None = _kept().get("drafts")
    if drafts is None:
        return None
    form = _as_class(form)
    draft: Mapping[str, Any] = drafts.get(form, {})
    return {} if draft.get("id") in st.session_state.get(ShellKey.SENT, {}).get(form, []) else draft


def to_restore(form: str) -> Mapping[str, Any] | None:
    """Return the draft with which a form on this page is to be filled now; ``None`` when it is not.

    It is filled once when the browser has spoken, and again each time it comes back on the page: the room may have
    moved on while somebody typed, and nobody needs a reload to find their words back.
    """
    form = _as_class(form)
    asked: dict[str, str] = st.session_state.setdefault(ShellKey.ASKED, {})
    restored: set[str] = st.session_state.setdefault(ShellKey.RESTORED, set())
    answered = form in asked and asked[form] == _kept().get("answered")
    if (form in restored and not answered) or kept_draft(form) is None:
        return None
    restored.add(form)
    if answered:
        asked[form] = ""
    return kept_draft(form)


def id_of_draft(draft: Mapping[str, Any]) -> str | None:
    """Return the id of a draft that holds an answer: words, also those still in a field of the page, or a level felt.

    It may have been sent without our hearing of it; under the same id it stays one. ``None`` where there is nothing.
    """
    found = draft.get("id")
    answered = draft.get("text") or draft.get("typed") or draft.get("felt")
    return found if answered and isinstance(found, str) else None


def unsent(form: str) -> str:
    """Return what was typed in a form that is not on the page now, and was not sent; the browser is asked for it."""
    st.session_state.setdefault(ShellKey.LOOKED_FOR, set()).add(f"unsent {form}")
    text = (kept_draft(form) or {}).get("text")
    return text if isinstance(text, str) else ""


def keep_draft(form: str, values: Mapping[str, Any], role: str | None) -> None:
    """Let the browser keep the choices of a form, and the role, at the end of this run. Texts it keeps by itself."""
    st.session_state.setdefault(ShellKey.DRAFTS, {})[_as_class(form)] = dict(values)
    if role is not None:
        st.session_state[ShellKey.ROLE] = role


def sent(form: str, draft_id: str, role: str | None = None) -> None:
    """Let the browser drop the draft with this id of a form, because it was sent, and keep the role it was sent with.

    Who chooses a role and sends at once may never see a run end with that choice on the form.
    """
    st.session_state.setdefault(ShellKey.SENT, {}).setdefault(_as_class(form), []).append(draft_id)
    if role is not None:
        st.session_state[ShellKey.ROLE] = role


def forget_me() -> None:
    """Let the browser drop everything: identity, role and drafts."""
    st.session_state[ShellKey.FORGET] = True
    for key in (ShellKey.KEPT, ShellKey.STAND_IN, ShellKey.ROLE, ShellKey.SENT):
        st.session_state.pop(key, None)


def keep() -> None:
    """At the end of a run, tell the browser what to keep, and hear once per session what it has.

    Where there is no form, and nothing was sent in this session, nothing is asked of the browser.
    """
    forms: dict[str, Any] = st.session_state.pop(ShellKey.DRAFTS, {})
    forget: bool = st.session_state.pop(ShellKey.FORGET, False)
    dropped: dict[str, list[str]] = st.session_state.get(ShellKey.SENT, {})
    asked = _asked(set(forms) | st.session_state.pop(ShellKey.LOOKED_FOR, set()))
    if not (forms or forget or dropped or asked):
        return
    component = st.components.v2.component("phone", js=SCRIPT)
    component(
        key=ShellKey.PHONE,
        data={
            "heard": None if forget else _kept().get("identity"),
            "forms": forms,
            "role": st.session_state.get(ShellKey.ROLE),
            "sent": dropped,
            "forget": forget,
            "asked": asked,
            "answered": _kept().get("answered"),
        },
        on_kept_change=_hear,
        height=0,
    )


def _asked(wanted: set[str]) -> str | None:
    """Return under which number the browser is asked for its drafts: a new one when something is wanted anew."""
    before: set[str] = st.session_state.get(ShellKey.WANTED, set())
    st.session_state[ShellKey.WANTED] = wanted
    if fresh := wanted - before:
        number = st.session_state[ShellKey.ASKED_AS] = uuid4().hex
        st.session_state.setdefault(ShellKey.ASKED, {}).update(dict.fromkeys(fresh, number))
    number_now: str | None = st.session_state.get(ShellKey.ASKED_AS)
    return number_now if wanted else None


def _kept() -> Mapping[str, Any]:
    kept: Mapping[str, Any] = st.session_state.get(ShellKey.KEPT, {})
    return kept


def _hear() -> None:
    told = st.session_state.get(ShellKey.PHONE)
    kept = told.get("kept") if told is not None else None
    if isinstance(kept, Mapping) and isinstance(kept.get("identity"), str) and isinstance(kept.get("drafts"), Mapping):
        st.session_state[ShellKey.KEPT] = dict(kept)
