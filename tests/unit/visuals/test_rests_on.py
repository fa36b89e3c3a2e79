"""On how much counting a forecast rests: said of the area and of each place, wherever the forecast is told."""

import json
from dataclasses import replace

import pytest

from forecasting.model.day_model import SHORTEST_DAYS, YEARLY_TERMS
from forecasting.values.formats import as_geojson, as_json
from forecasting.values.rests import NEW_DAYS, SHORT_DAYS, rests
from language import language
from reports.open_data.czml import as_czml
from visuals.base.outlook import Outlook
from visuals.tables.figures import level_figures
from visuals.tables.readable import Origin, readable
from visuals.words.leading import place_sentences
from visuals.words.rests_on import amount, origin_sentences, rests_at, rests_sentences

EN, NL = language("en"), language("nl")


@pytest.fixture
def of_days(make, coast):
    def resting(*days):
        return replace(make(coast), known_days=days)

    return resting


@pytest.mark.parametrize(
    ("days", "kind", "area_says", "place_says"),
    [
        (
            40,
            "new",
            ["New, so the forecast only knows the usual pattern of some weeks"],
            "is new here: counted for 5 weeks",
        ),
        (110, "short", ["The forecast rests on 4 months of counts: expect wider margins."], "rests on 4 months"),
        (182, "short", ["The forecast rests on 6 months of counts: expect wider margins."], "rests on 6 months"),
        (400, "enough", [], ""),
    ],
)
def test_areas_of_any_age(of_days, coast, zone_thresholds, days, kind, area_says, place_says):
    forecast = of_days(*[days] * 4)
    assert rests(days) == kind
    said = rests_sentences(forecast, coast, EN)
    assert len(said) == len(area_says)
    assert all(told.startswith(begin) for told, begin in zip(said, area_says, strict=True))
    assert all(one in origin_sentences(forecast, coast, EN) for one in said)
    here = rests_at(forecast, coast, "pier", EN)
    assert bool(here) == bool(place_says)
    assert place_says in here
    outlook = Outlook(forecast, coast, zone_thresholds(coast), EN)
    assert (here in place_sentences(outlook, "pier")) == bool(here)
    table = readable(level_figures(forecast, outlook.thresholds, 30), Origin(coast, forecast), EN)
    assert (table["Rests on"] == " ".join(said)).all() if said else "Rests on" not in table
    assert ("known_days" in forecast.csv().splitlines()[0]) == (kind != "enough")


def test_places_that_differ_are_told_apart(of_days, coast):
    assert rests_sentences(of_days(1000, 152, 30, 0), coast, NL) == [
        "Nog geen jaar geteld: De Pier (5 maanden). Reken daar op ruimere marges.",
        "Nieuw, dus de verwachting kent alleen het gewone patroon van een paar weken: Kade (4 weken).",
    ]
    assert rests_sentences(of_days(120, 180, 150, 0), coast, NL) == [
        "De verwachting rust op 4 tot 6 maanden tellingen: reken op ruimere marges."
    ]
    many = rests_sentences(of_days(10, 20, 30, 40), coast, EN)
    assert many[0].endswith(": Beach (10 days), The Pier (2 weeks), Quay (4 weeks) and 1 other place.")
    assert rests_at(of_days(1000, 152, 30, 0), coast, "plein", EN) == "", "that nothing is known is said elsewhere"


def test_a_forecast_that_kept_nothing_of_it_says_nothing(make, coast):
    forecast = make(coast)
    assert rests_sentences(forecast, coast, EN) == []
    assert rests_at(forecast, coast, "pier", EN) == ""
    assert json.loads(as_json(forecast))["known_days"] == {}


def test_programs_read_it_too(of_days, coast, zone_thresholds):
    forecast, days = of_days(1000, 152, 30, 0), {"strand": 1000, "pier": 152, "kade": 30, "plein": 0}
    assert json.loads(as_json(forecast))["known_days"] == days
    assert json.loads(as_geojson(forecast, coast))["known_days"] == days
    assert '"known_days":' in as_czml(forecast, coast, zone_thresholds(coast), EN).replace(" :", ":")
    lines = forecast.csv().splitlines()
    assert {line.rpartition(",")[2] for line in lines if line.startswith("pier,")} == {"152"}


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "1 day"), (13, "13 days"), (14, "2 weeks"), (55, "7 weeks"), (56, "2 months"), (152, "5 months")],
)
def test_people_count_days_weeks_and_months(days, words):
    assert amount(days, EN) == words
    assert amount(SHORT_DAYS - 1, EN) == "11 months", "what is called short is never called a year"


def test_eight_weeks_are_no_longer_new_and_350_days_no_longer_short():
    of_days = {-1: "nothing", 0: "nothing", 1: "new", 55: "new", 56: "short", 349: "short", 350: "enough"}
    assert {days: rests(days) for days in of_days} == of_days


def test_short_and_new_are_where_the_models_lack_something():
    assert NEW_DAYS == SHORTEST_DAYS
    assert YEARLY_TERMS[-1][0] == SHORT_DAYS
