"""What the tests of this room share: a console that speaks English."""

import pytest

from tests.unit.visuals.conftest import coast, make, sensors, zone_thresholds  # noqa: F401


@pytest.fixture(autouse=True)
def english_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands answer in English, whatever the machine of who tests speaks."""
    monkeypatch.setenv("CSM_LANG", "en")
