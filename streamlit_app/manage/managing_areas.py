"""Beheer, the areas: which there are, how fresh their data are, and what is set for the one that is looked at."""

from datetime import datetime, timedelta

import pandas as pd
import streamlit as st

from data.area.area import Access, Area, list_areas, load_area
from data.area.clock import set_access, set_clock
from data.area.settings import default_area, set_default_area
from data.area.sources import KINDS, Source, read_sources
from data.area.zone import in_language
from data.consent import gate
from data.doubts.record import FILE, recorded
from data.keeping.acts import Seen
from data.keeping.fingerprint import ALL, fingerprint
from data.upkeep.fetch_status import read_status
from data.upkeep.freshness import stale
from data.upkeep.stored_doubts import stored_doubts
from forecasting.training.model_files import load_models
from language import Language, UserError, language
from language.markdown import as_text
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import changed, moment_text
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, do_seen
from streamlit_app.shell.tables import show_rows

_LOOK_BACK = timedelta(days=60)
_SEEN_BY: tuple[Access, ...] = ("public", "session", "professional", "steward")


def access_name(access: Access, lang: Language) -> str:
    """Return who may see an area, in words."""
    names = {
        "public": lang.t("everybody"),
        "session": lang.t("participants of a session"),
        "professional": lang.t("professionals"),
        "steward": lang.t("stewards only"),
    }
    return names[access]


def areas_table(lang: Language) -> None:
    """Show all areas, also those whose files are not right, with what keeps them from being used."""
    rows = [_area_row(area_id, lang.code, fingerprint(area_id), default_area()) for area_id in list_areas()]
    show_rows(rows)


@st.cache_data(ttl=60, max_entries=200, show_spinner=False)
def _area_row(area_id: str, code: str, files: str, first: str) -> dict[str, str]:  # noqa: ARG001 - a key of the cache
    lang = language(code)
    try:
        area = resources.area(area_id)
    except UserError as error:
        return {lang.t("Area"): area_id, lang.t("Remark"): error.say(lang)}
    remark = lang.t("Opens first") if area_id == first else ""
    try:
        newest = moment_text(_newest_count(area), area, lang)
    except UserError as error:
        newest, remark = "–", error.say(lang)
    try:
        until = moment_text(load_models(area).until, area, lang)
    except UserError:
        until = lang.t("not learned yet")
    return {
        lang.t("Area"): area.name(lang),
        lang.t("Seen by"): access_name(area.access, lang),
        lang.t("Clock"): clock_text(area, lang),
        lang.t("Newest count"): newest,
        lang.t("Learned from counts until"): until,
        lang.t("Remark"): remark,
    }


def _newest_count(area: Area) -> datetime | None:
    counts = gate.read(area, "counts", area.now() - _LOOK_BACK, area.now())
    newest = counts.loc[counts["count"].notna(), "hour"].max()
    return None if pd.isna(newest) else newest.to_pydatetime()


def clock_text(area: Area, lang: Language) -> str:
    """Say whether the area follows the real clock or replays a moment."""
    if area.clock.mode == "live":
        return lang.t("real clock")
    return lang.t("replays {moment}", moment=moment_text(area.now(), area, lang))


def sources_status(area: Area, lang: Language) -> None:
    """Show of each source when it was last fetched, how new its data are, and what went wrong or is old."""
    status = read_status(area.id)
    old = {one.source_id: one.text(lang) for one in stale(area, area.now())}
    rows = []
    for source in read_sources(area.id):
        entry = status.get(source.id)
        failure = entry.last_failure if entry else None
        failed = failure and (entry is None or entry.last_success is None or failure.at > entry.last_success)
        rows.append(
            {
                lang.t("Source"): in_language(source.title, lang),
                lang.t("Decision"): decision_name(source.decision, lang),
                lang.t("Added"): _brought_in(source, lang),
                lang.t("Last fetched"): moment_text(entry.last_success if entry else None, area, lang),
                lang.t("Data until"): moment_text(entry.data_until if entry else None, area, lang),
                lang.t("Remark"): failure.error.say(lang) if failed and failure else old.get(source.id, ""),
            }
        )
    show_rows(rows)
    for doubt in _doubts(area.id, lang.code, fingerprint(area.id, (*ALL, FILE))):
        st.warning(as_text(doubt), icon=":material/help:")


