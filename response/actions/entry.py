"""An entry of the action log: what somebody did, decided or left about crowds. Measures, places and functions only."""

from datetime import UTC, datetime
from typing import Annotated, Final, Literal, get_args

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

Stage = Literal["planned", "decided", "started", "ended", "not-done"]
"""How far it is; ``not-done``: somebody consciously decided against it."""

STAGES: Final[tuple[Stage, ...]] = get_args(Stage)
AHEAD_OF_US: Final[tuple[Stage, ...]] = ("planned",)
"""Stages that may lie in the future."""

TextField = Literal["what", "information", "risk", "options", "amount", "outcome", "side_effects", "reason"]
"""Free words: what it was where no card says it, why (three short fields), how much, what came of it, what else it
did, and why an entry was corrected or struck through."""

TEXT_FIELDS: Final[tuple[TextField, ...]] = get_args(TextField)
LONGEST: Final = 600
UUID: Final = r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_REFERENCE: Final = 4000

Reference = Annotated[str, Field(min_length=1, max_length=_REFERENCE)]


def _to_the_second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


Moment = Annotated[AwareDatetime, AfterValidator(_to_the_second)]


class Entry(BaseModel):
    """What is entered. ``id`` is a uuid made by the sender, so that what is sent twice counts once.

    ``happened``: when it was so, or is planned for, apart from when it is entered; ``until``: when it was over.
    ``card`` is an id of the playbook, or ``texts["what"]`` says what it was. ``claim``, ``snapshot`` and ``scenario``
    are the trigger: what was looked at. ``links``: ids (roots) of other entries, such as the decision it follows.
    ``practice``: it happened in the practice world only.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=UUID)]
    area: Annotated[str, Field(min_length=1, max_length=80)]
    stage: Stage
    happened: Moment
    until: Moment | None = None
    card: Annotated[str, Field(max_length=40)] | None = None
    zones: Annotated[tuple[Reference, ...], Field(min_length=1, max_length=200)]
    claim: Reference | None = None
    snapshot: Reference | None = None
    scenario: Reference | None = None
    links: Annotated[tuple[Annotated[str, Field(pattern=UUID)], ...], Field(max_length=20)] = ()
    practice: bool = False
    texts: dict[TextField, Annotated[str, Field(max_length=LONGEST)]] = {}

    @property
    def missing(self) -> tuple[str, ...]:
        """What one would want to know and does not stand there, by field: asked for later, in peace."""
        wanted = ["information", "risk", "options"]
        if self.stage in ("decided", "started", "ended"):
            wanted.append("amount")
        if self.stage == "ended":
            wanted += ["outcome", "side_effects"]
        found = [] if self.snapshot or self.claim else ["trigger"]
        if self.stage == "ended" and self.until is None:
            found.append("until")
        return (*found, *(name for name in wanted if not self.texts.get(name)))  # type: ignore[call-overload]


class Logged(BaseModel):
    """An entry as it stands in the log, one version of it.

    ``root`` is the id of its first version. ``entered``: when it was written down, by which ``role`` of which
    ``organisation``. ``struck``: it was struck through, not erased. ``erased``: fields whose words were erased since.
    """

    model_config = ConfigDict(frozen=True)

    entry: Entry
    number: int
    root: str
    entered: datetime
    role: str
    organisation: str | None = None
    struck: bool = False
    erased: tuple[str, ...] = ()
    hash: str = ""

    @property
    def reason(self) -> str:
        """Why it was corrected or struck through; empty for a first version."""
        return self.entry.texts.get("reason", "")
