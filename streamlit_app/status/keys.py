"""Keys under which the widgets of the board of this moment stand in the session."""

from enum import StrEnum


class StatusKey(StrEnum):
    """Keys of the board; no other wing has the same."""

    THERE = "status.there"
    ANSWER = "status.answer"
