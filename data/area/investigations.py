"""A source under investigation: the leave for one sealed test of what it would add, and what that test showed.

A log in users' state (``investigations.jsonl``), to which lines are only added. A leave is for one test: it ends with
what was found, when it is withdrawn, when a party objects, and when the source is taken into use.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from data.area.sources import Source, read_sources
from data.area.stances import objections, stances
from data.keeping.decision_log import add_line, lines_of
from data.keeping.home import area_home
from data.keeping.real_time import utc_text
from language import UserError, message_id
from language.visible import one_line

LOG: Final = "investigations.jsonl"
LEAST_WEEKS: Final = 3
"""Weeks that a test needs at least: of fewer no range can be told."""

_SHORTEST: Final = 5
_Figure = Annotated[float, Field(allow_inf_nan=False)]
_Error = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Leave(_Line):
    """The leave to test a source that is not in use, or its end: by which body, why, in which session, when (UTC)."""

    what: Literal["allowed", "ended"]
    source: str
    by: str
    why: str
    session: str = ""
    at: datetime


class Finding(_Line):
    """What a sealed test showed: figures only, no counts.

    Errors are means over places and weeks, in units of the counts. ``difference`` is the error with the source less
    the error without it, the mean over weeks, with its range of 95 % (``low``, ``high``) by the week. ``better``: in
    how many of the ``weeks`` the error with it was smaller. ``first`` and ``last`` are the first days of those weeks.
    """

    what: Literal["found"] = "found"
    source: str
    at: datetime
    practice: bool
    first: date
    last: date
    weeks: int = Field(ge=LEAST_WEEKS)
    places: int = Field(ge=1)
    hours: int = Field(ge=1)
    better: int = Field(ge=0)
    error_with: _Error
    error_without: _Error
    difference: _Figure
    low: _Figure
    high: _Figure

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.difference <= self.high or self.better > self.weeks:
            raise ValueError("low, difference and high must rise, and better is at most the number of weeks")
        return self

    @property
    def verdict(self) -> Literal["better", "worse", "unclear"]:
        """Whether forecasts got better with the source, as far as can be told from these weeks."""
        return "better" if self.high < 0 else "worse" if self.low > 0 else "unclear"


_LINES: Final[TypeAdapter[Leave | Finding]] = TypeAdapter(Annotated[Leave | Finding, Field(discriminator="what")])


@dataclass(frozen=True)
class Investigation:
    """How it stands with the test of a source: the ``leave`` in force, if any, and what was found last."""

    leave: Leave | None = None
    found: Finding | None = None


def investigation_log(area_id: str) -> list[Leave | Finding]:
    """Return all lines, oldest first. Raises ``UserError`` with the line that is none."""
    wrong = message_id("Line {row} of {file} is not about a test of a source. Mend or remove that line.")
    return lines_of(area_home(area_id) / LOG, _LINES.validate_json, wrong)


def investigation(area_id: str, source: Source) -> Investigation:
    """Return how it stands with the test of a source."""
    lines = [one for one in investigation_log(area_id) if one.source == source.id]
    found = next((one for one in reversed(lines) if isinstance(one, Finding)), None)
    last = lines[-1] if lines else None
    against = objections(stances(area_id, source.id).values())
    allowed = isinstance(last, Leave) and last.what == "allowed" and source.decision != "approved" and not against
    return Investigation(last if allowed and isinstance(last, Leave) else None, found)


def allow_test(area_id: str, source_id: str, by: str, *, why: str, session: str) -> None:
    """Note that a body gives leave for one sealed test of a source that is not in use, why, and in which session.

    Raises ``UserError`` when the area has no such source, when it is in use, while a party objects, when leave was
    given already, when what it adds cannot be told apart, and when something is not filled in.
    """
    sources = read_sources(area_id)
    source = _known(area_id, source_id, sources)
    if source.decision == "approved":
        raise UserError("This source is in use already. How good forecasts are is tested as it is.")
    for one in objections(stances(area_id, source_id).values()):
        raise UserError(
            "{party} objects: {why}. As long as it does, the source stays out.", party=one.party, why=one.why
        )
    if investigation(area_id, source).leave is not None:
        raise UserError("Leave for this test was given already. It is for one test.")
    check_apart(source, sources)
    _add(area_id, Leave(what="allowed", source=source_id, at=_now(), **_said(by, why, session)))


def end_leave(area_id: str, source_id: str, by: str, *, why: str) -> None:
    """Withdraw the leave for a test; a test that goes on stops, and nothing of it is kept.

    Raises ``UserError`` when there is none, and when nobody is named or no reason given.
    """
    source = _known(area_id, source_id, read_sources(area_id))
    if investigation(area_id, source).leave is None:
        raise UserError("There is no leave to test this source.")
    _add(area_id, Leave(what="ended", source=source_id, at=_now(), **_said(by, why, "-")))


def note_finding(area_id: str, finding: Finding) -> None:
    """Keep what a test showed; with that the leave for it is used up."""
    _add(area_id, finding)


def check_leave(area_id: str, source_id: str) -> Leave:
    """Return the leave in force to test a source. Raises ``UserError`` when there is none (any more)."""
    leave = investigation(area_id, _known(area_id, source_id, read_sources(area_id))).leave
    if leave is None:
        raise UserError(
            "There is no leave to test source '{source}' of {area}. The ethics group gives it, and the data steward "
            "notes it.",
            source=source_id,
            area=area_id,
        )
    return leave


def check_apart(source: Source, sources: Iterable[Source]) -> None:
    """Raise ``UserError`` when data of a source cannot be told from those of another that is in use."""
    used = [one for one in sources if one.kind == source.kind and one.decision == "approved" and one.id != source.id]
    if source.kind == "counts":
        if not used:
            raise UserError("No counts are in use here. Without them there is nothing to compare with.")
        apart = bool(source.places) and all(
            one.provider == source.provider and one.places and not set(one.places) & set(source.places) for one in used
        )
    else:
        apart = all(one.provider != source.provider for one in used)
    if not apart:
        raise UserError(
            "What this source adds cannot be told apart: a source of the same kind is in use, and their data lie "
            "together. Of counts, each source must name its own places."
        )


def _known(area_id: str, source_id: str, sources: Iterable[Source]) -> Source:
    for source in sources:
        if source.id == source_id:
            return source
    raise UserError("Area {area} has no source '{source}'.", area=area_id, source=source_id)


def _said(by: str, why: str, session: str) -> dict[str, str]:
    said = {"by": one_line(by)[:80], "why": one_line(why)[:500], "session": one_line(session)[:120]}
    if len(said["why"]) < _SHORTEST or not said["by"] or not said["session"]:
        raise UserError("Fill in who decided, in which session, and why.")
    return said | {"session": said["session"].removeprefix("-")}


def _add(area_id: str, line: Leave | Finding) -> None:
    add_line(area_home(area_id) / LOG, line.model_dump(mode="json"))


def _now() -> datetime:
    return datetime.fromisoformat(utc_text())
