"""A trail as a value: dated steps, and what it waits for."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Final, Literal

from language import Language

What = Literal["remark", "statement", "advice", "answer", "decision", "action", "effect"]

ICONS: Final[dict[What, str]] = {
    "remark": ":material/chat:",
    "statement": ":material/how_to_vote:",
    "advice": ":material/campaign:",
    "answer": ":material/reply:",
    "decision": ":material/gavel:",
    "action": ":material/directions_run:",
    "effect": ":material/monitoring:",
}


def step_name(what: What, lang: Language) -> str:
    """Return what a kind of step is called."""
    names: dict[What, str] = {
        "remark": lang.t("Remark"),
        "statement": lang.t("Statement"),
        "advice": lang.t("The advice"),
        "answer": lang.t("The answer"),
        "decision": lang.t("Decision"),
        "action": lang.t("Done"),
        "effect": lang.t("Measured effect"),
    }
    return names[what]


@dataclass(frozen=True)
class Step:
    """One step: what it is, when (aware), in words, the reason that was given, and where more of it is read."""

    what: What
    at: datetime
    text: str
    why: str = ""
    page: str = ""


@dataclass(frozen=True)
class Waiting:
    """For what a trail waits, in words, for how many ``days``; ``late``: longer than was promised."""

    text: str
    days: int
    late: bool = False


@dataclass(frozen=True)
class Trail:
    """The steps, the earliest first, and what is waited for; ``None`` where nothing is to come."""

    steps: tuple[Step, ...]
    waiting: Waiting | None = None

    def gaps(self) -> list[int]:
        """Return for each step how many days after the one before it came; 0 for the first."""
        days = [one.at.date() for one in self.steps]
        return [0, *((later - earlier).days for earlier, later in pairwise(days))][: len(days)]
