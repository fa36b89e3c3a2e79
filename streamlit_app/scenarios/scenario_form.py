"""The form of a scenario, in plain words. Every control changes the scenario in the workspace, so the link follows."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from forecasting.values.scenario import PRESETS, Weather
from language import Language, message_id
from streamlit_app.scenarios.keys import ScenarioKey
from streamlit_app.scenarios.scenario_additions import show_additions
from streamlit_app.scenarios.scenario_measures import measures
from streamlit_app.scenarios.scenario_slots import SLOT_NAMES, SLOTS, Slot, put, scenario_of
from streamlit_app.shell.context import Context
from visuals.words.hours import capitalised
from visuals.words.scenario_sentences import preset_name

_ICONS: Final = {
    "forecast": ":material/event_available:",
    "stranddag": ":material/beach_access:",
    "buiig": ":material/rainy:",
    "storm": ":material/storm:",
    "own": ":material/tune:",
}
_RAIN: Final = (None, 0.0, 0.5, 1.0, 2.0, 5.0, 10.0)
_WIND: Final = (None, 2.0, 5.0, 8.0, 11.0, 14.0, 17.0, 21.0)


def choose_slot(lang: Language) -> Slot:
    """Show which of the two scenarios the form is about, and return it."""
    chosen: Slot = st.segmented_control(
        lang.t("Which scenario"),
        SLOTS,
        default="scenario",
        required=True,
        format_func=lambda slot: lang.t("Scenario {name}", name=SLOT_NAMES[slot]),
        key=ScenarioKey.SLOT,
        label_visibility="collapsed",
    )
    return chosen


def form(context: Context, slot: Slot) -> None:
    """Show all controls of the scenario in ``slot``."""
    for show in LINES.values():
        show(context, slot)
    show_additions(context, slot)
    for field, (title, icon, show) in FOLDED.items():
        with st.expander(context.lang.t(title), icon=icon, key=f"{slot}.{field}", on_change="rerun") as opened:
            if opened.open:
                show(context, slot)


def _weather(context: Context, slot: Slot) -> None:
    lang = context.lang
    if set(context.snapshot.weather_origin) == {"none"}:
        st.markdown(f":gray[{lang.t('The forecasts of this area do not use the weather, so it cannot be changed.')}]")
        return
    key = f"{ScenarioKey.WEATHER}.{slot}"
    weather = scenario_of(slot).weather
    kind = (weather.preset or "own") if weather else "own" if st.session_state.get(key) == "own" else "forecast"
    st.session_state[key] = kind
    names: dict[str, str] = {
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
            if field == "temp_delta_c":
                kept.pop("temp_c", None)
            put(slot, scenario_of(slot).but(weather=Weather(**(kept | {field: st.session_state[key]}))))

        return take

    as_forecast = lang.t("as forecast")
    warmer, rain, wind = (f"{key}.{slot}" for key in (ScenarioKey.WARMER, ScenarioKey.RAIN, ScenarioKey.WIND))
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


def _school_holiday(context: Context, slot: Slot) -> None:
    lang = context.lang
    key = f"{ScenarioKey.SCHOOL}.{slot}"
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


LINES: Final[dict[str, Callable[[Context, Slot], None]]] = {"weather": _weather, "school_holiday": _school_holiday}
"""Fields of a scenario with a control of their own, in the order of the form; ``ADDITIONS`` has the buttons."""

FOLDED: Final = {"measures": (message_id("Measures"), ":material/construction:", measures)}
"""Fields with a list that opens: its title (a text of the catalogue), icon and content."""
