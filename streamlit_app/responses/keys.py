"""Keys under which the widgets of responses, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class ResponseKey(StrEnum):
    """Keys of responses; no other wing has the same."""

    FORM = "form"
    SEARCH = "contributions.search"
    TOPIC = "contributions.topic"
    FROM_ROLE = "contributions.role"
    FROM_ZONE = "contributions.zone"
    SHOWN = "contributions.shown"
    CODE = "mine.code"
    MINE = "mine.one"
    RECEIPT = "mine.receipt"
    MODE = "moderation.mode"
    QUEUE = "moderation.queue"
    CASE_OF = "moderation.case"
    DECIDED = "moderation.decided"
    UNDO = "moderation.undo"
    JOIN = "join"
