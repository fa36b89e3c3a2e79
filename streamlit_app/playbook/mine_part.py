"""My week: what to expect at my place, what others will do, what I can do, and the same for paper and calendar."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from data.area.zone import in_language
from language.markdown import as_text, bullets, small
from reports.playbook.calendar import week_calendar
from reports.playbook.printed import week_page
from response.cards.actors import acting, actor_name
from response.week.ahead import Use, WeekAhead
from response.week.mine import needed_first, of_actor, of_business, places_of
from response.week.public_week import public_uses
from streamlit_app.playbook.keys import PlaybookKey
from streamlit_app.playbook.offering import Offered, offer
from streamlit_app.playbook.weeks import off_again
from streamlit_app.shell.context import Context
from streamlit_app.shell.device import narrow
from streamlit_app.showing.choosing import choose_zone
from streamlit_app.showing.second_week import show_second_week
from visuals.playbook.planner_table import planner_table, range_words
from visuals.playbook.use_words import decide_sentence, public_lines, use_sentence, use_title
from visuals.words.leading import place_sentences


@dataclass(frozen=True)
class _Me:
    """Who looks: an actor, or a kind of business at a place. ``part`` is what of a week is theirs."""

    id: str
    name: str
    actor: str
    zone_id: str
    part: Callable[[WeekAhead], WeekAhead]
    at_place: bool


def show_mine(context: Context, week: WeekAhead) -> None:
    """Show the week of one actor, or of a kind of business, at one place."""
    lang, outlook = context.lang, context.outlook
    me = _choose(context, week)
    mine = me.part(week)
    place = context.area.zone(me.zone_id).name(lang)
    st.subheader(as_text(lang.t("What to expect: {name}", name=place)), anchor=False)
    st.markdown(bullets(place_sentences(outlook, me.zone_id)))
    st.dataframe(planner_table(outlook, me.zone_id, compact=narrow()), hide_index=True, height="content")
    st.markdown(small(range_words(lang)))
    show_second_week(context, me.zone_id, choose=False)
    uses = [use for use in mine.uses if use.met]
    st.subheader(lang.t("What you can do"), anchor=False)
    st.markdown(bullets(_told(uses, context, me)) if uses else lang.t("Nothing is asked of you this week."))
    others = [use for use in public_uses(week) if me.actor not in use.card.actors]
    st.subheader(lang.t("What others do, as everybody may know"), anchor=False)
    st.markdown(bullets(public_lines(others, lang)) if others else lang.t("Nothing that everybody may know."))
    _take_along(context, mine, week, me)


def _choose(context: Context, week: WeekAhead) -> _Me:
    lang, playbook = context.lang, week.playbook
    names = _names(week, context)
    with st.container(horizontal=True):
        chosen: str = st.selectbox(
            lang.t("I am"), tuple(names), format_func=names.__getitem__, key=PlaybookKey.ME, width=320
        )
        business = next((one for one in playbook.businesses if one.id == chosen), None)
        if business is None:
            zone_id = choose_zone(context, default=needed_first(week, week.forecast.zone_ids))
            return _Me(chosen, names[chosen], chosen, zone_id, lambda one: of_actor(one, chosen), at_place=False)
        places = places_of(business, week, context.area)
        zone_id = choose_zone(context, default=needed_first(week, places), among=places)
    return _Me(
        chosen,
        names[chosen],
        business.actor,
        zone_id,
        lambda one: of_business(one, business, zone_id),
        at_place=True,
    )


def _names(week: WeekAhead, context: Context) -> dict[str, str]:
    """Return what can be chosen, by id: actors with a card, then kinds of business that have a place here."""
    lang, playbook = context.lang, week.playbook
    actors = {one: actor_name(one, playbook, lang) for one in acting(playbook)}
    there = [one for one in playbook.businesses if places_of(one, week, context.area)]
    return actors | {one.id: in_language(one.names, lang) for one in there}


def _told(uses: list[Use], context: Context, me: _Me) -> list[str]:
    """Say what is asked; at a place of one's own also how likely it is there."""
    lang = context.lang
    told = [f"{use_title(use, lang)}: {decide_sentence(use, lang)}" for use in uses]
    if not me.at_place:
        return told
    return [f"{line} {use_sentence(use, context.outlook)}" for line, use in zip(told, uses, strict=True)]


def _take_along(context: Context, mine: WeekAhead, week: WeekAhead, me: _Me) -> None:
    lang, name = context.lang, f"{context.area.id}-{me.id}-{week.forecast.cutoff:%Y-%m-%d}"
    files = (
        Offered(
            lang.t("My calendar (.ics)"),
            f"{name}.ics",
            lambda: week_calendar(mine, context.outlook, off_again(week, context.area, me.part)),
        ),
        Offered(
            lang.t("One page to print"), f"{name}.html", lambda: week_page(mine, context.outlook, me.name, me.zone_id)
        ),
    )
    offer(files)
    st.markdown(
        small(
            lang.t(
                "Download the file again after a new forecast. Your calendar then updates what it has, and "
                "crosses out what is no longer needed."
            )
        )
    )
