import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from forecasting.meaning.busy import busy_moments
from forecasting.values.forecast import QUANTILES
from language import language
from language.said import claims_of
from visuals.base.outlook import Outlook
from visuals.charts.why import why_sentences
from visuals.words.advising import advice
from visuals.words.leading import hour_headline, lead, place_sentences
from visuals.words.sentences import (
    headline,
    hours_sentence,
    level_sentence,
    likeliest,
    moment_sentence,
    week_sentences,
)

EN = language("en")

GOLDEN = Path(__file__).parent / "golden" / "visuals_sentences.json"
"""Written by hand-checked output: change a sentence on purpose, and change it here too."""

WEEKS = {"busy": 1.0, "red": 1.6, "calm": 0.45, "quiet": 0.1}


def spoken(forecast, area, thresholds, lang):
    moments = busy_moments(forecast, thresholds)[:2]
    return {
        "headline": headline(Outlook(forecast, area, thresholds, lang)),
        "week": week_sentences(Outlook(forecast, area, thresholds, lang)),
        "moments": [
            [
                moment_sentence(moment, Outlook(forecast, area, thresholds, lang)),
                hours_sentence(moment, Outlook(forecast, area, thresholds, lang)),
                *advice(moment, Outlook(forecast, area, thresholds, lang)),
            ]
            for moment in moments
        ],
        "levels": [
            level_sentence(Outlook(forecast, area, thresholds, lang), zone_id=zone_id, hour_index=128)
            for zone_id in area.zone_ids
        ],
        "why": [
            sentence for hour in (8, 128) for sentence in why_sentences(forecast, lang, zone_id="pier", hour_index=hour)
        ],
    }


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("week", list(WEEKS))
def test_sentences_are_the_golden_ones(make, zone_thresholds, coast, week, code):
    golden = json.loads(GOLDEN.read_text("utf-8"))
    assert spoken(make(coast, scale=WEEKS[week]), coast, zone_thresholds(coast), language(code)) == golden[week][code]


@pytest.mark.parametrize("code", ["nl", "en"])
def test_a_quiet_week_is_one_sentence(make, zone_thresholds, coast, code):
    assert len(week_sentences(Outlook(make(coast, scale=0.1), coast, zone_thresholds(coast), language(code)))) == 1


def test_made_up_data_are_called_so(make, zone_thresholds, coast, sensors):
    assert headline(Outlook(make(coast), coast, zone_thresholds(coast), language("nl"))).startswith("OEFENGEGEVENS")
    assert "DEMO" not in headline(Outlook(make(sensors), sensors, zone_thresholds(sensors), language("en")))


def test_every_busy_moment_comes_with_something_to_do(make, zone_thresholds, coast):
    for scale in (0.8, 1.5, 3, 6):
        forecast = make(coast, scale=scale)
        moments = busy_moments(forecast, zone_thresholds(coast))
        assert moments
        for moment in moments:
            assert advice(moment, Outlook(forecast, coast, zone_thresholds(coast), language("nl")))


def test_an_unknown_place_is_not_called_quiet(make, zone_thresholds, coast):
    forecast = make(coast, unknown=("strand",))
    said = level_sentence(
        Outlook(forecast, coast, zone_thresholds(coast), language("nl")), zone_id="strand", hour_index=10
    )
    assert said == "Er is geen verwachting voor Strand: er zijn niet genoeg tellingen van deze plek."
    nothing = make(coast, unknown=coast.zone_ids)
    assert "rustig" not in headline(Outlook(nothing, coast, zone_thresholds(coast), language("nl")))
    assert week_sentences(Outlook(nothing, coast, zone_thresholds(coast), language("en"))) == [
        "There is no forecast of this week yet."
    ]


def test_passages_are_called_passers_by(make, zone_thresholds, sensors):
    said = level_sentence(
        Outlook(make(sensors), sensors, zone_thresholds(sensors), language("nl")), zone_id="s0", hour_index=10
    )
    assert "voorbijgangers in dat uur" in said
    assert "mensen tegelijk" not in said


def counted(make, coast, hour, **counts):
    """A week in which nobody is there but in one hour, in which it is certain how many there are."""
    forecast = make(coast, scale=0.001)
    for zone_id, count in counts.items():
        row = forecast.zone_ids.index(zone_id)
        forecast.quantiles[row, hour] = count
        forecast.paths[:, row, hour] = count
    return forecast


