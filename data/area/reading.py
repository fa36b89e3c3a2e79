"""How somebody says a file of counts is to be read: which column is what, which sheet, and what of two directions."""

import csv
from typing import Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from language import UserError

Role = Literal["timestamp", "date", "hour", "zone_id", "count", "direction", "in", "out"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

SUM: Final = "sum"
"""The rule that adds all directions up."""


class Reading(BaseModel):
    """What is declared about a file; what is not declared is proposed from names that are well known.

    ``columns`` names the column of each role, ``ignore`` columns that are left out. ``directions`` is ``sum`` (the
    passages of all directions together) or the name of the one direction that counts. ``sheet`` is one of a
    spreadsheet. ``preset`` names a shape of :data:`PRESETS`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: dict[Role, str] = {}
    ignore: tuple[str, ...] = ()
    directions: str = ""
    sheet: str = ""
    preset: str = ""

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.preset and self.preset not in PRESETS:
            raise ValueError(f"there is no preset '{self.preset}'; choose one of: {', '.join(PRESETS)}")
        return self

    @property
    def whole(self) -> "Reading":
        """What is declared here, on top of what the preset declares."""
        base = PRESETS.get(self.preset)
        if base is None:
            return self
        return Reading(
            columns={**base.columns, **self.columns},
            ignore=(*base.ignore, *self.ignore),
            directions=self.directions or base.directions,
            sheet=self.sheet,
        )


PRESETS: Final[dict[str, Reading]] = {
    "amsterdam-crowd-monitoring": Reading(
        columns={"timestamp": "timestamp"},
        ignore=("hour", "minute", "day", "month", "weekday", "is_weekend"),
        directions=SUM,
    ),
}
"""Shapes of files that several places use, by name."""


def reading_of(columns: str = "", directions: str = "", sheet: str = "", preset: str = "") -> Reading:
    """Return what somebody typed: columns as ``timestamp=Zeit,zone_id=Standort,ignore=Bemerkung``.

    A part with a comma stands in quotes. Raises ``UserError`` when a part is not known.
    """
    named: dict[Role, str] = {}
    ignore = []
    for part in next(csv.reader([columns], skipinitialspace=True), []):
        role, _, column = (text.strip() for text in part.partition("="))
        if role == "ignore" and column:
            ignore.append(column)
        elif role in ROLES and column:
            named[role] = column
        else:
            raise UserError(
                "'{part}' does not say what a column is. Write it as timestamp=Zeit; possible are {roles}, ignore.",
                part=part,
                roles=", ".join(ROLES),
            )
    if preset and preset not in PRESETS:
        raise UserError(
            "There is no preset '{preset}'. Choose one of: {presets}.", preset=preset, presets=", ".join(PRESETS)
        )
    return Reading(columns=named, ignore=tuple(ignore), directions=directions.strip(), sheet=sheet, preset=preset)
