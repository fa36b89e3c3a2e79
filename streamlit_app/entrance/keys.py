"""Keys under which the widgets of entrance, and what it keeps between runs, stand in the session."""

from enum import StrEnum


class EntranceKey(StrEnum):
    """Keys of entrance; no other wing has the same."""

    SIGN_IN = "shell.sign_in"
    GO_ON = "shell.go_on"
