"""Keeping snapshots: ``snapshots/<id>/`` in the area's users' state, arrays as ``npz`` and the rest as JSON.

A seal beside them (a hash of both files) tells when a disk changed a figure. Older snapshots have none.
"""

import hashlib
import json
import re
import shutil
import tempfile
from contextlib import nullcontext, suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from data.area.area import Area
from data.area.measures import measures_from
from data.area.schemas import HOUR, checked
from data.area.sources import read_sources
from data.keeping.from_outside import in_reach, parsed
from data.keeping.home import area_home
from forecasting.model.calibration import Calibration
from forecasting.model.event_effects import EventEffects
from forecasting.model.observed_range import Seen
from forecasting.snapshot.gathering import gather
from forecasting.snapshot.issue import freeze
from forecasting.snapshot.snapshot import Snapshot
from language import UserError, message_id

_FORMAT: Final = 2
_SEAL: Final = "seal.txt"
_MOMENTS: Final = ("cutoff", "model_until")
_TUPLES: Final = ("sources", "weather_origin", "zone_models", "zone_ids", "names", "zone_kinds", "known_days")


class NoLongerApprovedError(UserError):
    """A forecast was made from a source that was refused or withdrawn since, so it is not shown any more."""


def obtain(area: Area, at: datetime, hours: int = 168, *, must_keep: bool = True) -> Snapshot:
    """Return the snapshot at ``at`` (aware) for the ``hours`` from then on: the saved one, or a new one, saved.

    A saved one is used only when everything it was made from is still the same. Who only shows it need not keep it
    (``must_keep``): on a disk that takes nothing more it is made again each time. Raises ``UserError`` as
    ``issue.issue`` does, and ``OSError`` when a new one must be kept and cannot be.
    """
    inputs = gather(area, at, hours)
    if (_folder(area.id, inputs.id) / "snapshot.json").exists():
        try:
            return load(area.id, inputs.id)
        except UserError:
            shutil.rmtree(_folder(area.id, inputs.id), ignore_errors=True)
    snapshot = freeze(inputs)
    with nullcontext() if must_keep else suppress(OSError):
        save(snapshot)
    return snapshot


def recall(area: Area, snapshot_id: str, hours: int = 168, *, must_keep: bool = True) -> Snapshot:
    """Return the snapshot with this id: the saved one, else the one of its cutoff, made again from the same inputs.

    ``must_keep`` as for :func:`obtain`.

    Raises ``UserError`` when it is neither here nor can be made again: data or models have changed since.
    """
    cutoff = cutoff_of(snapshot_id)
    if cutoff is not None:
        saved = None
        with suppress(UserError):
            saved = load(area.id, snapshot_id)
        if saved is not None:
            return _approved(saved)
        if cutoff <= area.now() and gather(area, cutoff, hours).id == snapshot_id:
            return obtain(area, cutoff, hours, must_keep=must_keep)
    raise UserError(
        "Forecast {id} of area {area} is not on this machine, or its sources, data or models are no longer the same.",
        id=snapshot_id,
        area=area.id,
    )


def _approved(snapshot: Snapshot) -> Snapshot:
    approved = {source.id for source in read_sources(snapshot.area_id) if source.decision == "approved"}
    if not approved.issuperset(snapshot.sources):
        raise NoLongerApprovedError(
            message_id("Forecast {snapshot} was made from a source that is no longer approved."), snapshot=snapshot.id
        )
    return snapshot


def cutoff_of(snapshot_id: str) -> datetime | None:
    """Return the cutoff (UTC) that a snapshot id begins with, or ``None`` when it is no such id."""
    match = re.fullmatch(r"(\d{8}T\d{2})-[0-9a-f]{6,64}", snapshot_id)
    if match is None:
        return None
    try:
        cutoff = datetime.strptime(match[1], "%Y%m%dT%H").replace(tzinfo=UTC)
    except ValueError:
        return None
    return cutoff if in_reach(cutoff) else None


def latest(area: Area) -> Snapshot | None:
    """Return the saved snapshot of ``area`` with the latest cutoff (of two, the one saved last), or ``None``."""
    found = []
    for path in (area_home(area.id) / "snapshots").glob("*/snapshot.json"):
        try:
            found.append((str(parsed(path.read_bytes())["cutoff"]), path.stat().st_mtime_ns, path.parent.name))
        except (ValueError, KeyError, TypeError, OSError):
            continue
    return load(area.id, max(found)[2]) if found else None


def made_from(area_id: str, source_id: str) -> int:
    """Return how many saved snapshots of an area were made from a source."""
    found = 0
    for path in (area_home(area_id) / "snapshots").glob("*/snapshot.json"):
        with suppress(ValueError, KeyError, TypeError, OSError):
            found += source_id in parsed(path.read_bytes())["sources"]
    return found


