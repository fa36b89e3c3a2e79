"""Beheer, the data: take in a file after looking at it, put back what was there, and decide on sources."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Final

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.area.area import Area
from data.area.reading import Reading
from data.area.sources import Decision, decision_log, find_source, read_sources, record_decision
from data.area.zone import in_language
from data.keeping.csv_out import csv_text
from data.tables.weather_units import UNITS, kept_unit, weather_name
from data.upkeep.delivering import Delivered, Delivery, by_zone, check_source, look_at, take_in
from data.upkeep.earlier import earlier, put_back
from feedback.people.roles import Role
from forecasting.training.model_files import NotTrainedError
from language import Language, UserError
from language.markdown import Markdown, as_text
from language.plain import numbered
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import agreed_by, changed, moment_text
from streamlit_app.manage.managing_areas import decision_name
from streamlit_app.manage.managing_columns import columns_of
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, chosen_of, do, do_seen
from streamlit_app.shell.tables import show_rows
from streamlit_app.shell.uploads import choose_file, let_go

COLUMNS: Final = {
    "counts": ["timestamp", "zone_id", "count"],
    "weather": ["timestamp", "temp_c", "rain_mm", "wind_ms"],
}
LARGEST_MB = 50
"""What a file with data may have."""
TABLES = ["csv", "txt", "tsv", "gz", "parquet", "xlsx", "xls", "ods"]
WEATHER = [*TABLES, "json", "zip"]


def bring_in(area: Area, lang: Language) -> None:
    """Let somebody choose a file, show what is in it and what becomes of the data, and take it in on request."""
    kind: Delivered = st.segmented_control(
        lang.t("What is in the file?"),
        ("counts", "weather"),
        default="counts",
        required=True,
        format_func={"counts": lang.t("Counts"), "weather": lang.t("Weather")}.__getitem__,
        key=ManageKey.DELIVERY_KIND,
    )
    try:
        check_source(area, kind)
    except UserError as error:
        st.info(error.md(lang), icon=":material/info:")
        return
    columns = {
        "counts": Markdown("`timestamp, zone_id, count`"),
        "weather": Markdown("`timestamp, temp_c, rain_mm, wind_ms`"),
    }
    st.markdown(
        lang.md(
            "A file of Excel, CSV or Parquet with the columns {columns}, or with other names for them. Semicolons and "
            "decimal commas are fine. Nothing is lost: hours that are not in the file stay as they are.",
            columns=columns[kind],
        )
    )
    if kind == "weather":
        st.markdown(lang.t("Hourly files of KNMI, DWD, Met Éireann and Open-Meteo are read as they are."))
    _offer_sample(area, kind, lang)
    kinds = TABLES if kind == "counts" else WEATHER
    key = f"{ManageKey.DELIVERY_FILE}.{area.id}.{kind}"
    uploaded = choose_file(lang.t("File"), kinds, megabytes=LARGEST_MB, roles=(Role.STEWARD,), key=key)
    if uploaded is None:
        return
    reading = columns_of(uploaded, lang) if kind == "counts" else Reading()
    units = _units(area, uploaded.file_id, lang) if kind == "weather" else {}
    delivery = _looked_at(area, kind, uploaded, reading, units)
    _preview(area, delivery, lang)
    agreed = agreed_by(area, kind, lang)
    if not (delivery.new or delivery.changed or agreed):
        st.success(lang.t("All of this is in use. There is nothing left to add."), icon=":material/check_circle:")
        return
    sure = not delivery.doubts or st.checkbox(
        lang.t("I looked at what is pointed out above, and it is right."),
        key=f"{ManageKey.TAKE_IN}.sure.{uploaded.file_id}",
    )
    if st.button(
        lang.t("Use these data"), type="primary", key=ManageKey.TAKE_IN, icon=":material/check:", disabled=not sure
    ):
        do(take_in, area, delivery, agreed_by=agreed)
        st.session_state.pop(ManageKey.DELIVERY, None)
        let_go(uploaded)
        changed(
            lang.t("Added: {new} new hours, {changed} changed.", new=delivery.new, changed=delivery.changed),
            what_follows(area, kind, lang),
        )


def what_follows(area: Area, kind: Delivered, lang: Language) -> str:
    """Say what became of data that were just taken in: used, or not yet, and then what is missing for that."""
    kept = lang.t("A copy of what was there is kept.")
    source = next((one for one in read_sources(area.id) if one.kind == kind), None)
    if source is None or source.decision != "approved":
        return f"{kept} {lang.t('Nobody uses it yet: the source is not approved. Record the decision below.')}"
    try:
        resources.thresholds(area.id)
    except NotTrainedError:
        next_step = lang.t(
            "There is no forecast yet: the app has not learned from the counts. Do that on this page, under 'Forecast'."
        )
        return f"{kept} {next_step}"
    return f"{kept} {lang.t('The forecast uses the new data from now on.')}"


def sample(area: Area, kind: Delivered) -> str:
    """Return a small file as it may look, with this area's own places."""
    hours = pd.date_range(area.now().date(), periods=3, freq="h").strftime("%d-%m-%Y %H:%M")
    rows = (
        pd.DataFrame([(hour, zone, 100) for zone in area.zone_ids for hour in hours], columns=COLUMNS["counts"])
        if kind == "counts"
        else pd.DataFrame([(hour, 18.5, 0.0, 4.2) for hour in hours], columns=COLUMNS["weather"])
    )
    return csv_text(rows)


