"""The controls of the picture studio: occasion, template, moment, place, session, brand and size."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import streamlit as st

from feedback.sessions.sessions import list_sessions
from language import Language, message_id
from language.plain import numbered
from streamlit_app.shell import session
from streamlit_app.shell.context import Context
from streamlit_app.showing.choosing import choose_zone, moment_at
from streamlit_app.studio.keys import StudioKey
from visuals.studio.catalogue import TEMPLATES, Template, template_name
from visuals.studio.layout.brand import brand_name, brands
from visuals.studio.layout.sizes import SIZES, Size
from visuals.studio.material.material import Material
from visuals.words.hours import capitalised, clock


@dataclass(frozen=True)
class Occasion:
    """Why somebody makes a picture: what that is called, and which templates suit it, the first one first."""

    name: str
    templates: tuple[str, ...]


OCCASIONS: Final = {
    "crowds": Occasion(message_id("It may get busy"), ("levels-map", "best-hours", "zone-week")),
    "weekend": Occasion(message_id("The coming weekend"), ("weekend", "levels-map")),
    "what-if": Occasion(message_id("What if"), ("scenario",)),
    "account": Occasion(message_id("Show how it went"), ("last-month", "what-you-told-us")),
    "invite": Occasion(message_id("Invite people"), ("session-poster", "what-you-told-us")),
}


@dataclass(frozen=True)
class Choice:
    """What was chosen: a template, the hour and place to show, and where it applies a session and a brand."""

    template: Template
    hour_index: int
    zone_id: str
    session: str | None
    brand: str | None


def size_name(size: Size, lang: Language) -> str:
    """Return what a size is for, and its pixels."""
    return f"{lang.t(size.name)} · {size.width} × {size.height}"


def choose_picture(context: Context, material: Material) -> Choice:
    """Show the controls from occasion to place; ``material`` is what the forecast itself puts first."""
    lang = context.lang
    occasion: str = st.segmented_control(
        lang.t("Occasion"),
        tuple(OCCASIONS),
        default="crowds",
        required=True,
        format_func=lambda one: lang.t(OCCASIONS[one].name),
        key=StudioKey.OCCASION,
        persist_state="session",
    )
    options = OCCASIONS[occasion].templates
    kept = st.session_state.get(StudioKey.TEMPLATE)
    st.session_state[StudioKey.TEMPLATE] = kept if kept in options else options[0]
    template_id = st.segmented_control(
        lang.t("Kind of picture"),
        options,
        required=True,
        format_func=lambda one: template_name(one, lang),
        key=StudioKey.TEMPLATE,
        persist_state="session",
    )
    template = TEMPLATES[template_id or options[0]]
    with st.container(horizontal=True, gap="small"):
        hour_index = _choose_moment(context) if "moment" in template.choices else material.hour_index
        zone_id = choose_zone(context, default=material.zone_id) if "zone" in template.choices else material.zone_id
        meeting = _choose_session(context) if "session" in template.choices else None
        brand = _choose_brand(lang)
    if "scenario" in template.choices:
        st.caption(
            lang.t("This shows the scenario above the page.")
            if context.workspace.scenario
            else lang.t("This shows an example. Make your own on the page Scenarios. It then stands above this page.")
        )
    return Choice(template, hour_index, zone_id, meeting, brand)


def choose_size(lang: Language) -> str:
    """Show the choice of a size and return the chosen one."""
    chosen: str = st.selectbox(
        lang.t("Size"),
        tuple(SIZES),
        format_func=lambda one: size_name(SIZES[one], lang),
        key=StudioKey.SIZE,
        width=320,
        persist_state="session",
        placeholder=lang.t("Choose a size"),
    )
    return chosen


def _choose_moment(context: Context) -> int:
    """Show day and hour; the workspace's moment follows, so that the link shows the same."""
    lang, forecast, index = context.lang, context.unchanged, context.hour_index
    local = forecast.local_hours
    st.session_state[StudioKey.PICTURE_DAY] = local[index].date().isoformat()
    st.session_state[StudioKey.PICTURE_HOUR] = index

    def on_that_day(day: str) -> int:
        hours = np.flatnonzero(local.date == date.fromisoformat(day))
        same = [int(hour) for hour in hours if local[int(hour)].hour == local[index].hour]
        return same[0] if same else int(hours[0])

    def hour_of(place: int) -> int:
        return local[place].hour

    st.selectbox(
        lang.t("Day"),
        [day.isoformat() for day in dict.fromkeys(local.date)],
        format_func=lambda day: capitalised(lang.date(date.fromisoformat(day), "EEEE d MMMM y")),
        key=StudioKey.PICTURE_DAY,
        on_change=session.chooser(StudioKey.PICTURE_DAY, "moment", lambda day: moment_at(forecast, on_that_day(day))),
        width=240,
        placeholder=lang.t("Choose a day"),
    )
    of_day = [int(hour) for hour in np.flatnonzero(local.date == local[index].date())]
    clocks = numbered({hour: clock(hour_of(hour), lang) for hour in of_day})
    st.selectbox(
        lang.t("Hour"),
        of_day,
        format_func=clocks.__getitem__,
        key=StudioKey.PICTURE_HOUR,
        on_change=session.chooser(StudioKey.PICTURE_HOUR, "moment", lambda hour: moment_at(forecast, hour)),
        width=130,
        placeholder=lang.t("Choose an hour"),
    )
    return index


def _choose_session(context: Context) -> str | None:
    lang = context.lang
    found = {one.name: one for one in list_sessions("draft", "open") if one.area == context.area.id}
    if not found:
        st.caption(lang.t("No session is planned, so this is an invitation to take part."))
        return None
    labels = numbered({name: f"{one.title} · {lang.date(one.day, 'd MMMM')}" for name, one in found.items()})
    chosen: str = st.selectbox(
        lang.t("Session"),
        tuple(found),
        format_func=labels.__getitem__,
        key=StudioKey.SESSION,
        width=320,
        placeholder=lang.t("Choose a session"),
    )
    return chosen


def _choose_brand(lang: Language) -> str | None:
    kept = brands()
    if not kept:
        return None
    names = numbered({"": lang.t("Neutral"), **{folder: brand_name(folder) for folder in kept}})
    chosen: str = st.selectbox(
        lang.t("House style"),
        ("", *kept),
        format_func=names.__getitem__,
        key=StudioKey.BRAND,
        width=220,
        persist_state="session",
        placeholder=lang.t("Choose a house style"),
    )
    return chosen or None
