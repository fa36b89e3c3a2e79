"""What thresholds mean for the coming week, as hours, calendar or map; and the Python that makes the picture again."""

import streamlit as st

from streamlit_app.shell.context import Context
from streamlit_app.showing.charts import show_chart
from streamlit_app.showing.choosing import choose_hour
from streamlit_app.showing.mapping import show_map
from streamlit_app.showing.reproduce import Script, python
from streamlit_app.thresholds.keys import ThresholdKey
from visuals.base.views import View
from visuals.charts.calendar import calendar
from visuals.charts.week_hours import busy_hours


def show_consequence(context: Context) -> Script:
    """Show the choice of a picture and the picture; return the Python that makes it again."""
    lang = context.lang
    pictures = {
        "hours": (lang.t("Hours"), _show_hours),
        "calendar": (lang.t("Calendar"), _show_calendar),
        "map": (lang.t("Map"), _show_map),
    }
    picture = st.segmented_control(
        lang.t("Picture"),
        tuple(pictures),
        default="hours",
        required=True,
        format_func=lambda name: pictures[name][0],
        key=ThresholdKey.PICTURE,
        label_visibility="collapsed",
    )
    return pictures[picture][1](context)


def _show_hours(context: Context) -> Script:
    lang, visitor_thresholds = context.lang, context.visitor_thresholds
    beside = None if visitor_thresholds.own is None else visitor_thresholds.in_force.on(visitor_thresholds.defaults)
    show_chart(
        context,
        lambda compact: busy_hours(context.outlook, beside=beside, compact=compact),
        "busy-hours",
        visitor_thresholds.in_force.text,
        alt_text=lang.t("Hours of the week that are busy or too busy, for each place, and how sure that is."),
    )
    if beside is None:
        return python(
            context,
            "from visuals import busy_hours",
            "result = busy_hours(outlook)",
        )
    return python(
        context,
        "from visuals import busy_hours",
        f'in_force = ThresholdSet.decode("{visitor_thresholds.in_force.text}").on(usual)',
        "result = busy_hours(outlook, beside=in_force)",
    )


def _show_calendar(context: Context) -> Script:
    lang = context.lang
    show_chart(
        context,
        lambda compact: calendar(context.outlook, compact=compact),
        "calendar",
        alt_text=lang.t("Calendar of all places and hours of the week."),
    )
    return python(context, "from visuals import calendar", "result = calendar(outlook)")


def _show_map(context: Context) -> Script:
    index = choose_hour(context)
    show_map(context, index, view=View.LEVELS)
    return python(
        context,
        "from visuals import deck",
        f'result = deck(outlook, hour_index={index}, view="levels", map_style="about:blank")',
    )