def _offer_sample(area: Area, kind: Delivered, lang: Language) -> None:
    st.download_button(
        lang.t("A sample file to fill in"),
        data=sample(area, kind).encode("utf-8-sig"),
        file_name=f"{area.id}-{kind}.csv",
        mime="text/csv",
        key=f"{ManageKey.DELIVERY_FILE}.sample.{area.id}.{kind}",
        on_click="ignore",
        icon=":material/download:",
    )


def _units(area: Area, file_id: str, lang: Language) -> dict[str, str]:
    """Let somebody say in which units weather is; return those that are others than the names say."""
    st.markdown(lang.t("In which units is it? A weather service's own file says so itself."))
    said = {}
    with st.container(horizontal=True):
        for column in ("temp_c", "rain_mm", "wind_ms"):
            said[column] = st.selectbox(
                f"{weather_name(column, lang).capitalize()} (`{column}`)",
                list(UNITS[column]),
                key=f"{ManageKey.DELIVERY_UNITS}.{column}.{area.id}.{file_id}",
                width=200,
            )
    return {column: unit for column, unit in said.items() if unit != kept_unit(column)}


def _looked_at(
    area: Area, kind: Delivered, uploaded: UploadedFile, reading: Reading, units: dict[str, str]
) -> Delivery:
    """Read the file once, not in every run."""
    asked = (area.id, kind, uploaded.file_id, reading, tuple(units.items()))
    known, kept = st.session_state.get(ManageKey.DELIVERY, (None, None))
    delivery: Delivery | None = kept
    if known != asked or delivery is None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (Path(uploaded.name).name or "file.csv")
            path.write_bytes(uploaded.getvalue())
            delivery = look_at(area, kind, path, reading=reading, units=units)
        st.session_state[ManageKey.DELIVERY] = (asked, delivery)
    return delivery


def _preview(area: Area, delivery: Delivery, lang: Language) -> None:
    st.markdown(
        lang.md(
            "**In this file:** {rows} rows, from {first} to {last}. **New:** {new}. **Changed:** {changed}. "
            "**Stays as it is:** {stays}.",
            rows=lang.number(len(delivery.frame)),
            first=moment_text(delivery.first, area, lang),
            last=moment_text(delivery.last, area, lang),
            new=lang.number(delivery.new),
            changed=lang.number(delivery.changed),
            stays=lang.number(delivery.stays),
        )
    )
    for doubt in delivery.doubts:
        st.warning(as_text(doubt(lang)), icon=":material/help:")
    if delivery.notices:
        lines = [f"- {as_text(notice(lang))}" for notice in delivery.notices]
        st.info("\n".join([lang.t("How it was read:"), "", *lines]), icon=":material/visibility:")
    if delivery.kind == "counts":
        table = by_zone(area, delivery, lambda zone_id: area.zone(zone_id).name(lang))
        labels = {
            "zone": lang.t("Place"),
            "first": lang.t("From"),
            "last": lang.t("Until"),
            "known": lang.t("Hours with a count"),
            "mean": lang.t("Mean in this file"),
            "mean_before": lang.t("Mean until now"),
        }
        for side in ("first", "last"):
            table[side] = [moment_text(None if pd.isna(m) else m.to_pydatetime(), area, lang) for m in table[side]]
        for mean in ("mean", "mean_before"):
            table[mean] = ["–" if pd.isna(value) else lang.number(value, 1) for value in table[mean]]
        table["zone"] = [as_text(str(zone)) for zone in table["zone"]]
        st.table(table.rename(columns=labels), hide_index=True)
    else:
        st.dataframe(delivery.frame.head(48), hide_index=True)


