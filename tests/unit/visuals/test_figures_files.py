"""Files of figures open as columns in a spreadsheet of the reader's language, and say what pictures say."""

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.keeping.csv_out import spreadsheet_csv
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.variants import Variant, hour_figures, hours_figures
from forecasting.meaning.variants import week_figures as variants_of_a_week
from forecasting.values.forecast import DAYPARTS, QUANTILE_COLUMNS
from forecasting.values.thresholds import LEVELS
from forecasting.values.timing import Timing
from language import language
from language.plain import chance, rounded
from visuals.base.palette import word
from visuals.tables.figures import (
    daypart_figures,
    hours_above_figures,
    level_figures,
    moment_figures,
    part_figures,
    week_figures,
)
from visuals.tables.files import figures_file, file_name
from visuals.tables.headings import HEADINGS, SPANS
from visuals.tables.readable import Origin, readable
from visuals.tables.tables import map_table

NL, EN = language("nl"), language("en")


def rows_of(file: bytes, cells: str) -> list[dict[str, str]]:
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(file.decode("utf-8-sig"), newline=""), delimiter=cells))


@given(st.lists(st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), min_size=1, max_size=5), st.text(max_size=6))
def test_bytes_are_those_that_a_spreadsheet_of_that_language_reads(values, text):
    frame = pd.DataFrame({"Tekst; met, tekens": text, "Getal": values})
    for lang, cells, point in ((NL, ";", ","), (EN, ",", ".")):
        file = spreadsheet_csv(frame, lang)
        assert file.endswith(b"\r\n")
        found = rows_of(file, cells)
        assert [float(row["Getal"].replace(point, ".")) for row in found] == values
        assert all(len(row) == 2 for row in found)


def test_a_dutch_file_to_the_byte(make, coast, zone_thresholds):
    forecast = replace(make(coast), simulated=True)
    file = figures_file(level_figures(forecast, zone_thresholds(coast), 105).head(1), Origin(coast, forecast), NL)
    assert file.decode() == (
        "\ufeffPlek;Dag;Datum;Uur;Niveau;Minstens (9 van de 10 keer);Verwacht;Hoogstens (9 van de 10 keer);"
        "Kans op druk (in dit uur);Kans op te druk (in dit uur);Eenheid;Scenario;Gegevens;Verwachting gemaakt op\r\n"
        "Strand;Vrijdag;2026-08-07;17:00;gezellig druk;2000;3000;4500;2 op 10;minder dan 1 op 10;mensen tegelijk;geen;"
        "OEFENGEGEVENS;2026-08-03 08:00\r\n"
    )


@settings(max_examples=10, deadline=None)
@given(scale=st.floats(0.3, 5), area=st.sampled_from(["coast", "sensors"]), lang=st.sampled_from([NL, EN]))
def test_every_row_says_what_paths_and_pictures_say(make, zone_thresholds, coast, sensors, scale, area, lang):
    area = {"coast": coast, "sensors": sensors}[area]
    forecast, thresholds = make(area, scale=scale), zone_thresholds(area)
    table = readable(level_figures(forecast, thresholds), Origin(area, forecast), lang)
    assert len(table) == len(area.zone_ids) * 168
    place, level, expected, day, hour = (lang.t(text) for text in ("Place", "Level", "Expected", "Date", "Hour"))
    for number, row in enumerate(table.to_dict("records")):
        z, h = divmod(number, 168)
        zone, paths, middle = area.zones[z], forecast.paths[:, z, h], forecast.median[z, h]
        orange, red = thresholds.zones[zone.zone_id].orange, thresholds.zones[zone.zone_id].red
        assert row[place] == zone.name(lang)
        assert row[expected] == rounded(float(middle))
        assert row[level] == word(thresholds.level(zone.zone_id, float(middle)), lang)
        assert row[lang.t("Chance of busy (in this hour)")] == chance(float((paths >= orange).mean()), lang)
        assert row[lang.t("Chance of too busy (in this hour)")] == chance(float((paths >= red).mean()), lang)
        assert f"{row[day]} {row[hour]}" == f"{forecast.local_hours[h]:%Y-%m-%d %H:%M}"


def test_the_file_and_the_table_on_the_page_say_the_same_of_an_hour(make, coast, zone_thresholds):
    forecast, thresholds = make(coast, scale=2), zone_thresholds(coast)
    from visuals.base.outlook import Outlook

    page = map_table(Outlook(forecast, coast, thresholds, NL), hour_index=130).set_index("Plek")
    file = readable(level_figures(forecast, thresholds, 130), Origin(coast, forecast), NL).set_index("Plek")
    for place, row in page.iterrows():
        assert row["Niveau"].endswith(file.loc[place, "Niveau"])
        for heading in ("Verwacht", "Minstens (9 van de 10 keer)", "Hoogstens (9 van de 10 keer)"):
            assert row[heading] == file.loc[place, heading]
        assert row["Kans op drukte in dit uur"] == file.loc[place, "Kans op druk (in dit uur)"]


