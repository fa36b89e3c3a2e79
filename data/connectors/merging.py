"""Laying fetched data into the area's files: what is known stays, what is newer goes before it, whole or not at all."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from data.area.area import Area
from data.area.schemas import HOUR, empty
from data.importing.events import read_events
from data.keeping.home import area_home, find, written_whole
from language import UserError


@dataclass(frozen=True)
class Merged:
    """How many rows are new and how many changed, and the whole of what is now kept."""

    new: int
    changed: int
    frame: pd.DataFrame


def merge_counts(area: Area, fetched: pd.DataFrame) -> Merged:
    """Lay counts (schema ``COUNTS``) over those kept; an unknown one never takes the place of a known one."""
    return _merge(area, "counts.parquet", fetched, ["zone_id", "hour"])


def merge_weather(area: Area, fetched: pd.DataFrame) -> Merged:
    """Lay observed weather (schema ``WEATHER``) over what is kept, value by value."""
    return _merge(area, "weather.parquet", fetched, ["hour"])


def merge_forecast(area: Area, fetched: pd.DataFrame, issued: datetime) -> Merged:
    """Add what was forecast at ``issued`` (aware) to the forecasts kept; one issued at that moment is replaced."""
    stamped = fetched.drop(columns="origin").assign(issued=pd.Timestamp(issued).tz_convert("UTC").as_unit("us"))
    return _merge(area, "weather_forecast.parquet", stamped, ["issued", "hour"])


def merge_events(area: Area, fetched: pd.DataFrame, earlier: list[str], now: datetime) -> Merged:
    """Lay events over those kept. Events to come that this source gave ``earlier`` and gives no longer are dropped."""
    path = find(area.id, "events.csv")
    kept = read_events(path, area.zone_ids, area.tz) if path else empty("events")
    gone = kept["event_id"].isin(set(earlier) - set(fetched["event_id"])) & (kept["start"] > now)
    before = kept[~gone].set_index("event_id")
    after = fetched.set_index("event_id")
    both = before.index.intersection(after.index)
    changed = int((before.loc[both] != after.loc[both, before.columns]).any(axis=1).sum())
    parts = [part for part in (before[~before.index.isin(both)], after) if len(part)]
    whole = pd.concat(parts).reset_index().sort_values(["start", "event_id"], ignore_index=True) if parts else kept
    new = len(after) - len(both)
    if new or changed or gone.any():
        shown = whole.copy()
        for side in ("start", "end"):
            shown[side] = [moment.isoformat() for moment in whole[side]]
        with written_whole(area_home(area.id) / "events.csv") as temporary:
            shown.to_csv(temporary, index=False, lineterminator="\n")
    return Merged(new, changed + int(gone.sum()), whole)


def kept(area: Area, name: str) -> pd.DataFrame | None:
    """Return the whole of a Parquet file of the area, or ``None``. Raises ``UserError`` when it is damaged."""
    path: Path = area_home(area.id) / name
    if not path.exists():
        return None
    try:
        return pd.read_parquet(path)
    except (pa.ArrowException, OSError) as error:
        raise UserError("{file} of area {area} is damaged. Import it again.", area=area.id, file=name) from error


def lay_over(before: pd.DataFrame | None, fetched: pd.DataFrame, keys: list[str]) -> Merged:
    """Return what is kept when ``fetched`` is laid over ``before``: an unknown value never replaces a known one."""
    after = fetched.set_index(keys)
    if before is None:
        whole, new, changed = after, len(after), 0
    else:
        old = before.set_index(keys)
        whole = after.combine_first(old)[list(after.columns)]
        both = old.index.intersection(after.index)
        was, now = old.loc[both, after.columns], whole.loc[both]
        new = len(after) - len(both)
        changed = int(((was != now) & ~(was.isna() & now.isna())).any(axis=1).sum())
    frame = whole.reset_index()[list(fetched.columns)].sort_values(keys, ignore_index=True)
    return Merged(new, changed, frame.astype({"hour": HOUR}))


def _merge(area: Area, name: str, fetched: pd.DataFrame, keys: list[str]) -> Merged:
    before = kept(area, name)
    merged = lay_over(before, fetched, keys)
    if before is None or merged.new or merged.changed:
        with written_whole(area_home(area.id) / name) as temporary:
            merged.frame.to_parquet(temporary, index=False)
    return merged
