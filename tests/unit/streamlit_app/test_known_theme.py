"""The theme that every run sends is the one of the settings, read once for each of its parts."""

from collections import Counter

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from streamlit_app.server.known_theme import keep_theme, kept

PARTS = ("theme", *(f"theme.{part.value}" for part in config.CustomThemeCategories))


def test_what_is_sent_is_what_streamlit_would_send_and_the_settings_are_read_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(config.get_config_options(), "theme.primaryColor", _set("theme.primaryColor", "#0B4F6C"))
    asked: Counter[str] = Counter()

    def counted(message: CustomThemeConfig, section: str) -> None:
        asked[section] += 1
        app_session._populate_theme_msg(message, section)

    fill = kept(counted)
    for _ in range(3):
        for part in PARTS:
            ours, theirs = CustomThemeConfig(), CustomThemeConfig()
            fill(ours, part)
            app_session._populate_theme_msg(theirs, part)
            assert ours == theirs
            around = CustomThemeConfig()
            fill(around.light, part)
            assert around.HasField("light") == bool(theirs.ByteSize())
    assert asked == dict.fromkeys(PARTS, 1)
    whole = CustomThemeConfig()
    fill(whole, "theme")
    assert whole.primary_color == "#0B4F6C"


def test_streamlit_fills_its_theme_where_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    before = app_session._populate_theme_msg
    monkeypatch.setattr(app_session, "_populate_theme_msg", before)
    keep_theme()
    once = app_session._populate_theme_msg
    keep_theme()
    assert before is not once is app_session._populate_theme_msg


def _set(name: str, value: str) -> config.ConfigOption:
    option = config.ConfigOption(name, default_val=value)
    option.set_value(value, "a test")
    return option
