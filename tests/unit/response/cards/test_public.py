"""What everybody may see of a card has no room for what is hidden."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from response.cards.card import Card, Playbook
from response.cards.public import PublicCard, public_card, public_cards
from tests.unit.response.conftest import CardMaker

SECRET = "GEHEIM"


def hidden(card: CardMaker, **more: object) -> Card:
    """A card whose every hidden field says that it is one."""
    text = {"nl": SECRET, "en": SECRET}
    return card(
        decides=text,
        basis=text,
        stop=text,
        steps=[text],
        side_effects=text,
        undone=text,
        source=text,
        people={"low": 4711, "high": 4712},
        cost={"low": 4713, "high": 4714},
        message={"channel": text, "sender": text, "text": text},
        lead_hours=47,
        hours=11,
        chance=0.77,
        **more,
    )


def test_a_public_card_holds_nothing_that_is_hidden(card: CardMaker) -> None:
    public = public_card(hidden(card, visible="everybody", public_text={"nl": "Wij wijzen de weg."}))
    assert public is not None
    assert not [word for word in (SECRET, "4711", "4712", "4713", "4714", "47", "0.77") if word in repr(public)]
    assert {field.name for field in fields(PublicCard)} == {"id", "names", "taste", "actors", "text", "adopted"}


@given(seen=st.lists(st.booleans(), max_size=6))
def test_only_cards_for_everybody_are_public(card: CardMaker, seen: list[bool]) -> None:
    text = {"nl": "Wij wijzen de weg."}
    cards = tuple(
        card(f"c{index}", public_text=text, visible="everybody" if open_ else "professionals")
        for index, open_ in enumerate(seen)
    )
    found = [one.id for one in public_cards(Playbook(cards=cards))]
    assert found == [f"c{index}" for index, open_ in enumerate(seen) if open_]
