"""A made-up coast with a forecast that is the same on every machine, and cards for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from response.cards.card import Card
from tests.unit.response.cards_made import a_card
from tests.unit.visuals.conftest import coast, make, zone_thresholds  # noqa: F401

CardMaker = Callable[..., Card]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def card() -> CardMaker:
    """Return a builder of cards; ``trigger`` and other fields differ as asked."""

    def made(card_id: str = "borden", **fields: object) -> Card:
        trigger = {"places": {"zones": ["pier"]}, "level": "orange", "hours": 2, "chance": 0.5}
        trigger |= {name: fields.pop(name) for name in ("places", "level", "hours", "chance") if name in fields}
        return a_card(card_id, trigger, **fields)

    return made
