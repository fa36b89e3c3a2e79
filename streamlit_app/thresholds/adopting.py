"""Which thresholds are in force, the decisions that led there, and the facilitator's next one."""

from typing import Final

import pandas as pd
import streamlit as st

from data.keeping.acts import Seen
from feedback.people.roles import Role
from forecasting.values.adoption import BODIES, Adoption, Body, adopt, adoptions, go_back
from language import Language, UserError
from language.markdown import Markdown
from language.said import fact
from streamlit_app.access.permissions import RefusedError, may, visitor
from streamlit_app.responses.following import follows_advice
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, do_seen
from streamlit_app.shell.context import Context
from streamlit_app.shell.shown import say
from streamlit_app.thresholds.keys import ThresholdKey
from visuals.words.adopted import adopted_sentence, body_name
from visuals.words.hours import capitalised

OWN: Final = -1
"""Stands in the choice for the thresholds that the facilitator looks at; other numbers are those of decisions."""


def show_adopted(context: Context) -> None:
    """Show what is in force and its history to everyone, and to a facilitator the way to decide."""
    lang, tz = context.lang, context.area.tz
    say(adopted_sentence(context.visitor_thresholds.adoption, lang, tz))
    history = adoptions(context.area.id)
    if context.visitor_thresholds.adoption is not None:
        say(Markdown("> ") + context.visitor_thresholds.adoption.reason)
    if history:
        with st.expander(lang.t("All decisions"), icon=":material/history:"):
            st.dataframe(history_table(context, history), hide_index=True)
    if may(Role.FACILITATOR):
        _decide(context, history)


def history_table(context: Context, history: tuple[Adoption, ...]) -> pd.DataFrame:
    """Return the decisions for reading, newest first."""
    lang = context.lang
    return pd.DataFrame(
        {
            lang.t("Decision"): [one.number for one in history],
            lang.t("On"): [lang.date(one.at, "d MMM y HH:mm", context.area.tz) for one in history],
            lang.t("By"): [capitalised(body_name(one.body, lang)) for one in history],
            lang.t("Why"): [one.reason for one in history],
            lang.t("Places changed"): [_places(one, context) for one in history],
        }
    ).iloc[::-1]


def _places(one: Adoption, context: Context) -> str:
    lang = context.lang
    if one.back_to == 0:
        return lang.t("back to the assumptions of this project")
    known = set(context.area.zone_ids)
    names = ", ".join(context.area.zone(zone).name(lang) for zone in one.thresholds.zones if zone in known)
    return (
        names
        if one.back_to is None
        else lang.t("back to decision {number}: {places}", number=one.back_to, places=fact(names, "area"))
    )


def _decide(context: Context, history: tuple[Adoption, ...]) -> None:
    lang = context.lang
    choices = _choices(context, history)
    if not choices:
        st.info(lang.t("To adopt other thresholds, first change them above, or try the middle of all proposals."))
        return
    seen = as_drawn(f"thresholds.{context.area.id}", adoptions, context.area.id)
    with st.form(ThresholdKey.ADOPT):
        st.markdown(f"**{lang.t('Adopt thresholds for everyone')}**")
        number = st.selectbox(
            lang.t("Which thresholds?"), tuple(choices), format_func=choices.__getitem__, key=ThresholdKey.ADOPT_WHICH
        )
        body: Body = st.selectbox(
            lang.t("Adopted by"),
            BODIES,
            format_func=lambda one: capitalised(body_name(one, lang)),
            key=ThresholdKey.ADOPT_BODY,
        )
        reason = st.text_area(
            lang.t("Why? Everyone reads this."), max_chars=2000, key=ThresholdKey.ADOPT_WHY, placeholder=_example(lang)
        )
        advice = follows_advice(context.area, lang, ThresholdKey.ADOPT_ADVICE)
        if st.form_submit_button(lang.t("Adopt"), type="primary", icon=":material/gavel:"):
            try:
                _adopt(context, seen, number, body, reason, advice)
            except RefusedError:  # the page ends here: its form is not for them
                raise
            except UserError as error:
                st.error(error.md(lang))
                return
            session.change(thresholds=None)
            session.say_once(lang.t("These thresholds are in force now, for everyone."))
            st.rerun()


def _adopt(context: Context, seen: Seen, number: int, body: Body, reason: str, advice: int | None) -> None:
    area, shown, role = context.area, context.visitor_thresholds.shown, visitor().role.value
    if number == OWN:
        do_seen(seen, adopt, area, shown, body=body, role=role, reason=reason, advice=advice)
    else:
        do_seen(seen, go_back, area, number, body=body, role=role, reason=reason, advice=advice)


def _choices(context: Context, history: tuple[Adoption, ...]) -> dict[int, str]:
    """Return what can be adopted: the thresholds looked at, or those of an earlier decision, never those in force."""
    lang, visitor_thresholds = context.lang, context.visitor_thresholds
    found: dict[int, str] = {}
    if visitor_thresholds.own is not None:
        found[OWN] = lang.n(
            "The thresholds I look at now ({n} place changed)",
            "The thresholds I look at now ({n} places changed)",
            len(visitor_thresholds.own.zones),
        )
    for one in reversed(history):
        if one.thresholds != visitor_thresholds.in_force:
            day = lang.date(one.at, "d MMM y", context.area.tz)
            found[one.number] = lang.t("Back to decision {number} of {day}", number=one.number, day=day)
    if visitor_thresholds.in_force.zones:
        found[0] = lang.t("Back to the assumptions of this project")
    return found


def _example(lang: Language) -> str:
    return lang.t("For example: everyone at the table agreed that the Pier feels full sooner.")
