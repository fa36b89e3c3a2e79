"""An area follows the real clock or replays a moment; what ships stays as it is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.__main__ import main
from data.area.area import load_area
from data.area.clock import set_access, set_clock
from data.area.sources import record_decision
from data.keeping.fingerprint import DESCRIPTION, fingerprint
from data.keeping.home import SHIPPED


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def test_live_and_back() -> None:
    shipped = (SHIPPED / "scheveningen" / "area.toml").read_text("utf-8")
    before = load_area("scheveningen")
    live = set_clock(before, None)
    assert abs(live.now() - datetime.now(UTC)) < timedelta(hours=1)
    again = set_clock(live, datetime(2026, 8, 3, 8))
    assert again.now() == before.now()
    assert again.model_copy(update={"clock": before.clock}) == before
    assert (SHIPPED / "scheveningen" / "area.toml").read_text("utf-8") == shipped


def test_the_command_says_what_time_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert not main(["clock", "--area", "auckland", "--replay", "2025-03-05T08:00", "--lang", "nl"])
    assert "woensdag 5 maart 2025 08:00" in capsys.readouterr().out
    assert load_area("auckland").now().isoformat() == "2025-03-05T08:00:00+13:00"


def test_a_running_app_sees_what_changed_in_an_area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area = load_area("scheveningen")
    description, whole = fingerprint(area.id, DESCRIPTION), fingerprint(area.id)
    assert (fingerprint(area.id, DESCRIPTION), fingerprint(area.id)) == (description, whole)
    set_clock(area, None)
    assert fingerprint(area.id, DESCRIPTION) != description
    changed = fingerprint(area.id)
    assert changed != whole
    record_decision(area.id, "practice-counts", "refused", "council")
    assert fingerprint(area.id) != changed
    assert fingerprint("atlantis") == ""


def test_who_may_see_an_area_is_set_beside_all_else_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    before = load_area("scheveningen")
    assert set_access(set_access(before, "session"), "professional").access == "professional"
    assert set_access(load_area("scheveningen"), "public") == before
