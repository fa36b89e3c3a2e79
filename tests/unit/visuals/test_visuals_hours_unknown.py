"""What a counter does not count is shown and said as unknown: on every picture, in tables and in sentences."""

import json
from dataclasses import replace

import numpy as np
import pytest
import vl_convert

from forecasting.meaning.alternatives import quiet_alternatives
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.hours_above import hours_above
from forecasting.meaning.variants import Variant, hours_reached
from forecasting.meaning.week_hours import week_hours
from forecasting.values.formats import as_geojson, as_json
from forecasting.values.scenario import Scenario
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.calendar import calendar
from visuals.charts.dayparts import dayparts
from visuals.charts.scenario_charts import hours_chart
from visuals.charts.scenario_week import week_compared
from visuals.charts.week import week
from visuals.maps.decks import deck
from visuals.maps.legends import density_legend
from visuals.maps.scenario_maps import camera_of, difference_map, level_map
from visuals.studio.layout.boxes import Box
from visuals.studio.material.material import opening
from visuals.studio.panels.charts import Plot, band_of, line_of
from visuals.tables.figures import level_figures, week_figures
from visuals.tables.tables import calendar_table, map_table
from visuals.words.advising import advice
from visuals.words.scenario_effects import effect_sentence
from visuals.words.sentences import headline, level_sentence, week_sentences

NL, EN = language("nl"), language("en")
COUNTED = {
    "day": lambda local: (local.hour >= 7) & (local.hour < 22),
    "night": lambda local: (local.hour >= 18) | (local.hour < 3),
    "weekend": lambda local: (local.day_of_week >= 5) & (local.hour >= 10) & (local.hour < 20),
}


def only(forecast, counted, zones=None):
    """Return the forecast with nothing known of the ``zones`` (all) at hours that are not ``counted``."""
    hidden = ~np.asarray(COUNTED[counted](forecast.local_hours))
    rows = [forecast.zone_ids.index(zone) for zone in zones or forecast.zone_ids]
    quantiles, paths, normal = forecast.quantiles.copy(), forecast.paths.copy(), forecast.normal.copy()
    parts = {name: factors.copy() for name, factors in forecast.parts.items()}
    for array in (quantiles, normal, *parts.values()):
        array[np.ix_(rows, np.flatnonzero(hidden))] = np.nan
    paths[np.ix_(np.arange(len(paths)), rows, np.flatnonzero(hidden))] = np.nan
    return replace(forecast, quantiles=quantiles, paths=paths, normal=normal, parts=parts)


@pytest.fixture
def beach(make, zone_thresholds, coast):
    """Only the beach has hours that are not counted."""
    return only(make(coast), "day", ["strand"]), coast, zone_thresholds(coast)


@pytest.mark.parametrize("counted", COUNTED)
@pytest.mark.parametrize("compact", [False, True])
def test_the_calendar_shows_no_level_there(make, zone_thresholds, coast, counted, compact):
    forecast = only(make(coast), counted, ["strand"])
    spec = calendar(Outlook(forecast, coast, zone_thresholds(coast), NL), compact=compact).to_dict()
    cells = [row for row in spec["datasets"][spec["data"]["name"]] if row["zone"] == "strand"]
    known = np.isfinite(forecast.median[0])
    local = forecast.local_hours
    first = local[0].normalize()
    assert cells
    for cell in cells:
        at = (local - first) / np.timedelta64(1, "h")
        inside = (at >= cell["x"]) & (at < cell["x2"])
        assert (cell["level"] == "unknown") == (not known[inside].any())
        if cell["level"] == "unknown":
            assert "op deze uren wordt daar niet geteld" in cell["tip"]
        elif not compact:
            assert known[inside].all()
    json.dumps(spec, allow_nan=False)


