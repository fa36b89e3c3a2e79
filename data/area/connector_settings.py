"""How a source is fetched: the optional table ``[source.connector]`` of ``sources.toml``."""

from datetime import date
from typing import Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from data.area.reading import Reading
from data.tables.weather_units import checked_units
from language import UserError

ConnectorKind = Literal["open-meteo", "knmi", "table", "ics"]

_FITS: Final[dict[ConnectorKind, tuple[str, ...]]] = {
    "open-meteo": ("weather",),
    "knmi": ("weather",),
    "table": ("counts", "weather", "events"),
    "ics": ("events",),
}
_MAX_AGE_HOURS: Final = {"counts": 48.0, "weather": 24.0, "events": 168.0}
"""From this age data are said to be old. Choices of this project: a weather forecast is renewed several times a
day, counts are usually delivered once a day, and an events calendar changes by the week."""


class Connector(BaseModel):
    """Where and how to fetch a source; ``docs/data-formats.md`` tells which fields each kind uses.

    ``reading`` declares what the columns of a table of counts are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ConnectorKind
    url: str = ""
    folder: str = ""
    pattern: str = "*"
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    station: int | None = None
    zone: str = ""
    attendance: float | None = Field(default=None, ge=0)
    since: date | None = None
    units: dict[str, str] = {}
    max_age_hours: float | None = Field(default=None, gt=0)
    reading: Reading = Reading()

    @field_validator("units")
    @classmethod
    def _known_units(cls, given: dict[str, str]) -> dict[str, str]:
        try:
            return checked_units(given)
        except UserError as error:
            raise ValueError(str(error)) from error

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "open-meteo" and self.folder:
            raise ValueError("an open-meteo connector has no folder")
        if self.kind != "open-meteo" and bool(self.url) == bool(self.folder):
            raise ValueError(f"a {self.kind} connector needs either a url or a folder")
        if self.kind == "knmi" and self.station is None:
            raise ValueError("a knmi connector needs a station")
        return self

    def fits(self, kind: str) -> bool:
        """Return whether this connector can fetch data of ``kind``."""
        return kind in _FITS[self.kind]

    def max_age(self, kind: str) -> float:
        """Return the hours after which data of ``kind`` from here are old."""
        return self.max_age_hours or _MAX_AGE_HOURS[kind]
