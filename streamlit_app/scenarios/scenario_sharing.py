"""A scenario as a link, as a file, and from a file."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from forecasting.values.scenario import Scenario
from language import UserError
from streamlit_app.scenarios.keys import ScenarioKey
from streamlit_app.scenarios.scenario_slots import SLOT_NAMES, Slot, put, scenario_of
from streamlit_app.shell import session, uploads
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.navigation import EVERYBODY
from streamlit_app.shell.workspace import encode


def share(context: Context, slot: Slot) -> None:
    """Show the buttons to copy a link, to keep the scenario as a file, and to open one."""
    lang, scenario, name = context.lang, scenario_of(slot), SLOT_NAMES[slot]
    short = narrow()
    with st.container(horizontal=True, gap="small"):
        with st.popover(
            lang.t("Link") if short else lang.t("Copy as link"),
            icon=":material/link:",
            key="scenario.link",
            on_change="rerun",
        ) as link:
            if link.open:
                st.markdown(lang.t("This link opens exactly this: both scenarios, forecast, hour and thresholds."))
                st.code(_link(context), language=None, wrap_lines=True)
        st.download_button(
            lang.t("Save") if short else lang.md("Save scenario {name} as a file", name=name),
            data=lambda: scenario.to_json(indent=1) + "\n",
            file_name="scenario.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
            disabled=scenario.changes_nothing,
            key=f"{slot}.download",
        )
        with st.popover(
            lang.t("Open") if short else lang.t("Open from a file"),
            icon=":material/upload_file:",
            key=f"{slot}.open",
            on_change="rerun",
        ) as file:
            if file.open:
                _open(context, slot)
        st.button(
            lang.t("Clear") if short else lang.md("Clear scenario {name}", name=name),
            icon=":material/delete:",
            on_click=lambda: put(slot, Scenario()),
            disabled=scenario.changes_nothing,
            key=f"{slot}.empty",
        )


def _link(context: Context) -> str:
    address = (st.context.url or "").partition("?")[0]
    workspace = session.current()
    shown = workspace.thresholds or context.visitor_thresholds.shown
    return f"{address}?{urlencode(encode(replace(workspace, thresholds=shown)))}"


def _open(context: Context, slot: Slot) -> None:
    key, lang = f"{ScenarioKey.SCENARIO_FILE}.{slot}", context.lang

    def read() -> None:
        file = uploads.sent(key)
        if file is None:
            return
        try:
            put(slot, Scenario.from_json(file.getvalue()))
        except UserError as error:
            session.say_once(error.md(lang))
        uploads.let_go(file)

    uploads.choose_file(lang.t("A scenario.json"), ["json"], megabytes=1, roles=EVERYBODY, key=key, on_change=read)
