"""The cells of the coming week: sentences, a calendar, the busiest moments, why, and how sure."""

from collections.abc import Hashable, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from forecasting.meaning.busy import BusyMoment
from language.markdown import Markdown, as_text, bold, bullets
from streamlit_app.notebook.cell import cell
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.shell.shown import say
from streamlit_app.showing.charts import Tappable, made_of, show_chart
from streamlit_app.showing.choosing import choose_busy_moment, choose_daypart, choose_zone
from streamlit_app.showing.news import news
from streamlit_app.showing.preparing import show_possible
from streamlit_app.showing.reproduce import python
from streamlit_app.showing.week_facts import show_day_facts
from streamlit_app.showing.worst_moment import see_on_map, show_worst_moment
from visuals.base.outlook import Outlook
from visuals.charts.calendar import CELLS, calendar
from visuals.charts.dayparts import dayparts
from visuals.charts.why import why, why_sentences
from visuals.tables.figures import daypart_figures, level_figures, moment_figures, part_figures
from visuals.tables.tables import calendar_table
from visuals.words.advising import advice
from visuals.words.leading import compared_week
from visuals.words.sentences import hours_sentence, moment_sentence, week_sentences
from visuals.words.timing_words import week_title

SHOWN: Final = 5
"""Busy moments that are shown."""


def show_week(context: Context, moments: Sequence[BusyMoment], *, town_does: str) -> None:
    """Show the week in sentences, with what the town does about it, beside its worst moment."""
    lang, sentences = context.lang, week_sentences(context.outlook)
    with cell(
        context, "week", week_title(context.forecast, lang), lang.t("In ten seconds: what to expect, day by day.")
    ) as this:
        words, picture = (
            (st.container(), st.container()) if narrow() or not moments else st.columns((3, 2), gap="medium")
        )
        with words:
            say(bullets([*sentences, *filter(None, [compared_week(context.outlook)])]))
            if town_does:
                say(town_does)
            show_possible(context)
            for sentence in news(context):
                st.markdown(f":gray[{as_text(sentence)}]")
            show_day_facts(context)
        if moments:
            with picture:
                show_worst_moment(context, moments[0])
        this.computed(
            lang.t("Each sentence names the busiest place of that day, and the chance that it gets that busy."),
            table=lambda: pd.DataFrame({"sentence": sentences}),
            code=python(
                context,
                "from visuals import week_sentences",
                "result = week_sentences(outlook)",
            ),
        )


def show_calendar(context: Context) -> None:
    """Show all places and hours in one calendar."""
    lang = context.lang
    with cell(
        context,
        "calendar",
        lang.t("All places at a glance"),
        lang.t("To see where and when it gets busy, and where not. Tap a cell to see it on the map."),
    ) as this:
        tapped = show_chart(
            context,
            lambda compact: calendar(context.outlook, compact=compact),
            "calendar",
            tappable=Tappable(CELLS, ("zone", "utc")),
            alt_text=lang.t("Calendar of all places and hours of the week. The table below it says the same in words."),
        )
        if tapped:
            see_on_map(tapped["zone"], tapped["utc"])
        with st.expander(lang.t("The same as a table"), icon=":material/table:", type="compact"):
            st.dataframe(_table(made_of(context), context.outlook), hide_index=True)
        this.computed(
            lang.t("The colour is the level of the expected number of people.") + f" {context.thresholds_sentence}",
            table=lambda: level_figures(context.forecast, context.thresholds),
            code=python(
                context,
                "from visuals import calendar",
                "result = calendar(outlook)",
            ),
        )


@st.cache_resource(max_entries=100, show_spinner=False)
def _table(key: tuple[Hashable, ...], _outlook: Outlook) -> pd.DataFrame:  # noqa: ARG001 - key of the cache
    """Return the calendar as a table, made once for all who look at the same week; nobody changes it."""
    return calendar_table(_outlook)


def show_busiest(context: Context, moments: Sequence[BusyMoment]) -> None:
    """Show the busiest moments, and what to do instead."""
    lang = context.lang
    with cell(
        context,
        "busiest",
        lang.t("The busiest moments"),
        lang.t("To choose another hour, or to prepare for a busy one."),
    ) as this:
        for moment in moments[:SHOWN]:
            hours = hours_sentence(moment, context.outlook)
            say(bold(moment_sentence(moment, context.outlook)) + Markdown("  \n") + f"{hours}.")
            say(bullets(advice(moment, context.outlook)))
        if not moments:
            say(lang.t("No place is expected to get busy, the whole week. Come whenever it suits you."))
        this.computed(
            lang.t(
                "A busy moment is a run of hours in which one place is expected to be busy. Expected is the middle of "
                "what may happen. Hours named with a level are those at that level or worse. The chance is the share "
                "of {n} simulated weeks in which at least one of those hours reaches that level.",
                n=len(context.forecast.paths),
            ),
            table=lambda: moment_figures(moments),
            code=python(context, "from forecasting import busy_moments", "result = busy_moments(forecast, thresholds)"),
        )


def show_why(context: Context, moments: Sequence[BusyMoment]) -> None:
    """Show what makes a moment busier or quieter."""
    lang, forecast = context.lang, context.forecast
    with cell(
        context, "why", lang.t("Why will it be like that?"), lang.t("To judge whether you believe the forecast.")
    ) as this:
        why_zone, why_hour = choose_busy_moment(context, moments[:SHOWN])
        for line in why_sentences(forecast, lang, zone_id=why_zone, hour_index=why_hour):
            say(line)
        show_chart(
            context,
            lambda compact: why(context.outlook, zone_id=why_zone, hour_index=why_hour, compact=compact),
            "why",
            why_zone,
            why_hour,
            alt_text=lang.t("Bars of what makes this moment busier or quieter. The sentences above say the same."),
        )
        this.computed(
            lang.t(
                "The forecast multiplies several parts. Each bar is one part, compared with an ordinary day at this "
                "place. The parts were learned from past counts. They do not prove a cause."
            ),
            table=lambda: part_figures(forecast, why_zone, why_hour),
            code=python(
                context,
                "from visuals import why",
                f'result = why(outlook, zone_id="{why_zone}", hour_index={why_hour})',
            ),
            hour_index=why_hour,
        )


def show_dayparts(context: Context, moments: Sequence[BusyMoment]) -> None:
    """Show how sure the forecast is, day by day."""
    lang, forecast = context.lang, context.forecast
    with cell(
        context,
        "dayparts",
        lang.t("How sure are we, day by day?"),
        lang.t("To plan staff: one place, one part of the day, all week."),
    ) as this:
        with st.container(horizontal=True):
            zone_id = choose_zone(context, default=moments[0].zone_id if moments else forecast.zone_ids[0])
            daypart = choose_daypart(context)
        show_chart(
            context,
            lambda compact: dayparts(context.outlook, zone_id=zone_id, daypart=daypart, compact=compact),
            "dayparts",
            zone_id,
            daypart,
            alt_text=lang.t("Bars of how busy it may get, day by day. The figures can be downloaded below."),
        )
        this.computed(
            lang.t(
                "The bar shows where the busiest hour of that part of the day ends up, 8 times out of 10. The further "
                "ahead, the longer the bar usually is."
            ),
            table=lambda: daypart_figures(forecast, context.thresholds, zone_id, daypart),
            code=python(
                context,
                "from visuals import dayparts",
                f'result = dayparts(outlook, zone_id="{zone_id}", daypart="{daypart}")',
            ),
        )
