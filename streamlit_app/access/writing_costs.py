"""How much may be written from one place by people who are not known: by phone, and by the room or address it is in.

A phone is whatever a browser says it is, so a program can be another one each time. A seat in a session is known by the
code of its room, and all seats of a room share what the room has; who has no seat shares with their address.
"""

from typing import Final

from feedback.people.roles import INVITED, has_any
from streamlit_app.access.allowance import Allowance
from streamlit_app.access.visitors import Visitor

_COSTS: Final[dict[str, dict[str, float]]] = {
    "feedback.contributions.contributions": {"send": 1, "change": 0.5},
    "feedback.sessions.preparing": {"note_reached": 0.1},
    "feedback.sessions.rounds.guesses": {"guess": 0},
    "feedback.sessions.rounds.needless": {"accept": 0},
    "feedback.sessions.rounds.saturday": {"choose": 0, "go_on": 0},
    "feedback.sessions.rounds.card_views": {"judge": 0},
    "feedback.sessions.proposals": {"propose": 1, "withdraw": 0.1},
    "feedback.sessions.responses": {"respond": 0},
    "feedback.sessions.sessions": {"join": 0},
    "feedback.sessions.statements": {"add_statement": 1, "vote": 0},
    "feedback.upkeep.erasure": {"erase_person": 0, "erase_rows": 0},
    "reports.workbook_store": {"begin": 0.5, "copy": 0.5, "add": 0.2, "change": 0.05, "delete": 0},
}

COSTS: Final = {f"{module}.{name}": cost for module, costs in _COSTS.items() for name, cost in costs.items()}
"""What each act costs that is open to who is not known: 1 is a text for others to read.

Of an answer or a vote a seat has one, whatever it sends, and nobody may be kept from erasing what is theirs.
"""

OF_PHONE: Final = Allowance("phone writes", most=15, each_second=1 / 20)
"""Fifteen texts at once, then three a minute."""

OF_ADDRESS: Final = Allowance("address writes", most=400, each_second=1)
"""Two hundred people behind one address may each send a text within seconds, and another one."""

OF_ROOM: Final = Allowance("room writes", most=1600, each_second=5)
"""The same for eight hundred who came in by the code of a session."""


def wait_to_write(cost: float, who: Visitor, phone: str, network: str) -> int:
    """Spend what an act costs; return 0, or the seconds until there is enough for it.

    ``phone`` is the pseudonym under which it is sent, ``network`` what the network is called today. Who came in by an
    invitation of their own has no address: what they do can be ended with it.
    """
    wait = OF_PHONE.spend(phone, cost)
    if wait or has_any(who.role, INVITED):
        return wait
    return OF_ROOM.spend(who.sessions[-1], cost) if who.sessions else OF_ADDRESS.spend(network, cost)
