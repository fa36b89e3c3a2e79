"""What a scenario adds at a place and a time: events, and places that close; each can be taken away again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import streamlit as st

from forecasting.values.scenario import Closure, Event, Scenario
from language.said import fact
from streamlit_app.scenarios.keys import ScenarioKey
from streamlit_app.scenarios.scenario_slots import Slot, put, scenario_of
from streamlit_app.shell.context import Context
from visuals.words.hours import capitalised
from visuals.words.scenario_sentences import summary, when, zone_name

_LARGEST: Final = 1_000_000
_MOST: Final = 20


@dataclass(frozen=True)
class Addition:
    """A button that adds to a ``field`` of the scenario; ``why_not`` says why an area has none, empty where it has."""

    field: str
    show: Callable[[Context, Slot], None]
    why_not: Callable[[Context], str] = lambda _: ""


def show_additions(context: Context, slot: Slot) -> None:
    """Show the buttons that add something, and what was added."""
    missing = [addition.why_not(context) for addition in ADDITIONS]
    with st.container(horizontal=True, gap="small"):
        for addition, why_not in zip(ADDITIONS, missing, strict=True):
            if not why_not:
                addition.show(context, slot)
    for why_not in filter(None, missing):
        st.markdown(f":gray[:small[{why_not}]]")
    _listed(context, slot)


def _add_event(context: Context, slot: Slot) -> None:
    lang, key = context.lang, f"{ScenarioKey.EVENT}.{slot}"
    with st.popover(lang.t("Add an event"), icon=":material/festival:", key=key, on_change="rerun") as opened:
        # What is closed is not drawn: each control costs the server time in every rerun.
        if not opened.open:
            return
        zone, day, hours = _where_and_when(context, key, (14, 20))
        visitors = st.number_input(lang.t("Visitors"), 0, _LARGEST, 10_000, step=1000, key=f"{key}.visitors")

        def add() -> None:
            scenario = scenario_of(slot)
            taken = {event.event_id for event in scenario.events}
            name = next(f"wat-als-{number}" for number in range(1, 100) if f"wat-als-{number}" not in taken)
            start, end = period(day, hours)
            event = Event(event_id=name, zone_id=zone, start=start, end=end, attendance=visitors)
            put(slot, scenario.but(events=(*scenario.events, event)))
            st.session_state[key] = False

        full = len(scenario_of(slot).events) >= _MOST
        st.button(lang.t("Add"), key=f"{key}.add", type="primary", on_click=add, disabled=full)


def _add_closure(context: Context, slot: Slot) -> None:
    lang, key = context.lang, f"{ScenarioKey.CLOSE}.{slot}"
    with st.popover(lang.t("Close a place"), icon=":material/block:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        rule = lang.t(
            "The people who would be there go to other places: the nearer and the more room, the more. "
            "Nobody disappears."
        )
        st.markdown(f":small[{rule}]")
        zone, day, hours = _where_and_when(context, key, (10, 20))

        def add() -> None:
            scenario = scenario_of(slot)
            start, end = period(day, hours)
            put(slot, scenario.but(closures=(*scenario.closures, Closure(zone_id=zone, start=start, end=end))))
            st.session_state[key] = False

        full = len(scenario_of(slot).closures) >= _MOST
        st.button(lang.t("Add"), key=f"{key}.add", type="primary", on_click=add, disabled=full)


def _no_closures(context: Context) -> str:
    if context.area.measure != "passages":
        return ""
    return context.lang.t("Passers-by are counted here. Nobody can say where they would go, so no place can close.")


def _cancel_events(context: Context, slot: Slot) -> None:
    lang, known = context.lang, context.snapshot.events
    if known.empty:
        return
    key = f"{ScenarioKey.CANCEL}.{slot}"
    with st.popover(lang.t("Cancel an event"), icon=":material/event_busy:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        for row in known.to_dict("records"):
            event = Event(
                event_id=row["event_id"],
                zone_id=row["zone_id"],
                start=row["start"].to_pydatetime(),
                end=row["end"].to_pydatetime(),
                attendance=0,
            )
            gone = any(other.event_id == event.event_id for other in scenario_of(slot).events)

            def turn(event: Event = event, gone: bool = gone) -> None:
                others = tuple(one for one in scenario_of(slot).events if one.event_id != event.event_id)
                put(slot, scenario_of(slot).but(events=others if gone else (*others, event)))

            st.checkbox(
                lang.md(
                    "{zone} {when}, {n} visitors",
                    zone=fact(zone_name(context.area, event.zone_id, lang), "event"),
                    when=when(event, context.area, lang),
                    n=lang.number(row["attendance"]),
                ),
                value=gone,
                key=f"{ScenarioKey.CANCEL}.{slot}.{event.event_id}.{gone}",
                on_change=turn,
            )


ADDITIONS: Final = (
    Addition("events", _add_event),
    Addition("closures", _add_closure, _no_closures),
    Addition("events", _cancel_events),
)
"""In the order of the buttons."""


def _listed(context: Context, slot: Slot) -> None:
    """Show what was added, each with a way to take it away."""
    lang, scenario = context.lang, scenario_of(slot)
    for field in dict.fromkeys(addition.field for addition in ADDITIONS):
        for index, item in enumerate(getattr(scenario, field)):

            def leave(field: str = field, index: int = index) -> None:
                items = getattr(scenario_of(slot), field)
                put(slot, scenario_of(slot).but(**{field: (*items[:index], *items[index + 1 :])}))

            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.text(capitalised(summary(Scenario(**{field: (item,)}), context.area, (), lang)[0]), width="content")
                st.button(
                    lang.t("Remove"),
                    key=f"{slot}.{field}.{index}",
                    type="tertiary",
                    icon=":material/close:",
                    on_click=leave,
                )


def _where_and_when(context: Context, key: str, hours: tuple[int, int]) -> tuple[str, date, tuple[int, int]]:
    lang, forecast = context.lang, context.forecast
    zone = st.selectbox(
        lang.t("Place"),
        forecast.zone_ids,
        format_func=lambda zone_id: zone_name(context.area, zone_id, lang),
        key=f"{key}.zone",
        placeholder=lang.t("Choose a place"),
    )
    days = days_of(context)
    day = st.selectbox(
        lang.t("Day"),
        days,
        index=min(5, len(days) - 1),
        format_func=lambda day: capitalised(lang.date(day, "EEEE d MMMM y")),
        key=f"{key}.day",
        placeholder=lang.t("Choose a day"),
    )
    first, last = st.slider(lang.t("From and until (hour)"), 0, 24, hours, key=f"{key}.hours")
    return zone, day, (first, max(last, first + 1))


def days_of(context: Context) -> list[date]:
    """Return the local days of the forecast."""
    return sorted(set(context.forecast.local_hours.date))


def period(day: date, hours: tuple[int, int]) -> tuple[datetime, datetime]:
    """Return the beginning and end (local, naive) of the hours from ``hours[0]`` until ``hours[1]`` (at most 24)."""
    midnight = datetime(day.year, day.month, day.day)
    return midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1])
