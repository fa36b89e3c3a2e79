"""A scenario: what somebody wants to be different in the coming week. One value, its file, and its code in a link.

What a scenario does not name stays as forecast. Moments without an offset are area time. What the numbers mean is
described in ``docs/forecasting.md``; ``forecasting.snapshot.computing.forecast`` computes with them.
"""

import hashlib
import json
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from data.keeping.from_outside import YEARS, in_reach, parsed
from forecasting.values.link_text import from_link, to_link
from language import NewerError, UserError
from language.visible import one_line

VERSION: Final = 1
Preset = Literal["stranddag", "buiig", "storm"]
PRESETS: Final[tuple[Preset, ...]] = get_args(Preset)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weather(_Strict):
    """The weather from the cutoff on: a preset, or what is different.

    ``temp_c`` (°C): the mean from 10:00 to 18:00 of every day becomes this; ``temp_delta_c``: every hour is so much
    warmer. ``rain_mm`` falls in every hour, ``wind_ms`` blows in every hour (m/s).
    """

    preset: Preset | None = None
    temp_c: float | None = Field(default=None, ge=-30, le=50, allow_inf_nan=False)
    temp_delta_c: float | None = Field(default=None, ge=-30, le=30, allow_inf_nan=False)
    rain_mm: float | None = Field(default=None, ge=0, le=100, allow_inf_nan=False)
    wind_ms: float | None = Field(default=None, ge=0, le=60, allow_inf_nan=False)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.preset and len(self.model_fields_set) > 1:
            raise ValueError("a preset stands alone")
        if self.temp_c is not None and self.temp_delta_c is not None:
            raise ValueError("temp_c and temp_delta_c exclude each other")
        return self


def _moment(value: Any) -> Any:
    """Take texts and moments only: pydantic would also take a number for seconds since 1970."""
    if isinstance(value, str | datetime):
        return value
    raise ValueError("write a moment like 2026-08-08T14:00")


Moment = Annotated[datetime, BeforeValidator(_moment)]


class _Period(_Strict):
    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _lasts(self) -> Self:
        if (self.start.tzinfo is None) != (self.end.tzinfo is None):
            raise ValueError("give start and end both with an offset, or both without")
        if not (in_reach(self.start) and in_reach(self.end)):
            raise ValueError(f"write a year from {YEARS.start} to {YEARS.stop - 1}")
        if self.start >= self.end:
            raise ValueError("end must come after start")
        return self


_Id = Annotated[str, Field(min_length=1, max_length=64)]


class Event(_Period):
    """An event. With the id of an event that is forecast it replaces that one; 0 visitors cancel it."""

    event_id: _Id
    name: Annotated[str, Field(max_length=100), AfterValidator(one_line)] = ""
    zone_id: _Id
    attendance: float = Field(ge=0, le=10_000_000, allow_inf_nan=False)


class Closure(_Period):
    """A zone that nobody may be in. It is closed in the hours that begin in the period."""

    zone_id: _Id


class Action(_Period):
    """A measure of the area, by id, taken in the hours that begin in the period."""

    id: _Id


class Scenario(_Strict):
    """What is different; see the module."""

    version: Literal[1] = VERSION
    weather: Weather | None = None
    events: tuple[Event, ...] = Field(default=(), max_length=20)
    school_holiday: bool | None = None
    closures: tuple[Closure, ...] = Field(default=(), max_length=20)
    measures: tuple[Action, ...] = Field(default=(), max_length=20)

    @field_validator("weather")
    @classmethod
    def _said_or_none(cls, weather: Weather | None) -> Weather | None:
        """Weather of which nothing is said is as forecast, so that one scenario has one code."""
        return None if weather == Weather() else weather

    @model_validator(mode="after")
    def _events_apart(self) -> Self:
        ids = [event.event_id for event in self.events]
        if len(set(ids)) < len(ids):
            raise ValueError("two events have the same event_id")
        return self

    def but(self, **fields: Any) -> Self:
        """Return the scenario with other ``fields``. Raises pydantic's ``ValidationError`` when they are not valid."""
        return type(self)(**{name: getattr(self, name) for name in type(self).model_fields} | fields)

    @property
    def changed(self) -> frozenset[str]:
        """The fields that are not as forecast; of each, ``forecasting.snapshot.changes`` knows what it does."""
        return frozenset(self._plain) - {"version"}

    @property
    def changes_nothing(self) -> bool:
        """Whether this is the forecast as it stands."""
        return not self.changed

    @cached_property
    def _plain(self) -> dict[str, Any]:
        found = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        kept = {name: value for name, value in found.items() if value not in ({}, [])}
        return {"version": self.version, **kept}

    def to_json(self, indent: int | None = None) -> str:
        """Return the scenario as the text of a ``scenario.json``; what is as forecast is left out."""
        separators = (",", ":") if indent is None else None
        return json.dumps(self._plain, ensure_ascii=False, indent=indent, separators=separators)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """Read a scenario. Raises ``UserError`` saying what is wrong and where, naming an unknown key.

        One that a newer version made is a ``NewerError``.
        """
        try:
            content = parsed(text)
        except ValueError as error:
            raise UserError("The scenario is not valid JSON: {what}.", what=error) from error
        if not isinstance(content, dict):
            raise UserError("The scenario is not valid JSON: {what}.", what="it is not an object")
        version = content.get("version", VERSION)
        if isinstance(version, int) and version > VERSION:
            raise NewerError(
                "This scenario was made by a newer version ({version}) than this one understands ({known}).",
                version=version,
                known=VERSION,
            )
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise _said(error) from error

    def encode(self) -> str:
        """Return the scenario for a link, see :mod:`forecasting.values.link_text`."""
        return to_link(self.to_json())

    @classmethod
    def decode(cls, code: str) -> Self:
        """Read what :meth:`encode` wrote. Raises ``UserError`` as :meth:`from_json` does."""
        try:
            text = from_link(code)
        except ValueError as error:
            raise UserError("The scenario in the link is damaged.") from error
        return cls.from_json(text)

    @property
    def id(self) -> str:
        """A short name for it: the same for the same scenario."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:8]


def read_scenario(path: Path) -> Scenario:
    """Read a ``scenario.json``. Raises ``UserError`` when there is none or it is not valid."""
    try:
        return Scenario.from_json(path.read_bytes())
    except OSError as error:
        raise UserError("{file} cannot be read: {what}.", file=path, what=error.strerror) from error


def _said(error: ValidationError) -> UserError:
    first = next((one for one in error.errors() if one["type"] == "extra_forbidden"), error.errors()[0])
    where = ".".join(str(step) for step in first["loc"])
    if first["type"] == "extra_forbidden":
        return UserError("The scenario has a key '{key}' that is not known.", key=where)
    if not where:
        return UserError("The scenario is not valid: {what}.", what=first["msg"])
    return UserError("The scenario is not valid at '{where}': {what}.", where=where, what=first["msg"])
