"""Sources of an area and the decisions on them: which data stakeholders agreed to use.

A source is described in the area's ``sources.toml``. A decision in the log of users' state
(``decisions.jsonl``, one JSON object a line, the last one counts) goes before the one in that file.
"""

import json
from datetime import date, datetime
from typing import Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from data.area.connector_settings import Connector
from data.area.partners import read_partners
from data.area.stances import Answer, Stance, add_stance, newest, objections, stance_log, stances
from data.area.zone import Names
from data.keeping.decision_log import add_line, lines_of
from data.keeping.home import SHIPPED, area_home, written_whole
from data.keeping.real_time import utc_text
from data.keeping.toml_file import read_toml
from language import UserError, message_id
from language.visible import one_line

LOG: Final = "decisions.jsonl"

Kind = Literal["counts", "weather", "events"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
Decision = Literal["approved", "pending", "refused"]


class Decided(BaseModel):
    """One line of the log of decisions; ``at`` is a moment in UTC."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    source: str
    decision: Decision
    by: str
    reason: str = ""
    at: datetime


class Source(BaseModel):
    """Where data come from, what they count, their known bias, and whether stakeholders agreed to their use.

    ``connector`` tells how they are fetched; a source without one is imported by hand. What nobody filled in of owner,
    legal basis, personal data, privacy measures, retention and counted ``places`` (ids of zones) is absent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: Kind
    provider: str
    title: Names
    counted: Names = {}
    bias: Names = {}
    credit: str = ""
    licence: str = ""
    owner: Names = {}
    legal_basis: Names = {}
    personal_data: bool | None = None
    privacy: Names = {}
    retention: Names = {}
    places: tuple[str, ...] = ()
    simulated: bool = False
    decision: Decision = "pending"
    decided_by: str = ""
    decided_on: date | None = None
    connector: Connector | None = None

    @model_validator(mode="after")
    def _connected(self) -> Self:
        if self.connector is None:
            return self
        if self.provider != "file":
            raise ValueError(f"source '{self.id}' has a connector, so its provider must be 'file'")
        if not self.connector.fits(self.kind):
            raise ValueError(f"source '{self.id}': a connector of kind {self.connector.kind} cannot fetch {self.kind}")
        return self


def read_sources(area_id: str) -> list[Source]:
    """Return the area's sources with their decisions in force, shipped ones first.

    Raises ``UserError`` when a file of sources or decisions cannot be read.
    """
    sources: dict[str, Source] = {}
    for folder in (SHIPPED / area_id, area_home(area_id)):
        path = folder / "sources.toml"
        if not path.exists():
            continue
        try:
            for fields in read_toml(path).get("source", []):
                source = Source.model_validate(fields)
                sources[source.id] = source
        except ValidationError as error:
            what = error.errors()[0]["msg"]
            raise UserError("{file} is not a valid list of sources: {what}.", file=path, what=what) from error
    for line in decision_log(area_id):
        if line.source in sources:
            taken = {"decision": line.decision, "decided_by": line.by, "decided_on": line.at.date()}
            sources[line.source] = sources[line.source].model_copy(update=taken)
    said = stance_log(area_id)
    return [_as_parties_say(source, newest(said, source.id)) for source in sources.values()]


def _as_parties_say(source: Source, said: dict[str, Stance]) -> Source:
    """Return a source as refused while a party objects to it, whatever was decided."""
    against = objections(said.values())
    if not against:
        return source
    last = max(against, key=lambda one: one.at)
    return source.model_copy(update={"decision": "refused", "decided_by": last.party, "decided_on": last.at.date()})


def find_source(area_id: str, source_id: str) -> Source | None:
    """Return one of the area's sources, ``None`` when there is none with this id. Raises as :func:`read_sources`."""
    return next((source for source in read_sources(area_id) if source.id == source_id), None)


def approved_sources(area_id: str) -> tuple[Source, ...]:
    """Return the sources that may be used now: what a result says it was made from. Raises as :func:`read_sources`."""
    return tuple(source for source in read_sources(area_id) if source.decision == "approved")


def record_decision(area_id: str, source_id: str, decision: Decision, by: str, reason: str = "") -> None:
    """Add a decision on a source to the area's log; it is in force at once.

    Raises ``UserError`` when the area has no such source, and when it is to be approved while a party objects, or
    before any of the parties that the area names was asked.
    """
    _check_known(area_id, source_id)
    if decision == "approved":
        _check_agreed(area_id, source_id)
    add_line(area_home(area_id) / LOG, decided_now(source_id, decision, one_line(by), one_line(reason)))


def record_stance(
    area_id: str, source_id: str, party: str, answer: Answer, *, why: str = "", session: str = ""
) -> None:
    """Note what a party says to a source, and in which session; it is in force at once.

    Raises ``UserError`` when the area has no such source or party, and when an objection or condition says nothing.
    """
    _check_known(area_id, source_id)
    add_stance(area_id, source_id, party, answer, why=why, session=session)


def _check_known(area_id: str, source_id: str) -> None:
    if source_id not in {source.id for source in read_sources(area_id)}:
        raise UserError("Area {area} has no source '{source}'.", area=area_id, source=source_id)


def _check_agreed(area_id: str, source_id: str) -> None:
    said, partners = stances(area_id, source_id), read_partners(area_id)
    for one in objections(said.values()):
        raise UserError(
            "{party} objects: {why}. As long as it does, the source stays out.", party=one.party, why=one.why
        )
    if partners.asked and not any(one.answer != "not_asked" for one in said.values()):
        raise UserError("No party was asked yet. Note first what the parties say to this source; then decide.")


def decided_now(source_id: str, decision: Decision, by: str, reason: str = "") -> dict[str, str]:
    """Return a decision taken now as the log has it."""
    return {"source": source_id, "decision": decision, "by": by, "reason": reason, "at": utc_text()}


def has_source(area_id: str, kind: Kind) -> bool:
    """Return whether the area has a source of this kind, approved or not."""
    return any(source.kind == kind for source in read_sources(area_id))


def decision_log(area_id: str) -> list[Decided]:
    """Return all decisions on the area's sources that were logged, oldest first.

    Raises ``UserError`` with the line that is no decision.
    """
    wrong = message_id("Line {row} of {file} is not a decision. Mend or remove that line.")
    return lines_of(area_home(area_id) / LOG, Decided.model_validate_json, wrong)


def add_source(area_id: str, kind: Kind, title: Names, agreed_by: str) -> None:
    """Add a source of imported files to the area's list in users' state, with the decision of who agreed to it.

    Without a decision the gate would refuse all data of this kind, and so the forecast. Raises ``UserError`` when
    ``agreed_by`` (a group or function) is empty.
    """
    by = one_line(agreed_by)
    if not by:
        raise UserError("These data are new here. Fill in who agreed to their use.")
    source_id = f"imported-{kind}"
    path = area_home(area_id) / "sources.toml"
    before = path.read_text("utf-8").rstrip() + "\n\n" if path.exists() else ""
    names = ", ".join(f"{code} = {json.dumps(name, ensure_ascii=False)}" for code, name in title.items())
    lines = [
        "[[source]]",
        f'id = "{source_id}"',
        f'kind = "{kind}"',
        'provider = "file"',
        f"title = {{ {names} }}",
        'decision = "approved"',
        f"decided_by = {json.dumps(by, ensure_ascii=False)}",
        f"decided_on = {date.today().isoformat()}",
    ]
    with written_whole(path) as temporary:
        temporary.write_text(before + "\n".join(lines) + "\n", "utf-8")
        temporary.chmod(0o644)
    record_decision(area_id, source_id, "approved", by, "first import")