def test_the_hour_that_autumn_has_twice_is_told_apart(make, coast, zone_thresholds):
    forecast = make(coast, start="2026-10-24 22:00", hours=26)
    table = readable(level_figures(forecast, zone_thresholds(coast)), Origin(coast, forecast), NL)
    hours = table[table["Plek"] == "Strand"]["Uur"].tolist()
    assert hours[:5] == ["00:00", "01:00", "02:00 (zomertijd)", "02:00 (wintertijd)", "03:00"]
    assert len(set(zip(table["Plek"], table["Datum"], table["Uur"], strict=True))) == len(table)
    spring = make(coast, start="2026-03-28 23:00", hours=5)
    hours = readable(level_figures(spring, zone_thresholds(coast)), Origin(coast, spring), NL)["Uur"].tolist()
    assert hours[:4] == ["00:00", "01:00", "03:00", "04:00"]


def test_what_is_unknown_is_an_empty_cell_and_no_zero(make, coast, zone_thresholds):
    forecast = make(coast, unknown=("pier",))
    found = rows_of(
        figures_file(level_figures(forecast, zone_thresholds(coast), 100), Origin(coast, forecast), NL), ";"
    )
    pier = next(row for row in found if row["Plek"] == "De Pier")
    assert pier["Niveau"] == "onbekend"
    assert {pier[name] for name in pier if name.startswith(("Kans", "Verwacht ", "Minstens"))} <= {""}
    assert pier["Verwacht"] == ""


def test_a_week_of_another_time_and_a_scenario_are_said_in_every_row(make, sensors, zone_thresholds):
    forecast = replace(make(sensors), timing=Timing(now=False), scenario="code")
    table = readable(level_figures(forecast, zone_thresholds(sensors)), Origin(sensors, forecast, "4 °C warmer"), NL)
    assert set(table["Scenario"]) == {"4 °C warmer"}
    assert set(table["Gegevens"]) == {"WEEK UIT AUG 2026 · SCENARIO"}
    assert set(table["Eenheid"]) == {"voorbijgangers in het uur"}


def test_a_file_is_named_after_area_moment_and_scenario(make, coast):
    forecast = make(coast)
    assert file_name("Alle plekken in één oogopslag", Origin(coast, forecast), NL) == (
        "coast-alle-plekken-in-een-oogopslag-2026-08-03-0800.csv"
    )
    at = forecast.local_hours[100].to_pydatetime()
    named = file_name("Kaart", Origin(coast, forecast, "4 °C warmer, geen regen"), NL, ending="geojson", at=at)
    assert named == "coast-kaart-2026-08-07-1200-wat-als-4-c-warmer-geen-regen.geojson"


def test_all_figures_are_said_in_words(make, coast, zone_thresholds):
    forecast, thresholds = make(coast, scale=2), zone_thresholds(coast)
    warmer = Variant("scenario A", "4 °C warmer", replace(make(coast, scale=3), scenario="code"))
    variants = [Variant("de verwachting", "", forecast), warmer]
    frames = [
        level_figures(forecast, thresholds),
        week_figures(forecast, thresholds, "pier"),
        part_figures(forecast, "pier", 100),
        moment_figures(busy_moments(forecast, thresholds)),
        hours_above_figures(forecast, thresholds),
        hours_figures(variants, thresholds),
        hour_figures(variants, thresholds, 100),
        variants_of_a_week(variants, thresholds, "pier"),
        *(daypart_figures(forecast, thresholds, "pier", part) for part in DAYPARTS),
    ]
    for frame in frames:
        assert set(frame.columns) <= set(HEADINGS)
        for lang in (NL, EN):
            table = readable(frame, Origin(coast, forecast), lang)
            assert len(table) == len(frame)
            texts = {str(value) for column in table for value in table[column] if isinstance(value, str)}
            assert not texts & {"pier", "strand", "orange", "afternoon_", "weekday"}
            assert all(column[0].isupper() for column in table.columns)
    compared = readable(hour_figures(variants, thresholds, 100), Origin(coast, forecast, "4 °C warmer"), NL)
    assert set(compared[compared["Verwachting of scenario"] == "De verwachting"]["Scenario"]) == {"geen"}
    assert set(compared[compared["Verwachting of scenario"] == "Scenario A"]["Scenario"]) == {"4 °C warmer"}


