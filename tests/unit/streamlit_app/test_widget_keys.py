"""Keys of widgets: each wing of the shell has its own, no two are the same, and none is left over."""

import re
from collections import Counter
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
WINGS = sorted(path.parent.name for path in (ROOT / "streamlit_app").glob("*/keys.py"))


def keys_of(wing: str) -> type[StrEnum]:
    module = import_module(f"streamlit_app.{wing}.keys")
    (found,) = [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__]
    assert issubclass(found, StrEnum)
    return found


def test_no_two_wings_have_the_same_key() -> None:
    assert {"shell", "manage", "scenarios"} <= set(WINGS)
    names = Counter(keys_of(wing).__name__ for wing in WINGS)
    # Members of one value would be one member by two names, and listed once.
    values = Counter(key.value for wing in WINGS for key in keys_of(wing).__members__.values())
    assert [one for one, times in (names + values).items() if times > 1] == []


@pytest.mark.parametrize("wing", WINGS)
def test_every_key_is_used(wing: str) -> None:
    keys = keys_of(wing)
    code = "\n".join(
        path.read_text("utf-8")
        for folder in ("streamlit_app", "pages")
        for path in (ROOT / folder).rglob("*.py")
        if path.name != "keys.py"
    )
    used = set(re.findall(rf"\b{keys.__name__}\.(\w+)", code))
    assert set(keys.__members__) - used == set()