@st.cache_data(ttl=600, max_entries=50, show_spinner=False)
def _doubts(area_id: str, code: str, files: str) -> list[str]:  # noqa: ARG001 - a key of the cache
    """Say what is doubted about the data of an area; data that may not be read are not judged."""
    area, lang = resources.area(area_id), language(code)
    try:
        return [doubt(lang) for doubt in stored_doubts(area)]
    except UserError:
        return [doubt(lang) for kind in KINDS for doubt in recorded(area_id, kind)]


def _brought_in(source: Source, lang: Language) -> str:
    if source.connector:
        return lang.t("fetched")
    return lang.t("by hand") if source.provider == "file" else lang.t("with the project")


def decision_name(decision: str, lang: Language) -> str:
    """Return a decision on a source in words."""
    names = {"approved": lang.t("approved"), "refused": lang.t("refused"), "pending": lang.t("not decided yet")}
    return names[decision]


def settings(area: Area, lang: Language) -> None:
    """Show the settings of the area that is looked at: clock, who sees it, and whether it opens first."""
    live, replay = lang.t("The real clock"), lang.t("Replay the week from this moment on")
    chosen = st.radio(
        lang.t("Clock"),
        ("live", "replay"),
        index=0 if area.clock.mode == "live" else 1,
        format_func={"live": live, "replay": replay}.__getitem__,
        key=f"{ManageKey.CLOCK}.{area.id}",
        horizontal=True,
    )
    moment = None
    if chosen == "replay":
        moment = st.datetime_input(
            lang.t("Moment that is replayed (time of the area)"),
            value=area.now().replace(tzinfo=None),
            min_value=datetime(2000, 1, 1),
            max_value=datetime(2099, 12, 31),
            step=timedelta(hours=1),
            format="DD-MM-YYYY",
            key=f"{ManageKey.CLOCK_MOMENT}.{area.id}",
            width=320,
        )
    seen_by: Access = st.selectbox(
        lang.t("Seen by"),
        _SEEN_BY,
        index=_SEEN_BY.index(area.access),
        format_func=lambda access: access_name(access, lang),
        key=f"{ManageKey.SEEN_BY}.{area.id}",
        width=320,
    )
    first = default_area() == area.id
    opens_first = st.checkbox(
        lang.t("The app opens with this area"), value=first, disabled=first, key=f"{ManageKey.OPENS_FIRST}.{area.id}"
    )
    seen = {
        "clock": as_drawn(f"clock.{area.id}", lambda: load_area(area.id).clock),
        "access": as_drawn(f"access.{area.id}", lambda: load_area(area.id).access),
        "first": as_drawn("first", default_area),
    }
    if st.button(lang.t("Save the settings"), type="primary", key=ManageKey.SETTINGS):
        _save(area, seen, moment, chosen == "live", seen_by, opens_first)
        changed(lang.t("The settings of {area} are saved. Everybody sees them from now on.", area=area.name(lang)))


def _save(
    area: Area, seen: dict[str, Seen], moment: datetime | None, live: bool, seen_by: Access, opens_first: bool
) -> None:
    if not live and moment is None:
        raise UserError("Choose the moment that is replayed.")
    now_live = area.clock.mode == "live"
    if live != now_live or (moment and moment != area.now().replace(tzinfo=None)):
        area = do_seen(seen["clock"], set_clock, area, None if live else moment)
    if seen_by != area.access:
        do_seen(seen["access"], set_access, area, seen_by)
    if opens_first and default_area() != area.id:
        do_seen(seen["first"], set_default_area, area.id)
