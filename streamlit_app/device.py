"""What the page tells the browser (its language) and the browser tells the page (whether it is narrow).

Streamlit fixes the page's language to English and does not know how wide the window is; one small component
mends both. Until it has spoken, the kind of device that the browser names is taken for its width.
"""

import streamlit as st

from streamlit_app.widgets import Key

NARROW = 640
"""Pixels: below this, charts are drawn in their form for phones."""

_SCRIPT = f"""
export default function ({{ data, setStateValue }}) {{
  document.documentElement.lang = data.language
  const query = window.matchMedia("(max-width: {NARROW}px)")
  const report = () => {{ if (query.matches !== data.narrow) setStateValue("narrow", query.matches) }}
  query.addEventListener("change", report)
  report()
  return () => query.removeEventListener("change", report)
}}
"""


def narrow() -> bool:
    """Return whether the visitor's window is as narrow as a phone."""
    told = st.session_state.get(Key.DEVICE)
    if told is not None and told.get("narrow") is not None:
        return bool(told["narrow"])
    return "Mobi" in st.context.headers.get("User-Agent", "")


def tell_device(language: str) -> None:
    """Tell the browser the page's language, and hear from it when its width is not what we took it for."""
    component = st.components.v2.component("device", js=_SCRIPT)
    component(key=Key.DEVICE, data={"language": language, "narrow": narrow()}, height=0)
