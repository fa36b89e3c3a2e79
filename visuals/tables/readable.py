"""Figures for people: the tidy frames of pages and pictures with names, levels, chances and amounts in words.

What a column holds decides how it is written: amounts of people rounded as in pictures and sentences, chances as
natural frequencies, so that whoever reads 'chance 5 out of 10' finds just that. Exact figures stand at the API.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from math import isnan
from typing import Any, Final
from zoneinfo import ZoneInfo

import pandas as pd

from data.area.area import Area
from forecasting.values.forecast import QUANTILE_COLUMNS, Forecast
from language import Language
from language.plain import chance, rounded
from visuals.tables.headings import HEADINGS, SPANS
from visuals.tables.values import words_of
from visuals.words.amounts import demo_mark, marks, unit
from visuals.words.hours import capitalised, weekday
from visuals.words.rests_on import rests_text

_AMOUNTS: Final = frozenset(
    f"{of}{name}" for of in ("", "forecast_", "scenario_") for name in (*QUANTILE_COLUMNS, "normal", "expected")
)
"""Columns with numbers of people, rounded as people say them."""
_EXACT: Final = frozenset(["count", "yellow", "orange", "red", "threshold_q25", "threshold_q50", "threshold_q75"])
"""Columns with numbers of people that are counted or chosen: whole, and as they are."""
_CHANCES: Final = frozenset(
    ["p_yellow", "p_orange", "p_red", "chance", "chance_red", "warn_from", "scenario_p_orange", "scenario_p_red"]
)


@dataclass(frozen=True)
class Origin:
    """Where figures come from: their area and, where they are those of one, their forecast with its scenario in words.

    ``scenario`` is empty without one.
    """

    area: Area
    forecast: Forecast | None = None
    scenario: str = ""


def readable(frame: pd.DataFrame, origin: Origin, lang: Language) -> pd.DataFrame:
    """Return figures as a table for people: headings and words in their language, area time, figures rounded.

    Figures of a forecast say in columns of their own what is counted, which scenario they are of, that they are
    practice data or of another week, where it rests on few counts, and when the forecast was made.
    """
    hourly = "hour" in frame
    columns: dict[str, Any] = {}
    for name in map(str, frame.columns):
        for heading, values in _written(name, frame[name], origin.area, lang, hourly=hourly):
            columns[heading] = values
    table = pd.DataFrame(columns, index=frame.index)
    said = dict(_said_of_all(frame, origin, lang))
    return table.assign(**{heading: text for heading, text in said.items() if heading not in table})


def _written(
    name: str, values: pd.Series, area: Area, lang: Language, *, hourly: bool
) -> Iterator[tuple[str, list[Any] | pd.Series]]:
    """Yield the columns that a column of figures becomes: a heading and its values."""
    heading = lang.t((SPANS if not hourly and name in SPANS else HEADINGS).get(name, name))
    if name == "hour":
        moments = [moment.to_pydatetime().astimezone(area.tz) for moment in values]
        yield lang.t("Day"), [capitalised(weekday(moment.date(), lang)) for moment in moments]
        yield lang.t("Date"), [moment.date().isoformat() for moment in moments]
        yield heading, [time_words(moment, area.tz, lang) for moment in moments]
    elif name in _AMOUNTS or name in _EXACT:
        whole = rounded if name in _AMOUNTS else round
        yield heading, pd.Series([_unless_unknown(value, whole) for value in values], values.index, "Int64")
    elif name in _CHANCES:
        yield heading, [_unless_unknown(value, lambda one: chance(one, lang)) for value in values]
    elif pd.api.types.is_float_dtype(values):
        yield heading, values.round(2)
    else:
        said = words_of(name, area, lang)
        yield heading, [_plain(value, area.tz, lang) if said is None else said(value) for value in values]


def _said_of_all(frame: pd.DataFrame, origin: Origin, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield what holds for all rows: the unit, the scenario, what the data are, when the forecast was made."""
    forecast = origin.forecast
    if _AMOUNTS & {*frame.columns}:
        yield lang.t("Unit"), unit(origin.area.measure, lang)
    if forecast is None:
        if origin.area.simulated:
            yield lang.t("Data"), lang.t("DEMO DATA")
        return
    yield lang.t("Scenario"), origin.scenario or lang.t("none")
    # Of figures of several variants each row says which scenario it is of.
    if mark := demo_mark(forecast, lang) if "variant" in frame else marks(forecast, lang):
        yield lang.t("Data"), mark
    made = forecast.cutoff.astimezone(forecast.tz)
    if rest := rests_text(forecast, origin.area, lang):
        yield lang.t("Rests on"), rest
    yield lang.t("Forecast made on"), f"{made.date().isoformat()} {time_words(made, forecast.tz, lang)}"


def time_words(moment: datetime, tz: ZoneInfo, lang: Language) -> str:
    """Return the time of day of a moment as '14:00'; of the hour that autumn has twice it says which one it is."""
    said = f"{moment:%H:%M}"
    once, twice = (moment.replace(fold=fold, tzinfo=tz).utcoffset() for fold in (0, 1))
    if once is None or twice is None or once <= twice:
        return said
    return lang.t("{time} (summer time)", time=said) if moment.dst() else lang.t("{time} (winter time)", time=said)


def _plain(value: Any, tz: ZoneInfo, lang: Language) -> Any:
    """Return a value that is not said in words of its own; a moment in area time."""
    if isinstance(value, datetime):
        local = value.astimezone(tz)
        return f"{local.date().isoformat()} {time_words(local, tz, lang)}"
    return value.isoformat() if isinstance(value, date) else value


def _unless_unknown(value: Any, said: Callable[[float], Any]) -> Any:
    return None if value is None or isnan(value) else said(float(value))
