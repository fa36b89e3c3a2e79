"""The acts of the presenter: what each changes of what the room sees, and how it is carried out."""

from typing import Final

from data.keeping.acts import Seen
from feedback.sessions.door import is_shut, open_door, shut_door
from feedback.sessions.sessions import reveal, show_item, start_timer, stop_timer
from feedback.sessions.stage import Part, part_of, stage
from language import Language
from streamlit_app.access.visitors import Visitor
from streamlit_app.shell.acting import do_seen_as

ACTS: Final[dict[str, Part]] = {
    "before": "place",
    "after": "place",
    "reveal": "answers",
    "timer": "timer",
    "door": "door",
}
"""What the presenter can do, and which part of what the room sees it changes."""
MINUTES: Final = 5
"""How long the timer of an item runs when the agenda does not say."""


def steer(who: Visitor, here: str, act: str, token: str, lang: Language) -> None:
    """Carry out one of :data:`ACTS` in session ``here``, on the version ``token`` of what it changes.

    Raises ``UserError`` where ``who`` may not, or a colleague was first.
    """
    seen, now = Seen(lambda: part_of(here, ACTS[act]), token), stage(here)
    if act == "door":
        do_seen_as(seen, who, lang, open_door if is_shut(now.session) else shut_door, here)
        return
    if act in ("before", "after"):
        place = now.place - 1 + (1 if act == "after" else -1)
        if 0 <= place < len(now.items):
            do_seen_as(seen, who, lang, show_item, here, now.items[place].id)
    elif now.item is not None and act == "reveal":
        do_seen_as(seen, who, lang, reveal, now.item.id, not now.item.revealed)
    elif now.item is not None and act == "timer":
        if now.item.ends is None:
            do_seen_as(seen, who, lang, start_timer, now.item.id, now.item.minutes or MINUTES)
        else:
            do_seen_as(seen, who, lang, stop_timer, now.item.id)
