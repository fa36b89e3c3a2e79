"""Weather that looks like another unit than it is said to be in: doubted and asked, and never converted unasked.

Limits are choices of this project, set beyond what is measured where people live, so that a hot summer or a stormy
winter is not doubted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt

from data.doubts.doubt import Doubt
from data.tables.weather_units import converted
from language import Language

Floats = npt.NDArray[np.float64]

_DAY: Final = 24
_WINDIEST: Final = ((180 * _DAY, 10.0), (30 * _DAY, 13.0), (_DAY, 18.0))
"""Hours, and the mean wind (m/s) above which so many hours are doubted: Dutch coasts have 6-7 in a year, 11 in their
stormiest month, 18 in a full gale."""

_STRONGEST_HOUR: Final = 35.0
"""m/s: more than any hourly mean measured in the Netherlands."""

_HOTTEST: Final = ((180 * _DAY, 31.0), (_DAY, 36.0))
"""Hours and mean °C: nowhere with people a half year has more than 31."""

_HOTTEST_HOUR: Final = 50.0
_TENTHS_SPREAD: Final = 25.0
_TENTHS_STEP: Final = 2.5
"""Temperatures that vary by more (standard deviation), or by more from hour to hour (median), are rather tenths of °C
than °F: over a year those vary by 60 and 20, and from hour to hour by 4 and 0.7."""

_TENTHS_LEAST: Final = 5.0
"""Half a °C: the air varies by more in any few days, so values that vary by less are no tenths, however they jump."""

_GALES: Final = 20.0
"""m/s: if one hour in a hundred had more, wind would not be in km/h but in tenths."""

_COLDEST: Final = -25.0
"""Mean °C below which a unit is not proposed."""

_PROPOSED: Final = {
    "temp_c": ("°F", "K", "0.1 °C"),
    "rain_mm": ("0.1 mm",),
    "wind_ms": ("km/h", "0.1 m/s"),
    "sun_h": ("0.1 h", "min", "s"),
    "cloud_okta": ("%",),
}
"""Units that values outside all records may be in, the likeliest first."""

_WET_HOURS: Final = 100
_WETTEST_MEAN: Final = 5.0
"""mm in the mean wet hour: Dutch ones have 0.6-1, tropical ones 3-4; tenths of mm read as mm have 6-10."""

_LEAST_SHOWER: Final = 0.8
"""mm: of a hundred wet hours the heaviest has more, and four or five times as much in most places."""

_INCHES: Final = 0.3
_METRES: Final = 0.02


@dataclass(frozen=True)
class UnitDoubt(Doubt):
    """A doubt about the unit of ``column``: it looks like ``unit``."""

    column: str = ""
    unit: str = ""

    def to_dict(self, lang: Language) -> dict[str, str]:
        """Return the doubt as plain values with stable keys, also the column and the unit it looks like."""
        return {**super().to_dict(lang), "column": self.column, "unit": self.unit}


def unit_doubts(file: str, values: Mapping[str, Floats]) -> list[UnitDoubt]:
    """Judge weather that is said to be in the units that are kept; a doubt for each column that looks like another.

    ``file`` is what the weather is called in the sentence; ``values`` are by column, NaN where unknown.
    """
    found = []
    judges = {"temp_c": _temperature, "rain_mm": _rain, "wind_ms": _wind}
    for column, judge in judges.items():
        known = np.asarray(values.get(column, np.empty(0)), dtype=float)
        known = known[np.isfinite(known)]
        unit = judge(known)
        if unit:
            shown = known[known > 0] if column == "rain_mm" else known
            say = partial(_SAY[column], file, float(shown.mean()), unit)
            found.append(UnitDoubt("unit", say, column=column, unit=unit))
    return found


def likely_unit(column: str, values: Floats, lowest: float, highest: float) -> str | None:
    """Return the unit that would bring values between ``lowest`` and ``highest``, and to what is usual; or ``None``."""
    known = values[np.isfinite(values)]
    for unit in _PROPOSED.get(column, ()):
        kept = converted(column, unit, known)
        unlike = unit == "°F" and _in_tenths(known)
        too_cold = column == "temp_c" and kept.mean() < _COLDEST
        usual = not (unlike or too_cold or unit_doubts("", {column: kept}))
        if usual and kept.min() >= lowest and kept.max() <= highest:
            return unit
    return None


def _above(values: Floats, limits: tuple[tuple[int, float], ...]) -> bool:
    """Return whether the mean exceeds the limit that holds for so many hours."""
    limit = next((limit for hours, limit in limits if len(values) >= hours), np.inf)
    return bool(len(values) and values.mean() > limit)


def _temperature(values: Floats) -> str | None:
    if not _above(values, _HOTTEST) and not (len(values) and values.max() > _HOTTEST_HOUR):
        return None
    return "0.1 °C" if _in_tenths(values) else "°F"


def _in_tenths(values: Floats) -> bool:
    step = float(np.median(np.abs(np.diff(values)))) if len(values) > _DAY else 0.0
    spread = values.std()
    return bool(spread > _TENTHS_SPREAD or (step > _TENTHS_STEP and spread > _TENTHS_LEAST))


def _wind(values: Floats) -> str | None:
    if not _above(values, _WINDIEST) and not (len(values) and values.max() > _STRONGEST_HOUR):
        return None
    as_kmh = converted("wind_ms", "km/h", values)
    return "0.1 m/s" if np.quantile(as_kmh, 0.99) > _GALES else "km/h"


def _rain(values: Floats) -> str | None:
    wet = values[values > 0]
    if len(wet) < _WET_HOURS:
        return None
    if wet.mean() > _WETTEST_MEAN:
        return "0.1 mm"
    heavy = float(np.quantile(wet, 0.99))
    if heavy >= _LEAST_SHOWER:
        return None
    return "m" if heavy < _METRES else "inch" if heavy < _INCHES else "cm"


def _say_temperature(file: str, mean: float, unit: str, lang: Language) -> str:
    return lang.t(
        "In {file} it is {mean} °C on average, which looks like {unit}. Nothing was converted. If it is {unit}, "
        "read it in again with temp_c={unit}.",
        file=file,
        mean=lang.number(mean),
        unit=unit,
    )


def _say_wind(file: str, mean: float, unit: str, lang: Language) -> str:
    return lang.t(
        "In {file} the wind is {mean} m/s on average, which looks like {unit}. Nothing was converted. If it is "
        "{unit}, read it in again with wind_ms={unit}.",
        file=file,
        mean=lang.number(mean),
        unit=unit,
    )


def _say_rain(file: str, mean: float, unit: str, lang: Language) -> str:
    return lang.t(
        "In {file} a wet hour has {mean} mm on average, which looks like {unit}. Nothing was converted. If it is "
        "{unit}, read it in again with rain_mm={unit}.",
        file=file,
        mean=lang.number(mean, 3 if mean < 1 else 1),
        unit=unit,
    )


_SAY: Final = {"temp_c": _say_temperature, "wind_ms": _say_wind, "rain_mm": _say_rain}
