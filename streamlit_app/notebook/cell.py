"""The notebook cell: every result stands in one, with its why, its controls and how it was computed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from language.markdown import Markdown, as_text, safe, small
from streamlit_app.notebook import keeping
from streamlit_app.notebook.respond import respond
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import Shown, collecting
from streamlit_app.shell.telling import told_on_the_spot
from streamlit_app.showing.downloads import origin_of
from streamlit_app.showing.reproduce import Script
from visuals.tables.files import figures_file, file_name
from visuals.tables.readable import Origin
from visuals.words.hours import hour_title, hour_words
from visuals.words.rests_on import rests_text
from visuals.words.scenario_sentences import summary


@dataclass
class Cell:
    """A cell that is being filled. ``id`` is stable: links, workbooks and contributions point to it."""

    id: str
    context: Context
    title: str
    why: str
    shown: Shown
    responses: bool
    closed: bool = False

    def computed(
        self,
        method: str,
        *,
        table: Callable[[], pd.DataFrame],
        code: str | Script,
        made_from: str = "",
        hour_index: int | None = None,
    ) -> None:
        """Close the cell with what can be done with it: see how it was computed, keep it, respond to it.

        ``table`` is called, and the rest drawn, only for somebody who opens it. ``code`` must run as it stands
        in the project's own environment and leave its result in ``result``. ``made_from`` says what it was made
        from, where that is not the forecast that is looked at; ``hour_index`` is the hour of the forecast that it is
        about, where it is one. What is kept are the charts and maps of the cell and
        its sentences (``streamlit_app.shell.shown.say``); a cell with neither is kept as its table.
        """
        context, lang = self.context, self.context.lang
        script = code if isinstance(code, Script) else Script("", code)
        origin = made_from or self._origin()
        result = keeping.Result(self.id, self.title, self.why, safe(method), safe(origin), self.shown, table, script)
        # On a phone the three stand beside each other only when each is one word.
        with st.container(horizontal=True, gap="xsmall" if narrow() else "small", key=f"cell-{self.id}-footer"):
            how = st.popover(
                lang.t("Explanation") if narrow() else lang.t("How was this computed?"),
                icon=":material/science:",
                type="tertiary",
                key=f"{self.id}.how",
                on_change="rerun",
            )
            keeping.offer(context, result)
            if self.responses:
                respond(context, self.id)
        self.closed = True
        if how.open:
            with how:
                made_of = Origin(context.area) if made_from else origin_of(context)
                self._explain(result, made_of, self._file_name(made_of, hour_index))

    def _origin(self) -> Markdown:
        """Which forecast it was made from, and with which scenario and thresholds where they are somebody's choice."""
        context, lang = self.context, self.context.lang
        said = lang.md(
            "Forecast `{snapshot}`, made with what was known on {moment}.",
            snapshot=context.snapshot.id,
            moment=lang.date(context.snapshot.cutoff, "EEEE d MMMM yyyy HH:mm", context.area.tz),
        )
        if rest := rests_text(context.forecast, context.area, lang):
            said += " " + as_text(rest)
        scenario = context.workspace.scenario
        if context.forecast.scenario and scenario is not None:
            what = summary(scenario, context.area, resources.measures(context.area.id), lang)
            said += " " + lang.t("Scenario: what if") + ": " + " · ".join(what) + "."
        if context.visitor_thresholds.own is not None:
            said += " " + context.thresholds_sentence
        return said

    def _file_name(self, made_of: Origin, hour_index: int | None) -> str:
        """Return what the file of the cell's figures is called; the hour they are of stands in it once."""
        forecast, lang = self.context.forecast, self.context.lang
        if hour_index is None:
            return file_name(self.title, made_of, lang)
        title = self.title.replace(hour_title(forecast, hour_index, lang), "")
        title = title.replace(hour_words(forecast, hour_index, lang), "")
        return file_name(title, made_of, lang, at=forecast.local_hours[hour_index].to_pydatetime())

    def _explain(self, result: keeping.Result, made_of: Origin, name: str) -> None:
        context, lang = self.context, self.context.lang
        st.markdown(safe(result.method))
        for source in context.sources:
            st.markdown(keeping.source_text(source, lang))
        st.markdown(safe(result.origin))
        st.download_button(
            lang.t("Download these figures (CSV)"),
            data=lambda: figures_file(result.table(), made_of, lang),
            file_name=name,
            mime="text/csv",
            key=f"{self.id}.csv",
            on_click="ignore",
            icon=":material/download:",
        )
        st.markdown(lang.t("This Python code makes it again:"))
        st.code(str(result.script), language=None)


@contextmanager
def cell(
    context: Context, cell_id: str, title: str, why: str, *, heading: bool = False, responses: bool = True
) -> Iterator[Cell]:
    """Open a cell with its title and why it matters; fill it inside the ``with`` block.

    ``heading`` makes the title that of the page, for a page that begins with a cell. Without ``responses`` the cell
    has no 'respond to this', because it is itself about responding.
    """
    with st.container(border=True, key=f"cell-{cell_id}"), collecting() as shown:
        (st.title if heading else st.header)(as_text(title), anchor=cell_id)
        st.markdown(small(why))
        filled = Cell(cell_id, context, title, why, shown, responses)
        with told_on_the_spot():
            yield filled
        if responses and not filled.closed:
            respond(context, cell_id)
