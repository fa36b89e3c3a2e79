"""All kinds of change that a scenario can make."""

from typing import Final

from forecasting.snapshot.changes.closures import CLOSURES
from forecasting.snapshot.changes.events import EVENTS
from forecasting.snapshot.changes.kind import ScenarioKind
from forecasting.snapshot.changes.measures import MEASURES
from forecasting.snapshot.changes.school_holiday import SCHOOL_HOLIDAY
from forecasting.snapshot.changes.weather import WEATHER

KINDS: Final[tuple[ScenarioKind, ...]] = (WEATHER, SCHOOL_HOLIDAY, EVENTS, MEASURES, CLOSURES)
"""In the order in which they are applied: whom a measure moved away is not there when a place closes."""
