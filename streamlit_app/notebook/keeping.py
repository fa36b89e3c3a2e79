"""'Keep in workbook': takes a cell's result as it stands, with its address, picture, figures and Python."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data.area.sources import Source
from data.area.zone import in_language
from language import Language, UserError
from language.markdown import Markdown, as_text, bold
from reports import workbook_store
from reports.workbook import LONGEST_NOTE, Figures, Kept, Picture
from streamlit_app.shell import session
from streamlit_app.shell.acting import do
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import Shown, ShownPicture
from streamlit_app.showing.reproduce import Script
from streamlit_app.workbook import own_workbooks
from visuals.charts.still import NARROW_SHARPNESS, NARROW_WIDTH, still


@dataclass(frozen=True)
class Result:
    """What a cell shows, with how to make what takes time; see ``streamlit_app.notebook.cell.Cell.computed``."""

    cell: str
    title: str
    why: str
    method: Markdown
    origin: Markdown
    shown: Shown
    table: Callable[[], pd.DataFrame]
    script: Script


def offer(context: Context, result: Result) -> None:
    """Show the button to keep a result, with room for a note."""
    lang = context.lang
    keep = st.popover(
        lang.t("Keep"),
        icon=":material/bookmark_add:",
        type="tertiary",
        key=f"{result.cell}.keep",
        on_change="rerun",
    )
    if not keep.open:
        return
    with keep:
        note = st.text_area(
            lang.t("A note with it (if you like)"),
            key=f"{result.cell}.note",
            max_chars=LONGEST_NOTE,
            placeholder=lang.t("What do you see in it? No names, please."),
            height=100,
        )
        if st.button(lang.t("Keep in workbook"), type="primary", key=f"{result.cell}.keep-it"):
            _keep(context, result, note)


def _keep(context: Context, result: Result, note: str) -> None:
    lang = context.lang
    try:
        with st.spinner(lang.t("One moment …")):
            kept = kept_result(context, result, note)
            workbook = do(workbook_store.add, own_workbooks.in_use(), kept)
    except UserError as error:
        st.error(error.md(lang))
        return
    count = lang.n("It holds {n} result.", "It holds {n} results.", len(workbook.kept))
    st.success(lang.t("Kept in your workbook.") + " " + count, icon=":material/check:")
    st.page_link("../pages/workbook.py", label=lang.t("To the workbook"), icon=":material/menu_book:")


def kept_result(context: Context, result: Result, note: str = "") -> Kept:
    """Return the result as it is kept: pictures are drawn and figures are taken now."""
    lang = context.lang
    pictures = tuple(_picture(shown) for shown in result.shown.pictures)
    return Kept(
        language=lang.code,
        cell=result.cell,
        page=session.page_url(),
        address=session.address(),
        area=context.area.id,
        area_name=context.area.name(lang),
        snapshot=context.snapshot.id,
        simulated=context.forecast.simulated,
        title=result.title,
        why=result.why,
        method=str(result.method),
        origin=str(result.origin),
        sources=tuple(str(source_text(source, lang)) for source in context.sources),
        said=tuple(result.shown.said),
        pictures=pictures,
        figures=Figures.of(context.marked(result.table())),
        setup=result.script.setup,
        code=result.script.steps,
        note=note,
    )


def _picture(shown: ShownPicture) -> Picture:
    made = shown.make()
    wide = made if isinstance(made, bytes) else still(made)
    narrow = still(shown.narrow(), width=NARROW_WIDTH, sharpness=NARROW_SHARPNESS) if shown.narrow else None
    return Picture.of(wide, shown.alt, narrow)


def source_text(source: Source, lang: Language) -> Markdown:
    """Return a source as people read it: its name, whose it is, what it counts and what it misses (Markdown)."""
    counted = in_language(source.counted, lang) if source.counted else ""
    bias = in_language(source.bias, lang) if source.bias else ""
    credit = " · ".join(part for part in (source.credit, source.licence) if part)
    said = as_text(f"{counted} {bias}".strip())
    return bold(in_language(source.title, lang)) + f" ({credit})" + Markdown(f"  \n{said}" if said else "")
