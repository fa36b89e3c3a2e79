"""Events that somebody proposes: beside the calendar and in no forecast, until a steward accepts them.

A log in users' state (``event_proposals.jsonl``), to which lines are only added; the last line of a proposal counts.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self
from uuid import uuid4

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.area.area import Area
from data.keeping.acts import concerning
from data.keeping.decision_log import add_line, lines_of
from data.keeping.from_outside import in_reach
from data.keeping.home import area_home
from data.keeping.locking import working_on
from data.keeping.real_time import utc_text
from data.upkeep.event_calendar import Saved, add_event, check_kept_here, event_row, incomplete
from language import UserError, message_id
from language.visible import one_line

LOG: Final = "event_proposals.jsonl"
LONGEST_NAME: Final = 100
SHORTEST_REASON: Final = 10
_LONGEST_REASON: Final = 500
_MOST_WAITING: Final = 50
_LARGEST: Final = 1_000_000

State = Literal["proposed", "accepted", "refused", "withdrawn"]


class Proposal(BaseModel):
    """An event as it was proposed, with how it stands since ``at`` (UTC) and, where a steward refused it, why."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]
    state: State
    at: AwareDatetime
    name: str
    zone_id: str
    start: AwareDatetime
    end: AwareDatetime
    attendance: Annotated[float, Field(gt=0, le=_LARGEST, allow_inf_nan=False)]
    reason: str = ""

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if not (in_reach(self.start) and in_reach(self.end) and self.start < self.end):
            raise ValueError("end must come after start, in years that people plan in")
        return self

    @property
    def waits(self) -> bool:
        """Whether a steward has yet to decide."""
        return self.state == "proposed"


def proposals(area_id: str) -> tuple[Proposal, ...]:
    """Return all proposals as they stand, in the order in which they were made.

    Raises ``UserError`` with the line of the log that is none.
    """
    wrong = message_id("Line {row} of {file} is not a proposal of an event. Mend or remove that line.")
    lines = lines_of(area_home(area_id) / LOG, Proposal.model_validate_json, wrong)
    return tuple({one.id: one for one in lines}.values())


def waiting_events(area_id: str) -> tuple[Proposal, ...]:
    """Return the proposals on which a steward has yet to decide, the first to come first."""
    return tuple(sorted((one for one in proposals(area_id) if one.waits), key=lambda one: (one.start, one.id)))


def find_proposal(area_id: str, proposal_id: str) -> Proposal | None:
    """Return a proposal as it stands; ``None`` for an id that there is not."""
    return next((one for one in proposals(area_id) if one.id == proposal_id), None)


def propose_event(area: Area, event: Mapping[str, Any]) -> Proposal:
    """Propose an event: ``name``, ``zone_id``, ``start``, ``end`` (area time where they have no zone), ``attendance``.

    Raises ``UserError`` when it is not complete or over already, when very many wait, or when the area's events come
    from elsewhere.
    """
    check_kept_here(area)
    name = one_line(str(event["name"] or ""))[:LONGEST_NAME]
    row = event_row(area, {**event, "event_id": "", "name": name})
    if not 0 < float(row["attendance"]) <= _LARGEST:
        raise UserError("Say how many visitors are expected: from 1 to {most}.", most=_LARGEST)
    stamp = {"id": f"voorstel-{uuid4().hex[:12]}", "state": "proposed", "at": utc_text()}
    try:
        proposed = Proposal.model_validate({**row, **stamp})
    except ValidationError as error:
        raise incomplete(name) from error
    if proposed.end <= area.now():
        raise UserError("This event is over already. Propose one that is still to come.")
    with working_on(area_home(area.id), "proposing"):
        if len(waiting_events(area.id)) >= _MOST_WAITING:
            raise UserError("{n} proposed events wait already. Let a steward decide on those first.", n=_MOST_WAITING)
        _add(area.id, proposed)
    concerning(proposed.id)
    return proposed


def accept_event(proposal_id: str, area: Area, *, agreed_by: str = "") -> Saved:
    """Put a proposed event into the calendar, so that forecasts count with it; return what changed in the calendar.

    Done twice, or after the machine stopped halfway, it stands there once. Raises ``UserError`` when it does not wait
    any more, and as ``save_calendar``.
    """
    with working_on(area_home(area.id), "proposing"):
        found = _waiting(area.id, proposal_id)
        event = found.model_dump(include={"name", "zone_id", "start", "end", "attendance"})
        saved = add_event(area, {**event, "event_id": found.id}, agreed_by=agreed_by)
        _add(area.id, _now(found, "accepted"))
    return saved


def refuse_event(proposal_id: str, area: Area, reason: str) -> None:
    """Refuse a proposed event, for a reason that who proposed it reads.

    Raises ``UserError`` when the reason says nothing, or the proposal does not wait any more.
    """
    said = one_line(reason)[:_LONGEST_REASON]
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why: who proposed it reads that.")
    with working_on(area_home(area.id), "proposing"):
        _add(area.id, _now(_waiting(area.id, proposal_id), "refused", said))


def withdraw_event(proposal_id: str, area: Area) -> None:
    """Take a proposal back. Raises ``UserError`` when it does not wait any more."""
    with working_on(area_home(area.id), "proposing"):
        _add(area.id, _now(_waiting(area.id, proposal_id), "withdrawn"))


def _waiting(area_id: str, proposal_id: str) -> Proposal:
    found = find_proposal(area_id, proposal_id)
    if found is None or not found.waits:
        raise UserError("This proposal does not wait for a decision any more. Look again.")
    return found


def _now(proposal: Proposal, state: State, reason: str = "") -> Proposal:
    return proposal.model_copy(update={"state": state, "at": datetime.fromisoformat(utc_text()), "reason": reason})


def _add(area_id: str, proposal: Proposal) -> None:
    add_line(area_home(area_id) / LOG, proposal.model_dump(mode="json"))
