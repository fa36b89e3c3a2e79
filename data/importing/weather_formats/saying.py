"""Sentences that several formats of weather need."""

from data.tables.weather_units import kept_unit, weather_name
from language import Language


def say_converted(file: str, column: str, unit: str, lang: Language) -> str:
    """Say that a unit which the file declares was converted."""
    return lang.t(
        "In {file}, {what} is in {unit} and was converted to {kept}.",
        file=file,
        what=weather_name(column, lang),
        unit=unit,
        kept=kept_unit(column),
    )
