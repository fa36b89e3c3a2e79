"""Files of figures for people: what they are called, and their content."""

from datetime import datetime
from typing import Final

import pandas as pd

from data.keeping.csv_out import spreadsheet_csv
from data.keeping.slugs import slug
from language import Language
from visuals.tables.readable import Origin, readable

_LONGEST: Final = 40
"""Letters of the title, and of the scenario, in a file's name."""


def figures_file(frame: pd.DataFrame, origin: Origin, lang: Language) -> bytes:
    """Return figures as a CSV file for a spreadsheet in the reader's language, in words and rounded as in pictures."""
    return spreadsheet_csv(readable(frame, origin, lang), lang)


def file_name(title: str, origin: Origin, lang: Language, *, ending: str = "csv", at: datetime | None = None) -> str:
    """Return the name of a file: area, what it is, moment (area time), scenario: 'auckland-map-2025-11-24-0000.csv'.

    The moment is ``at`` (aware), or else that at which the forecast was made.
    """
    area, forecast = origin.area, origin.forecast
    moment = at or (forecast.cutoff if forecast else None)
    parts = [
        area.id,
        slug(title, _LONGEST),
        f"{moment.astimezone(area.tz):%Y-%m-%d-%H%M}" if moment else "",
        slug(lang.t("what if {scenario}", scenario=origin.scenario), _LONGEST) if origin.scenario else "",
    ]
    return "-".join(part for part in parts if part) + f".{ending}"
