"""Beheer, the columns of a file: what is in it, what each column seems to be, and saying it otherwise."""

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.area.reading import Reading, Role
from data.upkeep.peeking import Peek, peek
from language import Language, UserError
from streamlit_app.manage.keys import ManageKey


def columns_of(uploaded: UploadedFile, lang: Language) -> Reading:
    """Show the first rows of a file of counts and let somebody say what its columns are; return what is declared.

    Raises ``UserError`` when the file is no table, or has several sheets of which none is chosen yet.
    """
    first = _peeked(uploaded, "")
    sheet: str | None = ""
    if len(first.sheets) > 1:
        sheet = st.selectbox(
            lang.t("Sheet with the counts"),
            first.sheets,
            index=None,
            placeholder=lang.t("Choose a sheet"),
            key=f"{ManageKey.COUNTS_SHEET}.{uploaded.file_id}",
            width=480,
        )
        if not sheet:
            raise UserError(
                "{file} has several sheets: {sheets}. Say which one holds the data.",
                file=uploaded.name,
                sheets=", ".join(first.sheets),
            )
    found = _peeked(uploaded, sheet or "")
    known = found.proposed or {}
    unclear = not {"timestamp", "date"} & set(known)
    with st.expander(lang.t("The columns of this file"), expanded=unclear, icon=":material/view_column:"):
        shown = _unlike(found.header)[: len(found.rows[0])]
        st.dataframe(pd.DataFrame(found.rows, columns=shown), hide_index=True)
        st.markdown(
            lang.t("Choose only what is not right. A file with a column for each place has no column of places.")
        )
        names: dict[Role, str] = {
            "timestamp": lang.t("Time, or date"),
            "hour": lang.t("Hour, if apart from the date"),
            "zone_id": lang.t("Place"),
            "count": lang.t("Count"),
            "direction": lang.t("Direction"),
        }
        beside = [*st.columns(3), *st.columns(3)]
        declared: dict[Role, str | None] = {}
        for number, (role, label) in enumerate(names.items()):
            with beside[number]:
                declared[role] = _choice(role, label, found, uploaded.file_id, lang)
        directions = beside[5].text_input(
            lang.t("One direction that counts"),
            max_chars=40,
            placeholder=lang.t("all together"),
            key=f"{ManageKey.COLUMN}.{uploaded.file_id}.directions",
        )
        ignore = st.multiselect(
            lang.t("Columns to leave out"),
            list(dict.fromkeys(filter(None, found.header))),
            placeholder=lang.t("none"),
            key=f"{ManageKey.COLUMN}.{uploaded.file_id}.ignore",
        )
    columns = {role: name for role, name in declared.items() if name}
    if "timestamp" in columns and ("hour" in columns or "hour" in known):
        columns["date"] = columns.pop("timestamp")
    return Reading(columns=columns, ignore=tuple(ignore), directions=directions.strip(), sheet=sheet or "")


def _choice(role: Role, label: str, found: Peek, file_id: str, lang: Language) -> str | None:
    proposed = (found.proposed or {}).get(role)
    if role == "timestamp" and proposed is None:
        proposed = (found.proposed or {}).get("date")
    seems = lang.t("by its name: {column}", column=proposed) if proposed else lang.t("none")
    return st.selectbox(
        label,
        list(dict.fromkeys(filter(None, found.header))),
        index=None,
        placeholder=seems,
        key=f"{ManageKey.COLUMN}.{file_id}.{role}",
    )


def _peeked(uploaded: UploadedFile, sheet: str) -> Peek:
    """Look at the file once, not in every run."""
    asked = (uploaded.file_id, sheet)
    known: dict[tuple[str, str], Peek] = st.session_state.get(ManageKey.PEEKED, {})
    if asked not in known:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / (Path(uploaded.name).name or "file.csv")
            path.write_bytes(uploaded.getvalue())
            of_file = {key: one for key, one in known.items() if key[0] == uploaded.file_id}
            known = st.session_state[ManageKey.PEEKED] = {**of_file, asked: peek(path, sheet)}
    return known[asked]


def _unlike(names: tuple[str, ...]) -> list[str]:
    """Return names for a table to show, of which no two are the same: unnamed columns get their number."""
    return [name or f"({number})" for number, name in enumerate(names, start=1)]
