"""Hours after now in what is said to be observed: nobody can have seen them yet."""

from datetime import datetime
from functools import partial

import pandas as pd

from data.doubts.doubt import Doubt
from language import Language


def ahead_doubts(file: str, hours: pd.Series, now: datetime) -> list[Doubt]:
    """Return a doubt when some ``hours`` (UTC, start of the hour) do not begin before ``now``; they are kept."""
    ahead = hours[hours >= now]
    if ahead.empty:
        return []
    return [Doubt("future", partial(_say_ahead, file, len(ahead), ahead.min().to_pydatetime()))]


def _say_ahead(file: str, n: int, first: datetime, lang: Language) -> str:
    return lang.n(
        "In {file}, {n} hour lies after now ({first} UTC): it cannot have been observed yet. It is kept; take it out "
        "if it is a forecast.",
        "In {file}, {n} hours lie after now (from {first} UTC on): they cannot have been observed yet. They are kept; "
        "take them out if they are a forecast.",
        n,
        file=file,
        first=lang.date(first, "d MMM y HH:mm"),
    )
