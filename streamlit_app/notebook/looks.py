"""How the page is laid out where no setting does it: one row on top, less air on small windows, focus that is seen."""

from typing import Final

import streamlit as st

from visuals.base.palette import ACCENT, LINE, PAPER
from visuals.charts.calendar import ICONS

SWITCHES: Final = "switches"
"""Key of the container of area, code and language."""
BANNER: Final = "banner"
"""Key of the container of what must be known of the data before all else."""

_ROW: Final = "[data-testid=stApp]:has(.st-key-switches)"
_SMALL: Final = "(max-width: 640px), (max-height: 500px)"

_STYLE: Final = f"""
/* Area, code and language stand in the row of the menu. */
:is([data-testid=stLayoutWrapper]:has(> .st-key-{SWITCHES}), .st-key-shell-device) {{ position: absolute }}
.st-key-{SWITCHES} {{ position: fixed; top: 0; right: 3.5rem; height: 3.75rem; width: auto; z-index: 999990;
  flex-wrap: nowrap; justify-content: flex-end }}
.st-key-{SWITCHES} > * {{ min-width: 0 }}
.st-key-{SWITCHES} [data-testid=stHtml] {{ white-space: nowrap; padding: 0 .25rem }}
{_ROW} [data-testid=stTopNav] {{ max-width: calc(100vw - 31rem) }}
.csm-short {{ display: none }}

@media (max-width: 1100px) {{
  .csm-long {{ display: none }}
  .csm-short {{ display: inline }}
  {_ROW} [data-testid=stTopNav] {{ max-width: calc(100vw - 25rem) }}
}}
@media {_SMALL} {{
  {_ROW} :is([data-testid=stHeader], [data-testid=stToolbar]) {{ height: 3rem; min-height: 3rem }}
  {_ROW} [data-testid=stMainBlockContainer] {{ padding-top: 3.25rem }}
  .st-key-{SWITCHES} {{ height: 3rem; gap: .5rem }}
  .st-key-{BANNER} [data-testid=stAlertContainer] {{ padding: .25rem .5rem }}
  .st-key-{BANNER} [data-testid=stAlertContainer] * {{ font-size: .875rem; line-height: 1.3 }}
  .st-key-{BANNER} :has(> span > [data-testid=stAlertDynamicIcon]) {{ display: none }}
  .st-key-{BANNER} [data-testid=stMarkdownContainer] {{ width: 100% !important }}
  [data-testid=stMainBlockContainer] h1 {{ font-size: 1.5rem; padding: 0 0 .25rem }}
  /* A title does not touch the cell below it. */
  [data-testid=stElementContainer]:has(h1) + [data-testid=stLayoutWrapper] {{ margin-top: 1rem }}
  /* The tools of a table stay there on a screen without a mouse: above it they would lie over words. */
  [data-testid=stElementContainer]:has([data-testid=stDataFrame]) {{ margin-top: 1.5rem }}
}}
@media (max-width: 640px) {{
  .st-key-{SWITCHES} {{ left: 4.5rem; right: .5rem }}
  .st-key-{SWITCHES} .st-key-shell-area {{ flex: 1 1 0; width: auto }}
  .st-key-{SWITCHES} [data-testid=stButtonGroup] button {{ padding: .25rem .5rem; min-width: 2.25rem }}
  {_ROW} [data-testid=stMainMenu] {{ display: none }}
  {_ROW} [data-testid=stExpandSidebarButton] > span {{ display: none }}
  {_ROW} [data-testid=stExpandSidebarButton]::after {{ margin-left: 0 }}
  {_ROW} [data-testid=stExpandSidebarButton] {{ padding: 0 .25rem }}
}}
@media (max-width: 360px) {{
  .st-key-{SWITCHES} {{ left: 4rem; gap: .25rem }}
  .st-key-{SWITCHES} .st-key-shell-area :is(input, button) {{ padding-inline: .375rem 0; font-size: .875rem }}
  .st-key-{SWITCHES} .st-key-shell-area button {{ min-width: 1.25rem; width: 1.5rem }}
  /* Magnified four times, choices stand below each other: what must be scrolled sideways is not found. */
  [data-testid=stMain] [data-testid=stButtonGroup] [role=radiogroup] {{ flex-wrap: wrap }}
}}
@media (max-height: 300px) {{
  /* Magnified four times, the first fact still stands in the first third. */
  [data-testid=stVerticalBlock] > [data-testid=stElementContainer]:has(h1) {{ order: -1 }}
}}
@media print {{ .st-key-{SWITCHES} {{ display: none }} }}

/* What is wrong is said where one looks, however far down the page the button stands. */
[data-testid=stLayoutWrapper]:has(> .st-key-wrong) {{ position: sticky; top: 4rem; z-index: 99 }}
.st-key-wrong {{ background: {PAPER}; border-radius: .5rem; box-shadow: 0 0 .75rem #0003 }}

/* An icon in a cell of the calendar lets a finger through to its cell. */
.{ICONS}_marks {{ pointer-events: none }}

/* Whoever uses a keyboard sees where they are, on every kind of stop: what can be scrolled is one by itself. */
:root :focus-visible {{
  outline: 3px solid {ACCENT} !important; outline-offset: 2px; box-shadow: 0 0 0 2px {PAPER} }}
/* A field cuts off what lies around it: what one types in has its ring inside. */
:root :is(textarea, input:not([type=checkbox], [type=radio], [type=range], [type=file])):focus-visible {{
  outline-offset: -3px; box-shadow: none }}
/* A file that the browser did not take says why without a mouse. */
[data-testid=stFileChip][aria-invalid=true] {{ flex-wrap: wrap; height: auto }}
[data-testid=stFileChip][aria-invalid=true] [role=alert] {{ position: static; width: auto; height: auto; margin: 0;
  clip: auto; clip-path: none; overflow: visible; white-space: normal; flex-basis: 100% }}
/* Choices that stand below each other: the one after the chosen one has its own edge. */
[data-testid=stMain] [data-selected] + [data-variant=segmented_control] {{ border-left-color: {LINE} !important }}
/* A table cuts off what lies around the part of it that can be scrolled. */
.dvn-scroller:focus-visible {{ outline-offset: -3px !important }}
/* What Streamlit shows when a mouse comes by, it shows to a keyboard too. */
:is([data-testid=stElementContainer], [data-testid=stFullScreenFrame]):focus-within [data-testid=stElementToolbar] {{
  opacity: 1; visibility: visible; pointer-events: auto }}
/* A map's own stands in the map, beside its zoom: above it, it lay over the buttons that a mouse goes to from there. */
[data-testid=stFullScreenFrame]:has([data-testid=stDeckGlJsonChart]) [data-testid=stElementToolbar] {{
  top: 0; right: 3.25rem }}
[data-testid=stHeaderActionElements] a:focus-visible {{ opacity: 1 !important; transition: none }}
"""


def show_looks() -> None:
    """Bring the style to the page; it takes no room."""
    st.html(f"<style>{_STYLE}</style>")
