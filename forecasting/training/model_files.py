"""Fitted models as files in ``models/``, in users' state or shipped: ``<zone>.json`` and what zones share.

That is ``_area.json`` (weather and events), ``_mix.json`` (the mix) and ``_past.json`` (errors of past
forecasts). Each file ends with the SHA-256 of what it holds, and nothing in it is ever executed. A folder counts when
it has ``_area.json``, which is written last; users' own models go before those that ship.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from data.area.area import Area
from data.keeping.from_outside import parsed
from data.keeping.home import find, written_whole
from forecasting.inputs.climatology import Climatology
from forecasting.inputs.history import digest
from forecasting.mix.mix import Mix
from forecasting.model.area_model import AreaModel
from forecasting.model.day_model import DayModel, ZoneModelKind
from forecasting.model.event_effects import EventEffects
from forecasting.model.residuals import PastErrors
from forecasting.model.second_week import SecondWeekErrors
from forecasting.values.arrays import Floats
from forecasting.values.thresholds import Thresholds, default_thresholds
from language import UserError
from language.catalogue import message_id
from language.errors import Command

MODEL_VERSION: Final = "6"
"""Raised whenever the same data would give another model; models of another version are fitted anew."""

AREA_FILE: Final = "_area.json"
MIX_FILE: Final = "_mix.json"
PAST_FILE: Final = "_past.json"
SECOND_WEEK_FILE: Final = "_second_week.json"

SECOND_WEEK_VERSION: Final = "1"
"""Raised whenever the second week is forecast in another way; what an earlier version learned is then not used."""


class NotTrainedError(UserError):
    """An area of which no models were trained yet."""


@dataclass(frozen=True, eq=False)
class ZoneModel:
    """One zone's fitted model.

    ``kind``: ``prophet``, ``short`` (history too short for Prophet: level, weekday and profile only) or
    ``unknown`` (no counts). ``means``: mean of each feature over the training days, what an ordinary day is.
    ``profile``: long-run shares, months × 4 × 24. ``percentiles``: 75th, 90th and 97.5th of the daytime counts of
    the last year, or ``None``. ``data_hash``: of all it was fitted on.
    """

    zone_id: str
    kind: ZoneModelKind
    day_model: DayModel
    means: Floats
    cap: float
    profile: Floats
    percentiles: tuple[float, float, float] | None
    known_days: int
    data_hash: str

    def to_dict(self) -> dict[str, Any]:
        """Return the model as plain values for JSON."""
        return {
            "zone_id": self.zone_id,
            "kind": self.kind,
            "data_hash": self.data_hash,
            "known_days": self.known_days,
            "features": list(self.day_model.names),
            "coefficients": [None if np.isnan(value) else float(value) for value in self.day_model.coefficients],
            "means": [round(float(value), 6) for value in self.means],
            "cap": round(self.cap, 4),
            "percentiles": self.percentiles,
            "profile": np.round(self.profile, 5).reshape(-1, 24).tolist(),
        }

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "ZoneModel":
        """Return the model that :meth:`to_dict` wrote. Raises ``KeyError`` or ``ValueError`` when it is not one."""
        coefficients = np.array([np.nan if value is None else value for value in fields["coefficients"]], dtype=float)
        return cls(
            zone_id=fields["zone_id"],
            kind=fields["kind"],
            day_model=DayModel(tuple(fields["features"]), coefficients),
            means=np.array(fields["means"], dtype=float),
            cap=float(fields["cap"]),
            profile=np.array(fields["profile"], dtype=float).reshape(12, 4, 24),
            percentiles=tuple(fields["percentiles"]) if fields["percentiles"] else None,
            known_days=fields["known_days"],
            data_hash=fields["data_hash"],
        )


@dataclass(frozen=True, eq=False)
class Models:
    """All that is needed to forecast an area, in the order of its zones.

    ``until``: counts at or after this moment (UTC) were not used. ``mix``: what the hours are expected
    with. ``past``: errors of past forecasts. ``second_week``: those of its second week, where they were learned.
    ``id``: hash of everything in the files.
    """

    area_model: AreaModel
    zones: tuple[ZoneModel, ...]
    until: datetime
    mix: Mix
    past: PastErrors
    sources: tuple[str, ...]
    id: str
    second_week: SecondWeekErrors | None = None

    def thresholds(self, area: Area) -> Thresholds:
        """Return the default thresholds of ``area``, from the stored percentiles where surface or width is unknown."""
        return default_thresholds(area, {zone.zone_id: zone.percentiles for zone in self.zones if zone.percentiles})


@dataclass(frozen=True, eq=False)
class LearnedSecondWeek:
    """What was learned of the second week, until which counts (UTC), and a hash of it."""

    errors: SecondWeekErrors
    until: datetime
    id: str


def load_models(area: Area, folder: Path | None = None) -> Models:
    """Read the models of all zones of ``area``: its own, or those in ``folder``.

    Raises ``NotTrainedError`` when there are none, and ``UserError`` when a zone has none, when a file was damaged,
    or when they were not trained together; the sentence says which command to run.
    """
    command = Command(
        f"python -m forecasting train --area {area.id}",
        message_id("let the app learn again, on the page 'Manage', under 'Forecast'"),
    )
    path = folder / AREA_FILE if folder else find(area.id, f"models/{AREA_FILE}")
    if path is None or not path.exists():
        raise NotTrainedError(
            "The app has not learned from the counts of {area} yet. To mend it: {command}",
            area=area.id,
            command=command,
        )
    shared = read_checked(path, command)
    together = [f"{zone_id}.json" for zone_id in area.zone_ids]
    together += [PAST_FILE, MIX_FILE]
    texts = {name: _read_together(path.with_name(name), shared["trained"], area, command) for name in together}
    second = read_second_week(path.parent, area)
    return Models(
        area_model=_parsed(path, command, _area_model, shared),
        zones=tuple(
            _parsed(path.with_name(f"{zone_id}.json"), command, ZoneModel.from_dict, texts[f"{zone_id}.json"])
            for zone_id in area.zone_ids
        ),
        until=datetime.fromisoformat(shared["trained"]["until"]),
        mix=_parsed(path.with_name(MIX_FILE), command, Mix.from_dict, texts[MIX_FILE]),
        past=_parsed(path.with_name(PAST_FILE), command, PastErrors.from_dict, texts[PAST_FILE]),
        sources=tuple(shared["trained"]["sources"]),
        id=digest(shared["sha256"], *(text["sha256"] for text in texts.values()), *((second.id,) if second else ())),
        second_week=second.errors if second else None,
    )


def write_second_week(path: Path, found: SecondWeekErrors, area: Area, until: datetime) -> None:
    """Write what was learned of the second week from counts before ``until`` (UTC)."""
    trained = {"version": SECOND_WEEK_VERSION, "until": until.isoformat()}
    write_checked(path, {"trained": trained, "zones": list(area.zone_ids), **found.to_dict()})


def read_second_week(folder: Path, area: Area) -> LearnedSecondWeek | None:
    """Return what was learned of the second week.

    ``None`` where nothing was, or it is damaged, of other places or of another version: the second week is not shown
    then, and a page says how to learn it.
    """
    try:
        text = read_checked(folder / SECOND_WEEK_FILE, "", version=SECOND_WEEK_VERSION)
        if text["zones"] != list(area.zone_ids):
            return None
        kept = {name: value for name, value in text.items() if name not in ("trained", "zones", "sha256")}
        until = datetime.fromisoformat(text["trained"]["until"])
        return LearnedSecondWeek(SecondWeekErrors.from_dict(text), until, digest(json.dumps(kept)))
    except (UserError, ValueError, KeyError, TypeError):
        return None


def _read_together(path: Path, trained: dict[str, Any], area: Area, command: str) -> dict[str, Any]:
    """Read a file that must have been trained together with the rest."""
    if not path.exists():
        if path.name.startswith("_"):
            raise _damaged(path, command)
        raise UserError(
            "The app has not learned from the counts of place '{zone}' of {area} yet. To mend it: {command}",
            zone=path.stem,
            area=area.id,
            command=command,
        )
    text = read_checked(path, command)
    if text["trained"] != trained:
        raise UserError(
            "{file} was not trained together with the other places of {area}. To mend it: {command}",
            file=path,
            area=area.id,
            command=command,
        )
    return text


def write_checked(path: Path, content: dict[str, Any]) -> None:
    """Write ``content`` as JSON with its own hash; all of it or nothing."""
    with written_whole(path) as temporary:
        whole = {**content, "sha256": _hash({key: value for key, value in content.items() if key != "sha256"})}
        temporary.write_text(json.dumps(whole, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
        temporary.chmod(0o644)


def read_checked(path: Path, command: str, *, version: str = "") -> dict[str, Any]:
    """Read what :func:`write_checked` wrote.

    Raises ``UserError`` naming the file, and ``command`` to mend it, when it was damaged, changed, or made by
    another version of the model than ``version`` (default: :data:`MODEL_VERSION`).
    """
    try:
        content = parsed(path.read_bytes())
        written = content["sha256"]
        same = written == _hash({key: value for key, value in content.items() if key != "sha256"})
        made_by = content["trained"]["version"]
    except (ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        raise _damaged(path, command) from error
    if not same:
        raise _damaged(path, command)
    if made_by != (version or MODEL_VERSION):
        raise UserError(
            "{file} was made by another version of the model. To mend it: {command}", file=path, command=command
        )
    return dict(content)


def area_fields(model: AreaModel, zone_ids: tuple[str, ...]) -> dict[str, Any]:
    """Return what the zones share as plain values for JSON."""
    return {
        "zones": list(zone_ids),
        "climatology": model.climatology.coefficients.tolist(),
        "hour_effects": model.hour_effects.tolist(),
        "day_effects": model.day_effects.tolist(),
        "mean_weather": model.mean_weather.tolist(),
        "event_shares": model.events.shares.tolist(),
        "event_course": model.events.course.tolist(),
        "events_learned_from": model.events.learned_from,
    }


def _area_model(text: dict[str, Any]) -> AreaModel:
    return AreaModel(
        Climatology(np.array(text["climatology"], dtype=float)),
        np.array(text["hour_effects"], dtype=float),
        np.array(text["day_effects"], dtype=float),
        np.array(text["mean_weather"], dtype=float),
        EventEffects(
            np.array(text["event_shares"], dtype=float),
            np.array(text["event_course"], dtype=float),
            text["events_learned_from"],
        ),
    )


def _parsed(path: Path, command: str, parse: Any, text: dict[str, Any]) -> Any:
    try:
        return parse(text)
    except (ValueError, KeyError, TypeError) as error:
        raise _damaged(path, command) from error


def _damaged(path: Path, command: str) -> UserError:
    return UserError(
        "{file} is damaged or was changed. To mend it, delete the file, and then: {command}", file=path, command=command
    )


def _hash(content: dict[str, Any]) -> str:
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
