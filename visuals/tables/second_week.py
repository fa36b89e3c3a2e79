"""The second week of one place for reading: a row a day and daypart, with level, chance, and people at its fullest."""

from typing import Any

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.values.second_week import SecondWeek
from forecasting.values.thresholds import Thresholds
from language import Language
from language.plain import chance, rounded
from visuals.base.palette import label, shown_level
from visuals.words.hours import capitalised, daypart_name


def second_week_table(
    week: SecondWeek, area: Area, thresholds: Thresholds, lang: Language, zone_id: str, *, compact: bool = False
) -> pd.DataFrame:
    """Return the table of one place, without the nights; where nothing is known of a daypart, it says so.

    ``compact`` leaves out the level, and has day and daypart in one column: for a phone.
    """
    figures = week.frame(thresholds)
    figures = figures[(figures["zone_id"] == zone_id) & (figures["daypart"] != "night")]
    rows = [_row(one, area, thresholds, lang, compact=compact) for one in figures.to_dict("records")]
    return pd.DataFrame(rows)


def _row(one: dict[Any, Any], area: Area, thresholds: Thresholds, lang: Language, *, compact: bool) -> dict[str, str]:
    day, part = capitalised(lang.date(one["date"], "EEE d MMM")), daypart_name(one["daypart"], lang)
    level = shown_level(thresholds, one["zone_id"], one["q50"])
    unknown = lang.t("unknown")
    crowds = unknown if np.isnan(one["p_orange"]) else chance(one["p_orange"], lang)
    values = [one[name] for name in ("q10", "q50", "q90")]
    written = [unknown if np.isnan(value) else lang.number(rounded(value)) for value in values]
    people = written[0] if len(set(written)) == 1 else " – ".join(written)
    measured = {lang.t("Chance of crowds"): crowds, _people(area, lang): people}
    if compact:
        return {lang.t("Day"): f"{day}, {part}", **measured}
    return {
        lang.t("Day"): day,
        lang.t("Daypart"): capitalised(part),
        lang.t("Level"): label(level, lang),
        **measured,
    }


def _people(area: Area, lang: Language) -> str:
    """Return what is counted, as the heading of a column."""
    if area.measure == "present":
        return lang.t("People in the fullest hour")
    return lang.t("Passers-by in the fullest hour")
