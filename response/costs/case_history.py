"""Versions of a case of costs and benefits: the file, what was changed of it, by which role and why, and the way back.

The history lies in ``var/areas/<area>/costs.json``. Nothing is taken out of it: going back is a version too.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from data.area.area import Area
from data.keeping.home import find
from data.keeping.revisions import History, Revision
from data.keeping.toml_file import fault, invalid, read_toml
from language import UserError
from language.visible import one_line
from response.costs.case import Case, Rate, checked

FILE: Final = "costs.toml"
HISTORY: Final = "costs.json"


class CaseRevision(Revision):
    """The whole case as it stood."""

    case: Case


_KEPT: Final = History(HISTORY, CaseRevision, "Say in one sentence why the costs and benefits are changed.")


def read_case(area: Area) -> Case:
    """Return the case of an area as it stands now; one without items when nobody made any.

    Raises ``UserError`` that says what is wrong and where.
    """
    history = case_revisions(area.id)
    return history[-1].case if history else delivered_case(area)


def delivered_case(area: Area) -> Case:
    """Return the case as the file of the area has it: ``[[item]]``, ``[[party]]`` and, if it differs, ``[[rate]]``."""
    path = find(area.id, FILE)
    if path is None:
        return Case(base_year=area.now().year)
    content = read_toml(path)
    named = {"item": "items", "party": "parties", "rate": "rates"}
    try:
        return checked(Case.model_validate({named.get(key, key): value for key, value in content.items()}))
    except ValidationError as error:
        raise invalid(path, *fault(error)) from error


def case_revisions(area_id: str) -> tuple[CaseRevision, ...]:
    """Return all changes of the case of an area, oldest first. Raises ``UserError`` when their file was damaged."""
    return _KEPT.of(area_id)


def change_case(area: Area, case: Case, *, role: str, reason: str) -> CaseRevision:
    """Put a changed case in the place of the one that stands.

    Raises ``UserError`` when the reason is too short, nothing is different, or it does not fit together.
    """
    if case == read_case(area):
        raise UserError("Nothing is different in these costs and benefits.")
    return _keep(area, case, role=role, reason=reason)


def confirm_rate(area: Area, rate: Rate, *, by: str, on: date, role: str, reason: str) -> CaseRevision:
    """Note that a body confirmed a rate; one of the same class and first day gives way to it.

    Raises ``UserError`` when no body is named, and as :func:`change_case`.
    """
    body = one_line(by)
    if len(body) < 3:
        raise UserError("Say which body or function confirmed the rate, and not which person.")
    case = read_case(area)
    confirmed = rate.model_copy(update={"confirmed_by": body[:80], "confirmed_on": on})
    others = tuple(one for one in case.rates if (one.of, one.valid_from) != (rate.of, rate.valid_from))
    return change_case(area, case.model_copy(update={"rates": (*others, confirmed)}), role=role, reason=reason)


def earlier_case(area: Area, number: int, *, role: str, reason: str) -> CaseRevision:
    """Let the case be as it was after an earlier change; 0 stands for the file.

    Raises ``UserError`` when there was no such change, and when the reason is too short.
    """
    cases = {0: delivered_case(area), **{one.number: one.case for one in case_revisions(area.id)}}
    if number not in cases:
        raise UserError("There is no change {number} of these costs and benefits.", number=number)
    return _keep(area, cases[number], role=role, reason=reason)


def _keep(area: Area, case: Case, *, role: str, reason: str) -> CaseRevision:
    def made(stamp: Mapping[str, Any]) -> CaseRevision:
        numbered = Case.model_validate(case.model_dump() | {"number": stamp["number"]})
        return CaseRevision(**stamp, case=checked(numbered))

    return _KEPT.keep_version(area.id, made, role=role, reason=reason)
