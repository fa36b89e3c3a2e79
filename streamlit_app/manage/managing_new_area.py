"""Beheer, a new area: from two files to a place in the app, with the same checks as the command line."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.area.area import Measure
from data.area.reading import Reading
from data.doubts.doubt import in_words
from data.keeping.real_time import real_today
from data.keeping.slugs import slug
from data.upkeep.adding import NewArea, add_area
from feedback.people.roles import Role
from language import Language, UserError
from language.markdown import as_text
from language.visible import one_line
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed
from streamlit_app.manage.managing_columns import columns_of
from streamlit_app.manage.managing_data import LARGEST_MB, TABLES, WEATHER
from streamlit_app.shell import session
from streamlit_app.shell.acting import do
from streamlit_app.shell.context import open_area
from streamlit_app.shell.uploads import choose_file, let_go

ZONES = ["geojson", "json", "csv"]
_LONGEST_ID = 40
_REGIONS = ("", "Noord", "Midden", "Zuid")


def new_area(lang: Language) -> None:
    """Let somebody add an area: its name, what is counted, and the files; stakeholders decide afterwards."""
    measures: tuple[Measure, ...] = ("present", "passages")
    names = {"present": lang.t("People who are there at one moment"), "passages": lang.t("People who pass a sensor")}
    counts = _file("counts", lang.t("Counts: `timestamp, zone_id, count`, or with other names"), TABLES)
    reading = columns_of(counts, lang) if counts else Reading()
    with st.form(ManageKey.NEW_AREA, border=False):
        name = st.text_input(lang.t("Name of the area"), max_chars=60, width=480)
        measure: Measure = st.radio(lang.t("What is counted"), measures, format_func=names.__getitem__)
        region = st.selectbox(
            lang.t("Region of the school holidays"), _REGIONS, format_func=lambda text: text or "–", width=480
        )
        zones = _file("zones", lang.t("Places: `zones.geojson`, or `zone_id, name, lat, lon`"), ZONES)
        weather = _file("weather", lang.t("Weather, if you have it"), WEATHER)
        if not st.form_submit_button(lang.t("Add the area"), type="primary"):
            return
    if not slug(name, _LONGEST_ID) or counts is None or zones is None:
        raise UserError("Fill in a name, and choose a file with counts and one with places.")
    with tempfile.TemporaryDirectory() as folder:
        new = NewArea(
            id=slug(name, _LONGEST_ID),
            names={"nl": one_line(name), "en": one_line(name)},
            time_zone="Europe/Amsterdam",
            country="NL",
            counts=_kept(counts, Path(folder) / "counts"),
            zones=_kept(zones, Path(folder) / "zones"),
            weather=_kept(weather, Path(folder) / "weather") if weather else None,
            reading=reading,
            measure=measure,
            school_region=region or None,
            decision="pending",
            access="steward",
            decided_by=f"steward {real_today(open_area().tz).isoformat()}",
        )
        notices = do(add_area, new)
    let_go(counts, zones, weather)
    session.change(area=new.id, zone=None)
    changed(
        *(as_text(in_words(notice, lang)) for notice in notices),
        lang.t(
            "{area} is added. Next: record that the people concerned agree to its data. Then let the app learn "
            "from it, under 'Forecast'.",
            area=new.names["nl"],
        ),
        lang.t("Only stewards see it, until you change that under 'Overview', at 'Seen by'."),
    )


def _file(kind: str, label: str, endings: Sequence[str]) -> UploadedFile | None:
    return choose_file(label, endings, megabytes=LARGEST_MB, roles=(Role.STEWARD,), key=f"{ManageKey.NEW_AREA}.{kind}")


def _kept(uploaded: UploadedFile, folder: Path) -> Path:
    folder.mkdir()
    path = folder / (Path(uploaded.name).name or "file")
    path.write_bytes(uploaded.getvalue())
    return path
