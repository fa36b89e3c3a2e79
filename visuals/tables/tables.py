"""The map and the calendar as tables in words, for those who do not see a picture or want to read it off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from forecasting.meaning.busy import spans
from forecasting.meaning.variants import Variant
from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.arrays import Indices, Levels
from forecasting.values.forecast import DAYPARTS, Forecast
from forecasting.values.thresholds import LEVELS
from language import Language
from language.plain import rounded
from visuals.base.outlook import Outlook
from visuals.base.palette import label, shown_level
from visuals.words.amounts import marks
from visuals.words.claim_words import chance_of, claim, said
from visuals.words.hours import capitalised, daypart_name
from visuals.words.leading import worst_first
from visuals.words.level_words import SERIOUS, hours_words


def map_table(
    outlook: Outlook,
    *,
    hour_index: int,
    quantile: float = 0.5,
) -> pd.DataFrame:
    """Return one hour of the map: a row a zone, the worst first, as sentences name them.

    Columns (in ``lang``): place, level (icon and word), expected, low and high (10th and 90th percentile, people,
    rounded as people say them) and the chance of crowds. The level and the expected number are those of
    ``quantile``, as on the map. The index holds the zone ids. Demo data have a last column that says so.
    """
    forecast, lang = outlook.forecast, outlook.lang
    shown = forecast.quantile(quantile)[:, hour_index]
    rows = [_map_row(outlook, zone_id, hour_index, quantile) for zone_id in forecast.zone_ids]
    table = pd.DataFrame(rows, index=pd.Index(forecast.zone_ids, name="zone_id"))
    table = table.astype(dict.fromkeys(table.columns[2:5], "Int64"))
    known = worst_first(outlook, shown, hour_index)
    unknown = [zone_id for zone_id in forecast.zone_ids if zone_id not in known]
    return _with_mark(table.loc[[*known, *unknown]], forecast, lang)


def _map_row(outlook: Outlook, zone_id: str, hour_index: int, quantile: float) -> dict[str, str | int | None]:
    """Return one place of the table of the map; the words of its level claim the numbers beside it too."""
    lang, hour = outlook.lang, np.array([hour_index])
    expected = claim(outlook, "expected", [zone_id], hour, quantile=quantile)
    level = shown_level(outlook.thresholds, zone_id, np.nan if expected is None else _known(expected.value))
    at = None if level == "unknown" else claim(outlook, "level", [zone_id], hour, level, quantile=quantile)
    likely = claim(outlook, "chance", [zone_id], hour, "orange")
    numbers = (None, None, None) if expected is None else (expected.value, expected.low, expected.high)
    middle, low, high = (_whole(number) for number in numbers)
    return {
        lang.t("Place"): said(outlook.area.zone(zone_id).name(lang), at),
        lang.t("Level"): said(label(level, lang), at, expected),
        lang.t("Expected"): middle,
        lang.t("At least (9 out of 10)"): low,
        lang.t("At most (9 out of 10)"): high,
        lang.t("Chance of crowds in this hour"): "–" if level == "unknown" else chance_of(likely, lang),
    }


def calendar_table(
    outlook: Outlook,
    *,
    since: datetime | None = None,
) -> pd.DataFrame:
    """Return the calendar of the coming week: a row per place and daypart, a column a day.

    A cell holds the icon and word of the level of the daypart's busiest known hour (by the median), and the hours that
    have it where not all have; it is empty where the forecast has no hours. Demo data have a last column that says so.
    """
    forecast, area, lang = outlook.forecast, outlook.area, outlook.lang
    parts, levels = forecast.local_hours.hour.to_numpy() // 6, forecast.levels(outlook.thresholds)
    by_day = list(days(forecast, week_hours(forecast, since)))
    rows = []
    for row, zone_id in enumerate(forecast.zone_ids):
        for number, part in enumerate(DAYPARTS):
            cells = {
                lang.t("Place"): area.zone(zone_id).name(lang),
                lang.t("Daypart"): capitalised(daypart_name(part, lang)),
            }
            for day, hours in by_day:
                here = hours[parts[hours] == number]
                name = capitalised(lang.date(day, "EEEE d MMMM y"))
                cells[name] = _level(outlook, levels[row], zone_id, here)
            rows.append(cells)
    return _with_mark(pd.DataFrame(rows), forecast, lang)


def variants_table(variants: Sequence[Variant], outlook: Outlook, *, hour_index: int) -> pd.DataFrame:
    """Return one hour of the forecast and its scenarios: a row a place, a column a variant.

    A cell says how many people are expected and, in brackets, the range that holds 8 out of 10 cases.
    """
    forecast, lang = variants[0].forecast, outlook.lang
    names = [outlook.area.zone(zone_id).name(lang) for zone_id in forecast.zone_ids]
    table = pd.DataFrame({lang.t("Place"): names})
    for variant in variants:
        shown = replace(outlook, forecast=variant.forecast)
        table[capitalised(variant.name)] = [_with_range(shown, zone_id, hour_index) for zone_id in forecast.zone_ids]
    return _with_mark(table, forecast, lang)


def _with_range(outlook: Outlook, zone_id: str, hour_index: int) -> str:
    expected = claim(outlook, "expected", [zone_id], np.array([hour_index]))
    if expected is None:
        return "–"
    values = (expected.value, expected.low, expected.high)
    middle, least, most = (outlook.lang.number(rounded(_known(value))) for value in values)
    return said(f"{middle} ({least}–{most})", expected)


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def _whole(count: float | None) -> int | None:
    return None if count is None or np.isnan(count) else rounded(count)


def _level(outlook: Outlook, levels: Levels, zone_id: str, hours: Indices) -> str:
    """Return the level of the busiest known of ``hours`` of a zone, and of a serious one which hours, where not all."""
    forecast, lang = outlook.forecast, outlook.lang
    if not len(hours):
        return ""
    known = hours[levels[hours] >= 0]
    if not len(known):
        return label("unknown", lang)
    level = LEVELS[int(levels[known].max())]
    such, worst = levels == LEVELS.index(level), claim(outlook, "level", [zone_id], known, level)
    if level not in SERIOUS or such[hours].all():
        return said(label(level, lang), worst)
    there = claim(outlook, "reaches", [zone_id], known[such[known]], level)
    return said(f"{label(level, lang)}, {hours_words(spans(forecast, hours, such), lang)}", worst, there)


def _with_mark(table: pd.DataFrame, forecast: Forecast, lang: Language) -> pd.DataFrame:
    mark = marks(forecast, lang)
    return table.assign(**{lang.t("Data"): mark}) if mark else table
