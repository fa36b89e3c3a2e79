"""The colours and sizes of the page, read from the settings once and not before every run of every phone.

Streamlit puts all settings of the theme into the first message of each run, and goes through every setting it has for
each of six parts of it. In a room that only asks whether anything moved, that was a fifth of all work.
"""

from collections.abc import Callable
from functools import cache
from typing import Final

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

Fill = Callable[[CustomThemeConfig, str], None]

_FILLS: Final = "_populate_theme_msg"
"""Streamlit's function; it has no public name. Where it is gone nothing is kept, and a test says so."""


def keep_theme() -> None:
    """Let every run have the theme as it is now. The settings do not change while a server runs."""
    fill: Fill | None = getattr(app_session, _FILLS, None)
    if fill is not None and not hasattr(fill, "known"):
        setattr(app_session, _FILLS, kept(fill))


def kept(fill: Fill) -> Fill:
    """Return what fills a message as ``fill`` does, which is asked once for each part of the theme."""

    @cache
    def known(section: str) -> CustomThemeConfig:
        made = CustomThemeConfig()
        fill(made, section)
        return made

    def fill_from_known(message: CustomThemeConfig, section: str = "theme") -> None:
        found = known(section)
        if found.ByteSize():  # a part that is named but empty would be a theme of its own
            message.MergeFrom(found)

    fill_from_known.known = known  # type: ignore[attr-defined]
    return fill_from_known
