"""The workspace: what somebody is looking at, and its one codec to and from the address bar.

Every value in an address is a stable id or an absolute moment, never a label, so that a link made in one language
opens the same view in another. A value that cannot be read falls back to the default, with a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final, Literal, get_args

from data.keeping.from_outside import in_reach
from forecasting.values.forecast import DAYPARTS, Daypart
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import LANGUAGES, NewerError, UserError
from visuals.base.views import View

Case = Literal["expected", "quiet", "busy"]
BusyChoice = tuple[str, datetime]
"""A busy moment: its place and its busiest hour (aware, UTC)."""
Unread = dict[str, NewerError | None]
"""The parameters of an address that could not be read, with what is said where a newer version wrote them."""

CASES: Final[tuple[Case, ...]] = get_args(Case)
CASE_QUANTILES: Final[dict[Case, float]] = {"expected": 0.5, "quiet": 0.1, "busy": 0.9}

_MOMENT = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True)
class Workspace:
    """What somebody looks at. ``None`` stands for 'not said': the default then applies.

    ``moment`` is the start of the hour looked at (aware, UTC); ``snapshot`` the id of the frozen forecast;
    ``thresholds`` somebody's own thresholds, or those that a link was made with, and ``None`` for those in force;
    ``scenario`` what is different from the forecast on every page, and ``beside`` what it is compared with;
    ``daypart`` the part of the day, and ``busy`` the place and hour of the busy moment, that a cell of its own shows.
    """

    area: str | None = None
    moment: datetime | None = None
    snapshot: str | None = None
    language: str | None = None
    zone: str | None = None
    view: View = View.HEATMAP
    case: Case = "expected"
    thresholds: ThresholdSet | None = None
    scenario: Scenario | None = None
    beside: Scenario | None = None
    daypart: Daypart | None = None
    busy: BusyChoice | None = None


def encode(workspace: Workspace) -> dict[str, str]:
    """Return the workspace as query parameters; what is not said is left out."""
    params: dict[str, str | None] = {
        "area": workspace.area,
        "at": _written(workspace.moment) if workspace.moment else None,
        "snapshot": workspace.snapshot,
        "lang": workspace.language,
        "zone": workspace.zone,
        "view": workspace.view.value,
        "case": workspace.case,
        "thresholds": workspace.thresholds.text if workspace.thresholds is not None else None,
        "scenario": workspace.scenario.encode() if workspace.scenario is not None else None,
        "beside": workspace.beside.encode() if workspace.beside is not None else None,
        "part": workspace.daypart,
        "busy": f"{workspace.busy[0]}@{_written(workspace.busy[1])}" if workspace.busy else None,
    }
    return {name: value for name, value in params.items() if value is not None}


def decode(params: Mapping[str, str]) -> tuple[Workspace, Unread]:
    """Read a workspace from query parameters.

    Returns the workspace and the parameters that could not be read (they keep their default).
    Whether an area, snapshot or zone of that id exists is for the caller to find out; parameters that are not
    the workspace's are ignored.
    """
    workspace = Workspace(area=params.get("area"), snapshot=params.get("snapshot"), zone=params.get("zone"))
    damaged: Unread = {}
    if (language := params.get("lang")) is not None:
        if language in LANGUAGES:
            workspace = replace(workspace, language=language)
        else:
            damaged["lang"] = None
    if (moment := params.get("at")) is not None:
        try:
            workspace = replace(workspace, moment=_read(moment))
        except ValueError:
            damaged["at"] = None
    if (busy := params.get("busy")) is not None:
        zone, _, moment = busy.rpartition("@")
        try:
            workspace = replace(workspace, busy=(zone, _read(moment)))
        except ValueError:
            damaged["busy"] = None
    if (thresholds := params.get("thresholds")) is not None:
        try:
            workspace = replace(workspace, thresholds=ThresholdSet.decode(thresholds))
        except UserError as error:
            damaged["thresholds"] = _newer(error)
    scenarios: dict[str, Scenario] = {}
    for field in ("scenario", "beside"):
        if (code := params.get(field)) is not None:
            try:
                scenario = Scenario.decode(code)
            except UserError as error:
                damaged[field] = _newer(error)
            else:
                scenarios |= {} if scenario.changes_nothing else {field: scenario}
    workspace = replace(workspace, scenario=scenarios.get("scenario"), beside=scenarios.get("beside"))
    for view in View:
        if params.get("view") == view:
            workspace = replace(workspace, view=view)
    for case in CASES:
        if params.get("case") == case:
            workspace = replace(workspace, case=case)
    for daypart in DAYPARTS:
        if params.get("part") == daypart:
            workspace = replace(workspace, daypart=daypart)
    choices = (("view", tuple(View)), ("case", CASES), ("part", DAYPARTS))
    damaged |= {name: None for name, known in choices if params.get(name, known[0]) not in known}
    return workspace, damaged


def _newer(error: UserError) -> NewerError | None:
    return error if isinstance(error, NewerError) else None


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(_MOMENT)


def _read(moment: str) -> datetime:
    read = datetime.strptime(moment, _MOMENT).replace(tzinfo=UTC)
    if not in_reach(read):
        raise ValueError("no year of this project")
    return read
