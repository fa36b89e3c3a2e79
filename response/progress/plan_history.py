"""The progress of an area as it stands, and every change of it, in ``var/areas/<area>/progress.json``."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from data.area.area import Area
from data.area.partners import check_packages
from data.keeping.revisions import History, Revision
from language import UserError
from response.conditions.agreed_history import read_agreed
from response.progress.plan import Meeting, Plan, Result, Telling, UseDecision

HISTORY: Final = "progress.json"


class PlanRevision(Revision):
    """The whole plan as it stood."""

    plan: Plan


_KEPT: Final = History(HISTORY, PlanRevision, "Say in one sentence why.")


def read_plan(area_id: str) -> Plan:
    """Return the plan of an area; an empty one when nobody filled in anything. Raises ``UserError`` when damaged."""
    history = plan_revisions(area_id)
    return history[-1].plan if history else Plan()


def plan_revisions(area_id: str) -> tuple[PlanRevision, ...]:
    """Return all changes, oldest first. Raises ``UserError`` when their file was damaged."""
    return _KEPT.of(area_id)


def put_result(area: Area, result: Result, *, role: str, reason: str) -> PlanRevision:
    """Add a result of a work package, or change it. Raises ``UserError`` for a package that the area has not got."""
    check_packages(area.id, (result.package,))
    return _keep(area, lambda plan: _with(plan, "results", result), role=role, reason=reason)


def put_meeting(area: Area, meeting: Meeting, *, role: str, reason: str) -> PlanRevision:
    """Add a meeting of work packages together, or change it. Raises ``UserError`` as :func:`put_result`."""
    check_packages(area.id, meeting.packages)
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
    def made(stamp: Mapping[str, Any]) -> PlanRevision:
        return PlanRevision(**stamp, plan=Plan.model_validate(changed(read_plan(area.id)).model_dump()))

    return _KEPT.keep_version(area.id, made, role=role, reason=reason)
