"""Signed cookies: what was put in comes out, of its own kind only, in its time only, and from nobody else."""

import errno
from pathlib import Path
from time import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.database.unavailable import UnavailableError
from streamlit_app.access.cookies import BROWSER, VISIT, opened, signed

FIELDS = {"id": "zeilvaart", "known": True, "accounts": ["a", "b"]}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def test_what_was_signed_comes_out_for_its_own_kind_and_time() -> None:
    fields = {**FIELDS, "until": time() + 60}
    value = signed(BROWSER, fields)
    assert opened(BROWSER, value) == fields
    assert opened(VISIT, value) is None
    assert opened(BROWSER, signed(BROWSER, {**FIELDS, "until": time() - 1})) is None
    assert opened(BROWSER, signed(BROWSER, FIELDS)) is None


@pytest.mark.parametrize("fields", [FIELDS, {"in": [["x" * 16, "y" * 32]] * 20}])
def test_a_cookie_has_only_what_every_browser_takes(fields: dict[str, object]) -> None:
    value = signed(VISIT, {**fields, "until": int(time()) + 60})
    assert set(value) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert len(value) < 3_800


def test_without_a_cookie_no_key_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = signed(VISIT, {**FIELDS, "until": time() + 60})
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "new"))

    def takes_nothing(*_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", takes_nothing)
    assert opened(VISIT, None) is None
    assert opened(VISIT, "") is None
    with pytest.raises(UnavailableError, match=r"codes\.key"):
        opened(VISIT, value)


def test_another_installation_does_not_take_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    value = signed(VISIT, {**FIELDS, "until": time() + 60})
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "other"))
    assert opened(VISIT, value) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_letter_of_it_can_be_changed(data: st.DataObject) -> None:
    value = signed(VISIT, {**FIELDS, "until": 10**10})
    # The last letter of base64 holds bits that mean nothing.
    place = data.draw(st.integers(0, len(value) - 2))
    letter = data.draw(st.characters(codec="latin-1").filter(lambda one: one != value[place]))
    assert opened(VISIT, value[:place] + letter + value[place + 1 :]) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.none() | st.text() | st.text("eyJ.-_", max_size=80))
def test_whatever_comes_is_nobody(value: str | None) -> None:
    assert opened(VISIT, value) is None
