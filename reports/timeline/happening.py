"""Something that happened, as a value, and what is asked when the timeline is made."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from data.area.area import Area
from feedback.people.roles import Role, has_any
from forecasting.evaluation.told_week import ToldWeek
from language import Language

EVERYBODY: Final = (Role.VISITOR,)
PROFESSIONALS: Final = (Role.PROFESSIONAL,)
PICTURE_MAKERS: Final = (Role.COMMUNICATIONS, Role.PROFESSIONAL)
KEEPERS: Final = (Role.FACILITATOR,)


@dataclass(frozen=True)
class Happening:
    """One line of the timeline.

    ``key`` is its lasting id. ``at`` is when it happened (aware); ``noted`` when it was written down, where that is
    later. ``text`` says what, ``why`` repeats the reason that was given. ``zones``: at which places, none for the whole
    area. ``by``: the role that did it, ``None`` for the app itself or a body. ``page``: where more of it is read.
    ``timed``: the hour is known, not the day only. ``for_whom``: who may read it.
    """

    key: str
    at: datetime
    text: str
    why: str = ""
    zones: tuple[str, ...] = ()
    by: str | None = None
    page: str = ""
    noted: datetime | None = None
    timed: bool = True
    for_whom: tuple[Role, ...] = EVERYBODY
    kind: str = ""

    @property
    def known(self) -> datetime:
        """Since when it stands here."""
        return self.noted or self.at


@dataclass(frozen=True)
class Asked:
    """What is asked: of which area, in which language, for whom.

    ``weeks``: what was said of past weeks beside what came, which whoever asks keeps.
    """

    area: Area
    lang: Language
    role: Role = Role.VISITOR
    weeks: tuple[ToldWeek, ...] = ()

    @property
    def professional(self) -> bool:
        """Whether more is for them than for everybody."""
        return has_any(self.role, PROFESSIONALS)

    def within(self, words: str) -> str:
        """Return words that colleagues wrote for each other; nothing for everybody else."""
        return words if self.professional else ""

    def day(self, day: date) -> datetime:
        """Return when a local day began."""
        return datetime.combine(day, time(), self.area.tz)


def moment(text: str) -> datetime:
    """Return a moment that is kept as text; without an offset it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
