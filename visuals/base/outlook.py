"""What every picture, table and sentence of a week is made of."""

from dataclasses import dataclass

from data.area.area import Area
from forecasting.values.forecast import Forecast
from forecasting.values.thresholds import Thresholds
from language import Language


@dataclass(frozen=True, eq=False)
class Outlook:
    """A forecast of an area as somebody is shown it: against thresholds, in a language."""

    forecast: Forecast
    area: Area
    thresholds: Thresholds
    lang: Language
