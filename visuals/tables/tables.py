"""The map and the calendar as tables in words, for those who do not see a picture or want to read it off."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.meaning.busy import ORANGE, spans
from forecasting.meaning.variants import Variant
from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.arrays import Indices, Levels
from forecasting.values.forecast import DAYPARTS, Forecast
from forecasting.values.thresholds import LEVELS, Thresholds
from language import Language
from language.plain import rounded
from visuals.base.outlook import Outlook
from visuals.base.palette import label, shown_level
from visuals.words.amounts import marks
from visuals.words.claim_words import chance_of, claim
from visuals.words.hours import capitalised, daypart_name
from visuals.words.level_words import SERIOUS, hours_words


def map_table(
    outlook: Outlook,
    *,
    hour_index: int,
    quantile: float = 0.5,
) -> pd.DataFrame:
    """Return one hour of the map: a row a zone, the busiest compared with its own threshold first.

    Columns (in ``lang``): place, level (icon and word), expected, low and high (10th and 90th percentile, people,
    rounded as people say them) and the chance of crowds. The level and the expected number are those of
    ``quantile``, as on the map. The index holds the zone ids. Demo data have a last column that says so.
    """
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    shown = forecast.quantile(quantile)[:, hour_index]
    low, high = (forecast.quantile(q)[:, hour_index] for q in (0.1, 0.9))
    orange = thresholds.array(forecast.zone_ids)[:, ORANGE - 1]
    hour = np.array([hour_index])
    rows = [
        {
            lang.t("Place"): area.zone(zone_id).name(lang),
            lang.t("Level"): label(shown_level(thresholds, zone_id, float(shown[row])), lang),
            lang.t("Expected"): _whole(shown[row]),
            lang.t("At least (9 out of 10)"): _whole(low[row]),
            lang.t("At most (9 out of 10)"): _whole(high[row]),
            lang.t("Chance of crowds in this hour"): _unknown_or(
                shown[row], chance_of(claim(outlook, "chance", [zone_id], hour, "orange"), lang)
            ),
        }
        for row, zone_id in enumerate(forecast.zone_ids)
    ]
    table = pd.DataFrame(rows, index=pd.Index(forecast.zone_ids, name="zone_id"))
    table = table.astype(dict.fromkeys(table.columns[2:5], "Int64"))
    return _with_mark(table.iloc[np.argsort(-shown / orange, kind="stable")], forecast, lang)


def calendar_table(
    outlook: Outlook,
    *,
    since: datetime | None = None,
) -> pd.DataFrame:
    """Return the calendar of the coming week: a row per place and daypart, a column a day.

    A cell holds the icon and word of the level of the daypart's busiest known hour (by the median), and the hours that
    have it where not all have; it is empty where the forecast has no hours. Demo data have a last column that says so.
    """
    forecast, area, thresholds, lang = outlook.forecast, outlook.area, outlook.thresholds, outlook.lang
    parts, levels = forecast.local_hours.hour.to_numpy() // 6, forecast.levels(thresholds)
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
                cells[name] = _level(forecast, thresholds, levels[row], zone_id, here, lang)
            rows.append(cells)
    return _with_mark(pd.DataFrame(rows), forecast, lang)


def variants_table(variants: Sequence[Variant], area: Area, lang: Language, *, hour_index: int) -> pd.DataFrame:
    """Return one hour of the forecast and its scenarios: a row a place, a column a variant.

    A cell says how many people are expected and, in brackets, the range that holds 8 out of 10 cases.
    """
    forecast = variants[0].forecast
    table = pd.DataFrame({lang.t("Place"): [area.zone(zone_id).name(lang) for zone_id in forecast.zone_ids]})
    for variant in variants:
        low, middle, high = (variant.forecast.quantile(q)[:, hour_index] for q in (0.1, 0.5, 0.9))
        table[capitalised(variant.name)] = [
            _with_range(*values, lang) for values in zip(low.tolist(), middle.tolist(), high.tolist(), strict=True)
        ]
    return _with_mark(table, forecast, lang)


def _with_range(low: float, middle: float, high: float, lang: Language) -> str:
    if np.isnan(middle):
        return "–"
    least, expected, most = (lang.number(rounded(value)) for value in (low, middle, high))
    return f"{expected} ({least}–{most})"


def _unknown_or(count: float, text: str) -> str:
    return "–" if np.isnan(count) else text


def _whole(count: float) -> int | None:
    return None if np.isnan(count) else rounded(float(count))


def _level(
    forecast: Forecast, thresholds: Thresholds, levels: Levels, zone_id: str, hours: Indices, lang: Language
) -> str:
    """Return the level of the busiest known of ``hours`` of a zone, and of a serious one which hours, where not all."""
    if not len(hours):
        return ""
    medians = forecast.median[forecast.zone_ids.index(zone_id), hours]
    worst = float(np.nanmax(medians)) if not np.isnan(medians).all() else float("nan")
    level = shown_level(thresholds, zone_id, worst)
    such = levels == LEVELS.index(level) if level in SERIOUS else None
    if such is None or such[hours].all():
        return label(level, lang)
    return f"{label(level, lang)}, {hours_words(spans(forecast, hours, such), lang)}"


def _with_mark(table: pd.DataFrame, forecast: Forecast, lang: Language) -> pd.DataFrame:
    mark = marks(forecast, lang)
    return table.assign(**{lang.t("Data"): mark}) if mark else table
