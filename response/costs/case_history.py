"""Versions of a case of costs and benefits: the file, what was changed of it, by which role and why, and the way back.

The history lies in ``var/areas/<area>/costs.json``. Nothing is taken out of it: going back is a version too.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from data.area.area import Area
from data.keeping.home import area_home, find, written_whole
from data.keeping.locking import locked
from data.keeping.toml_file import fault, invalid, read_toml
from language import UserError
from language.visible import one_line, visible
from response.costs.case import Case, Rate, checked

FILE: Final = "costs.toml"
HISTORY: Final = "costs.json"
SHORTEST_REASON: Final = 10


class CaseRevision(BaseModel):
    """The whole case as it stood from ``at`` (UTC) on, by which role it was changed, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    at: AwareDatetime
    role: Annotated[str, Field(pattern=r"^[a-z_-]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    case: Case


class _History(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    revisions: tuple[CaseRevision, ...] = ()


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
    path = area_home(area_id) / HISTORY
    try:
        return _History.model_validate_json(path.read_text("utf-8")).revisions
    except FileNotFoundError:
        return ()
    except (ValidationError, UnicodeDecodeError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error


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
    said = visible(reason).strip()
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why the costs and benefits are changed.")
    with locked(area.id, "costs"):
        history = case_revisions(area.id)
        number = len(history) + 1
        made = CaseRevision(
            number=number,
            at=datetime.now(UTC).replace(microsecond=0),
            role=role,
            reason=said[:2000],
            case=checked(Case.model_validate(case.model_dump() | {"number": number})),
        )
        with written_whole(area_home(area.id) / HISTORY) as temporary:
            temporary.write_text(_History(revisions=(*history, made)).model_dump_json(indent=1) + "\n", "utf-8")
    return made
