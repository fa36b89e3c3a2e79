"""The units weather is written in, and how each becomes the one it is kept in (the last part of a column's name)."""

import re
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from language import Language, UserError

Floats = npt.NDArray[np.float64]


class Unit(NamedTuple):
    """Value × ``factor`` + ``offset`` is the value in the unit that is kept."""

    factor: float
    offset: float = 0.0


UNITS: Final[dict[str, dict[str, Unit]]] = {
    "temp_c": {"°C": Unit(1), "°F": Unit(5 / 9, -160 / 9), "K": Unit(1, -273.15), "0.1 °C": Unit(0.1)},
    "rain_mm": {"mm": Unit(1), "cm": Unit(10), "m": Unit(1000), "inch": Unit(25.4), "0.1 mm": Unit(0.1)},
    "wind_ms": {
        "m/s": Unit(1),
        "km/h": Unit(1 / 3.6),
        "knots": Unit(1852 / 3600),
        "mph": Unit(0.44704),
        "0.1 m/s": Unit(0.1),
    },
    "sun_h": {"h": Unit(1), "min": Unit(1 / 60), "s": Unit(1 / 3600), "0.1 h": Unit(0.1)},
    "cloud_okta": {"okta": Unit(1), "%": Unit(1 / 12.5)},
}
"""By column the units it can be read in, the one that is kept first."""

_ALSO: Final = {
    "°C": ("c", "celsius", "degc"),
    "°F": ("f", "fahrenheit", "degf"),
    "K": ("k", "kelvin"),
    "inch": ("in", "inches"),
    "m/s": ("ms", "mps"),
    "km/h": ("kmh", "kmu", "km/u", "kph"),
    "knots": ("kn", "kt", "kts", "knot", "knopen"),
    "mph": ("mp/h", "mi/h"),
    "h": ("hours", "hour", "u", "uur"),
    "min": ("minutes", "minuten"),
    "s": ("seconds", "sec"),
    "okta": ("oktas", "eighths"),
    "%": ("pct", "percent"),
}
_NAMES: Final = {
    column: {alias: unit for unit in units for alias in (unit.casefold(), *_ALSO.get(unit, ()))}
    for column, units in UNITS.items()
}
_STEMS: Final = {column.partition("_")[0]: column for column in UNITS}


def weather_name(column: str, lang: Language) -> str:
    """Return what a column of weather is called in a sentence."""
    names = {
        "temp_c": lang.t("temperature"),
        "rain_mm": lang.t("rain"),
        "wind_ms": lang.t("wind"),
        "sun_h": lang.t("sunshine"),
        "cloud_okta": lang.t("cloud cover"),
    }
    return names[column]


def unit_of(column: str, text: str) -> str | None:
    """Return the unit of a column that is written so, or ``None`` when it has no such unit."""
    bare = re.sub(r"\s+", "", text.casefold())
    return next((unit for name, unit in _NAMES[column].items() if re.sub(r"\s+", "", name) == bare), None)


def declared(name: str) -> tuple[str, str] | None:
    """Return the column and the unit that the name of a column declares: ``wind_kmh``, ``temp (°F)``; or ``None``."""
    found = re.fullmatch(r"\s*(\w+?)(?:_(\w+|%)|\s*[(\[](.+)[)\]])\s*", name)
    column = _STEMS.get(found[1].casefold()) if found else None
    unit = unit_of(column, found[2] or found[3]) if found and column else None
    return (column, unit) if column and unit else None


def kept_unit(column: str) -> str:
    """Return the unit in which a column is kept."""
    return next(iter(UNITS[column]))


def converted(column: str, unit: str, values: Floats) -> Floats:
    """Return values of a column, given in ``unit``, in the unit that is kept; okta are whole."""
    factor, offset = UNITS[column][unit]
    if unit == kept_unit(column):
        return values
    kept = values * factor + offset
    return np.round(kept) if column == "cloud_okta" else kept


def read_units(given: str) -> dict[str, str]:
    """Return what somebody typed, such as ``wind_ms=km/h, temp_c=°F``, as the unit of each column.

    Raises ``UserError`` with the part that is no unit of a column, and which there are.
    """
    parts = (part.partition("=") for part in given.split(",") if part.strip())
    return checked_units({column: unit for column, _, unit in parts})


def checked_units(given: dict[str, str]) -> dict[str, str]:
    """Return units by column as they are called here. Raises as :func:`read_units`."""
    found = {}
    for column, text in ((name.strip().casefold(), text.strip()) for name, text in given.items()):
        unit = unit_of(column, text) if column in UNITS else None
        if unit is None:
            raise UserError(
                "'{part}' is no unit of weather. Write it as wind_ms=km/h; possible are {units}.",
                part=f"{column}={text}",
                units="; ".join(f"{name}: {', '.join(units)}" for name, units in UNITS.items()),
            )
        found[column] = unit
    return found
