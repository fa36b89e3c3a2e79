"""Keys under which the widgets of notebook, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class NotebookKey(StrEnum):
    """Keys of notebook; no other wing has the same."""

    AREA = "shell.area"
    LANGUAGE = "shell.language"
    WARN_WHERE = "accuracy.warn_where"
    WARN_FROM = "accuracy.warn_from"
