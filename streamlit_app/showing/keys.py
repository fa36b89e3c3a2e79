"""Keys under which the widgets of showing, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class ShowingKey(StrEnum):
    """Keys of showing; no other wing has the same."""

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
    MY_PLACE = "today.my_place"
    MY_PLACE_COOKIE = "today.my_place_cookie"
    DAYPART = "today.daypart"
    SECOND_WEEK = "second_week.open"
    SECOND_WHERE = "second_week.where"
