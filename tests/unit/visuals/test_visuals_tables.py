from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from language import language
from visuals.base.outlook import Outlook
from visuals.tables.tables import calendar_table, map_table

NL, EN = language("nl"), language("en")


@pytest.fixture
def week(make, zone_thresholds, coast):
    return make(coast), coast, zone_thresholds(coast)


def test_the_map_as_a_table_puts_the_fullest_place_first(week):
    table = map_table(Outlook(*week, NL), hour_index=128)
    assert list(table.columns) == [
        "Plek",
        "Niveau",
        "Verwacht",
        "Minstens (9 van de 10 keer)",
        "Hoogstens (9 van de 10 keer)",
        "Kans op drukte in dit uur",
        "Gegevens",
    ]
    assert table.index[0] == "strand"
    assert table.iloc[0]["Niveau"] == "◆ druk"
    assert (table["Gegevens"] == "OEFENGEGEVENS").all()
    assert (table.iloc[:, 3] <= table["Verwacht"]).all()
    assert (table["Verwacht"] <= table.iloc[:, 4]).all()


def test_an_unknown_place_has_empty_cells_and_comes_last(make, zone_thresholds, coast):
    table = map_table(Outlook(make(coast, unknown=("strand",)), coast, zone_thresholds(coast), NL), hour_index=128)
    assert table.index[-1] == "strand"
    assert table.loc["strand", "Niveau"] == "? onbekend"
    assert pd.isna(table.loc["strand", "Verwacht"])


def test_the_calendar_as_a_table_has_a_row_per_place_and_daypart(week):
    table = calendar_table(Outlook(*week, EN))
    assert len(table) == 4 * 4
    assert list(table.columns[:3]) == ["Place", "Daypart", "Monday 3 August 2026"]
    assert len(table.columns) == 2 + 7 + 1
    assert table.iloc[0]["Monday 3 August 2026"] == ""
    assert table.iloc[2]["Saturday 8 August 2026"] == "◆ busy"


def test_real_data_have_no_column_of_demo_data(make, zone_thresholds, sensors):
    assert "Data" not in map_table(Outlook(make(sensors), sensors, zone_thresholds(sensors), EN), hour_index=3).columns


def test_a_cell_of_the_calendar_says_the_worst_level_and_its_hours(make, zone_thresholds, coast):
    """Saturday: busy at the beach from 13 to 15, all of the evening, and quiet in the morning."""
    thresholds, forecast = zone_thresholds(coast), make(coast, scale=0.01, unknown=("kade",))
    saturday, hour = forecast.local_hours.day == 8, forecast.local_hours.hour
    forecast.quantiles[0, saturday & np.isin(hour, [13, 14, 18, 19, 20, 21, 22, 23])] = thresholds.zones[
        "strand"
    ].orange
    table = calendar_table(Outlook(forecast, coast, thresholds, EN))
    cells = table.set_index(["Place", "Daypart"])["Saturday 8 August 2026"]
    assert [cells["Beach", part] for part in ("Night", "Morning", "Afternoon", "Evening")] == [
        "● quiet",
        "● quiet",
        "◆ busy, from 13:00 to 15:00",
        "◆ busy",
    ]
    assert cells["Quay", "Evening"] == "? unknown"
    lively = replace(forecast, quantiles=forecast.quantiles * thresholds.zones["strand"].yellow / 4000)
    cells = calendar_table(Outlook(lively, coast, thresholds, EN)).set_index(["Place", "Daypart"])
    assert cells["Saturday 8 August 2026"]["Beach", "Afternoon"] == "▲ lively"