def test_two_lively_places_are_named_and_more_are_several(make, zone_thresholds, coast):
    thresholds = zone_thresholds(coast)
    yellow = {zone_id: thresholds.zones[zone_id].yellow for zone_id in ("pier", "kade", "plein")}
    for zone_ids, said in (
        (["pier", "kade"], "Tuesday: lively at The Pier and Quay, busy nowhere."),
        (["pier", "kade", "plein"], "Tuesday: lively at several places, busy nowhere."),
    ):
        forecast = counted(make, coast, 30, **{zone_id: yellow[zone_id] for zone_id in zone_ids})
        assert said in week_sentences(Outlook(forecast, coast, thresholds, EN))


def test_most_likely_is_where_9_cases_out_of_10_come_closest_to_busy(make, zone_thresholds, coast):
    """At the beach, where 'busy' lies further above 'lively', three cases out of four come closer."""
    thresholds, hours = zone_thresholds(coast), np.arange(168)
    forecast = counted(make, coast, 40)
    for zone_id, quarter, tenth in (("strand", 0.9, 0.91), ("pier", 0.5, 0.95)):
        row, orange = forecast.zone_ids.index(zone_id), thresholds.zones[zone_id].orange
        forecast.quantiles[row, 40, QUANTILES.index(0.75)] = quarter * orange
        forecast.quantiles[row, 40, QUANTILES.index(0.9)] = tenth * orange
    assert likeliest(forecast, thresholds, hours) == ("pier", 40)


def test_a_scenario_is_called_so_before_its_headline_and_a_forecast_is_not(make, zone_thresholds, coast):
    forecast, thresholds = make(coast), zone_thresholds(coast)
    told = lead(Outlook(forecast, coast, thresholds, EN))
    assert told.startswith("It will be busy at Beach on Saturday afternoon"), told
    assert lead(Outlook(replace(forecast, scenario="code"), coast, thresholds, EN)) == f"SCENARIO · {told}"


def test_a_calm_place_is_told_its_chance_of_crowds_in_the_week(make, zone_thresholds, coast):
    """3 of 10 paths are busy in one hour, and 1 of 10 too busy in it."""
    thresholds = zone_thresholds(coast)
    forecast = counted(make, coast, 30)
    row = forecast.zone_ids.index("pier")
    forecast.paths[:60, row, 30] = thresholds.zones["pier"].orange
    forecast.paths[:20, row, 30] = thresholds.zones["pier"].red
    forecast.quantiles[row, :5] = np.nan
    said = "It is not expected to get busy there. The chance of at least one busy hour, the whole week: 3 out of 10."
    assert place_sentences(Outlook(forecast, coast, thresholds, EN), "pier") == [said]
    forecast.quantiles[row, 30] = np.nan
    forecast.quantiles[0, 30] = thresholds.zones["strand"].red
    headline_of_hour = hour_headline(Outlook(forecast, coast, thresholds, EN), hour_index=30)
    assert headline_of_hour == "Too busy at Beach."


def claimed(said) -> set[tuple[str, str, int]]:
    return {(one.what, one.level, len(one.zone_ids)) for one in claims_of(said)}


def test_what_is_said_to_stay_quiet_is_claimed_to_and_no_less(make, zone_thresholds, coast):
    """Pictures are corrected by their claims: one that allows more than the words say would never be."""
    thresholds = zone_thresholds(coast)
    quiet = Outlook(counted(make, coast, 30), coast, thresholds, EN)
    assert claimed(headline(quiet)) == claimed(week_sentences(quiet)[0]) == {("at most", "green", 4)}
    lively = replace(quiet, forecast=counted(make, coast, 30, pier=thresholds.zones["pier"].yellow))
    days = {said.split(":")[0]: claimed(said) for said in week_sentences(lively)}
    assert days["Tuesday"] == {("at most", "yellow", 4), ("level", "yellow", 1)}
    assert days["Monday"] == {("at most", "green", 4)}
    assert ("at most", "yellow", 4) in claimed(headline(lively))
    calm = claimed(place_sentences(lively, "pier")[0])
    assert ("at most", "yellow", 1) in calm
    lively.forecast.paths[:60, 1, 30] = thresholds.zones["pier"].orange
    assert "3 out of 10" in headline(lively)
    assert claimed(headline(lively)) == {("chance", "orange", 4), ("chance", "orange", 1), ("at most", "yellow", 4)}
