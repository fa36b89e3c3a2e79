"""The progress of an area as it stands, and every change of it, in ``var/areas/<area>/progress.json``."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from data.area.area import Area
from data.area.partners import read_partners
from data.keeping.home import area_home, written_whole
from data.keeping.locking import locked
from language import UserError
from language.visible import visible
from response.conditions.agreed_history import read_agreed
from response.progress.plan import Meeting, Plan, Result, Telling, UseDecision

HISTORY: Final = "progress.json"
SHORTEST_REASON: Final = 10


class PlanRevision(BaseModel):
    """The whole plan as it stood from ``at`` (UTC) on, changed by which role and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    at: AwareDatetime
    role: Annotated[str, Field(pattern=r"^[a-z_-]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    plan: Plan


class _History(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    revisions: tuple[PlanRevision, ...] = ()


def read_plan(area_id: str) -> Plan:
    """Return the plan of an area; an empty one when nobody filled in anything. Raises ``UserError`` when damaged."""
    history = plan_revisions(area_id)
    return history[-1].plan if history else Plan()


def plan_revisions(area_id: str) -> tuple[PlanRevision, ...]:
    """Return all changes, oldest first. Raises ``UserError`` when their file was damaged."""
    path = area_home(area_id) / HISTORY
    try:
        return _History.model_validate_json(path.read_text("utf-8")).revisions
    except FileNotFoundError:
        return ()
    except (ValidationError, UnicodeDecodeError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error


def put_result(area: Area, result: Result, *, role: str, reason: str) -> PlanRevision:
    """Add a result of a work package, or change it. Raises ``UserError`` for a package that the area has not got."""
    _check_packages(area, (result.package,))
    return _keep(area, lambda plan: _with(plan, "results", result), role=role, reason=reason)


def put_meeting(area: Area, meeting: Meeting, *, role: str, reason: str) -> PlanRevision:
    """Add a meeting of work packages together, or change it. Raises ``UserError`` as :func:`put_result`."""
    _check_packages(area, meeting.packages)
    return _keep(area, lambda plan: _with(plan, "meetings", meeting), role=role, reason=reason)


def put_telling(area: Area, telling: Telling, *, role: str, reason: str) -> PlanRevision:
    """Add who hears what, or change it. Raises ``UserError`` when the reason is too short."""
    return _keep(area, lambda plan: _with(plan, "tellings", telling), role=role, reason=reason)


def decide_use(area: Area, use: UseDecision, *, role: str, reason: str) -> PlanRevision:
    """Note the one decision on taking it into use; a later one takes its place, and the earlier stays in the history.

    Raises ``UserError`` when it names a condition that is not there, and for a go on one that is broken or withdrawn.
    """
    agreed = read_agreed(area.id)
    for one in use.conditions:
        condition = agreed.condition(one)
        if condition is None:
            raise UserError("There is no condition '{condition}' here.", condition=one)
        if use.outcome == "go" and condition.off:
            raise UserError("The condition '{condition}' is broken or withdrawn. Decide on that first.", condition=one)
    return _keep(area, lambda plan: plan.model_copy(update={"use": use}), role=role, reason=reason)


def _check_packages(area: Area, packages: tuple[str, ...]) -> None:
    known = {one.id for one in read_partners(area.id).package}
    for one in packages:
        if one not in known:
            raise UserError("There is no work package '{package}' in partners.toml.", package=one)


def _with(plan: Plan, field: str, one: Any) -> Plan:
    before = getattr(plan, field)
    ids = [other.id for other in before]
    if one.id in ids:
        place = ids.index(one.id)
        return plan.model_copy(update={field: (*before[:place], one, *before[place + 1 :])})
    if one.id in plan.ids:
        raise UserError("Something else has the id '{id}' already. Choose another.", id=one.id)
    return plan.model_copy(update={field: (*before, one)})


def _keep(area: Area, changed: Callable[[Plan], Plan], *, role: str, reason: str) -> PlanRevision:
    said = visible(reason).strip()
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why.")
    with locked(area.id, "progress"):
        history = plan_revisions(area.id)
        made = PlanRevision(
            number=len(history) + 1,
            at=datetime.now(UTC).replace(microsecond=0),
            role=role,
            reason=said[:2000],
            plan=Plan.model_validate(changed(read_plan(area.id)).model_dump()),
        )
        with written_whole(area_home(area.id) / HISTORY) as temporary:
            temporary.write_text(_History(revisions=(*history, made)).model_dump_json(indent=1) + "\n", "utf-8")
    return made
