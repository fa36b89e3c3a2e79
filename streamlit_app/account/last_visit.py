"""When somebody was on a page before: kept on their own device, so that nobody else knows."""

from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from data.keeping.from_outside import in_reach
from streamlit_app.account.keys import AccountKey

_SCRIPT = """
export default function ({ data, setStateValue }) {
  const name = `csm.visited.${data.page}`
  try {
    let before = sessionStorage.getItem(name)
    if (before === null) {
      before = localStorage.getItem(name) ?? ""
      sessionStorage.setItem(name, before)
    }
    localStorage.setItem(name, new Date().toISOString())
    if (before !== data.heard) setStateValue("before", before)
  } catch { }
}
"""
"""What stood there when the tab was opened counts, for as long as it is open: a reload is no visit."""


def last_visit(page: str) -> datetime | None:
    """Return when this device was on a page before (aware, in seconds); ``None`` at first, or until it has spoken."""
    key = f"{AccountKey.VISITED}.{page}"
    told = st.session_state.get(key)
    heard = told.get("before") if told is not None else None
    component = st.components.v2.component("last_visit", js=_SCRIPT)
    component(key=key, data={"page": page, "heard": heard}, on_before_change=_heard, height=0)
    with suppress(ValueError, TypeError):
        found = datetime.fromisoformat(heard).replace(microsecond=0)  # type: ignore[arg-type]
        return found if found.tzinfo and in_reach(found) else found.replace(tzinfo=UTC)
    return None


def _heard() -> None:
    """Take what the device said with the run that it begins."""
