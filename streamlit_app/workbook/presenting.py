"""A workbook on the big screen: one result at a time, by keyboard, without navigation and controls around it."""

from functools import partial

import streamlit as st

from language import Language
from language.markdown import Markdown, as_text
from reports.kept_week import kept_week
from reports.workbook import Figures, Workbook
from streamlit_app.workbook.keys import WorkbookKey
from streamlit_app.workbook.workbook_results import show_pictures

_WIDTH = 1180
"""Pixels: a picture this wide stands whole on a projector of 1280 × 720 and up."""

_ON_SCREEN = '[data-testid=stLayoutWrapper]:has(> [class*="-on-screen"])'
_SCREEN = f"""<style>
.stMainBlockContainer {{ padding-top: 4.25rem; padding-bottom: 1rem }}
.st-key-words-on-screen [data-testid=stMarkdown] :is(p, li) {{ font-size: 1.75rem; line-height: 1.45 }}
.stMainBlockContainer [class*="-on-screen"] [data-testid=stCaptionContainer] p {{ font-size: 1.25rem }}
@media (min-width: 1560px) and (min-height: 840px) {{ {_ON_SCREEN} {{ zoom: 1.25 }} }}
@media (min-width: 1860px) and (min-height: 960px) {{ {_ON_SCREEN} {{ zoom: 1.5 }} }}
@media (min-width: 2480px) and (min-height: 1300px) {{ {_ON_SCREEN} {{ zoom: 2 }} }}
</style>"""
"""A larger screen shows the same, larger: it is read from the back of the room."""

_SCRIPT = """
export default function ({ data, parentElement }) {
  const button = parentElement.querySelector("button")
  button.textContent = data.label
  button.onclick = () => document.fullscreenElement
    ? document.exitFullscreen() : document.documentElement.requestFullscreen()
}
"""
_STYLE = """
button { font: inherit; color: var(--st-text-color); background: none; border: 1px solid var(--st-border-color);
         border-radius: var(--st-base-radius); padding: .4rem .8rem; min-height: 2.5rem; cursor: pointer; }
"""


def is_on() -> bool:
    """Return whether this session presents a workbook now."""
    return WorkbookKey.PRESENTED in st.session_state


def start() -> None:
    """Begin with the first result."""
    st.session_state[WorkbookKey.PRESENTED] = 0


def stop() -> None:
    """Go back to the workbook."""
    st.session_state.pop(WorkbookKey.PRESENTED, None)


def present(workbook: Workbook, lang: Language) -> None:
    """Show the result whose turn it is, with buttons that arrow keys and Escape press too."""
    last = len(workbook.kept) - 1
    index = min(max(st.session_state[WorkbookKey.PRESENTED], 0), last)
    kept = workbook.kept[index]
    _controls(index, last, lang)
    st.html(_SCREEN)
    key = "pictures-on-screen" if kept.pictures else "words-on-screen"
    with st.container(horizontal_alignment="center"), st.container(width=_WIDTH, key=key):
        marks = [lang.t("DEMO DATA") if kept.simulated else "", kept_week(kept, lang), kept.title]
        st.title(Markdown(" · ").join(part for part in marks if part), anchor=False)
        if kept.note:
            st.markdown("  \n".join(f"**{as_text(line)}**" for line in kept.note.splitlines() if line.strip()))
        show_pictures(kept)
        for text in kept.said:
            st.markdown(text)
        if kept.figures is not None and not kept.pictures and not kept.said:
            st.table(_as_texts(kept.figures))
        st.caption(f"{as_text(kept.area_name)} · {kept.origin}")


def _as_texts(figures: Figures) -> dict[str, list[object]]:
    """Return figures by column, their texts as Markdown, for a table of Streamlit shows Markdown."""
    return {
        as_text(name): [as_text(row[i]) if isinstance(row[i], str) else row[i] for row in figures.rows]
        for i, name in enumerate(figures.columns)
    }


def _controls(index: int, last: int, lang: Language) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for label, key, shortcut, to in (
            (lang.t("Previous"), WorkbookKey.PRESENT_BACK, "Left", index - 1),
            (lang.t("Next"), WorkbookKey.PRESENT_ON, "Right", index + 1),
        ):
            st.button(label, key=key, shortcut=shortcut, disabled=not 0 <= to <= last, on_click=partial(_go, to))
        st.text(lang.t("{n} of {total}", n=index + 1, total=last + 1), width="content")
        component = st.components.v2.component("full_screen", html="<button></button>", css=_STYLE, js=_SCRIPT)
        component(
            key=WorkbookKey.PRESENT_FULL, data={"label": lang.t("Full screen")}, width="content", height="content"
        )
        st.button(lang.t("Stop"), key=WorkbookKey.PRESENT_STOP, shortcut="Esc", on_click=stop)


def _go(to: int) -> None:
    st.session_state[WorkbookKey.PRESENTED] = to
