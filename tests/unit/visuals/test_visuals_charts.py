import json
import struct
from collections import defaultdict
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
import vl_convert

from forecasting.values.thresholds import LEVELS
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.calendar import calendar
from visuals.charts.dayparts import dayparts
from visuals.charts.theme import HEIGHT
from visuals.charts.week import week
from visuals.charts.why import why, why_sentences

NL, EN = language("nl"), language("en")


def title_of(spec):
    return " ".join(spec["title"]["text"]), " ".join(spec["title"]["subtitle"])


def rows_of(spec, layer=None):
    return spec["datasets"][(layer or spec)["data"]["name"]]


@pytest.fixture
def specs(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)

    def of(lang, compact):
        shown = Outlook(forecast, coast, thresholds, lang)
        return {
            "calendar": calendar(shown, compact=compact).to_dict(),
            "week": week(shown, zone_id="pier", compact=compact).to_dict(),
            "dayparts": dayparts(shown, zone_id="strand", daypart="afternoon", compact=compact).to_dict(),
            "why": why(shown, zone_id="pier", hour_index=128, compact=compact).to_dict(),
        }

    return of


def test_titles_say_the_message_and_subtitles_that_data_are_made_up(specs):
    titles = {name: title_of(spec) for name, spec in specs(NL, compact=False).items()}
    assert titles["calendar"][0] == "Zaterdagmiddag: druk bij Strand"
    assert titles["week"][0].startswith("De Pier: zaterdagmiddag het drukst, tussen ongeveer")
    assert titles["dayparts"][0].startswith("Strand: zaterdagmiddag is het minst zeker")
    assert titles["why"][0] == "Vooral dit maakt het drukker: weer"
    assert all(subtitle.startswith("OEFENGEGEVENS") for _, subtitle in titles.values())


def test_real_data_carry_no_demo_mark(make, zone_thresholds, sensors):
    spec = calendar(Outlook(make(sensors), sensors, zone_thresholds(sensors), EN)).to_dict()
    assert "DEMO" not in json.dumps(spec)


@pytest.mark.parametrize("compact", [False, True])
def test_pictures_have_the_size_that_was_asked_for(specs, compact):
    width = 350 if compact else 1000
    drawn = specs(EN, compact=compact)
    assert "calendar" in drawn
    for name, spec in drawn.items():
        png = vl_convert.vegalite_to_png(json.dumps({**spec, "width": width}), scale=1)
        assert struct.unpack(">II", png[16:24]) == (width, spec["height"]), name
        assert name == "calendar" or spec["height"] == HEIGHT


@pytest.mark.parametrize("compact", [False, True])
def test_calendar_cells_fill_each_day_once(make, zone_thresholds, coast, compact):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    cells = rows_of(calendar(Outlook(forecast, coast, thresholds, NL), compact=compact).to_dict())
    covered = defaultdict(list)
    for cell in cells:
        assert cell["x"] // 24 == (cell["x2"] - 1) // 24
        covered[cell["zone"]].extend(range(cell["x"], cell["x2"]))
        assert (cell["icon"] != "") == (cell["level"] in ("orange", "red"))
        assert "{" not in cell["tip"]
    assert covered == {zone_id: list(range(8, 168)) for zone_id in coast.zone_ids}
    if compact:
        assert all((cell["x2"] - cell["x"]) <= 6 for cell in cells)


@pytest.mark.parametrize("code", ["nl", "en"])
def test_the_calendar_of_a_phone_names_all_seven_days(make, zone_thresholds, coast, code):
    lang = language(code)
    spec = calendar(Outlook(make(coast), coast, zone_thresholds(coast), lang), compact=True).to_dict()
    drawn = vl_convert.vegalite_to_svg({**spec, "width": 330})
    first = make(coast).local_hours[0].date()
    days = [first + timedelta(days=day) for day in range(7)]
    assert all(f">{lang.date(day, part)}<" in drawn for day in days for part in ("EEE", "d"))
    assert drawn.count(f">{lang.date(first, 'MMM')}<") == 7


