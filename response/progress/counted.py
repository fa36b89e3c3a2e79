"""What is counted from what is stored: promises kept, and *draagvlak* as sessions say it themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from data.keeping.real_time import day_of
from feedback.contributions.small_cells import K
from feedback.groups.votes_by_role import votes_by_role
from feedback.sessions.advice import Advice, advices
from feedback.sessions.sessions import Session, list_sessions
from feedback.sessions.statements import tally
from forecasting.evaluation.backtest_result import newest_backtest
from language import LANGUAGES, Language, language, message_id
from response.conditions.agreed_history import read_agreed
from response.progress.plan_history import read_plan

SUPPORT: Final = {
    "invited": message_id("I felt invited to take part."),
    "room": message_id("There was room to differ."),
    "seen": message_id("I saw what was done with what we said."),
    "outcome": message_id("I know the outcome."),
    "live": message_id("I can live with the outcome."),
}
"""The five fixed statements about support: the same in each session, so that sessions can be compared."""


@dataclass(frozen=True)
class Promises:
    """How many promises fell due, and how many were kept; ``forecasts`` is how many were scored afterwards."""

    answers_due: int
    answers_in_time: int
    conditions: int
    conditions_met: int
    forecasts: int


@dataclass(frozen=True)
class Support:
    """What the people in one session said to one of the five statements; never fewer than five of them.

    ``role``: only those who named it, empty for the others of that session; ``None`` for all who were there.
    """

    session: str
    title: str
    day: date
    statement: str
    agree: int
    disagree: int
    neither: int
    role: str | None = None

    @property
    def voted(self) -> int:
        """How many voted on it."""
        return self.agree + self.disagree + self.neither


@dataclass(frozen=True)
class Met:
    """When work packages met, and about what; ``session`` is its id where it was held here."""

    day: date
    name: str
    packages: tuple[str, ...]
    session: str = ""

    @property
    def joint(self) -> bool:
        """Whether several work packages met."""
        return len(self.packages) > 1


def meetings(area_id: str) -> list[Met]:
    """Return the meetings of work packages of an area, by day: those that were noted, and closed sessions for any."""
    noted = [Met(one.day, one.name, one.packages, one.session) for one in read_plan(area_id).meetings]
    known = {one.session for one in noted}
    held = [
        Met(one.day, one.title, one.packages, one.id)
        for one in _closed(area_id)
        if one.packages and one.id not in known
    ]
    return sorted([*noted, *held], key=lambda one: (one.day, one.name))


def promises(area_id: str, today: date, tz: tzinfo) -> Promises:
    """Count the promises of an area up to ``today`` (a local day)."""
    here = {session.id for session in list_sessions() if session.area == area_id and not session.rehearsal}
    given = [one for one in advices() if one.session in here]
    judged = [kept for one in given if (kept := _in_time(one, today, tz)) is not None]
    conditions = [one for one in read_agreed(area_id).conditions if not one.example]
    result = newest_backtest(area_id)
    return Promises(
        answers_due=len(judged),
        answers_in_time=sum(judged),
        conditions=len(conditions),
        conditions_met=sum(one.state == "met" for one in conditions),
        forecasts=len(result.cutoffs) if result else 0,
    )


def _in_time(advice: Advice, today: date, tz: tzinfo) -> bool | None:
    """Return whether the first answer came by the promised day; ``None`` while that day is still to come."""
    due = date.fromisoformat(advice.due)
    if not advice.answers:
        return False if due < today else None
    return day_of(advice.answers[-1].made, tz) <= due


def support_lines(lang: Language) -> list[str]:
    """Return the five statements as the room reads them."""
    return [lang.t(text) for text in SUPPORT.values()]


def support(area_id: str) -> Iterator[Support]:
    """Yield what closed sessions of an area said to the five statements, by day.

    Where fewer than five people voted nothing is told.
    """
    for session in _closed(area_id):
        for row in tally(session.id).to_dict("records"):
            key = _asked(str(row["text"]))
            found = [int(row[column]) for column in ("agrees", "disagrees", "passes")]
            if key is not None and sum(found) >= K:
                agree, disagree, neither = found
                yield Support(session.id, session.title, session.day, key, agree, disagree, neither)


def support_by_role(area_id: str) -> Iterator[Support]:
    """Yield the same by the role that people named, by day: only where a role can be told of by itself."""
    for session in _closed(area_id):
        asked = {str(row["id"]): _asked(str(row["text"])) for row in tally(session.id).to_dict("records")}
        found = [one for one in votes_by_role(session.id) if asked.get(one.statement)]
        told = {one.statement for one in found if one.role}
        for one in found:
            key = asked[one.statement]
            votes = (one.agrees, one.disagrees, one.passes)
            if key is not None and one.statement in told and sum(votes) >= K:
                yield Support(session.id, session.title, session.day, key, *votes, role=one.role)


def _closed(area_id: str) -> list[Session]:
    closed = [one for one in list_sessions("closed") if one.area == area_id and not one.rehearsal]
    return sorted(closed, key=lambda one: one.date)


def _asked(text: str) -> str | None:
    """Return which of the five statements a text is, in any language."""
    names = {language(code).t(said): key for code in LANGUAGES for key, said in SUPPORT.items()}
    return names.get(text)