def kept_cutoffs(area_id: str) -> list[datetime]:
    """Return the cutoffs (UTC) of all saved snapshots of an area, earliest first."""
    paths = (area_home(area_id) / "snapshots").glob("*/snapshot.json")
    return sorted(cutoff for path in paths if (cutoff := cutoff_of(path.parent.name)) is not None)


def save(snapshot: Snapshot) -> Path:
    """Write a snapshot and return its folder. It appears whole or not at all; one already there is left as it is."""
    folder = _folder(snapshot.area_id, snapshot.id)
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
    try:
        arrays, rest = _taken_apart(snapshot)
        np.savez_compressed(temporary / "arrays.npz", **arrays)
        (temporary / "snapshot.json").write_text(json.dumps(rest, ensure_ascii=False, indent=1) + "\n", "utf-8")
        (temporary / _SEAL).write_text(_sealed(temporary), "ascii")
        temporary.chmod(0o755)
        try:
            temporary.rename(folder)
        except OSError:
            if not (folder / "snapshot.json").exists():
                raise
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def load(area_id: str, snapshot_id: str) -> Snapshot:
    """Read a saved snapshot.

    Raises ``UserError`` when there is none with this id, or its files were damaged.
    """
    folder = _folder(area_id, snapshot_id)
    if not re.fullmatch(r"[\w-]{1,80}", snapshot_id) or not folder.exists():
        raise UserError("There is no forecast '{id}' of area {area}.", id=snapshot_id, area=area_id)
    try:
        if (folder / _SEAL).exists() and (folder / _SEAL).read_text("ascii") != _sealed(folder):
            raise ValueError("changed since it was saved")
        rest = parsed((folder / "snapshot.json").read_bytes())
        with np.load(folder / "arrays.npz", allow_pickle=False) as arrays:
            return _put_together(dict(arrays), rest)
    except Exception as error:
        raise UserError("{file} is damaged. Delete that folder; it is made again.", file=folder) from error


def _sealed(folder: Path) -> str:
    return hashlib.sha256(
        b"".join((folder / name).read_bytes() for name in ("snapshot.json", "arrays.npz"))
    ).hexdigest()


def _folder(area_id: str, snapshot_id: str) -> Path:
    return area_home(area_id) / "snapshots" / snapshot_id


def _taken_apart(snapshot: Snapshot) -> tuple[dict[str, Any], dict[str, Any]]:
    arrays: dict[str, Any] = {
        "calibration": snapshot.calibration.quantiles,
        "event_shares": snapshot.event_effects.shares,
        "event_course": snapshot.event_effects.course,
        "seen_weather": snapshot.seen.weather,
    }
    rest: dict[str, Any] = {
        "format": _FORMAT,
        "events_learned_from": snapshot.event_effects.learned_from,
        "seen_attendance": snapshot.seen.attendance,
        "measures": [measure.model_dump(mode="json") for measure in snapshot.measures],
    }
    for field in fields(snapshot):
        value = getattr(snapshot, field.name)
        if isinstance(value, np.ndarray):
            arrays[field.name] = value
        elif isinstance(value, pd.DatetimeIndex):
            arrays[field.name] = value.as_unit("us").asi8
        elif isinstance(value, pd.DataFrame):
            moments = {side: [moment.isoformat() for moment in value[side]] for side in ("start", "end")}
            rest[field.name] = {**value.to_dict("list"), **moments}
        elif isinstance(value, datetime):
            rest[field.name] = value.isoformat()
        elif not isinstance(value, Calibration | EventEffects | Seen) and field.name != "measures":
            rest[field.name] = value
    return arrays, rest


def _put_together(arrays: dict[str, Any], rest: dict[str, Any]) -> Snapshot:
    if rest.pop("format") != _FORMAT:
        raise ValueError("another format")
    calibration = Calibration(arrays.pop("calibration"))
    effects = EventEffects(arrays.pop("event_shares"), arrays.pop("event_course"), rest.pop("events_learned_from"))
    seen = Seen(arrays.pop("seen_weather"), rest.pop("seen_attendance"))
    measures = measures_from(rest.pop("measures"))
    events = pd.DataFrame(rest.pop("events")).astype(
        {"event_id": str, "name": str, "zone_id": str, "attendance": float}
    )
    for side in ("start", "end"):
        events[side] = pd.to_datetime(events[side], utc=True).astype(HOUR)
    hours = pd.DatetimeIndex(arrays.pop("hours").view("M8[us]")).tz_localize("UTC")
    dates = pd.DatetimeIndex(arrays.pop("dates").view("M8[us]"))
    rest |= {name: datetime.fromisoformat(rest[name]) for name in _MOMENTS}
    rest |= {name: tuple(rest[name]) for name in _TUPLES if name in rest}
    return Snapshot(
        **rest,
        **arrays,
        hours=hours,
        dates=dates,
        events=checked("events", events),
        calibration=calibration,
        event_effects=effects,
        seen=seen,
        measures=measures,
    )
