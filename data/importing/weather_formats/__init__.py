"""Formats of hourly weather, each in a module of its own with ``NAME``, ``recognises`` and ``read``.

A new one is a module beside these and a line in :data:`FORMATS`; then files of it are read wherever weather is: by
``add-area``, by ``fetch`` from a folder or an address, and on the page Beheer.
"""

from typing import Final, Protocol

from data.importing.weather_formats import dwd, knmi, met_eireann, open_meteo
from data.importing.weather_formats.readings import Readings


class Format(Protocol):
    """What a module of this package offers."""

    NAME: str

    def recognises(self, text: str) -> bool:
        """Return whether a text is of this format, by how it begins."""

    def read(self, file: str, text: str, station: int | None) -> Readings:
        """Read a text; ``station`` picks one where there are several. Raises ``UserError`` with the row."""


FORMATS: Final[tuple[Format, ...]] = (knmi, dwd, met_eireann, open_meteo)


def format_of(text: str) -> Format | None:
    """Return the format of a text, or ``None`` when it is none of these."""
    return next((form for form in FORMATS if form.recognises(text)), None)