def test_calendar_colours_are_the_levels_of_the_median(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    shown = np.zeros(forecast.median.shape, dtype=int)
    for cell in rows_of(calendar(Outlook(forecast, coast, thresholds, NL)).to_dict()):
        row = forecast.zone_ids.index(cell["zone"])
        shown[row, cell["x"] - 8 : cell["x2"] - 8] = LEVELS.index(cell["level"])
    week_long = shown.shape[1] - 8
    assert (shown[:, :week_long] == forecast.levels(thresholds)[:, :week_long]).all()


def test_an_unknown_zone_is_grey_with_a_question_mark(make, zone_thresholds, coast):
    forecast, thresholds = make(coast, unknown=("kade",)), zone_thresholds(coast)
    spec = calendar(Outlook(forecast, coast, thresholds, NL)).to_dict()
    unknown = {cell["icon"] for cell in rows_of(spec) if cell["zone"] == "kade"}
    assert unknown == {"?"}
    assert "onbekend" in json.dumps(spec, ensure_ascii=False)
    for chart in (
        week(Outlook(forecast, coast, thresholds, NL), zone_id="kade"),
        dayparts(Outlook(forecast, coast, thresholds, NL), zone_id="kade", daypart="morning"),
    ):
        assert title_of(chart.to_dict())[0].startswith("Er is geen verwachting voor Kade")


def test_the_calendar_names_hours_below_cells_only(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    later = forecast.local_hours[0].replace(hour=9).to_pydatetime()
    spec = calendar(Outlook(forecast, coast, thresholds, NL), since=later).to_dict()
    named = [row["at"] for row in next(rows for rows in _inline(spec) if "at" in rows[0])]
    assert min(named) == 12
    assert max(named) <= max(cell["x2"] for cell in rows_of(spec))


def _inline(spec):
    found = [layer["data"]["values"] for layer in spec["layer"] if "values" in layer.get("data", {})]
    return [rows for rows in (*found, *spec.get("datasets", {}).values()) if rows]


def test_a_forecast_that_has_passed_says_so(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    later = forecast.local_hours[-1].to_pydatetime() + timedelta(days=2)
    assert title_of(calendar(Outlook(forecast, coast, thresholds, NL), since=later).to_dict())[0] == (
        "Er is nog geen verwachting van deze week"
    )
    assert not rows_of(week(Outlook(forecast, coast, thresholds, NL), zone_id="pier", since=later).to_dict())


def test_counts_lie_over_the_week_they_belong_to(make, zone_thresholds, coast):
    forecast = make(coast)
    counts = pd.DataFrame(
        {
            "zone_id": ["pier", "pier", "strand", "pier"],
            "hour": [forecast.hours[0], forecast.hours[1], forecast.hours[0], forecast.hours[0] - pd.Timedelta("9D")],
            "count": [120.0, np.nan, 7.0, 5.0],
        }
    )
    spec = week(Outlook(forecast, coast, zone_thresholds(coast), NL), zone_id="pier", observed=counts).to_dict()
    points = [layer for layer in spec["layer"] if layer["mark"].get("type") == "point"]
    assert rows_of(spec, points[0]) == [{"x": 8.5, "count": 120.0}]
    assert "Stippen: geteld" in title_of(spec)[1]


def test_week_holds_bands_within_bands(specs):
    rows = rows_of(specs(NL, compact=False)["week"])
    assert len(rows) == 160
    for row in rows:
        values = [row[name] for name in ("q025", "q10", "q25", "q50", "q75", "q90", "q975")]
        assert values == sorted(values)


def test_threshold_lines_are_named_with_icon_and_word(make, zone_thresholds, coast):
    spec = week(Outlook(make(coast, scale=2), coast, zone_thresholds(coast), NL), zone_id="pier").to_dict()
    text = json.dumps(spec, ensure_ascii=False)
    assert "◆ druk vanaf 2.900" in text


def test_axis_numbers_follow_the_language(specs):
    for lang, separator in ((NL, "."), (EN, ",")):
        text = json.dumps(specs(lang, compact=False)["week"])
        assert f"/,/g, '{separator}'" in text


def test_the_day_that_is_least_sure_is_the_widest_bar(specs):
    spec = specs(EN, compact=False)["dayparts"]
    rows = rows_of(spec)
    assert len(rows) == 7
    widest = max(rows, key=lambda row: row["q90"] - row["q10"])
    assert widest["when"] in title_of(spec)[0]


def test_bars_of_why_run_from_the_largest_influence(specs, make):
    rows = rows_of(specs(NL, compact=False)["why"])
    sizes = [abs(np.log(row["factor"])) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert rows[0]["part"] == "weer"


def test_an_ordinary_day_has_no_reasons(make, coast):
    forecast = make(coast)
    for factors in forecast.parts.values():
        factors[:] = 1
    assert why_sentences(forecast, NL, zone_id="pier", hour_index=3) == [
        "Het is hier een gewone dag: niets maakt het veel drukker of rustiger."
    ]
