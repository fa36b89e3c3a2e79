"""The frozen days of an area: those in its file, and those of the forecasts that are kept of it, one a day."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import cutoff_of, load
from forecasting.values.forecast import Forecast
from language import UserError
from response.effects.frozen import FrozenDay, freeze_day, read_frozen


def frozen_days(area: Area) -> dict[date, FrozenDay]:
    """Return each day before the area's now as it was forecast last before it began.

    A forecast that is damaged is passed over: its day then has none. Raises ``UserError`` for a damaged file of days.
    """
    found = read_frozen(area.id)
    today = area.now().astimezone(area.tz).date()
    for day, snapshot_id in _last_before(area).items():
        if day < today and day not in found:
            try:
                found[day] = freeze_day(forecast(load(area.id, snapshot_id)), day)
            except (UserError, ValueError):
                continue
    return found


def forecasts_before(area: Area, days: Iterable[date]) -> Iterator[tuple[date, Forecast]]:
    """Yield those of some days of which a forecast of before is kept, with that forecast."""
    last = _last_before(area)
    for day in days:
        if day in last:
            try:
                yield day, forecast(load(area.id, last[day]))
            except UserError:
                continue


def _last_before(area: Area) -> dict[date, str]:
    """Return of each local day which kept forecast of the day before it is the last one."""
    last: dict[date, tuple[datetime, str]] = {}
    for path in (area_home(area.id) / "snapshots").glob("*/snapshot.json"):
        cutoff = cutoff_of(path.parent.name)
        if cutoff is None:
            continue
        local = cutoff.astimezone(area.tz)
        # A forecast of midnight sharp is still of before the day that begins then.
        day = local.date() if local.timetz().replace(tzinfo=None) == time() else local.date() + timedelta(days=1)
        last[day] = max(last.get(day, (cutoff, "")), (cutoff, path.parent.name))
    return {day: name for day, (_, name) in last.items()}
