"""Weather from a connector, checked as strictly as an imported file."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from data.area.schemas import HOUR, checked
from data.importing.weather import RANGES
from language import UserError

FIRST: Final = datetime(1940, 1, 1, tzinfo=UTC)
"""Before this no hourly weather is published; an earlier date is a mistake of the source."""


def weather_frame(
    name: str, hours: pd.DatetimeIndex, values: dict[str, npt.NDArray[np.float64]], last: datetime
) -> pd.DataFrame:
    """Return weather (schema ``WEATHER``, sorted) of ``hours`` (UTC, start of the hour; none can be after ``last``).

    A column that is not given is unknown. Raises ``UserError`` when hours are impossible or come twice, or a value lies
    outside the weather records.
    """
    if not len(hours):
        raise UserError("{name} answers without any data. Check the connector in sources.toml.", name=name)
    if hours.has_duplicates:
        raise UserError("{name} answers with the same hour twice. Nothing was changed.", name=name)
    for hour in (hours.min(), hours.max()):
        if not FIRST <= hour <= last:
            raise UserError(
                "{name} answers with impossible dates ({date}). Nothing was changed.",
                name=name,
                date=f"{hour:%Y-%m-%d}",
            )
    frame = pd.DataFrame({"hour": hours.astype(HOUR)})
    for column, (lowest, highest) in RANGES.items():
        given = np.asarray(values.get(column, np.full(len(hours), np.nan)), dtype=float)
        outside = (given < lowest) | (given > highest)
        if outside.any():
            raise UserError(
                "{name}: {column} is {value}, but it should lie between {lowest} and {highest}. Nothing was changed.",
                name=name,
                column=column,
                value=f"{given[outside][0]:g}",
                lowest=f"{lowest:g}",
                highest=f"{highest:g}",
            )
        frame[column] = given
    if not np.isfinite(frame[["temp_c", "rain_mm", "wind_ms"]].to_numpy()).any():
        raise UserError("{name} answers without any data. Check the connector in sources.toml.", name=name)
    frame["origin"] = pd.Series("observed", index=frame.index, dtype="str")
    return checked("weather", frame.sort_values("hour", ignore_index=True))


def unexpected(name: str, what: str, content: bytes) -> UserError:
    """Return the error about an answer that is not the ``what`` it should be; it shows how the answer begins."""
    start = " ".join(content[:200].decode("utf-8", "replace").split())[:30]
    return UserError(
        "{name} does not answer with {what} but with: '{start}'. Nothing was changed.",
        name=name,
        what=what,
        start=start,
    )
