"""Cards and a measure for tests."""

from data.area.measures import Measure, measures_from
from response.cards.card import Card


def a_card(card_id: str, trigger: dict[str, object], **fields: object) -> Card:
    """Return a card that is whole, with a trigger and other fields as asked."""
    plain = {
        "id": card_id,
        "names": {"nl": f"Kaart {card_id}", "en": f"Card {card_id}"},
        "kind": "route",
        "taste": "sweet",
        "actors": ["gemeente"],
        "decides": {"nl": "Gemeente"},
        "lead_hours": 24,
        "trigger": trigger,
        "stop": {"nl": "Stop als het rustig is."},
        "steps": [{"nl": "Zet de borden aan."}],
        "side_effects": {"nl": "Drukte elders."},
        "undone": {"nl": "Zet de borden uit."},
        "source": {"nl": "Aanname."},
    }
    return Card.model_validate(plain | fields)


A_MEASURE: Measure = measures_from(
    [
        {
            "id": "borden",
            "names": {"nl": "Borden"},
            "decided_by": {"nl": "Gemeente"},
            "source": {"nl": "Aanname"},
            "effect": {
                "type": "change",
                "places": {"kinds": ["beach"]},
                "factor": {"low": 0.5, "expected": 0.7, "high": 0.9},
            },
        }
    ]
)[0]
