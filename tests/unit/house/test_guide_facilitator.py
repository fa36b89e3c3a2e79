"""The guide for facilitators names what it tells to press as the app calls it, also to mend, withdraw and restore."""

import re
from pathlib import Path

import pytest

from language.catalogue import read_messages

GUIDE = (Path(__file__).parents[3] / "docs" / "handleiding-facilitator.md").read_text("utf-8")
MENDING = (
    "Plak er meer tegelijk", "Wijzig", "Wijzig of haal weg", "Wijzig de sessie", "Kopieer de sessie",
    "Haal de sessie weg", "Repeteer", "Stop de repetitie en wis de proef", "Wijzig het advies", "Wijzig het antwoord",
    "Trek het antwoord in", "Stel het verslag vast", "Ja, stel het verslag vast",
    "Zet het verslag recht of trek het in", "Zet het verslag recht", "Trek het verslag in",
)  # fmt: skip


@pytest.mark.parametrize("label", MENDING)
def test_16_02_the_guide_tells_how_to_mend_in_the_words_of_the_app(label: str) -> None:
    told = {" ".join(one.split()) for one in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", GUIDE)}
    assert label in told
    assert label in {form for texts in read_messages("nl").values() for form in texts}
