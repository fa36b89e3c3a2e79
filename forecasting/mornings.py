"""What was expected of a day on its morning: the forecast to lay beside what people felt or counters saw."""

from datetime import UTC, date, datetime, time

from data.area import Area
from forecasting.forecast import Forecast
from forecasting.snapshot import forecast
from forecasting.snapshots import obtain

_HOURS = 25
"""A day in which the clock is put back has 25 hours."""


def morning_forecast(area: Area, day: date) -> Forecast:
    """Return the forecast of the hours of a local day, as it was issued when that day began.

    Raises ``UserError`` when the area cannot be forecast at that moment.
    """
    start = datetime.combine(day, time(), area.tz)
    return forecast(obtain(area, start.astimezone(UTC), _HOURS))
