"""The controls that pages share: which place, which hour. Each changes the workspace, so the link follows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from forecasting.meaning.busy import BusyMoment
from forecasting.values.forecast import DAYPARTS, Daypart, Forecast
from language import Language
from language.plain import numbered
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.workspace import Case
from streamlit_app.showing.keys import ShowingKey
from visuals.base.views import View
from visuals.words.hours import capitalised, clock, daypart_name
from visuals.words.sentences import moment_sentence


def choose_zone(context: Context, default: str, among: Sequence[str] = ()) -> str:
    """Show the choice of a place (``among`` some of them) and return the chosen one.

    The workspace's stands there at first where it is one of them, else ``default``.
    """
    lang, places = context.lang, among or context.forecast.zone_ids
    st.session_state[ShowingKey.ZONE] = context.workspace.zone if context.workspace.zone in places else default
    st.selectbox(
        lang.t("Place"),
        places,
        format_func=lambda zone_id: context.area.zone(zone_id).name(lang),
        key=ShowingKey.ZONE,
        on_change=session.chooser(ShowingKey.ZONE, "zone"),
        placeholder=lang.t("Choose a place"),
        width=320,
    )
    zone: str = st.session_state[ShowingKey.ZONE]
    return zone


def choose_hour(context: Context, *, can_play: bool = True) -> int:
    """Show day, hour, and the buttons to step (and to play); return the index of the chosen hour in the forecast."""
    # The hours are the same in every scenario, and the forecast without one stays when the scenario changes.
    lang, forecast, index = context.lang, context.unchanged, context.hour_index
    _choose_day(forecast, lang, index)
    back = partial(_step, lang.t("Previous hour"), ShowingKey.BACK, index - 1, forecast)
    on = partial(_step, lang.t("Next hour"), ShowingKey.ON, index + 1, forecast)
    slide = partial(_slide, forecast, lang, index)
    play = [partial(_play, lang)] if can_play else []
    # On a phone the slider needs the whole width.
    for row in ((slide,), (back, on, *play)) if narrow() else ((back, slide, on, *play),):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            for control in row:
                control()
    return index


def moment_at(forecast: Forecast, index: int) -> datetime:
    """Return the hour at ``index`` of the forecast (UTC), or the nearest one in it."""
    inside = min(max(index, 0), len(forecast.hours) - 1)
    return forecast.hours[inside].to_pydatetime().astimezone(UTC)


def play_on(context: Context) -> None:
    """Move the workspace one hour on; from the last hour on to the first."""
    following = (context.hour_index + 1) % len(context.forecast.hours)
    session.change(moment=moment_at(context.forecast, following))


def _choose_day(forecast: Forecast, lang: Language, index: int) -> None:
    local = forecast.local_hours
    days = sorted(set(forecast.local_dates))
    st.session_state[ShowingKey.DAY] = local[index].date().isoformat()

    def label(day: str) -> str:
        return capitalised(lang.date(date.fromisoformat(day), "EEE d MMM"))

    def go(day: str) -> datetime:
        wanted = local[index] + timedelta(days=(date.fromisoformat(day) - local[index].date()).days)
        return moment_at(forecast, int(local.get_indexer(pd.DatetimeIndex([wanted]), method="nearest")[0]))

    st.segmented_control(
        lang.t("Day"),
        [day.isoformat() for day in days],
        format_func=label,
        required=True,
        label_visibility="collapsed",
        key=ShowingKey.DAY,
        on_change=session.chooser(ShowingKey.DAY, "moment", go),
    )


def _slide(forecast: Forecast, lang: Language, index: int) -> None:
    local = forecast.local_hours
    hours = np.flatnonzero(forecast.local_dates == local[index].date()).tolist()
    options = hours if len(hours) > 1 else [*hours, hours[0] + 1]
    clocks = numbered({hour: clock(local[min(hour, len(local) - 1)].hour, lang) for hour in options})
    st.session_state[ShowingKey.HOUR] = index
    st.select_slider(
        lang.t("Hour"),
        options,
        format_func=clocks.__getitem__,
        key=ShowingKey.HOUR,
        on_change=session.chooser(ShowingKey.HOUR, "moment", lambda i: moment_at(forecast, i)),
        label_visibility="collapsed",
    )


def _step(label: str, key: StrEnum, to: int, forecast: Forecast) -> None:
    st.button(
        label,
        disabled=not 0 <= to < len(forecast.hours),
        on_click=lambda: session.change(moment=moment_at(forecast, to)),
        key=key,
    )


def _play(lang: Language) -> None:
    playing = st.session_state.get(ShowingKey.PLAYING, False)

    def toggle() -> None:
        st.session_state[ShowingKey.PLAYING] = not playing

    st.button(
        lang.t("Stop") if playing else lang.t("Play"),
        icon=":material/pause:" if playing else ":material/play_arrow:",
        on_click=toggle,
        key=ShowingKey.PLAY,
    )


def choose_busy_moment(context: Context, moments: Sequence[BusyMoment]) -> tuple[str, int]:
    """Show the choice of a busy moment and return its place and busiest hour (an index in the forecast).

    Where nothing gets busy, the fullest hour of the week stands in.
    """
    lang, forecast = context.lang, context.forecast
    if not moments:
        fullest = np.unravel_index(np.nanargmax(forecast.median), forecast.median.shape)
        return forecast.zone_ids[int(fullest[0])], int(fullest[1])
    choices = [(moment.zone_id, moment_at(forecast, moment.peak)) for moment in moments]
    wanted = context.workspace.busy
    st.session_state[ShowingKey.MOMENT] = choices.index(wanted) if wanted in choices else 0
    st.selectbox(
        lang.t("Moment"),
        range(len(moments)),
        format_func=lambda i: moment_sentence(moments[i], context.outlook),
        key=ShowingKey.MOMENT,
        on_change=session.chooser(ShowingKey.MOMENT, "busy", choices.__getitem__),
        placeholder=lang.t("Choose a moment"),
    )
    chosen = moments[st.session_state[ShowingKey.MOMENT]]
    return chosen.zone_id, chosen.peak


def choose_daypart(context: Context) -> Daypart:
    """Show the choice of a part of the day and return the chosen one; at first the afternoon."""
    lang = context.lang
    st.session_state[ShowingKey.DAYPART] = context.workspace.daypart or "afternoon"
    st.segmented_control(
        lang.t("Part of the day"),
        DAYPARTS,
        required=True,
        format_func=lambda part: capitalised(daypart_name(part, lang)),
        key=ShowingKey.DAYPART,
        on_change=session.chooser(ShowingKey.DAYPART, "daypart"),
    )
    daypart: Daypart = st.session_state[ShowingKey.DAYPART]
    return daypart


def choose_view(context: Context) -> View:
    """Show the choice of a way to draw the map and return the chosen one."""
    lang = context.lang
    names = {
        View.HEATMAP: lang.t("Heatmap"),
        View.HEXAGONS: lang.t("Hexagons in 3D"),
        View.LEVELS: lang.t("Levels"),
    }
    st.session_state[ShowingKey.VIEW] = context.workspace.view.value
    st.segmented_control(
        lang.t("View"),
        [view.value for view in View],
        required=True,
        format_func=lambda view: names[View(view)],
        key=ShowingKey.VIEW,
        on_change=session.chooser(ShowingKey.VIEW, "view", View),
    )
    return context.workspace.view


def choose_case(context: Context) -> Case:
    """Show the choice between the expected, the quiet and the busy case and return the chosen one."""
    lang = context.lang
    names = {
        "quiet": lang.t("Quiet side"),
        "expected": lang.t("Expected"),
        "busy": lang.t("Busy side"),
    }
    st.session_state[ShowingKey.CASE] = context.workspace.case
    st.segmented_control(
        lang.t("How it turns out"),
        ("quiet", "expected", "busy"),
        required=True,
        format_func=names.__getitem__,
        key=ShowingKey.CASE,
        on_change=session.chooser(ShowingKey.CASE, "case"),
        help=lang.t(
            "Quiet side: 1 time out of 10 it is even quieter. Busy side: 1 time out of 10 it is even busier. This "
            "holds for each place by itself. Not all places are at their busiest at once."
        ),
    )
    return context.workspace.case
