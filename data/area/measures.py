"""What a town can do about crowds, and what that is taken to do: the measures of an area's ``measures.toml``.

An effect is an assumption with a range until it has been measured; whoever shows a result that rests on one says
so. The format is described in ``docs/data-formats.md``.
"""

from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from data.area.area import Area
from data.area.zone import Names, ZoneKind
from data.keeping.home import find
from data.keeping.toml_file import fault, invalid, read_toml

FILE: Final = "measures.toml"


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Strict):
    """How large an effect is: most likely ``expected``, and with near certainty between ``low`` and ``high``."""

    low: float = Field(ge=0, allow_inf_nan=False)
    expected: float = Field(ge=0, allow_inf_nan=False)
    high: float = Field(ge=0, le=10, allow_inf_nan=False)

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if not self.low <= self.expected <= self.high:
            raise ValueError("low, expected and high must rise")
        return self


class Share(Range):
    """A range that is a part of a whole: 0 to 1."""

    high: float = Field(ge=0, le=1, allow_inf_nan=False)


class Places(_Strict):
    """Some of the zones: by id, or all of a kind."""

    zones: tuple[str, ...] = ()
    kinds: tuple[ZoneKind, ...] = ()

    @model_validator(mode="after")
    def _names_some(self) -> Self:
        if not self.zones and not self.kinds:
            raise ValueError("name zones or kinds")
        return self


Hours = tuple[Annotated[int, Field(ge=0, le=23)], Annotated[int, Field(ge=1, le=24)]]
"""Local hours of the day, from and until (not included)."""


class Change(_Strict):
    """``places`` get ``factor`` times as many people; the others are not known to this town any more, or are new."""

    type: Literal["change"]
    places: Places
    factor: Range


class Move(_Strict):
    """``share`` of the people in ``places`` is in ``to`` instead, divided by the room that is left there."""

    type: Literal["move"]
    places: Places
    to: Places
    share: Share


class Shift(_Strict):
    """``share`` of the people in ``places`` between ``hours`` is there between ``to_hours`` of that day instead."""

    type: Literal["shift"]
    places: Places
    hours: Hours
    to_hours: Hours
    share: Share

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if self.hours[0] >= self.hours[1] or self.to_hours[0] >= self.to_hours[1]:
            raise ValueError("hours must run from an earlier to a later one")
        if self.hours[0] < self.to_hours[1] and self.to_hours[0] < self.hours[1]:
            raise ValueError("hours and to_hours must not overlap")
        return self


Effect = Annotated[Change | Move | Shift, Field(discriminator="type")]


class Measure(_Strict):
    """One thing that can be done: ``names``, who decides, and its effect with the ``source`` it rests on.

    ``assumed`` is false only where the effect was measured here.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    names: Names = Field(min_length=1)
    decided_by: Names = Field(min_length=1)
    source: Names = Field(min_length=1)
    assumed: bool = True
    effect: Effect


Measures = tuple[Measure, ...]
_FILE_FORMAT: Final = TypeAdapter(Measures)


def read_measures(area: Area) -> Measures:
    """Return the measures of an area, in the order of its file; none when it has no file.

    Raises ``UserError`` when the file cannot be read, or names a zone that the area has not got.
    """
    path = find(area.id, FILE)
    if path is None:
        return ()
    content = read_toml(path)
    unknown = sorted(set(content) - {"measure"})
    if unknown:
        raise invalid(path, unknown[0], "Extra inputs are not permitted")
    try:
        measures = measures_from(content.get("measure", []))
    except ValidationError as error:
        raise invalid(path, *fault(error)) from error
    _check(measures, area, path)
    return measures


def measures_from(values: Any) -> Measures:
    """Return measures from plain values. Raises pydantic's ``ValidationError`` when they are not measures."""
    return _FILE_FORMAT.validate_python(values)


def places_of(effect: Change | Move | Shift) -> tuple[Places, ...]:
    """Return all places that an effect names."""
    return (effect.places, effect.to) if isinstance(effect, Move) else (effect.places,)


def _check(measures: Measures, area: Area, path: Path) -> None:
    ids = [measure.id for measure in measures]
    for measure in measures:
        if ids.count(measure.id) > 1:
            raise invalid(path, measure.id, "this id stands there twice")
        for places in places_of(measure.effect):
            for zone_id in places.zones:
                if zone_id not in area.zone_ids:
                    raise invalid(path, measure.id, f"there is no zone '{zone_id}'")
