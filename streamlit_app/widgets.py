"""Keys of all widgets whose values outlive a rerun: one place, so that no two pages take the same."""

from enum import StrEnum


class Key(StrEnum):
    """The keys under which widgets and the workspace stand in the session."""

    WORKSPACE = "workspace"
    WRITTEN = "workspace.written"
    NOTICES = "workspace.notices"
    DEVICE = "shell.device"
    AREA = "shell.area"
    LANGUAGE = "shell.language"
    IN_FORCE = "shell.in_force"
    AS_FORECAST = "shell.as_forecast"
    DAY = "map.day"
    HOUR = "map.hour"
    VIEW = "map.view"
    CASE = "map.case"
    BACK = "map.back"
    ON = "map.on"
    PLAY = "map.play"
    PLAYING = "map.playing"
    DECK = "map.deck"
    ZONE = "zone.choice"
    MOMENT = "today.moment"
    DAYPART = "today.daypart"
