"""Keys under which the widgets of the playbook, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class PlaybookKey(StrEnum):
    """Keys of the playbook; no other wing has the same."""

    PART = "playbook.part"
    ACTOR = "playbook.actor"
    ALL = "playbook.all"
    NEARLY = "playbook.nearly"
    USE = "playbook.use"
    CARD = "playbook.card"
    FORM = "playbook.form"
    ADOPT = "playbook.adopt"
    BACK = "playbook.back"
    ME = "playbook.me"
    FILE = "playbook.file"
    WORTH = "playbook.worth"
    ACTION = "playbook.action"
    ENTRY = "playbook.entry"
    FILTER = "playbook.filter"
    MORE = "playbook.more"
    EFFECT = "playbook.effect"
    EVENT = "playbook.event"
    TRIAL = "playbook.trial"
