"""Files that people send: only where a page asks for one, from who may use it, and kept no longer than it is needed.

Streamlit keeps what is sent to its address in memory, from anybody, until a session is forgotten. Here a page that
asks for a file says so for its session (``choose_file``), ``streamlit_app.server.upload_guard`` lets in nothing else,
and files go when they were read, when the page is left, and when the visitor is gone.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from feedback.people.roles import Role
from streamlit_app.shell.keys import ShellKey

MB: Final = 2**20


@dataclass(frozen=True)
class Offer:
    """What a page asks for: a file of at most so many bytes, from who has one of the roles."""

    bytes: int
    roles: tuple[Role, ...]


@dataclass
class Register:
    """What is asked for in each session by the name of the field, and how many bytes are on their way to it."""

    offers: dict[str, dict[str, Offer]] = field(default_factory=dict)
    coming: dict[str, int] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    lock: Lock = field(default_factory=Lock)

    def of(self, session_id: str) -> list[Offer]:
        """Return what is asked for in a session."""
        with self.lock:
            return list(self.offers.get(session_id, {}).values())


register: Final = Register()


def choose_file(
    label: str,
    kinds: Sequence[str],
    *,
    megabytes: int,
    roles: tuple[Role, ...],
    key: str,
    on_change: Callable[[], None] | None = None,
) -> UploadedFile | None:
    """Show the field for a file of one of the ``kinds`` (endings), and let this session send it.

    It may have so many ``megabytes``; who sends it must have one of the ``roles``.
    """
    ctx = get_script_run_ctx()
    if ctx is not None:
        with register.lock:
            register.offers.setdefault(ctx.session_id, {})[key] = Offer(megabytes * MB, roles)
        st.session_state.setdefault(ShellKey.UPLOADS, set()).add(key)
    return st.file_uploader(label, list(kinds), key=key, max_upload_size=megabytes, on_change=on_change)


def sent(key: str) -> UploadedFile | None:
    """Return the file in a field, for a callback of that field; ``None`` when there is none, or none any more."""
    file = st.session_state[key]
    return file if isinstance(file, UploadedFile) else None


def begin_run(page: str) -> None:
    """Let go of the files of the page before, when this run shows another one."""
    if st.session_state.get(ShellKey.UPLOADS_AT) != page:
        _let_go_of_session()
    st.session_state[ShellKey.UPLOADS_AT] = page
    st.session_state[ShellKey.UPLOADS] = set()


def end_run() -> None:
    """Take back what this run did not ask for any more; without any field the files go."""
    shown: set[str] = st.session_state.get(ShellKey.UPLOADS, set())
    ctx = get_script_run_ctx()
    if ctx is None:
        return
    with register.lock:
        offers = register.offers.get(ctx.session_id, {})
        for key in [key for key in offers if key not in shown]:
            del offers[key]
    if not shown:
        _let_go_of_session()


def let_go(*files: UploadedFile | None) -> None:
    """Free files that were read."""
    ctx, manager = get_script_run_ctx(), manager_of_files()
    if ctx is None or manager is None:
        return
    for file in files:
        if file is not None:
            manager.remove_file(ctx.session_id, file.file_id)


def sweep() -> None:
    """Free the files of sessions that have had no connection since the sweep before this one."""
    manager = manager_of_files()
    if manager is None:
        return
    known = {*manager.file_storage, *register.offers}
    inactive = frozenset(one for one in known if not Runtime.instance().is_active_session(one))
    for session_id in inactive & register.gone:
        _free(manager, session_id)
    register.gone = inactive


def _let_go_of_session() -> None:
    ctx, manager = get_script_run_ctx(), manager_of_files()
    if ctx is not None and manager is not None:
        _free(manager, ctx.session_id)


def _free(manager: MemoryUploadedFileManager, session_id: str) -> None:
    with register.lock:
        register.offers.pop(session_id, None)
    manager.remove_session_files(session_id)


def manager_of_files() -> MemoryUploadedFileManager | None:
    """Return where Streamlit keeps the files that were sent; ``None`` outside a running app."""
    manager = Runtime.instance().uploaded_file_mgr if Runtime.exists() else None
    return manager if isinstance(manager, MemoryUploadedFileManager) else None


def held(manager: MemoryUploadedFileManager, session_ids: Iterable[str]) -> tuple[int, int]:
    """Return how many bytes and files of these sessions are kept or on their way."""
    ids = list(session_ids)
    files = [file for one in ids for file in list(manager.file_storage.get(one, {}).values())]
    return sum(len(file.data) for file in files) + sum(register.coming.get(one, 0) for one in ids), len(files)
