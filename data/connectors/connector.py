"""What a connector is asked, and what it answers.

A kind of connector is a line in ``data.area.connector_settings.CONNECTORS`` and a module with a function for each of
what it fetches: ``counts(asked) -> Counts``, ``weather(asked) -> Weather``, ``events(asked) -> Calendar``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from data.area.area import Area
from data.area.connector_settings import CONNECTORS, Connector
from data.connectors.client import Client
from data.tables.notices import Notice
from language import UserError


@dataclass(frozen=True)
class Asked:
    """What a connector goes by: its settings, the way out to the network, the watched folder and the moment (aware).

    ``files``: hashes by name of the files that were read before. ``known_until``: the last moment known so far.
    """

    area: Area
    connector: Connector
    client: Client
    folder: Path
    now: datetime
    files: Mapping[str, str] = field(default_factory=dict)
    known_until: datetime | None = None


@dataclass
class Counts:
    """Counts (schema ``COUNTS``; later files go before earlier ones), hashes of the files by name, what went wrong.

    Without anything new there is no ``frame``.
    """

    frame: pd.DataFrame | None = None
    files: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    failure: UserError | None = None


@dataclass(frozen=True)
class Weather:
    """Observed weather (schema ``WEATHER``), and what was forecast at ``issued`` (the same columns), if anything.

    ``notices`` tell what was decided on the way, and what looks wrong.
    """

    observed: pd.DataFrame
    forecast: pd.DataFrame | None = None
    issued: datetime | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Calendar:
    """Events (schema ``EVENTS``) and what should be known of how they were read.

    ``unread``: UIDs of events that are there and could not be read. ``whole``: whether all of the source was read, so
    that what is absent is gone. ``failure``: of a file that could not be read at all, while others were.
    """

    frame: pd.DataFrame
    notices: list[Notice] = field(default_factory=list)
    unread: frozenset[str] = frozenset()
    whole: bool = True
    failure: UserError | None = None

    def staying(self, earlier: Iterable[str]) -> list[str]:
        """Return which ids that the source gave ``earlier`` are not known to be gone, though they are absent now."""
        absent = sorted(set(earlier) - set(self.frame["event_id"]))
        return [name for name in absent if not self.whole or any(_belongs(name, uid) for uid in self.unread)]


def _belongs(name: str, uid: str) -> bool:
    return name == uid or name.startswith(f"{uid}-")


def fetched_counts(asked: Asked) -> Counts:
    """Ask the connector for counts. Raises what it raises, such as ``UserError``; so do the next two."""
    found: Counts = _ask(asked, "counts")
    return found


def fetched_weather(asked: Asked) -> Weather:
    """Ask the connector for weather."""
    found: Weather = _ask(asked, "weather")
    return found


def fetched_events(asked: Asked) -> Calendar:
    """Ask the connector for events."""
    found: Calendar = _ask(asked, "events")
    return found


def _ask(asked: Asked, what: str) -> Any:
    module = import_module(CONNECTORS[asked.connector.kind].module)  # only when it is used: calendars take long to load
    return getattr(module, what)(asked)
