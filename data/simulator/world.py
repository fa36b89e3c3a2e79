"""The invented world of an area: its ``simulator.toml`` and the events that shipped beside it."""

from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from pandera.errors import SchemaError
from pydantic import BaseModel, ConfigDict, Field

from data.area.area import Area
from data.area.schemas import HOUR, checked, empty
from data.keeping.home import find
from data.keeping.toml_file import read_model
from data.simulator.noise import Floats
from data.simulator.profiles import WORKDAY_SHARE
from language import UserError

_METRES_PER_DEGREE: Final = 111_195.0


class Place(BaseModel):
    """One zone of the invented world: its middle (WGS84), and the people present at an ordinary peak hour.

    What 'ordinary' means is said at ``data.simulator.truth.expected``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    base: float = Field(gt=0)
    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-85, le=85)


class World(BaseModel):
    """The seed that makes the world, and its places by zone id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int
    zones: dict[str, Place]

    def metres(self, from_ids: list[str], to_ids: tuple[str, ...]) -> Floats:
        """Return the distances in metres between the middles of zones: ``from_ids`` × ``to_ids``."""
        start, end = (
            np.array([[self.zones[i].lon, self.zones[i].lat] for i in ids]).reshape(-1, 2) for ids in (from_ids, to_ids)
        )
        apart = end[None, :, :] - start[:, None, :]
        narrowing = np.cos(np.radians(end[:, 1]))[None, :]
        return np.asarray(np.hypot(apart[..., 0] * narrowing, apart[..., 1]) * _METRES_PER_DEGREE)


def world_of(area: Area) -> World:
    """Return the world of ``area``, with a place for each of its zones.

    Raises ``UserError`` when the area has no valid ``simulator.toml``, or it lacks a zone, or a zone is of a
    kind that the simulator does not know.
    """
    path = _path(area)
    world = _read_world(path, path.stat().st_mtime_ns)
    for zone in area.zones:
        if zone.zone_id not in world.zones:
            raise UserError("{file}: zone '{zone}' is missing. Add it.", file=path, zone=zone.zone_id)
        if zone.kind not in WORKDAY_SHARE:
            raise UserError(
                "Zone '{zone}' is of kind '{kind}', which cannot be simulated. Give it another kind.",
                zone=zone.zone_id,
                kind=zone.kind,
            )
    return world


def world_events(area: Area) -> pd.DataFrame:
    """Return all events that take place in the world, in the columns of ``data.area.schemas.EVENTS``.

    They come from the file beside ``simulator.toml`` and not through the consent gate: what users add or
    refuse changes what is known about the world, and not the world. Raises ``UserError`` when the file is not
    a valid list of events.
    """
    path = _path(area).with_name("events.csv")
    if not path.exists():
        return empty("events")
    return _read_events(path, area.time_zone, path.stat().st_mtime_ns).copy()


def _path(area: Area) -> Path:
    path = find(area.id, "simulator.toml")
    if path is None:
        raise UserError("Area {area} has no simulator.toml, so it has no practice data.", area=area.id)
    return path


@cache
def _read_world(path: Path, _changed: int) -> World:
    return read_model(World, path)


@cache
def _read_events(path: Path, time_zone: str, _changed: int) -> pd.DataFrame:
    try:
        events = pd.read_csv(path, dtype={"event_id": str, "name": str, "zone_id": str, "attendance": float})
        for column in ("start", "end"):
            moments = pd.to_datetime(events[column]).dt.tz_localize(time_zone)
            events[column] = moments.dt.tz_convert("UTC").astype(HOUR)
        return checked("events", events)
    except (KeyError, ValueError, SchemaError) as error:
        what = str(error).splitlines()[0]
        raise UserError("{file} is not a valid list of events: {what}.", file=path, what=what) from error