def test_figures_of_a_place_are_its_own(make, coast, zone_thresholds):
    """On Saturday at 15:00 the beach is at 1.7 of 'busy', and the pier at half of that."""
    forecast, thresholds = make(coast), zone_thresholds(coast)
    of = {zone: week_figures(forecast, thresholds, zone).set_index("hour") for zone in ("strand", "pier")}
    at = "2026-08-08 15:00+02:00"
    beach, pier = (of[zone].loc[pd.Timestamp(at)] for zone in ("strand", "pier"))
    assert (beach["level"], pier["level"]) == ("orange", "yellow")
    assert beach["q50"] == pytest.approx(1.7 * 1.02 * 4000)
    assert pier["q50"] == pytest.approx(0.85 * 1.02 * 2880)
    assert (beach["normal"], pier["normal"]) == pytest.approx((0.7 * 1.02 * 4000, 0.35 * 1.02 * 2880))
    assert (beach["p_orange"], beach["p_red"], pier["p_orange"]) == pytest.approx((0.94, 0.41, 0.34), abs=0.01)
    afternoons = daypart_figures(forecast, thresholds, "pier", "afternoon")
    assert set(zip(afternoons["zone_id"], afternoons["daypart"], strict=True)) == {("pier", "afternoon")}
    assert [day.day for day in afternoons["date"]] == [3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    "name", [*QUANTILE_COLUMNS, "scenario_q10", "scenario_q90", "hours_q10", "hours_q90", "more_q10"]
)
def test_the_heading_of_a_quantile_is_what_it_means(name):
    """At least in 9 out of 10 cases: the tenth lies below it. At most: nine tenths do."""
    share = float(f"0.{name.split('q')[1]}")
    of, cases = {0.25: (3, 4), 0.1: (9, 10), 0.05: (19, 20), 0.025: (39, 40)}.get(
        round(min(share, 1 - share), 3), (1, 2)
    )
    heading = HEADINGS[name]
    if share == 0.5:
        assert heading == "Expected"
    else:
        assert heading.lower().endswith(f"at {'least' if share < 0.5 else 'most'} ({of} out of {cases})")
        assert name not in SPANS or SPANS[name].lower().endswith(heading.lower())


@pytest.mark.parametrize("name", [name for name in HEADINGS if re.search("yellow|orange|red$", name)])
def test_a_heading_names_the_level_of_its_column(name):
    level = {"yellow": "lively", "orange": "busy", "red": "too busy"}[name.split("_")[-1]]
    for headings, lasts in ((HEADINGS, "in this hour"), (SPANS, "in at least one hour")):
        said = headings.get(name, "").lower()
        if "p_" in name and said:
            assert said.startswith(f"chance of {level}"), said
            assert said.endswith(f"({lasts})")
            assert ("scenario" in said) == name.startswith("scenario")
    if name in LEVELS:
        assert HEADINGS[name].lower() == f"{level} from"


def test_each_kind_of_column_is_written_its_own_way(coast):
    at = datetime(2026, 8, 8, 12, 30, tzinfo=UTC)
    frame = pd.DataFrame(
        {"yellow": [1234.4], "q90": [1234.4], "warn_from": [0.42], "mae": [0.126], "date": [at.date()], "at": [at]},
        dtype=object,
    ).astype({"mae": float})
    row = readable(frame, Origin(coast), EN).iloc[0]
    assert row["Lively from"] == 1234
    assert row["Busiest hour, at most (9 out of 10)"] == 1200
    assert row["Warned from this chance on"] == "4 out of 10"
    assert row["Mean absolute error"] == 0.13
    assert (row["Date"], row["On"]) == ("2026-08-08", "2026-08-08 14:30")


def test_figures_of_a_test_are_not_said_to_be_of_this_forecast(coast):
    frame = pd.DataFrame({"zone_id": ["pier", ""], "warn_from": [0.5, 0.2], "came": [3, 4]})
    table = readable(frame, Origin(coast), NL)
    assert list(table.columns) == ["Plek", "Waarschuwen vanaf deze kans", "Drukke momenten", "Gegevens"]
    assert table["Plek"].tolist() == ["De Pier", "Alle plekken samen"]
    assert np.all(table["Gegevens"] == "OEFENGEGEVENS")


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-2", "@x"])
def test_a_place_that_is_called_like_a_formula_computes_nothing(name):
    file = spreadsheet_csv(pd.DataFrame({"Plek": [name], "Getal": [-1.5]}), NL).decode("utf-8-sig")
    assert file == f"Plek;Getal\r\n'{name};-1,5\r\n"
