"""The forecast of a week that is not the one that comes: what is made of it says so."""

from dataclasses import replace

from forecasting.snapshot.computing import forecast as forecast_of
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.timing import Timing


def replayed_forecast(snapshot: Snapshot, scenario: Scenario | None = None) -> Forecast:
    """Return the forecast as ``computing.forecast`` does, with the same figures, as one of another time.

    Raises ``UserError`` when the scenario does not fit the area.
    """
    return replace(forecast_of(snapshot, scenario), timing=Timing(now=False))
