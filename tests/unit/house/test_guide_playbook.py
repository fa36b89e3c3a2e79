"""The guide of the playbook names what it tells to press as the app calls it."""

import re
from pathlib import Path

from language.catalogue import read_messages

GUIDE = (Path(__file__).parents[3] / "docs" / "handleiding-draaiboek.md").read_text("utf-8")
NO_LABELS = {"voorbeelden", "stopregel", "Zoet", "zuur"}
"""Words that stand out in the guide, and are nothing to press."""


def test_the_guide_of_the_playbook_speaks_the_words_of_the_app() -> None:
    named = {" ".join(one.split()) for one in re.findall(r"\*\*([^*]+)\*\*", GUIDE)} - NO_LABELS
    assert len(named) > 10
    shown = {form.removesuffix(" (.ics)") for texts in read_messages("nl").values() for form in texts}
    assert named - shown == set()
