"""Keys under which the widgets of scenarios, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class ScenarioKey(StrEnum):
    """Keys of scenarios; no other wing has the same."""

    SLOT = "scenario.slot"
    WEATHER = "scenario.weather"
    WARMER = "scenario.warmer"
    RAIN = "scenario.rain"
    WIND = "scenario.wind"
    SCHOOL = "scenario.school"
    EVENT = "scenario.event"
    CANCEL = "scenario.cancel"
    CLOSE = "scenario.close"
    MEASURE = "scenario.measure"
    MEASURE_DAY = "scenario.measure_day"
    SCENARIO_FILE = "scenario.file"
    LEVEL = "scenario.level"
    CAMERA = "scenario.camera"
