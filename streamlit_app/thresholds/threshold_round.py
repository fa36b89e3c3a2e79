"""What came of a round about thresholds, in words: for the projector and the phones of the room."""

from typing import Final

from data.area.area import list_areas
from feedback.sessions.proposals import proposed
from language import Language
from streamlit_app.shell import resources
from streamlit_app.shell.past import ruler_in
from visuals.charts.proposals import round_sentences

_BUSY: Final = 1
"""The threshold that is told about: between lively and busy."""


def threshold_round(area_id: str, lang: Language) -> list[str]:
    """Return where roles differ most in all proposals for an area, or what is in the middle of them.

    Empty when there is no such area (any more).
    """
    if area_id not in list_areas():
        return []
    area = resources.area(area_id)
    snapshot, _ = resources.issued(area_id, area.now())
    known = {zone: found for zone, found in proposed(area_id).items() if zone in area.zone_ids}
    return round_sentences(known, lambda zone_id: ruler_in(area, snapshot.cutoff, zone_id), _BUSY, area, lang)
