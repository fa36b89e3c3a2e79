"""The forecast of a week that is not the one that comes: what is made of it says so."""

from dataclasses import replace

from forecasting.forecast import Forecast
from forecasting.scenario import Scenario
from forecasting.snapshot import Snapshot
from forecasting.snapshot import forecast as forecast_of
from forecasting.timing import Timing


def forecast(snapshot: Snapshot, scenario: Scenario | None = None) -> Forecast:
    """Return the forecast as ``forecasting.snapshot.forecast`` does, with the same figures, as one of another time.

    Raises ``UserError`` when the scenario does not fit the area.
    """
    return replace(forecast_of(snapshot, scenario), timing=Timing(now=False))