def undo(area: Area, lang: Language) -> None:
    """Let somebody put back a file as it was before a change."""
    copies = earlier(area)
    if not copies:
        st.markdown(lang.t("Nothing was changed here yet."))
        return
    names = {
        "counts": lang.t("Counts"),
        "weather": lang.t("Weather"),
        "events": lang.t("Events"),
    }
    known = {copy.path.name: copy for copy in copies}
    labels = numbered({one: f"{names[copy.kind]} · {_second(copy.at, area, lang)}" for one, copy in known.items()})
    chosen = st.selectbox(
        lang.t("As it was until"),
        list(known),
        format_func=labels.__getitem__,
        key=ManageKey.PUT_BACK_WHICH,
        width=480,
    )
    seen = as_drawn(f"earlier.{area.id}", earlier, area)
    if st.button(lang.t("Restore this"), key=ManageKey.PUT_BACK, icon=":material/undo:"):
        copy = known[chosen]
        do_seen(seen, put_back, area, copy)
        # A file that was looked at is compared anew with what stands there now.
        st.session_state.pop(ManageKey.DELIVERY, None)
        changed(lang.t("{what} are as they were. What you put aside can be restored too.", what=names[copy.kind]))


def _second(moment: datetime, area: Area, lang: Language) -> str:
    """Write a moment (aware) in area time, to the second: within a minute somebody adds an event and removes it."""
    return lang.date(moment, "d MMM y HH:mm:ss", area.tz)


def decide(area: Area, lang: Language) -> None:
    """Show the sources with the decision on each, take a new decision, and show the log."""
    sources = {source.id: source for source in read_sources(area.id)}
    # Of each its own: a decision on one source does not make a form on another one old.
    seen = {one: as_drawn(f"decision.{area.id}.{one}", find_source, area.id, one) for one in sources}
    decisions: tuple[Decision, ...] = ("approved", "refused", "pending")
    with st.form(f"{ManageKey.DECIDE}.{area.id}", border=False):
        chosen = st.selectbox(
            lang.t("Source"),
            list(sources),
            format_func=lambda source_id: (
                f"{in_language(sources[source_id].title, lang)} ({decision_name(sources[source_id].decision, lang)})"
            ),
        )
        decision: Decision | None = st.radio(
            lang.t("Decision"),
            decisions,
            index=None,
            format_func=lambda name: decision_name(name, lang),
            horizontal=True,
        )
        by = st.text_input(lang.t("Who decided (a group or function, not a person)"), max_chars=80, width=480)
        reason = st.text_area(lang.t("Why"), max_chars=500, height=80, width=480)
        if st.form_submit_button(lang.t("Record the decision"), type="primary"):
            if not by.strip() or not reason.strip() or chosen is None:
                raise UserError("Fill in who decided, and why.")
            taken: Decision = chosen_of(decision)
            do_seen(seen[chosen], record_decision, area.id, chosen, taken, by, reason)
            changed(lang.t("Recorded for source {source}.", source=in_language(sources[chosen].title, lang)))
    rows = [
        {
            lang.t("When"): moment_text(line.at, area, lang),
            lang.t("Source"): in_language(sources[line.source].title, lang) if line.source in sources else line.source,
            lang.t("Decision"): decision_name(line.decision, lang),
            lang.t("Who decided"): line.by,
            lang.t("Why"): line.reason,
        }
        for line in reversed(decision_log(area.id))
    ]
    if rows:
        show_rows(rows)
    else:
        st.markdown(lang.t("No decisions were recorded here yet."))
