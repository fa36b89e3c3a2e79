"""What may come besides what is expected: the hours a backtest warns of, and honest words on what that rests on."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.evaluation.backtest_result import WARN_FROM, Warnings, newest_backtest
from forecasting.evaluation.economic_value import acts_from
from forecasting.evaluation.warning_scores import WarnedWeek
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.possible import possible_moments
from forecasting.meaning.week_hours import week_hours
from language import language
from response.week.preparing import ASSUMED_TIMES, Prepares
from visuals.base.outlook import Outlook
from visuals.playbook.preparing_words import MOST, possible_sentences, prepared_sentences, prepares_sentence


@settings(max_examples=25)
@given(scale=st.floats(0.1, 4), tenths=st.integers(1, 9), seed=st.integers(0, 99))
def test_expected_and_possible_together_are_what_a_backtest_warns_of(make, zone_thresholds, coast, scale, tenths, seed):
    forecast, thresholds, likely = make(coast, scale=scale), zone_thresholds(coast), WARN_FROM[tenths - 1]
    rng = np.random.default_rng(seed)
    forecast = replace(forecast, paths=forecast.paths * rng.uniform(0.5, 1.5, forecast.paths.shape))
    possible, week = possible_moments(forecast, thresholds, likely), week_hours(forecast)
    warned = forecast.exceedance(thresholds)[:, :, 1] >= likely
    expected = forecast.levels(thresholds) >= 2
    for row, zone_id in enumerate(forecast.zone_ids):
        day = np.array([d.toordinal() for d in forecast.local_dates[week]])
        nobody = np.zeros(len(week), bool)
        runs, _ = WarnedWeek(zone_id, ~nobody, forecast.exceedance(thresholds)[row, week, 1], nobody, day).moments(
            likely
        )
        here = [one for one in possible if one.zone_id == zone_id]
        quiet = [run for run in runs if not expected[row, week[run.first] : week[run.last] + 1].any()]
        assert sorted((one.first, one.last) for one in here) == [(week[run.first], week[run.last]) for run in quiet]
    for one in possible:
        row = forecast.zone_ids.index(one.zone_id)
        assert warned[row, one.first : one.last + 1].all()
        assert one.chance >= likely
        assert one.start.date() == forecast.local_dates[one.last]
    spoken = {(m.zone_id, h) for m in busy_moments(forecast, thresholds) for h in range(m.first, m.last + 1)}
    assert not spoken & {(one.zone_id, h) for one in possible for h in range(one.first, one.last + 1)}


@pytest.mark.parametrize(
    ("times", "chance"), [(0, 0.9), (1, 0.5), (2, 0.3), (3, 0.3), (4, 0.2), (5, 0.2), (9, 0.1), (19, 0.1), (99, 0.1)]
)
def test_who_accepts_more_for_nothing_prepares_from_a_lower_chance(times, chance):
    assert acts_from(times) == Prepares(times).chance == chance
    assert chance in WARN_FROM


def test_a_short_list_is_said_to_be_short(make, zone_thresholds, coast):
    forecast, thresholds = make(coast, scale=0.9), zone_thresholds(coast)
    every_other = np.where(np.arange(len(forecast.hours)) % 2, 1, 0.1)
    forecast = replace(
        forecast, paths=forecast.paths * every_other, quantiles=forecast.quantiles * every_other[:, None]
    )
    outlook = Outlook(forecast, coast, thresholds, language("en"))
    found = possible_moments(forecast, thresholds, 0.1)
    assert len(found) > MOST
    said = possible_sentences(found, outlook)
    assert len(said) == MOST + 1
    assert said[-1] == "There are more such moments."
    assert len(possible_sentences(found[:MOST], outlook)) == MOST
    assert possible_sentences([], outlook) == []


def test_it_is_said_on_what_the_chance_rests():
    lang = language("en")
    assert prepares_sentence(Prepares(5, date(2026, 8, 4)), lang) == (
        "Named from a chance of 2 out of 10 on. In the session of 4 August 2026 people accepted to prepare 5 times "
        "for nothing."
    )
    assumed = prepares_sentence(Prepares(), lang)
    assert "Nobody was asked yet" in assumed
    assert f"We assume that {ASSUMED_TIMES} times for nothing are fine." in assumed
    assert "cannot be read now" in prepares_sentence(Prepares(read=False), lang)


def test_hits_and_false_alarms_are_told_by_that_chance():
    result = newest_backtest("scheveningen")
    assert result is not None
    counts = Warnings(
        zone="a",
        came=6,
        seen=(6, 5, 5, 4, 2, 2, 1, 1, 0),
        given=(30, 20, 12, 9, 4, 3, 2, 1, 0),
        right=(6, 5, 5, 4, 3, 2, 1, 1, 0),
    )
    two = result.model_copy(update={"warnings": (counts, counts)})
    assert prepared_sentences(two, Prepares(2), language("en")) == [
        "Who prepares from a chance of 3 out of 10 on, as the first page does, had done so 24 times: 14 times for "
        "nothing.",
        "That sees 10 of the 12 busy moments coming.",
    ]
    never = prepared_sentences(two, Prepares(0), language("en"))
    assert never == ["Who prepares from a chance of 9 out of 10 on, as the first page does, had never done so."]
    assert prepared_sentences(result.model_copy(update={"warnings": ()}), Prepares(), language("en")) == []
