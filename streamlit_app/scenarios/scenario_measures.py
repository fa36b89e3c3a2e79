"""The measures of the form, each with what it is taken to do, its range, its source, and who decides."""

from datetime import date

import streamlit as st

from data.area.zone import in_language
from forecasting.values.scenario import Action
from language.markdown import as_text, small
from streamlit_app.scenarios.keys import ScenarioKey
from streamlit_app.scenarios.scenario_additions import days_of, period
from streamlit_app.scenarios.scenario_slots import Slot, put, scenario_of
from streamlit_app.shell.context import Context
from visuals.words.hours import capitalised
from visuals.words.measure_sentences import effect_of


def measures(context: Context, slot: Slot) -> None:
    """Show all measures of the area; a ticked one is taken on the chosen day, or all week."""
    lang, known = context.lang, context.snapshot.measures
    if not known:
        st.markdown(
            f":gray[{lang.t('This area has no list of measures yet. The steward can add one (measures.toml).')}]"
        )
        return
    taken = {action.id: action for action in scenario_of(slot).measures}
    days = days_of(context)
    key = f"{ScenarioKey.MEASURE_DAY}.{slot}"
    first = next(iter(taken.values()), None)
    if first is not None:
        one_day = (first.end - first.start).days <= 1 and first.start.date() in days
        st.session_state[key] = first.start.date() if one_day else None
    day = st.session_state.get(key)

    def move() -> None:
        when = st.session_state[key]
        put(slot, scenario_of(slot).but(measures=tuple(_action_of(context, one, when) for one in taken)))

    st.selectbox(
        lang.t("On which day"),
        [None, *days],
        format_func=lambda day: (
            lang.t("The whole week") if day is None else capitalised(lang.date(day, "EEEE d MMMM y"))
        ),
        key=key,
        on_change=move,
        width=260,
    )
    for measure in known:
        tick = f"{ScenarioKey.MEASURE}.{slot}.{measure.id}"
        st.session_state[tick] = measure.id in taken

        def turn(measure_id: str = measure.id, tick: str = tick) -> None:
            _take_measure(context, slot, measure_id, on=st.session_state[tick], day=day)

        st.checkbox(as_text(in_language(measure.names, lang)), key=tick, on_change=turn)
        mark = (
            f":orange-badge[:material/help: {lang.t('assumed')}]"
            if measure.assumed
            else f":green-badge[{lang.t('measured')}]"
        )
        decided = lang.t("Decided by: {who}.", who=in_language(measure.decided_by, lang))
        origin = small(f"{in_language(measure.source, lang)}. {decided}")
        st.markdown(f"{mark} {as_text(effect_of(measure, context.area, lang))}  \n{origin}")


def _take_measure(context: Context, slot: Slot, measure_id: str, *, on: bool, day: date | None) -> None:
    """Take a measure or leave it, on one day or (``None``) all week."""
    others = tuple(action for action in scenario_of(slot).measures if action.id != measure_id)
    put(slot, scenario_of(slot).but(measures=(*others, _action_of(context, measure_id, day)) if on else others))


def _action_of(context: Context, measure_id: str, day: date | None) -> Action:
    """Return a measure on one day, or (``None``) on all days of the forecast."""
    days = days_of(context)
    first, last = (days[0], days[-1]) if day is None else (day, day)
    return Action(id=measure_id, start=period(first, (0, 0))[0], end=period(last, (0, 24))[1])
