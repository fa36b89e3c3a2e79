"""The closing form of a session, and its report from concept to adopted."""

import json
from collections.abc import Mapping
from typing import Final

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store
from feedback.database.texts import clean
from feedback.sessions.sessions import Session, close_session, find_session
from language import UserError

LONGEST: Final = 20_000
FEWEST: Final = 5
"""A role that fewer people named is not counted by itself."""


def counted_roles(session_id: str) -> dict[str, int]:
    """Return how many people who joined named each role; ``""`` for who named none."""
    with open_store() as db:
        rows = db.execute(
            "SELECT coalesce(role, ''), count(*) FROM attendance WHERE session = ? GROUP BY 1 ORDER BY 2 DESC, 1",
            [session_id],
        )
        return {role: int(count) for role, count in rows}


def published_roles(attended: Mapping[str, int]) -> dict[str, int]:
    """Return attendance by role fit to be published: roles of fewer than five, and who named none, are one rest.

    The rest is never smaller than five either, unless nothing else is told: the smallest role then joins it.
    """
    told = {role: n for role, n in attended.items() if n >= FEWEST and role}
    rest = sum(attended.values()) - sum(told.values())
    while told and 0 < rest < FEWEST:
        smallest = min(told, key=lambda role: told[role])
        rest += told.pop(smallest)
    return {**told, **({"": rest} if rest else {})}


def fill_in(session_id: str, *, minutes: str, organisations: str, attended: Mapping[str, int]) -> Session:
    """Close the session with its form; the report becomes a concept. It can be filled in again until it is adopted.

    ``attended`` is how many people came, by role, also those without a phone. Raises ``UserError`` when the report
    was adopted, or a number is below zero.
    """
    if any(number < 0 for number in attended.values()):
        raise UserError("Fewer than no people cannot have come.")
    session = close_session(session_id)
    if session.report == "adopted":
        raise UserError("This report was adopted, so it does not change any more.")
    with change_store() as db:
        db.table("sessions").update(
            session_id,
            {
                "minutes": clean(minutes, longest=LONGEST),
                "organisations": clean(organisations, longest=2000),
                "attended": json.dumps({role: int(number) for role, number in attended.items() if number}),
                "report": "concept",
            },
        )
    return find_session(session_id)


def adopt(session_id: str) -> Session:
    """Adopt the report: from now on its text does not change, and the link to who said what ends in 30 days.

    Raises ``UserError`` when there is no concept."""
    session = find_session(session_id)
    if session.report == "none":
        raise UserError("There is no report yet. Fill in the closing form first.")
    with change_store() as db:
        if session.report == "concept":
            db.table("sessions").update(session_id, {"report": "adopted", "adopted": utc_text()})
    return find_session(session_id)
