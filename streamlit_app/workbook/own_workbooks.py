"""Which workbooks a visitor may edit: known to the session, and to the browser so that a locked phone keeps them.

The address bar never holds an id for editing: whoever copies a link shares what is seen, not the pen.
"""

from collections.abc import Callable
from typing import Final

import streamlit as st

from data.keeping.acts import Seen, see
from language import UserError
from reports import workbook_store
from reports.workbook import Workbook
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempt, do, do_seen
from streamlit_app.workbook.keys import WorkbookKey

COOKIE: Final = "csm_workbooks"
MOST: Final = 5
"""Workbooks that a browser remembers; the last used first."""

_DAYS: Final = 180
_SCRIPT: Final = f"""
export default function ({{ data }}) {{
  const secure = location.protocol === "https:" ? "; secure" : ""
  const age = data.ids ? {_DAYS * 86_400} : 0
  document.cookie = "{COOKIE}=" + data.ids + "; path=/; samesite=lax; max-age=" + age + secure
}}
"""


def known() -> tuple[str, ...]:
    """Return the ids for editing that this visitor has, the last used first."""
    if WorkbookKey.WORKBOOKS not in st.session_state:
        ids = (st.context.cookies.get(COOKIE) or "").split(".")
        st.session_state[WorkbookKey.WORKBOOKS] = tuple(filter(_is_here, ids[:MOST]))
    found: tuple[str, ...] = st.session_state[WorkbookKey.WORKBOOKS]
    return found


def current() -> str | None:
    """Return the id for editing of the workbook in use, or ``None`` before the first result is kept."""
    return next(iter(known()), None)


def use(edit_id: str) -> None:
    """Make this workbook the one in use."""
    others = tuple(one for one in known() if one != edit_id)
    st.session_state[WorkbookKey.WORKBOOKS] = (edit_id, *others)[:MOST]


def forget(edit_id: str) -> None:
    """Take a workbook out of those that this visitor has."""
    st.session_state[WorkbookKey.WORKBOOKS] = tuple(one for one in known() if one != edit_id)


def in_use() -> str:
    """Return the id for editing of the workbook in use; a new one is begun when there is none."""
    edit_id = current()
    if edit_id is None or not _is_here(edit_id):
        edit_id = do(workbook_store.begin)
        use(edit_id)
    return edit_id


def opened() -> str | None:
    """Return the id for reading of the workbook to show: the address's, else the one in use, else ``None``.

    Whoever comes with an id for editing has that workbook in use from now on. An address of no workbook here falls
    back to the one in use, with a sentence.
    """
    named = st.query_params.get("wb")
    if named:
        try:
            workbook_store.load(named)
        except UserError as error:
            session.say_once(error.md(session.spoken()))
        else:
            if workbook_store.may_edit(named):
                use(named)
            return workbook_store.read_id_of(named)
    own = current()
    return workbook_store.read_id_of(own) if own and _is_here(own) else None


def saw(edit_id: str, part: Callable[[Workbook], object]) -> Seen:
    """Return the version of a part of a workbook, as the page that is being drawn shows it."""
    return see(lambda: part(workbook_store.load(edit_id)))


def change(seen: Seen, edit_id: str, how: Callable[[Workbook], Workbook]) -> None:
    """Change what was ``seen`` of a workbook; what goes wrong is said above the page."""
    attempt(session.spoken(), lambda: do_seen(seen, workbook_store.change, edit_id, how))


def editing_id(read_id: str) -> str | None:
    """Return this visitor's id for editing the workbook with this id for reading, if they have it."""
    return next((one for one in known() if workbook_store.read_id_of(one) == read_id), None)


def tell_browser() -> None:
    """Have the browser remember what this session knows, where that is something else than it remembers now."""
    ids = ".".join(known())
    if ids != (st.context.cookies.get(COOKIE) or ""):
        component = st.components.v2.component("own_workbooks", js=_SCRIPT)
        component(key=WorkbookKey.WORKBOOKS_COOKIE, data={"ids": ids}, height=0)


def _is_here(edit_id: str) -> bool:
    try:
        workbook_store.load(edit_id)
    except UserError:
        return False
    return workbook_store.may_edit(edit_id)
