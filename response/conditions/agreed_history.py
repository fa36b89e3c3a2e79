"""Conditions of an area as they stand: the file that ships, what was changed of it, by which role and why.

Every change is kept whole in ``var/areas/<area>/conditions.json``; nothing is taken out of it.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from data.area.area import Area
from data.area.sources import find_source, record_decision
from data.keeping.home import find
from data.keeping.revisions import History, Revision
from data.keeping.toml_file import fault, invalid, read_toml
from language import UserError
from language.visible import one_line
from response.conditions.condition import SWITCH_OFF, Agreed, Condition, State, Wish

FILE: Final = "conditions.toml"
HISTORY: Final = "conditions.json"


class AgreedRevision(Revision):
    """All conditions and wishes as they stood, and what was changed."""

    about: str
    agreed: Agreed


_KEPT: Final = History(HISTORY, AgreedRevision, "Say in one sentence why.")


def read_agreed(area_id: str) -> Agreed:
    """Return the conditions and wishes of an area as they stand now; none when nobody made any.

    Raises ``UserError`` that says what is wrong and where.
    """
    history = agreed_revisions(area_id)
    return history[-1].agreed if history else delivered_agreed(area_id)


def agreed_revisions(area_id: str) -> tuple[AgreedRevision, ...]:
    """Return all changes, oldest first. Raises ``UserError`` when their file was damaged."""
    return _KEPT.of(area_id)


def delivered_agreed(area_id: str) -> Agreed:
    """Return the conditions and wishes as the file of the area has them, before anybody changed one."""
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
    said = _KEPT.reason(reason)
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


def _keep(area: Area, changed: Callable[[Agreed], Agreed], about: str, *, role: str, reason: str) -> AgreedRevision:
    def made(stamp: Mapping[str, Any]) -> AgreedRevision:
        agreed = Agreed.model_validate(changed(read_agreed(area.id)).model_dump())
        return AgreedRevision(**stamp, about=about, agreed=agreed)

    return _KEPT.keep_version(area.id, made, role=role, reason=reason)
