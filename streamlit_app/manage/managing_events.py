"""Beheer, the event calendar: a table to type in, checked and kept whole, and what it does to the forecast."""

from collections.abc import Callable
from datetime import timedelta

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_config_utils import ColumnConfigMappingInput

from data.area.area import Area
from data.keeping.acts import Seen, files, see
from data.keeping.fingerprint import fingerprint
from data.upkeep.event_calendar import COLUMNS, read_calendar, save_calendar
from forecasting.values.forecast import Forecast
from language import Language, UserError
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import agreed_by, changed
from streamlit_app.shell import resources
from streamlit_app.shell.acting import as_drawn, do_seen
from streamlit_app.shell.session import form_id, form_kept
from visuals.words.event_effect import effect_sentences

_SHOWN_BACK = timedelta(days=7)
_GOES = "remove"
"""The column in which a steward ticks what goes."""


def add(area: Area, lang: Language) -> None:
    """Let somebody add one event by filling in a form."""
    now = area.now().replace(tzinfo=None)
    key = form_id(f"{ManageKey.EVENTS}.add.{area.id}")
    with st.form(key, border=False):
        with st.container(horizontal=True):
            name = st.text_input(lang.t("Event"), max_chars=100, width=480, key=f"{key}.name")
            zone_id = st.selectbox(
                lang.t("Place"),
                area.zone_ids,
                format_func=lambda zone_id: area.zone(str(zone_id)).name(lang),
                width=320,
                key=f"{key}.zone",
            )
        with st.container(horizontal=True):
            start, end = (
                st.datetime_input(
                    label,
                    value=now.replace(hour=hour) + timedelta(days=1),
                    min_value=now - timedelta(days=3650),
                    max_value=now + timedelta(days=1825),
                    format="DD-MM-YYYY",
                    width=232,
                    key=f"{key}.{hour}",
                )
                for label, hour in ((lang.t("Begins"), 12), (lang.t("Ends"), 18))
            )
            attendance = st.number_input(
                lang.t("Visitors"),
                min_value=0,
                max_value=1_000_000,
                value=1000,
                step=100,
                width=180,
                key=f"{key}.visitors",
            )
        agreed = agreed_by(area, "events", lang)
        # It is added to the newest calendar, so that nothing of a colleague is lost.
        seen = see(files, area.id, "events.csv")
        if st.form_submit_button(lang.t("Add to the calendar"), type="primary", icon=":material/add:"):
            whole = read_calendar(area)
            row = pd.DataFrame([[None, name, zone_id, start, end, attendance]], columns=list(COLUMNS))
            kept = _in_area_time(whole, area)
            both = pd.concat([kept, row], ignore_index=True) if len(kept) else row
            _save(area, whole, both, seen, agreed, lang, kept=lambda: form_kept(f"{ManageKey.EVENTS}.add.{area.id}"))


def calendar(area: Area, lang: Language) -> None:
    """Show the calendar as a table in which events can be changed and removed, and keep it on request."""
    whole = read_calendar(area)
    everything = st.toggle(lang.t("Show past events too"), key=ManageKey.EVENTS_ALL)
    hidden = whole["end"] < pd.Timestamp(area.now() - _SHOWN_BACK)
    hidden &= not everything
    if whole.empty:
        st.markdown(lang.t("There are no events yet."))
        return
    shown = _in_area_time(whole[~hidden], area).assign(**{_GOES: False})
    columns: ColumnConfigMappingInput = {
        "event_id": None,
        "name": st.column_config.TextColumn(lang.t("Event"), required=True, width="medium"),
        "zone_id": st.column_config.SelectboxColumn(
            lang.t("Place"),
            options=list(area.zone_ids),
            format_func=lambda zone_id: area.zone(str(zone_id)).name(lang),
            required=True,
        ),
        "start": st.column_config.DatetimeColumn(lang.t("Begins"), format="DD-MM-YYYY HH:mm", required=True),
        "end": st.column_config.DatetimeColumn(lang.t("Ends"), format="DD-MM-YYYY HH:mm", required=True),
        "attendance": st.column_config.NumberColumn(lang.t("Visitors"), min_value=0, step=1, required=True),
        _GOES: st.column_config.CheckboxColumn(lang.t("Remove"), default=False),
    }
    edited = st.data_editor(
        shown,
        num_rows="fixed",
        hide_index=True,
        column_config=columns,
        # Another calendar is another table: what was typed in the earlier one is in it by now.
        key=f"{ManageKey.EVENTS}.{area.id}.{everything}.{hash(fingerprint(area.id, ('events.csv',)))}",
        alt=lang.t("Table of events. Type in it to change one; tick the box at its end to remove it."),
    )
    hint = lang.t(
        "Type in the table to change an event; tick the box at its end to remove it. Times are those of the area."
    )
    st.markdown(f":gray[:small[{hint}]]")
    seen = as_drawn(f"calendar.{area.id}", files, area.id, "events.csv")
    if st.button(lang.t("Save the calendar"), type="primary", key=ManageKey.EVENTS_SAVE):
        kept = _in_area_time(whole[hidden], area)
        stays = edited[~edited[_GOES].astype(bool)].drop(columns=_GOES)
        _save(area, whole, pd.concat([kept, stays], ignore_index=True) if len(kept) else stays, seen, "", lang)


def _in_area_time(events: pd.DataFrame, area: Area) -> pd.DataFrame:
    shown = events.reset_index(drop=True).copy()
    for side in ("start", "end"):
        shown[side] = shown[side].dt.tz_convert(area.tz).dt.tz_localize(None)
    return shown[list(COLUMNS)]


def _save(
    area: Area,
    before: pd.DataFrame,
    events: pd.DataFrame,
    seen: Seen,
    agreed: str,
    lang: Language,
    *,
    kept: Callable[[], None] = lambda: None,
) -> None:
    old = _forecast(area)
    saved = do_seen(seen, save_calendar, area, events, agreed_by=agreed)
    kept()
    if saved.nothing:
        st.info(lang.t("Nothing was changed."), icon=":material/info:")
        return
    both = pd.concat([read_calendar(area), before]).drop_duplicates("event_id")
    touched = both[both["event_id"].isin((*saved.added, *saved.changed, *saved.removed))]
    new = _forecast(area)
    counted = lang.t(
        "The calendar is saved: {added} added, {changed} changed, {removed} removed.",
        added=len(saved.added),
        changed=len(saved.changed),
        removed=len(saved.removed),
    )
    changed(counted, *(effect_sentences(old, new, touched, area, lang) if old and new else []))


def _forecast(area: Area) -> Forecast | None:
    try:
        return resources.issued(area.id, area.now())[1]
    except UserError:
        return None
