"""Sentences that several formats of weather need."""

from data.importing.units import kept_unit
from language import Language


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


def say_converted(file: str, column: str, unit: str, lang: Language) -> str:
    """Say that a unit which the file declares was converted."""
    return lang.t(
        "In {file}, {what} is in {unit} and was converted to {kept}.",
        file=file,
        what=weather_name(column, lang),
        unit=unit,
        kept=kept_unit(column),
    )
