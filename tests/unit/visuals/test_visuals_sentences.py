import json
from pathlib import Path

import pytest

from forecasting.meaning.busy import busy_moments
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.why import why_sentences
from visuals.words.advising import advice
from visuals.words.sentences import headline, hours_sentence, level_sentence, moment_sentence, week_sentences

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
