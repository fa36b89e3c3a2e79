"""Adopted thresholds: the set in force in an area, who adopted it, when and why, and all earlier ones.

The history lies in ``var/areas/<area>/thresholds.json``. Nothing is ever taken out of it: going back to an earlier
set adopts that set again.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from data.area.area import Area
from data.keeping.home import area_home, written_whole
from data.keeping.locking import locked
from forecasting.values.threshold_set import ThresholdSet
from forecasting.values.thresholds import Thresholds
from language import UserError
from language.visible import visible

FILE: Final = "thresholds.json"
_COLUMNS: Final = ("number", "at", "body", "role", "reason", "back_to")
SHORTEST_REASON: Final = 10

Body = Literal["klankbordgroep", "kennistafel", "werkgroep", "organisation"]
"""On whose behalf: one of the three kinds of meeting, or the organisations that keep order."""

BODIES: Final[tuple[Body, ...]] = ("klankbordgroep", "kennistafel", "werkgroep", "organisation")


class Adoption(BaseModel):
    """One decision: which set is in force from ``at`` (UTC) on, on whose behalf, written down by which role, and why.

    ``number`` counts from 1; ``back_to`` is the number of the earlier decision whose set it is (0: the defaults),
    or ``None`` for a set of its own. ``advice``: the number of the advice that it follows, if any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    at: AwareDatetime
    body: Body
    role: Annotated[str, Field(pattern=r"^[a-z_-]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    thresholds: ThresholdSet
    back_to: int | None = Field(default=None, ge=0)
    advice: int | None = Field(default=None, ge=1)


class _History(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    adopted: tuple[Adoption, ...] = ()


def adoptions(area_id: str) -> tuple[Adoption, ...]:
    """Return all decisions of an area, oldest first. Raises ``UserError`` when their file was damaged."""
    path = _path(area_id)
    try:
        state = path.stat()
    except FileNotFoundError:
        return ()
    return _read(path, state.st_mtime_ns, state.st_size)


def in_force(area_id: str) -> Adoption | None:
    """Return the decision in force, ``None`` where nothing was adopted or the last one went back to the defaults.

    Raises ``UserError`` when the file was damaged.
    """
    history = adoptions(area_id)
    return history[-1] if history and history[-1].thresholds.zones else None


def in_force_at(area_id: str, moment: datetime, defaults: Thresholds) -> Thresholds:
    """Return the thresholds that were in force at a moment (aware): what was adopted until then, over ``defaults``.

    Raises ``UserError`` when the file was damaged.
    """
    before = [one for one in adoptions(area_id) if one.at <= moment]
    return before[-1].thresholds.on(defaults) if before else defaults


def adopt(
    area: Area,
    thresholds: ThresholdSet,
    *,
    body: Body,
    role: str,
    reason: str,
    back_to: int | None = None,
    advice: int | None = None,
) -> Adoption:
    """Put a set in force for everyone, and keep who decided, why, and which advice it follows.

    Raises ``UserError`` when the reason is too short, a zone is not the area's, it is in force already, or somebody
    else is adopting one at this moment.
    """
    said = visible(reason).strip()
    if len(said) < SHORTEST_REASON:
        raise UserError("Say in one sentence why these thresholds are adopted.")
    strangers = sorted(set(thresholds.zones) - set(area.zone_ids))
    if strangers:
        raise UserError("Area {area} has no place '{zone}'.", area=area.id, zone=strangers[0])
    with locked(area.id, "thresholds"):
        history = adoptions(area.id)
        if thresholds == (history[-1].thresholds if history else ThresholdSet()):
            raise UserError("These thresholds are in force already.")
        decision = Adoption(
            number=len(history) + 1,
            at=datetime.now(UTC).replace(microsecond=0),
            body=body,
            role=role,
            reason=said[:2000],
            thresholds=thresholds,
            back_to=back_to,
            advice=advice,
        )
        with written_whole(_path(area.id)) as temporary:
            text = _History(adopted=(*history, decision)).model_dump_json(indent=1)
            temporary.write_text(text + "\n", "utf-8")
    return decision


def go_back(area: Area, number: int, *, body: Body, role: str, reason: str, advice: int | None = None) -> Adoption:
    """Put the set of an earlier decision in force again; 0 stands for the defaults of this project.

    Raises ``UserError`` when there is no such decision, and as :func:`adopt` does.
    """
    sets = {0: ThresholdSet(), **{one.number: one.thresholds for one in adoptions(area.id)}}
    if number not in sets:
        raise UserError("There is no decision {number} on thresholds.", number=number)
    return adopt(area, sets[number], body=body, role=role, reason=reason, back_to=number, advice=advice)


def adoptions_table(history: Iterable[Adoption]) -> pd.DataFrame:
    """Return decisions as rows, one a zone: ``number, at, body, role, reason, back_to, zone_id, yellow, orange, red``.

    A decision that went back to the defaults has one row, without a zone.
    """
    columns = pd.Index([*_COLUMNS, "zone_id", "yellow", "orange", "red"])
    rows = [
        [*(getattr(one, name) for name in _COLUMNS), zone_id, *zone_thresholds]
        for one in history
        for zone_id, zone_thresholds in (one.thresholds.zones.items() or [(None, (None, None, None))])
    ]
    return pd.DataFrame(rows, columns=columns)


def _path(area_id: str) -> Path:
    return area_home(area_id) / FILE


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, _size: int) -> tuple[Adoption, ...]:
    """Read the history once for each state of the file: every rerun of every page asks for it."""
    try:
        return _History.model_validate_json(path.read_text("utf-8")).adopted
    except (ValidationError, UnicodeDecodeError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error