def test_the_week_breaks_where_nothing_is_counted(beach):
    forecast, area, zone_thresholds = beach
    spec = week(Outlook(forecast, area, zone_thresholds, NL), zone_id="strand").to_dict()
    rows = spec["datasets"][spec["data"]["name"]]
    shown = week_hours(forecast)
    assert [row["q50"] is None for row in rows] == np.isnan(forecast.median[0, shown]).tolist()
    assert all(set(row) >= {"x", "q025", "q975", "normal"} for row in rows)
    assert not any("tip" in row for row in rows if row["q50"] is None)
    json.dumps(spec, allow_nan=False)
    vega = vl_convert.vegalite_to_vega(spec)
    assert "isValid" in json.dumps(vega)


@pytest.mark.parametrize("hour", [1, 15])
def test_maps_and_tables_of_one_hour(beach, hour):
    forecast, area, zone_thresholds = beach
    index = int(np.flatnonzero(forecast.local_hours.hour == hour)[0])
    unknown = hour == 1
    table = map_table(Outlook(forecast, area, zone_thresholds, NL), hour_index=index).loc["strand"]
    assert (table["Niveau"] == "? onbekend") == unknown
    assert (table["Kans op drukte in dit uur"] == "–") == unknown
    for view in ("levels", "heatmap", "hexagons"):
        made = json.loads(
            deck(
                Outlook(forecast, area, zone_thresholds, NL), hour_index=index, view=view, map_style="about:blank"
            ).to_json()
        )
        zones = next(layer["data"] for layer in made["layers"] if layer["id"] == "zones")
        row = next(row for row in zones if row["zone_id"] == "strand")
        assert ("onbekend" in row["now"]) == unknown
        assert (row["risk"] == "") == unknown
    cells = next(layer["data"] for layer in made["layers"] if layer["id"] == "hexagons")
    everywhere = json.loads(
        deck(
            Outlook(forecast, area, zone_thresholds, NL), hour_index=130, view="hexagons", map_style="about:blank"
        ).to_json()
    )
    most = next(layer["data"] for layer in everywhere["layers"] if layer["id"] == "hexagons")
    assert (len(cells) < len(most)) == unknown
    said = level_sentence(Outlook(forecast, area, zone_thresholds, NL), zone_id="strand", hour_index=index)
    assert ("niet geteld" in said) == unknown
    figures = level_figures(forecast, zone_thresholds, index).set_index("zone_id")
    assert (figures.loc["strand", "level"] == "unknown") == unknown
    assert np.isnan(figures.loc["strand", "p_orange"]) == unknown


def test_parts_of_the_day_are_judged_by_the_hours_that_are_known(beach):
    forecast, area, zone_thresholds = beach
    table = calendar_table(Outlook(forecast, area, zone_thresholds, NL))
    own = table[table["Plek"] == "Strand"].set_index("Dagdeel")
    days = own.columns[1:-1]
    assert (own.loc["Nacht", days[1:]] == "? onbekend").all()
    assert not own.loc[["Ochtend", "Middag", "Avond"], days[1:-1]].isin(["? onbekend"]).any(axis=None)
    evening = dayparts(Outlook(forecast, area, zone_thresholds, NL), zone_id="strand", daypart="evening").to_dict()
    assert evening["datasets"][evening["data"]["name"]]
    night = dayparts(Outlook(forecast, area, zone_thresholds, NL), zone_id="strand", daypart="night").to_dict()
    assert night["datasets"][night["data"]["name"]] == []
    assert "niet geteld" in " ".join(night["title"]["text"])


def test_chances_and_hours_count_what_is_known(make, beach):
    forecast, area, zone_thresholds = beach
    whole = make(area)
    moments = busy_moments(forecast, zone_thresholds)
    assert moments
    assert [moment.chance for moment in moments] == [moment.chance for moment in busy_moments(whole, zone_thresholds)]
    assert hours_above(forecast, zone_thresholds, 2) == hours_above(whole, zone_thresholds, 2)
    reached = hours_reached(forecast, zone_thresholds, "orange")
    assert (reached == hours_reached(whole, zone_thresholds, "orange")).all()


