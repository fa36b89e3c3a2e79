"""What was expected of an hour before it came: the forecast to lay beside what people felt or counters saw."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from data.area.area import Area
from data.keeping.home import area_home
from forecasting.snapshot.computing import forecast
from forecasting.snapshot.snapshot_files import load
from forecasting.values.forecast import Forecast
from language import UserError

_CUTOFF = "%Y%m%dT%H"


def saved_forecast(area: Area, snapshot_id: str) -> Forecast | None:
    """Return the forecast of a saved snapshot; ``None`` when it is damaged or gone."""
    try:
        return forecast(load(area.id, snapshot_id))
    except UserError:
        return None


def standing_forecasts(
    area: Area,
    moments: Iterable[datetime],
    *,
    obtain: Callable[[Area, str], Forecast | None] = saved_forecast,
) -> dict[datetime, Forecast]:
    """Return by moment (aware, the start of an hour) the forecast that stood then, where there is one.

    That is the first one saved on that local day, or else the last one before it, if it reaches that far: so one or
    two forecasts serve a whole day, and nothing is computed with what is known only now. ``obtain`` reads one of
    them, for a caller that keeps what was read.
    """
    paths = (area_home(area.id) / "snapshots").glob("*/snapshot.json")
    issued = sorted((cutoff, path.parent.name) for path in paths if (cutoff := _cutoff(path.parent.name)) is not None)
    found = {}
    for moment in set(moments):
        day = moment.astimezone(area.tz).date()
        before = [(cutoff, name) for cutoff, name in issued if cutoff <= moment]
        same_day = [(cutoff, name) for cutoff, name in before if cutoff.astimezone(area.tz).date() == day]
        if before:
            expected = obtain(area, (same_day[0] if same_day else before[-1])[1])
            if expected is not None and moment in expected.hours:
                found[moment] = expected
    return found


def _cutoff(snapshot_id: str) -> datetime | None:
    try:
        return datetime.strptime(snapshot_id.split("-", maxsplit=1)[0], _CUTOFF).replace(tzinfo=UTC)
    except ValueError:
        return None
