"""The planner's table for reading: a row a day and daypart, hours busy and too busy, and people, from low to high."""

from typing import Any

import numpy as np
import pandas as pd

from language import Language
from language.plain import rounded
from response.week.planner import planner_hours
from visuals.base.outlook import Outlook
from visuals.words.hours import capitalised, daypart_name


def planner_table(outlook: Outlook, zone_id: str, *, compact: bool = False) -> pd.DataFrame:
    """Return the table of one place: where nothing is known of a daypart, it says so.

    ``compact`` leaves out how many people there are, and has day and daypart in one column: for a phone.
    """
    lang = outlook.lang
    figures = planner_hours(outlook.forecast, outlook.thresholds, zone_id)
    rows = [_row(one, lang, compact=compact) for one in figures.to_dict("records") if one["daypart"] != "night"]
    return pd.DataFrame(rows)


def range_words(lang: Language) -> str:
    """Say what three numbers in a cell of the table are."""
    return lang.t("Three numbers are low – expected – high: 8 times out of 10 it is between the outer two.")


def _row(one: dict[Any, Any], lang: Language, *, compact: bool) -> dict[str, str]:
    day, part = capitalised(lang.date(one["date"], "EEE d MMM")), daypart_name(one["daypart"], lang)
    hours = {
        lang.t("Busy hours"): _range(one, "orange", lang),
        lang.t("Hours that are too busy"): _range(one, "red", lang),
    }
    if compact:
        return {lang.t("Day"): f"{day}, {part}", **hours}
    people = {lang.t("People in the fullest hour"): _range(one, "people", lang)}
    return {lang.t("Day"): day, lang.t("Daypart"): capitalised(part), **hours, **people}


def _range(one: dict[Any, Any], name: str, lang: Language) -> str:
    """Return 'low – expected – high', or the one number where the three are the same."""
    values = [one[f"{name}_{which}"] for which in ("low", "expected", "high")]
    if np.isnan(values).any():
        return lang.t("unknown")
    written = [lang.number(rounded(value) if name == "people" else value) for value in values]
    return written[0] if len(set(written)) == 1 else " – ".join(written)
