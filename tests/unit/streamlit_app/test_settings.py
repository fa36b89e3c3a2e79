"""The settings of the server hold what the app counts on, under names that this version of Streamlit knows."""

import tomllib
from pathlib import Path

from streamlit import config

SETTINGS = tomllib.loads(
    (Path(__file__).parents[3] / "streamlit_app" / ".streamlit" / "config.toml").read_text("utf-8")
)


def test_no_run_of_one_phone_walks_through_what_all_others_hold() -> None:
    assert SETTINGS["runner"]["postScriptGC"] is False


def test_every_setting_is_known_to_streamlit() -> None:
    known = config.get_config_options()
    unknown = {f"{group}.{name}" for group, settings in SETTINGS.items() for name in settings} - set(known)
    assert unknown == set()
