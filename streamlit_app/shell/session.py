"""One visitor's session: the workspace as it stands, read from the address bar and written back to it."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import streamlit as st

from forecasting.values.threshold_set import ThresholdSet
from language import Language, language
from language.markdown import safe
from streamlit_app.shell.device import narrow
from streamlit_app.shell.keys import ShellKey
from streamlit_app.shell.security import preferred_language
from streamlit_app.shell.workspace import Workspace, decode, encode


def current() -> Workspace:
    """Return the workspace of this session."""
    workspace: Workspace = st.session_state.get(ShellKey.WORKSPACE, Workspace())
    return workspace


def change(**fields: Any) -> None:
    """Change fields of the workspace."""
    st.session_state[ShellKey.WORKSPACE] = replace(current(), **fields)


def leave_area(to: str | None = None) -> None:
    """Go to another area (``None``: the default one), and leave behind what belongs to this one."""
    left = ("moment", "snapshot", "zone", "thresholds", "scenario", "beside", "busy")
    change(area=to, **dict.fromkeys(left))


def chooser(key: StrEnum, field: str, read: Callable[[Any], Any] = lambda value: value) -> Callable[[], None]:
    """Return an ``on_change`` callback that takes a widget's value over into a field of the workspace.

    A choice that was taken away again (``None``) leaves the field as it was.
    """

    def take_over() -> None:
        value = st.session_state[key]
        if value is not None:
            change(**{field: read(value)})

    return take_over


def read_address() -> None:
    """Take the workspace from the address bar when somebody came with a link.

    Addresses that this session wrote itself are not read again: a quick visitor's address may lag behind.
    """
    _say_again_on_another_width()
    params = st.query_params.to_dict()
    written: set[frozenset[tuple[str, str]]] = st.session_state.setdefault(ShellKey.WRITTEN, set())
    known = ShellKey.WORKSPACE in st.session_state
    if known and (not params or frozenset(params.items()) in written):
        return
    workspace, damaged = decode(params)
    if known and workspace.language is None:
        workspace = replace(workspace, language=current().language)
    st.session_state[ShellKey.WORKSPACE] = workspace
    if damaged:
        lang = spoken()
        said = [lang.t("Part of the link could not be read. You see the default view instead.")]
        said += dict.fromkeys(newer.say(lang) for newer in damaged.values() if newer)
        say_once(" ".join(said))


def write_address(in_force: ThresholdSet) -> None:
    """Write the workspace to the address bar, so that a copied link opens exactly this view.

    Whoever has no thresholds of their own sees those ``in_force``; the link names these too, for others may be in
    force when it is opened.
    """
    workspace = current()
    params = encode(workspace if workspace.thresholds is not None else replace(workspace, thresholds=in_force))
    st.session_state[ShellKey.WRITTEN].add(frozenset(params.items()))
    if st.query_params.to_dict() != params:
        st.query_params.from_dict(params)


def address() -> dict[str, str]:
    """Return what the address bar says of the workspace, without what else may stand in it."""
    return encode(decode(st.query_params.to_dict())[0])


def add_to_address(**params: str) -> None:
    """Write what only this page has to the address, beside area and language; the next page leaves it out."""
    workspace = current()
    whole = {**encode(Workspace(area=workspace.area, language=spoken().code)), **params}
    st.session_state[ShellKey.WRITTEN].add(frozenset(whole.items()))
    if st.query_params.to_dict() != whole:
        st.query_params.from_dict(whole)


def at_page(url: str) -> None:
    """Remember which page this run shows."""
    st.session_state[ShellKey.PAGE] = url


def page_url() -> str:
    """Return the address of the page that this run shows, such as ``today``."""
    url: str = st.session_state[ShellKey.PAGE]
    return url


def spoken() -> Language:
    """Return the language of this session: chosen, else the browser's, else Dutch."""
    return language(current().language or preferred_language("", st.context.locale or ""))


def say_once(sentence: str) -> None:
    """Keep a sentence to be shown once, above the page; plain text is shown as it stands."""
    st.session_state.setdefault(ShellKey.NOTICES, []).append(sentence)


def say_wrong(sentence: str) -> None:
    """Keep what is wrong to be shown once. It stays in sight above the page: the button may stand far below."""
    st.session_state.setdefault(ShellKey.WRONG, []).append(sentence)


def has_notices() -> bool:
    """Return whether sentences wait to be shown above the page."""
    return bool(st.session_state.get(ShellKey.NOTICES) or st.session_state.get(ShellKey.WRONG))


def show_notices() -> None:
    """Show the sentences that wait, and forget them."""
    wrong = st.session_state.pop(ShellKey.WRONG, [])
    if wrong:
        with st.container(key="wrong"):
            for sentence in dict.fromkeys(wrong):
                st.error(safe(sentence), icon=":material/error:")
    waiting = st.session_state.pop(ShellKey.NOTICES, [])
    for sentence in waiting:
        st.info(safe(sentence), icon=":material/info:")
    _, shown = st.session_state.get(ShellKey.NOTICED, (narrow(), []))
    st.session_state[ShellKey.NOTICED] = (narrow(), shown + waiting)


def _say_again_on_another_width() -> None:
    """Let what the last run said wait once more where the browser told meanwhile how wide it is.

    The page is then drawn anew at once, before anybody could read it.
    """
    width, shown = st.session_state.get(ShellKey.NOTICED, (narrow(), []))
    if width != narrow():
        st.session_state[ShellKey.NOTICES] = shown + st.session_state.get(ShellKey.NOTICES, [])
    st.session_state[ShellKey.NOTICED] = (narrow(), [])


def form_id(key: str) -> str:
    """Return the id of a form that is being filled in: what is in it stays after an error, until it was kept.

    A browser goes on showing what was typed in a field whose key stays the same, whatever becomes of its value here.
    So a form that was kept gets a new id, and its fields new keys.
    """
    return f"{key}.{st.session_state.get(f'{key}.kept', 0)}"


def form_kept(key: str) -> None:
    """Empty a form, because what was in it was kept."""
    st.session_state[f"{key}.kept"] = st.session_state.get(f"{key}.kept", 0) + 1
