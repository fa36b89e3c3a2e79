"""Conditions of an area as they stand: the file that ships, what was changed of it, by which role and why.

Every change is kept whole in ``var/areas/<area>/conditions.json``; nothing is taken out of it.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from data.area.area import Area
from data.area.sources import find_source, record_decision
from data.keeping.home import area_home, find, written_whole
from data.keeping.locking import locked
from data.keeping.toml_file import fault, invalid, read_toml
from language import UserError
from language.visible import one_line, visible
from response.conditions.condition import SWITCH_OFF, Agreed, Condition, State, Wish

FILE: Final = "conditions.toml"
HISTORY: Final = "conditions.json"
SHORTEST_REASON: Final = 10


class AgreedRevision(BaseModel):
    """All conditions and wishes as they stood from ``at`` (UTC) on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    at: AwareDatetime
    role: Annotated[str, Field(pattern=r"^[a-z_-]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    about: str
    agreed: Agreed


class _History(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    revisions: tuple[AgreedRevision, ...] = ()


def read_agreed(area_id: str) -> Agreed:
    """Return the conditions and wishes of an area as they stand now; none when nobody made any.

    Raises ``UserError`` that says what is wrong and where.
    """
    history = agreed_revisions(area_id)
    return history[-1].agreed if history else _delivered(area_id)


def agreed_revisions(area_id: str) -> tuple[AgreedRevision, ...]:
    """Return all changes, oldest first. Raises ``UserError`` when their file was damaged."""
    path = area_home(area_id) / HISTORY
    try:
        return _history(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return ()


@lru_cache(maxsize=16)
def _history(path: Path, _written: int) -> tuple[AgreedRevision, ...]:
    try:
        return _History.model_validate_json(path.read_text("utf-8")).revisions
    except (ValidationError, UnicodeDecodeError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error


def _delivered(area_id: str) -> Agreed:
    path = find(area_id, FILE)
    return Agreed() if path is None else _file(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=16)
def _file(path: Path, _written: int) -> Agreed:
    named = {"condition": "conditions", "wish": "wishes"}
    try:
        return Agreed.model_validate({named.get(key, key): value for key, value in read_toml(path).items()})
    except ValidationError as error:
        raise invalid(path, *fault(error)) from error


def put_condition(area: Area, condition: Condition, *, role: str, reason: str) -> AgreedRevision:
    """Add a condition, or put a changed one in the place of the one with its id. Its state is left as it was.

    Raises ``UserError`` when the reason is too short, or it governs a source that the area has not got.
    """
    for one in condition.governs:
        if one.what == "source" and find_source(area.id, one.id) is None:
            raise UserError("Area {area} has no source '{source}'.", area=area.id, source=one.id)

    def changed(agreed: Agreed) -> Agreed:
        before = agreed.condition(condition.id)
        state = {"state": before.state, "decided": before.decided} if before else {"state": "open", "decided": None}
        return agreed.model_copy(update={"conditions": _placed(agreed.conditions, condition.model_copy(update=state))})

    return _keep(area, changed, condition.id, role=role, reason=reason)


def put_wish(area: Area, wish: Wish, *, role: str, reason: str) -> AgreedRevision:
    """Add a goal or wished function, or put a changed one in its place. Raises ``UserError`` without a reason."""
    return _keep(
        area,
        lambda agreed: agreed.model_copy(update={"wishes": _placed(agreed.wishes, wish)}),
        wish.id,
        role=role,
        reason=reason,
    )


def decide_condition(area: Area, condition_id: str, state: State, *, by: str, role: str, reason: str) -> AgreedRevision:
    """Decide on the state of a condition. Sources that it governs go, or come back, at once.

    A source comes back only as the parties allow. Raises ``UserError`` when there is no such condition, when nobody
    or no reason is named, and when a party objects to a source that would come back.
    """
    condition = read_agreed(area.id).condition(condition_id)
    if condition is None:
        raise UserError("There is no condition '{condition}' here.", condition=condition_id)
    body, now = one_line(by), datetime.now(UTC).replace(microsecond=0)
    if len(body) < 3:
        raise UserError("Say which body decided, and not which person.")
    said = _said(reason)
    decided = {"by": body[:80], "at": now, "reason": said}

    def changed(agreed: Agreed) -> Agreed:
        fields = condition.model_dump() | {"state": state, "decided": decided}
        return agreed.model_copy(update={"conditions": _placed(agreed.conditions, Condition.model_validate(fields))})

    made = _keep(area, changed, condition_id, role=role, reason=said)
    for one in condition.governs:
        if one.what == "source":
            _switch_source(area.id, one.id, condition_id, off=state in SWITCH_OFF, reason=said)
    return made


def _switch_source(area_id: str, source_id: str, condition_id: str, *, off: bool, reason: str) -> None:
    """Withdraw a source whose condition is broken; one that was withdrawn for that comes back when it is met."""
    source, mark = find_source(area_id, source_id), f"condition {condition_id}"
    if source is None:
        return
    if off and source.decision == "approved":
        record_decision(area_id, source_id, "refused", mark, reason)
    elif not off and source.decision == "refused" and source.decided_by == mark:
        record_decision(area_id, source_id, "approved", mark, reason)


def _placed(before: tuple[Any, ...], one: Any) -> tuple[Any, ...]:
    ids = [other.id for other in before]
    if one.id not in ids:
        return (*before, one)
    place = ids.index(one.id)
    return (*before[:place], one, *before[place + 1 :])


def _said(reason: str) -> str:
    said = visible(reason).strip()
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why.")
    return said[:2000]


def _keep(area: Area, changed: Callable[[Agreed], Agreed], about: str, *, role: str, reason: str) -> AgreedRevision:
    said = _said(reason)
    with locked(area.id, "conditions"):
        history = agreed_revisions(area.id)
        agreed = changed(read_agreed(area.id))
        made = AgreedRevision(
            number=len(history) + 1,
            at=datetime.now(UTC).replace(microsecond=0),
            role=role,
            reason=said,
            about=about,
            agreed=Agreed.model_validate(agreed.model_dump()),
        )
        with written_whole(area_home(area.id) / HISTORY) as temporary:
            temporary.write_text(_History(revisions=(*history, made)).model_dump_json(indent=1) + "\n", "utf-8")
    return made
