"""What the page tells the browser (its language, its menu) and the browser tells the page (whether it is narrow).

Streamlit fixes the page's language to English and speaks it in its own fields, does not know how wide the window is,
and has a menu on phones whose button shows two arrows only and which stays open over the page that was chosen. One
small component mends all of that. Until it has spoken, the kind of device that the browser names is taken for its
width.

It also wakes the page after a lost connection. Streamlit closes fields while there is none, without taking over what
was typed last, and a server that was started again ignores the first tap, because it does not know the page yet.

And it lets a press send what stands in a field. Streamlit takes words over when their field loses the focus, which not
every press takes from it: not one by voice or by a screen reader, and not one in a window that has no focus itself.
"""

import streamlit as st

from language import Language
from streamlit_app.shell.keys import ShellKey
from streamlit_app.shell.streamlit_words import SCRIPT, words_in

NARROW = 640
"""Pixels: below this, charts are drawn in their form for phones."""

_OPEN = "[data-testid=stExpandSidebarButton]"
_CLOSE = "[data-testid=stSidebarCollapseButton] button"
_CHOICE = "[data-testid=stSidebarNavLink]"
_BUSY = "[data-testid=stStatusWidget]"
_ENTRY = ":is([data-testid=stTopNavLink], [data-testid=stSidebarNavLink])"
_FIELD = ":is([data-testid=stTextArea], [data-testid=stTextInput], [data-testid=stNumberInput]) :is(textarea, input)"

# The word is the same in both languages; what a screen reader says comes with the data.
_STYLE = f"""
{_OPEN} {{ width: auto; padding: 0 .75rem }}
{_OPEN}::after {{ content: "Menu"; font-size: 1rem; font-weight: 600; margin-left: .25rem }}
{_ENTRY}[aria-current] {{ text-decoration: underline; text-decoration-thickness: 2px; text-underline-offset: .3em }}
@media (max-width: {NARROW}px) {{
  {_BUSY} {{ position: fixed; right: .5rem; bottom: .5rem; padding: .25rem .5rem; border-radius: 8px; z-index: 1000000;
    background: #FBFAF7; box-shadow: 0 0 0 1px #D9D4C7 }}
}}
"""
"""Whether the page is being drawn shows below on a phone: in its header it would lie over the language."""

_SCRIPT = f"""{SCRIPT}
export default function ({{ data, setStateValue }}) {{
  document.documentElement.lang = data.language
  const untranslate = translating(data.words)
  // What a page writes into its own address is no step to go back over: one press leads to the page before.
  if (!history.ownPush) {{
    history.ownPush = history.pushState
    history.pushState = function (state, title, url) {{
      const same = url && new URL(url, location.href).pathname === location.pathname
      return (same ? history.replaceState : history.ownPush).call(history, state, title, url)
    }}
  }}
  const skip = document.querySelector("[data-testid=stSkipToContent]")
  if (skip && skip.textContent !== data.skip) skip.textContent = data.skip
  const query = window.matchMedia("(max-width: {NARROW}px)")
  const report = () => {{ if (query.matches !== data.narrow) setStateValue("narrow", query.matches) }}
  query.addEventListener("change", report)
  report()

  // The menu beside the page exists only where there is no room above it: there it lies over the page.
  const name = () => {{
    // Streamlit marks an entry of the menu on its own page only, not on the pages behind it.
    for (const link of document.querySelectorAll("{_ENTRY}")) {{
      if (link.getAttribute("aria-current") === "page") continue
      if (data.menu && new URL(link.href).pathname.endsWith("/" + data.menu)) link.setAttribute("aria-current", "true")
      else link.removeAttribute("aria-current")
    }}
    document.querySelector("{_OPEN}")?.setAttribute("aria-label", data.open)
    document.querySelector("{_CLOSE}")?.setAttribute("aria-label", data.close)
  }}
  const chosen = event => {{
    if (!event.target.closest("{_CHOICE}")) return
    setTimeout(() => document.querySelector("{_CLOSE}")?.click())
  }}
  // Streamlit draws its buttons anew when the menu opens or closes.
  const drawn = new MutationObserver(name)
  for (const part of document.querySelectorAll("[data-testid=stHeader], [data-testid=stSidebar]"))
    drawn.observe(part, {{ childList: true, subtree: true }})
  document.addEventListener("click", chosen)
  name()

  // A field in which nothing was typed since takes no notice.
  const takeOver = () => {{
    for (const field of document.querySelectorAll("{_FIELD}"))
      field.dispatchEvent(new FocusEvent("focusout", {{ bubbles: true }}))
  }}
  const pressed = event => {{ if (event.target.closest("button")) takeOver() }}
  // Before the button hears of it, so that what was typed is there when its run begins.
  document.addEventListener("click", pressed, true)

  const app = document.querySelector("[data-testid=stApp]")
  const lost = () => app.dataset.testConnectionState !== "CONNECTED"
  let away = lost()
  const connection = new MutationObserver(() => {{
    if (away && !lost()) setTimeout(back, 100)
    away = lost()
  }})
  const back = () => {{
    takeOver()
    setStateValue("back", Date.now())
  }}
  connection.observe(app, {{ attributeFilter: ["data-test-connection-state"] }})
  return () => {{
    untranslate()
    query.removeEventListener("change", report)
    document.removeEventListener("click", chosen)
    document.removeEventListener("click", pressed, true)
    drawn.disconnect()
    connection.disconnect()
  }}
}}
"""


def narrow() -> bool:
    """Return whether the visitor's window is as narrow as a phone."""
    told = st.session_state.get(ShellKey.DEVICE)
    if told is not None and told.get("narrow") is not None:
        return bool(told["narrow"])
    return "Mobi" in st.context.headers.get("User-Agent", "")


def tell_device(lang: Language, *, menu_url: str) -> None:
    """Tell the browser the page's language and how its menu works; hear when its width is not what we took it for.

    ``menu_url`` is the address of the entry of the menu behind which the page stands; empty when it stands behind none.
    """
    # Its style is for Streamlit's own button, so it must reach beyond the component.
    component = st.components.v2.component("device", js=_SCRIPT, css=_STYLE, isolate_styles=False)
    words = {"open": lang.t("Menu"), "close": lang.t("Close the menu"), "skip": lang.t("Skip to the content")}
    said = {"language": lang.code, "narrow": narrow(), "menu": menu_url, "words": words_in(lang), **words}
    component(key=ShellKey.DEVICE, data=said, height=0)
