"""The notebook cell: every result stands in one, with its why, its controls and how it was computed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from data.area import in_language
from streamlit_app.context import Context
from streamlit_app.respond import respond


@dataclass(frozen=True)
class Cell:
    """A cell that is being filled. ``id`` is stable: links, workbooks and contributions point to it."""

    id: str
    context: Context

    def computed(self, method: str, *, table: Callable[[], pd.DataFrame], code: str, made_from: str = "") -> None:
        """Add 'how was this computed': method, sources, snapshot, the data, and Python that makes it again.

        ``table`` is called, and the rest drawn, only for somebody who opens it. ``code`` must run as it stands
        in the project's own environment and leave its result in ``result``. ``made_from`` says what it was made
        from, where that is not the forecast that is looked at.
        """
        context, lang = self.context, self.context.lang
        opened = st.expander(
            lang.t("How was this computed?"), icon=":material/science:", key=f"{self.id}.how", on_change="rerun"
        )
        if not opened.open:
            return
        with opened:
            st.markdown(method)
            for source in context.sources:
                counted = in_language(source.counted, lang) if source.counted else ""
                bias = in_language(source.bias, lang) if source.bias else ""
                credit = " · ".join(part for part in (source.credit, source.licence) if part)
                st.markdown(f"**{in_language(source.title, lang)}** ({credit})  \n{counted} {bias}")
            st.markdown(
                made_from
                or lang.t(
                    "Forecast `{snapshot}`, made with what was known on {moment}.",
                    snapshot=context.snapshot.id,
                    moment=lang.date(context.snapshot.cutoff, "EEEE d MMMM yyyy HH:mm", context.area.tz),
                )
            )
            st.download_button(
                lang.t("Download these figures (CSV)"),
                data=lambda: context.marked(table()).to_csv(index=False).encode("utf-8-sig"),
                file_name=f"{context.area.id}-{self.id}-{context.snapshot.id}.csv",
                mime="text/csv",
                key=f"{self.id}.csv",
                on_click="ignore",
                icon=":material/download:",
            )
            st.markdown(lang.t("This Python makes it again:"))
            st.code(code, language="python")


@contextmanager
def cell(
    context: Context, cell_id: str, title: str, why: str, *, heading: bool = False, responses: bool = True
) -> Iterator[Cell]:
    """Open a cell with its title and why it matters; fill it inside the ``with`` block.

    ``heading`` makes the title that of the page, for a page that begins with a cell. Without ``responses`` the cell
    has no 'respond to this', because it is itself about responding.
    """
    with st.container(border=True, key=f"cell-{cell_id}"):
        (st.title if heading else st.header)(title, anchor=cell_id)
        st.markdown(f":gray[:small[{why}]]")
        yield Cell(cell_id, context)
        if responses:
            respond(context, cell_id)
