"""Versions: what was changed, by which role and why, and the way back; nothing is lost and nothing is half kept."""

from datetime import date
from pathlib import Path

import pytest

from data.area.area import Area, load_area
from data.area.measures import Places
from language import UserError
from response.cards.card import Card
from response.cards.history import (
    HISTORY,
    adopt_card,
    back_to,
    change_card,
    playbook_at,
    read_playbook,
    revisions,
    valid_card,
)

WHY = {"role": "professional", "reason": "Afgesproken in het overleg."}


@pytest.fixture
def area() -> Area:
    return load_area("scheveningen")


def later(card: Card, **trigger: object) -> Card:
    return card.model_copy(update={"trigger": card.trigger.model_copy(update=trigger)})


def test_a_change_is_in_force_with_its_reason_and_the_file_stays(area: Area) -> None:
    before = read_playbook(area)
    changed = later(before.cards[2], hours=4)
    made = change_card(area, changed, **WHY)
    now = read_playbook(area)
    assert now.version == made.number == 1
    assert now.card(changed.id) == changed
    assert [card.id for card in now.cards] == [card.id for card in before.cards]
    assert [card for card in now.cards if card.id != changed.id] == [c for c in before.cards if c.id != changed.id]
    assert (made.role, made.reason, made.card) == ("professional", WHY["reason"], changed.id)
    assert playbook_at(area, None) == before


def test_the_way_back_is_a_version_too(area: Area) -> None:
    first = read_playbook(area).cards[0]
    change_card(area, later(first, hours=5), **WHY)
    change_card(area, later(first, hours=6), **WHY)
    assert back_to(area, 1, **WHY).number == 3
    found = read_playbook(area).card(first.id)
    assert found is not None
    assert found.trigger.hours == 5
    back_to(area, 0, **WHY)
    assert read_playbook(area).card(first.id) == first
    assert [one.back_to for one in revisions(area.id)] == [None, None, 1, 0]
    with pytest.raises(UserError, match="no change 9"):
        back_to(area, 9, **WHY)


def test_what_a_body_adopted_is_the_card_as_it_was(area: Area) -> None:
    card = read_playbook(area).cards[1]
    adopt_card(area, card.id, by="Werkgroep  Veiligheid", on=date(2026, 9, 1), **WHY)
    found = read_playbook(area).card(card.id)
    assert found is not None
    assert found.adopted is not None
    assert (found.adopted.by, found.adopted.on) == ("Werkgroep Veiligheid", date(2026, 9, 1))
    change_card(area, later(found, hours=4), **WHY)
    again = read_playbook(area).card(card.id)
    assert again is not None
    assert again.adopted is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda card: card, "Nothing is different"),
        (lambda card: card.model_copy(update={"id": "weg"}), "no card 'weg'"),
        (lambda card: card.model_copy(update={"lead_hours": 400}), "reaches 168 hours"),
        (lambda card: later(card, places=Places(zones=("nergens",))), "'nergens'"),
        (lambda card: card.model_copy(update={"actors": ("niemand",)}), "'niemand', who is not known"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(area: Area, home: Path, change: object, said: str) -> None:
    card = read_playbook(area).cards[0]
    with pytest.raises(UserError, match=said):
        change_card(area, change(card), **WHY)  # type: ignore[operator]
    assert not (home / "areas" / area.id / HISTORY).exists()


def test_a_reason_and_a_body_are_asked_for(area: Area) -> None:
    card = read_playbook(area).cards[0]
    with pytest.raises(UserError, match="in one sentence why"):
        change_card(area, later(card, hours=4), role="professional", reason=" kort ")
    with pytest.raises(UserError, match="which body"):
        adopt_card(area, card.id, by=" ", on=date(2026, 9, 1), **WHY)
    with pytest.raises(UserError, match="no card"):
        adopt_card(area, "weg", by="Werkgroep", on=date(2026, 9, 1), **WHY)


def test_a_damaged_history_is_said(area: Area, home: Path) -> None:
    folder = home / "areas" / area.id
    folder.mkdir(parents=True)
    (folder / HISTORY).write_text('{"version": 1, "revisions": [{"number": 0}]}')
    with pytest.raises(UserError, match="is damaged"):
        read_playbook(area)


def test_a_changed_card_that_the_file_has_no_more_is_left_out(area: Area, home: Path) -> None:
    card = read_playbook(area).cards[3]
    change_card(area, later(card, hours=7), **WHY)
    folder = home / "areas" / area.id
    (folder / "playbook.toml").write_text("# leeg\n")
    assert read_playbook(area).cards == ()


def test_a_form_that_is_not_a_card_is_said() -> None:
    with pytest.raises(UserError, match="Card 'x' has no"):
        valid_card({"id": "x"})
