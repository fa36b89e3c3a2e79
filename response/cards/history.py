"""Versions of a playbook: what was changed of the file, by which role and why, and the way back.

The history lies in ``var/areas/<area>/playbook.json``. Nothing is ever taken out of it: going back to an earlier
version is a version too.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import Field, ValidationError

from data.area.area import Area
from data.area.measures import read_measures
from data.keeping.home import find
from data.keeping.revisions import History, Revision
from language import UserError
from language.visible import one_line
from response.cards.card import Adopted, Card, Playbook
from response.cards.checking import card_error, faults
from response.cards.reading import FILE, read_file

HISTORY: Final = "playbook.json"


class CardRevision(Revision):
    """One change: which cards differ from the file.

    ``card``: the one that was changed, ``None`` for a way back to ``back_to`` (0: the file). ``advice``: the number of
    the advice that it follows, if any.
    """

    card: str | None = None
    back_to: int | None = Field(default=None, ge=0)
    advice: int | None = Field(default=None, ge=1)
    cards: dict[str, Card] = Field(default_factory=dict)


_KEPT: Final = History(HISTORY, CardRevision, "Say in one sentence why the playbook is changed.")


def read_playbook(area: Area) -> Playbook:
    """Return the cards of an area as they stand now; none when it has no playbook.

    Raises ``UserError`` that says what is wrong and where.
    """
    history = revisions(area.id)
    return playbook_at(area, history[-1] if history else None)


def playbook_at(area: Area, revision: CardRevision | None) -> Playbook:
    """Return the cards as they stood after a revision (``None``: as the file has them)."""
    path = find(area.id, FILE)
    if path is None:
        return Playbook()
    shipped = read_file(path, area, read_measures(area))
    return shipped if revision is None else _with(shipped, revision.cards, revision.number)


def revisions(area_id: str) -> tuple[CardRevision, ...]:
    """Return all changes of the cards of an area, oldest first. Raises ``UserError`` when their file was damaged."""
    return _KEPT.of(area_id)


def change_card(area: Area, card: Card, *, role: str, reason: str, advice: int | None = None) -> CardRevision:
    """Put a changed card in the place of the one with its id. What a body adopted was the card as it was before.

    Raises ``UserError`` when the reason is too short, it does not fit the area, or nothing is different.
    """
    return _revise(area, card.model_copy(update={"adopted": None}), role=role, reason=reason, advice=advice)


def adopt_card(
    area: Area, card_id: str, *, by: str, on: date, role: str, reason: str, advice: int | None = None
) -> CardRevision:
    """Note that a body adopted a card on a day.

    Raises ``UserError`` as :func:`change_card`, and when there is no such card.
    """
    card = read_playbook(area).card(card_id)
    if card is None:
        raise UserError("There is no card '{card}' in this playbook.", card=card_id)
    body = one_line(by)
    if len(body) < 3:
        raise UserError("Say which body adopted the card, and not which person.")
    adopted = card.model_copy(update={"adopted": Adopted(by=body[:80], on=on)})
    return _revise(area, adopted, role=role, reason=reason, advice=advice)


def back_to(area: Area, number: int, *, role: str, reason: str) -> CardRevision:
    """Let the cards be as they were after an earlier change; 0 stands for the file.

    Raises ``UserError`` when there was no such change, and as :func:`change_card`.
    """
    sets = {0: {}, **{one.number: one.cards for one in revisions(area.id)}}
    if number not in sets:
        raise UserError("There is no change {number} of this playbook.", number=number)
    return _keep(area, sets[number], role=role, reason=reason, number=number)


def _revise(area: Area, card: Card, *, role: str, reason: str, advice: int | None) -> CardRevision:
    history = revisions(area.id)
    now = read_playbook(area)
    if now.card(card.id) is None:
        raise UserError("There is no card '{card}' in this playbook.", card=card.id)
    if now.card(card.id) == card:
        raise UserError("Nothing is different on this card.")
    before = history[-1].cards if history else {}
    return _keep(area, {**before, card.id: card}, role=role, reason=reason, card_id=card.id, advice=advice)


def _keep(
    area: Area,
    cards: Mapping[str, Card],
    *,
    role: str,
    reason: str,
    card_id: str | None = None,
    number: int | None = None,
    advice: int | None = None,
) -> CardRevision:
    def made(stamp: Mapping[str, Any]) -> CardRevision:
        found = CardRevision(**stamp, card=card_id, back_to=number, advice=advice, cards=dict(cards))
        for _, _, error in faults(playbook_at(area, found), area, read_measures(area)):
            raise error
        return found

    return _KEPT.keep_version(area.id, made, role=role, reason=reason)


def _with(shipped: Playbook, cards: Mapping[str, Card], number: int) -> Playbook:
    """Return a playbook with changed cards; what the file has no more is left out."""
    changed = tuple(cards.get(card.id, card) for card in shipped.cards)
    return shipped.model_copy(update={"cards": changed, "version": number})


def valid_card(values: Mapping[str, object]) -> Card:
    """Return a card of plain values. Raises ``UserError`` that says what is wrong with it."""
    try:
        return Card.model_validate(dict(values))
    except ValidationError as error:
        raise card_error(error, str(values.get("id", "")))[1] from error
