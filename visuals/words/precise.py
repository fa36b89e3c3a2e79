"""Thresholds in figures, for whoever wants them: people, density, flow and Fruin's class."""

import pandas as pd

from data.area.area import Measure
from data.area.zone import Zone
from forecasting.values.space import density, flow, fruin
from forecasting.values.thresholds import LEVELS, ZoneThresholds
from language import Language
from visuals.base.palette import label
from visuals.words.amounts import unit


def threshold_figures(zone: Zone, measure: Measure, zone_thresholds: ZoneThresholds) -> pd.DataFrame:
    """Return the thresholds of a zone, a row each: ``zone_id, level, count, per_m2, flow, fruin, basis``."""
    return pd.DataFrame(
        [
            {
                "zone_id": zone.zone_id,
                "level": level,
                "count": count,
                "per_m2": density(zone, measure, count),
                "flow": flow(zone, measure, count),
                "fruin": fruin(zone, measure, count),
                "basis": zone_thresholds.basis,
            }
            for level, count in zip(
                LEVELS[1:], (zone_thresholds.yellow, zone_thresholds.orange, zone_thresholds.red), strict=True
            )
        ]
    )


def threshold_table(zone: Zone, measure: Measure, zone_thresholds: ZoneThresholds, lang: Language) -> pd.DataFrame:
    """Return the same for reading: only what is known here, with names and separators of the language."""
    figures = threshold_figures(zone, measure, zone_thresholds)
    table = pd.DataFrame({lang.t("From this level"): [label(level, lang) for level in LEVELS[1:]]})
    table[unit(measure, lang)] = [lang.number(count) for count in figures["count"]]
    if figures["per_m2"].notna().all():
        table[lang.t("people per m²")] = [lang.number(value, 2) for value in figures["per_m2"]]
        table[lang.t("m² per person")] = [lang.number(1 / value, 1) for value in figures["per_m2"]]
    if figures["flow"].notna().all():
        table[lang.t("people per metre of width per minute")] = [lang.number(value) for value in figures["flow"]]
    if figures["fruin"].notna().all():
        table[lang.t("Fruin's class")] = figures["fruin"]
    return table
