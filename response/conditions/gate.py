"""The gate of conditions: whether a page, card, publication or part is on. There is no second way to switch one off.

What a broken condition governs goes off visibly, with the reason, and never during a session that is open: it goes when
that session has closed. Sources are withdrawn at once, by the consent gate, when the condition is decided on. A part is
the other way round: it is off until a condition that governs it is met.
"""

from datetime import datetime

from feedback.sessions.sessions import list_sessions
from language import UserError
from response.cards.card import Playbook
from response.conditions.agreed_history import read_agreed
from response.conditions.condition import ALWAYS_ON, Condition, Governed


class SwitchedOffError(UserError):
    """What is asked for is off, because a condition is broken or was withdrawn."""


def off_by(area_id: str, what: Governed, thing_id: str) -> Condition | None:
    """Return the condition by which something is switched off now; ``None`` while it is on.

    Raises ``UserError`` when the conditions of the area cannot be read: then nothing that they may govern is on.
    """
    if what == "page" and thing_id in ALWAYS_ON:
        return None
    for condition in read_agreed(area_id).conditions:
        if condition.off and any((one.what, one.id) == (what, thing_id) for one in condition.governs):
            decided = condition.decided
            at_once = what == "source" or decided is None
            if at_once or (decided is not None and not _in_open_session(area_id, decided.at)):
                return condition
    return None


def check_on(area_id: str, what: Governed, thing_id: str) -> None:
    """Raise ``SwitchedOffError`` with the reason when something is switched off."""
    found = off_by(area_id, what, thing_id)
    if found is not None and found.decided is not None:
        raise SwitchedOffError(
            "This is switched off by a decision of {body}: {reason}", body=found.decided.by, reason=found.decided.reason
        )


def allowed(area_id: str, part: str) -> bool:
    """Return whether a part is on: some condition governs it, and all that do are met by a decision.

    Raises ``UserError`` when the conditions of the area cannot be read.
    """
    governing = [
        one
        for one in read_agreed(area_id).conditions
        if any((each.what, each.id) == ("part", part) for each in one.governs)
    ]
    return bool(governing) and all(one.state == "met" and one.decided is not None for one in governing)


def cards_in_force(area_id: str, playbook: Playbook) -> Playbook:
    """Return a playbook without the cards that are switched off."""
    cards = tuple(card for card in playbook.cards if off_by(area_id, "card", card.id) is None)
    return playbook if len(cards) == len(playbook.cards) else playbook.model_copy(update={"cards": cards})


def _in_open_session(area_id: str, decided: datetime) -> bool:
    """Whether a session of the area is open that was open already when it was decided."""
    return any(
        session.area == area_id and session.opened is not None and datetime.fromisoformat(session.opened) <= decided
        for session in list_sessions("open")
    )
