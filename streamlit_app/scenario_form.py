"""The form of a scenario, in plain words. Every control changes the scenario in the workspace, so the link follows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final, Literal

import streamlit as st

from forecasting.scenario import PRESETS, Action, Closure, Event, Scenario, Weather
from language import Language
from streamlit_app import session
from streamlit_app.context import Context
from streamlit_app.widgets import Key
from visuals.hours import capitalised
from visuals.scenario_sentences import preset_name, summary, when, zone_name

Slot = Literal["scenario", "beside"]
SLOTS: Final[tuple[Slot, ...]] = ("scenario", "beside")
SLOT_NAMES: Final[dict[Slot, str]] = {"scenario": "A", "beside": "B"}

_ICONS: Final = {
    "forecast": ":material/event_available:",
    "stranddag": ":material/beach_access:",
    "buiig": ":material/rainy:",
    "storm": ":material/storm:",
    "own": ":material/tune:",
}
_RAIN: Final = (None, 0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_WIND: Final = (None, 2.0, 5.0, 8.0, 11.0, 14.0, 17.0, 21.0)
_LARGEST: Final = 1_000_000


def scenario_of(slot: Slot) -> Scenario:
    """Return the scenario that stands in a slot; an empty one when none does."""
    found: Scenario | None = getattr(session.current(), slot)
    return found or Scenario()


def put(slot: Slot, scenario: Scenario) -> None:
    """Put a scenario into a slot; one that changes nothing is none."""
    session.change(**{slot: None if scenario.changes_nothing else scenario})


def choose_slot(lang: Language) -> Slot:
    """Show which of the two scenarios the form is about, and return it."""
    chosen: Slot = st.segmented_control(
        lang.t("Which scenario"),
        SLOTS,
        default="scenario",
        required=True,
        format_func=lambda slot: lang.t("Scenario {name}", name=SLOT_NAMES[slot]),
        key=Key.SLOT,
        label_visibility="collapsed",
    )
    return chosen


def form(context: Context, slot: Slot) -> None:
    """Show all controls of the scenario in ``slot``."""
    lang = context.lang
    if set(context.snapshot.weather_origin) == {"none"}:
        st.markdown(f":gray[{lang.t('The forecasts of this area know nothing of the weather, so it cannot change.')}]")
    else:
        _weather(slot, lang)
    _school_holiday(slot, lang)
    with st.container(horizontal=True, gap="small"):
        _add_event(context, slot)
        if context.area.measure == "present":
            _add_closure(context, slot)
        _cancel_events(context, slot)
    if context.area.measure == "passages":
        why_not = lang.t("Passers-by are counted here. Nobody can say where they would go, so no place can close.")
        st.markdown(f":gray[:small[{why_not}]]")
    _listed(context, slot)


def _weather(slot: Slot, lang: Language) -> None:
    key = f"{Key.WEATHER}.{slot}"
    weather = scenario_of(slot).weather
    kind = (weather.preset or "own") if weather else "own" if st.session_state.get(key) == "own" else "forecast"
    st.session_state[key] = kind
    names = {
        "forecast": lang.t("as forecast"),
        **{preset: preset_name(preset, lang) for preset in PRESETS},
        "own": lang.t("choose"),
    }

    def take() -> None:
        chosen = st.session_state[key]
        preset = Weather(preset=chosen) if chosen in PRESETS else None
        put(slot, scenario_of(slot).but(weather=preset))

    st.segmented_control(
        lang.t("The weather of the whole week"),
        list(names),
        format_func=lambda name: f"{_ICONS[name]} {capitalised(names[name])}",
        required=True,
        key=key,
        on_change=take,
        help=lang.t(
            "Beach day: 26 °C, dry, sunny, a light breeze. Showers: 2 degrees colder, 1.5 mm of rain every other hour, "
            "wind 7 m/s. Storm: 4 degrees colder, 2 mm of rain every hour, wind 14 m/s."
        ),
    )
    if kind == "own":
        _own_weather(slot, lang, weather or Weather())


def _own_weather(slot: Slot, lang: Language, weather: Weather) -> None:
    def change(field: str, key: str) -> Callable[[], None]:
        def take() -> None:
            kept = (scenario_of(slot).weather or Weather()).model_dump(exclude_none=True)
            kept.pop("temp_c", None) if field == "temp_delta_c" else None
            put(slot, scenario_of(slot).but(weather=Weather(**(kept | {field: st.session_state[key]}))))

        return take

    as_forecast = lang.t("as forecast")
    warmer, rain, wind = (f"{key}.{slot}" for key in (Key.WARMER, Key.RAIN, Key.WIND))
    st.session_state[warmer] = round(weather.temp_delta_c or 0)
    st.session_state[rain] = _nearest(weather.rain_mm, _RAIN)
    st.session_state[wind] = _nearest(weather.wind_ms, _WIND)
    with st.container(horizontal=True, gap="large"):
        st.slider(
            lang.t("Degrees warmer or colder"),
            -30,
            30,
            format="%+d °C",
            key=warmer,
            on_change=change("temp_delta_c", warmer),
            width=260,
        )
        st.select_slider(
            lang.t("Rain, every hour"),
            _RAIN,
            format_func=lambda mm: as_forecast if mm is None else f"{lang.number(mm, 1 if mm % 1 else 0)} mm",
            key=rain,
            on_change=change("rain_mm", rain),
            width=260,
        )
        st.select_slider(
            lang.t("Wind"),
            _WIND,
            format_func=lambda ms: as_forecast if ms is None else f"{lang.number(ms)} m/s",
            key=wind,
            on_change=change("wind_ms", wind),
            width=260,
        )


def _nearest(value: float | None, options: tuple[float | None, ...]) -> float | None:
    known = [option for option in options if option is not None]
    return None if value is None else min(known, key=lambda option: abs(option - value))


def _school_holiday(slot: Slot, lang: Language) -> None:
    key = f"{Key.SCHOOL}.{slot}"
    names = {"forecast": lang.t("as forecast"), "yes": lang.t("yes"), "no": lang.t("no")}
    chosen = scenario_of(slot).school_holiday
    st.session_state[key] = "forecast" if chosen is None else "yes" if chosen else "no"

    def take() -> None:
        value = {"forecast": None, "yes": True, "no": False}[st.session_state[key]]
        put(slot, scenario_of(slot).but(school_holiday=value))

    st.segmented_control(
        lang.t("School holiday"),
        list(names),
        format_func=lambda name: capitalised(names[name]),
        required=True,
        key=key,
        on_change=take,
    )


def _add_event(context: Context, slot: Slot) -> None:
    lang, key = context.lang, f"{Key.EVENT}.{slot}"
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
            start, end = _period(day, hours)
            event = Event(event_id=name, zone_id=zone, start=start, end=end, attendance=visitors)
            put(slot, scenario.but(events=(*scenario.events, event)))

        st.button(
            lang.t("Add"), key=f"{key}.add", type="primary", on_click=add, disabled=len(scenario_of(slot).events) >= 20
        )


def _add_closure(context: Context, slot: Slot) -> None:
    lang, key = context.lang, f"{Key.CLOSE}.{slot}"
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
            start, end = _period(day, hours)
            put(slot, scenario.but(closures=(*scenario.closures, Closure(zone_id=zone, start=start, end=end))))

        st.button(
            lang.t("Add"),
            key=f"{key}.add",
            type="primary",
            on_click=add,
            disabled=len(scenario_of(slot).closures) >= 20,
        )


def _cancel_events(context: Context, slot: Slot) -> None:
    lang, known = context.lang, context.snapshot.events
    if known.empty:
        return
    key = f"{Key.CANCEL}.{slot}"
    with st.popover(lang.t("Cancel an event"), icon=":material/event_busy:", key=key, on_change="rerun") as opened:
        if not opened.open:
            return
        for row in known.itertuples():
            event = Event(
                event_id=row.event_id,
                zone_id=row.zone_id,
                start=row.start.to_pydatetime(),
                end=row.end.to_pydatetime(),
                attendance=0,
            )
            gone = any(other.event_id == event.event_id for other in scenario_of(slot).events)

            def turn(event: Event = event, gone: bool = gone) -> None:
                others = tuple(one for one in scenario_of(slot).events if one.event_id != event.event_id)
                put(slot, scenario_of(slot).but(events=others if gone else (*others, event)))

            st.checkbox(
                lang.t(
                    "{zone} {when}, {n} visitors",
                    zone=zone_name(context.area, event.zone_id, lang),
                    when=when(event, context.area, lang),
                    n=lang.number(row.attendance),
                ),
                value=gone,
                key=f"{Key.CANCEL}.{slot}.{event.event_id}.{gone}",
                on_change=turn,
            )


def _listed(context: Context, slot: Slot) -> None:
    """Show what was added, each with a way to take it away."""
    lang, scenario = context.lang, scenario_of(slot)
    for field in ("events", "closures"):
        for index, item in enumerate(getattr(scenario, field)):

            def leave(field: str = field, index: int = index) -> None:
                items = getattr(scenario_of(slot), field)
                put(slot, scenario_of(slot).but(**{field: (*items[:index], *items[index + 1 :])}))

            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.text(capitalised(summary(Scenario(**{field: (item,)}), context.area, (), lang)[0]), width="content")
                st.button(
                    lang.t("Take away"),
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
        format_func=lambda day: capitalised(lang.date(day, "EEEE d MMMM")),
        key=f"{key}.day",
        placeholder=lang.t("Choose a day"),
    )
    first, last = st.slider(lang.t("From and until (hour)"), 0, 24, hours, key=f"{key}.hours")
    return zone, day, (first, max(last, first + 1))


def days_of(context: Context) -> list[date]:
    """Return the local days of the forecast."""
    return sorted(set(context.forecast.local_hours.date))


def _period(day: date, hours: tuple[int, int]) -> tuple[datetime, datetime]:
    midnight = datetime(day.year, day.month, day.day)
    return midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1])


def take_measure(context: Context, slot: Slot, measure_id: str, *, on: bool, day: date | None) -> None:
    """Take a measure or leave it, on one day or (``None``) all week."""
    others = tuple(action for action in scenario_of(slot).measures if action.id != measure_id)
    put(slot, scenario_of(slot).but(measures=(*others, action_of(context, measure_id, day)) if on else others))


def action_of(context: Context, measure_id: str, day: date | None) -> Action:
    """Return a measure on one day, or (``None``) on all days of the forecast."""
    days = days_of(context)
    first, last = (days[0], days[-1]) if day is None else (day, day)
    return Action(id=measure_id, start=_period(first, (0, 0))[0], end=_period(last, (0, 24))[1])