@pytest.mark.parametrize("counted", COUNTED)
def test_nobody_is_sent_to_hours_of_which_nothing_is_known(make, zone_thresholds, coast, counted):
    forecast, thresholds = only(make(coast, scale=1.4), counted), zone_thresholds(coast)
    proposed = 0
    for moment in busy_moments(forecast, thresholds):
        for other in quiet_alternatives([moment], forecast, coast, thresholds):
            proposed += 1
            inside = (forecast.local_hours >= other.start) & (forecast.local_hours < other.end)
            row = forecast.zone_ids.index(other.zone_ids[0])
            assert np.isfinite(forecast.median[row, inside]).all()
            assert inside.any()
        assert advice(moment, Outlook(forecast, coast, thresholds, NL))
    assert proposed


def test_days_without_any_count_are_not_called_quiet(make, zone_thresholds, coast):
    for scale in (0.1, 1.0):
        forecast, thresholds = only(make(coast, scale=scale), "weekend"), zone_thresholds(coast)
        said = week_sentences(Outlook(forecast, coast, thresholds, NL))
        assert said[0] == "Maandag t/m vrijdag: geen verwachting."
        assert "Maandag" not in " ".join(said[1:])
        assert headline(Outlook(forecast, coast, thresholds, NL))
    assert any(
        "rustig" in sentence.lower()
        for sentence in week_sentences(Outlook(make(coast, scale=0.1), coast, thresholds, NL))
    )


def test_a_page_opens_on_an_hour_that_is_known(make, zone_thresholds, coast):
    forecast = only(make(coast, scale=0.1), "night")
    index, zone_id = opening(forecast, zone_thresholds(coast), forecast.local_hours[0].to_pydatetime())
    assert np.isfinite(forecast.median[forecast.zone_ids.index(zone_id), index])


RAIN = Scenario.model_validate({"weather": {"rain_mm": 2}})


def test_scenarios_compare_what_is_known(make, beach):
    forecast, area, zone_thresholds = beach
    more = replace(forecast, quantiles=forecast.quantiles * 1.5, paths=forecast.paths * 1.5, scenario=RAIN.encode())
    one, other = Variant("verwachting", "", forecast), Variant("scenario A", "feest", more)
    outlook = Outlook(forecast, area, zone_thresholds, NL)
    said = effect_sentence(other, one, outlook)
    assert "Strand" in said
    spec = hours_chart([one, other], outlook, level="orange")
    assert "Strand" in json.dumps(spec, ensure_ascii=False)
    json.dumps(week_compared([one, other], outlook, zone_id="strand"), allow_nan=False)
    night = int(np.flatnonzero(forecast.local_hours.hour == 1)[0])
    drawn = {"features": [], "zones": []}
    for made in (
        level_map(other, outlook, hour_index=night, camera=camera_of(area), drawing=drawn),
        difference_map(other, one, outlook, hour_index=night, strongest=100, camera=camera_of(area), drawing=drawn),
    ):
        assert "Strand: ? onbekend" in json.dumps(made, ensure_ascii=False)


def test_files_have_nothing_there(beach):
    forecast, area, thresholds = beach
    read = json.loads(as_json(forecast))
    unknown = [value is None for value in read["zones"]["strand"]["q50"]]
    assert unknown == np.isnan(forecast.median[0]).tolist()
    feature = json.loads(as_geojson(forecast, area))["features"][0]
    assert [value is None for value in feature["properties"]["q95"]] == unknown
    assert week_figures(forecast, thresholds, "strand")["q50"].isna().tolist() == unknown


def test_nothing_known_at_all_gives_a_legend_all_the_same(make, sensors, zone_thresholds):
    assert "NaN" not in density_legend(
        Outlook(make(sensors, unknown=sensors.zone_ids), sensors, zone_thresholds(sensors), NL)
    )


def test_lines_on_pictures_break_too():
    plot = Plot(Box(0, 0, 100, 100), 10)
    hours = np.array([1, 2, 3, 7, 8, 12])
    values = np.arange(6.0)
    line = line_of(plot, hours, hours * 1.0, values)
    assert [len(part.coords) for part in line.geoms] == [3, 2]
    assert len(band_of(plot, hours, hours * 1.0, values, values + 1).geoms) == 2
    assert line_of(plot, hours[:3], hours[:3] * 1.0, values[:3]).geom_type == "LineString"
