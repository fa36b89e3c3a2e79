"""How a source is fetched: the optional table ``[source.connector]`` of ``sources.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from data.area.reading import Reading
from data.tables.weather_units import checked_units
from language import UserError


@dataclass(frozen=True)
class ConnectorKind:
    """A kind of connector: ``module`` has a function for each of what it ``fetches``, named after it.

    ``own_address``: it knows where to ask, and reads no folder. ``needs`` are settings that it cannot do without.
    What the functions take and return: ``data.connectors.connector``.
    """

    module: str
    fetches: tuple[str, ...]
    own_address: bool = False
    needs: tuple[str, ...] = ()


CONNECTORS: Final[Mapping[str, ConnectorKind]] = MappingProxyType(
    {
        "open-meteo": ConnectorKind("data.connectors.open_meteo", ("weather",), own_address=True),
        "knmi": ConnectorKind("data.connectors.knmi", ("weather",), needs=("station",)),
        "table": ConnectorKind("data.connectors.tables", ("counts", "weather", "events")),
        "ics": ConnectorKind("data.connectors.ics", ("events",)),
    }
)
"""All there are, by the name that ``kind`` has in ``sources.toml``."""

_MAX_AGE_HOURS: Final = {"counts": 48.0, "weather": 24.0, "events": 168.0}
"""From this age data are said to be old. Choices of this project: a weather forecast is renewed several times a
day, counts are usually delivered once a day, and an events calendar changes by the week."""


class Connector(BaseModel):
    """Where and how to fetch a source; ``docs/data-formats.md`` tells which fields each kind uses.

    ``reading`` declares what the columns of a table of counts are. ``own_network`` allows an address of this machine or
    of a network of one's own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    url: str = ""
    folder: str = ""
    pattern: str = "*"
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    station: int | None = None
    zone: str = ""
    attendance: float | None = Field(default=None, ge=0)
    since: date | None = None
    own_network: bool = False
    units: dict[str, str] = {}
    max_age_hours: float | None = Field(default=None, gt=0)
    reading: Reading = Reading()

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, given: str) -> str:
        if given not in CONNECTORS:
            raise ValueError(f"there is no connector of kind '{given}': choose one of {', '.join(CONNECTORS)}")
        return given

    @field_validator("units")
    @classmethod
    def _known_units(cls, given: dict[str, str]) -> dict[str, str]:
        try:
            return checked_units(given)
        except UserError as error:
            raise ValueError(str(error)) from error

    @model_validator(mode="after")
    def _complete(self) -> Self:
        kind = CONNECTORS[self.kind]
        if kind.own_address and self.folder:
            raise ValueError(f"a connector of kind {self.kind} has no folder")
        if not kind.own_address and bool(self.url) == bool(self.folder):
            raise ValueError(f"a connector of kind {self.kind} needs either a url or a folder")
        for name in kind.needs:
            if getattr(self, name) in (None, ""):
                raise ValueError(f"a connector of kind {self.kind} needs a {name}")
        return self

    def fits(self, kind: str) -> bool:
        """Return whether this connector can fetch data of ``kind``."""
        return kind in CONNECTORS[self.kind].fetches

    def max_age(self, kind: str) -> float:
        """Return the hours after which data of ``kind`` from here are old."""
        return self.max_age_hours or _MAX_AGE_HOURS[kind]
