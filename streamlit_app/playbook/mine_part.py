"""My week: what to expect at my place, what others will do, what I can do, and the same for paper and calendar."""

import streamlit as st

from language.markdown import as_text, bullets, small
from reports.playbook.calendar import week_calendar
from reports.playbook.formats import uses_of
from reports.playbook.printed import week_page
from response.cards.actors import acting, actor_name
from response.week.ahead import Use, WeekAhead
from response.week.public_week import public_uses
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.offering import Offered, offer
from streamlit_app.playbook.weeks import off_again
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.showing.choosing import choose_zone
from visuals.playbook.planner_table import planner_table
from visuals.playbook.use_words import decide_sentence, public_lines, use_title
from visuals.words.leading import place_sentences


def show_mine(context: Context, week: WeekAhead) -> None:
    """Show the week of one actor at one place."""
    lang, outlook = context.lang, context.outlook
    with st.container(horizontal=True):
        actor: str = st.selectbox(
            lang.t("I am"),
            acting(week.playbook),
            format_func=lambda one: actor_name(one, week.playbook, lang),
            key=PlaybookKey.ME,
            width=320,
        )
        zone_id = choose_zone(context, default=_worst(week))
    place = context.area.zone(zone_id).name(lang)
    st.subheader(as_text(lang.t("What to expect: {name}", name=place)), anchor=False)
    st.markdown(bullets(place_sentences(outlook, zone_id)))
    st.dataframe(planner_table(outlook, zone_id, compact=narrow()), hide_index=True, height="content")
    st.markdown(
        small(lang.t("Three numbers are low – expected – high: 8 times out of 10 it is between the outer two."))
    )
    mine = [use for use in uses_of(week, actor) if use.met]
    st.subheader(lang.t("What you can do"), anchor=False)
    st.markdown(bullets(_told(mine, context)) if mine else lang.t("Nothing is asked of you this week."))
    others = [use for use in public_uses(week) if actor not in use.card.actors]
    st.subheader(lang.t("What others do, as everybody may know"), anchor=False)
    st.markdown(bullets(public_lines(others, lang)) if others else lang.t("Nothing that everybody may know."))
    _take_along(context, week, actor, zone_id)


def _told(uses: list[Use], context: Context) -> list[str]:
    lang = context.lang
    return [f"{use_title(use, lang)}: {decide_sentence(use, lang)}" for use in uses]


def _take_along(context: Context, week: WeekAhead, actor: str, zone_id: str) -> None:
    lang, name = context.lang, f"{context.area.id}-{actor}-{week.forecast.cutoff:%Y-%m-%d}"
    files = (
        Offered(
            lang.t("My calendar (.ics)"),
            f"{name}.ics",
            lambda: week_calendar(week, context.outlook, off_again(week, context.area), actor=actor),
        ),
        Offered(lang.t("One page to print"), f"{name}.html", lambda: week_page(week, context.outlook, actor, zone_id)),
    )
    offer(files)
    st.markdown(
        small(
            lang.t(
                "Take the file again after a new forecast: your calendar then changes what it has, and crosses out "
                "what is not needed any more."
            )
        )
    )


def _worst(week: WeekAhead) -> str:
    return week.uses[0].first.zone_id if week.uses else week.forecast.zone_ids[0]
