"""*Instemming*: what each party says to a source, by which session; an objection keeps the source out at once.

A log in users' state (``stances.jsonl``), to which lines are only added; the last one of a party on a source counts.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict

from data.area.partners import read_partners
from data.keeping.decision_log import add_line, lines_of
from data.keeping.home import area_home
from data.keeping.real_time import utc_text
from language import UserError, message_id
from language.visible import one_line

LOG: Final = "stances.jsonl"
SHORTEST_REASON: Final = 5

Answer = Literal["agrees", "agrees_if", "objects", "not_asked"]
ANSWERS: Final[tuple[Answer, ...]] = get_args(Answer)


class Stance(BaseModel):
    """One line of the log: what a party said to a source, why or on what condition, in which session, when (UTC)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str
    party: str
    answer: Answer
    why: str = ""
    session: str = ""
    at: datetime


def stance_log(area_id: str) -> list[Stance]:
    """Return all that parties said, oldest first. Raises ``UserError`` with the line that is none."""
    wrong = message_id("Line {row} of {file} is not what a party said. Mend or remove that line.")
    return lines_of(area_home(area_id) / LOG, Stance.model_validate_json, wrong)


def stances(area_id: str, source_id: str) -> dict[str, Stance]:
    """Return what each party says to a source now, by its id; who was never asked is not in it."""
    return newest(stance_log(area_id), source_id)


def newest(log: Iterable[Stance], source_id: str) -> dict[str, Stance]:
    """Return what each party says to a source by the end of a log."""
    return {one.party: one for one in log if one.source == source_id}


def objections(said: Iterable[Stance]) -> list[Stance]:
    """Return what keeps a source out."""
    return [one for one in said if one.answer == "objects"]


def add_stance(area_id: str, source_id: str, party: str, answer: Answer, *, why: str = "", session: str = "") -> None:
    """Note what a party says to a source; it is in force at once.

    Raises ``UserError`` for a party that the area does not name, and when an objection or condition says nothing.
    """
    if read_partners(area_id).find(party) is None:
        raise UserError("The parties of this area do not include '{party}'. See partners.toml.", party=party)
    reason = one_line(why)
    if answer in ("objects", "agrees_if") and len(reason) < SHORTEST_REASON:
        raise UserError("Say why the party objects, or on what condition it agrees.")
    line = {
        "source": source_id,
        "party": party,
        "answer": answer,
        "why": reason[:500],
        "session": one_line(session)[:120],
        "at": utc_text(),
    }
    add_line(area_home(area_id) / LOG, line)
