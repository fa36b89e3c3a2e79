"""What Today says first: the same moment as the headline, one's own place, the week beside a normal one, the days."""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import numpy as np
import pytest

from data.area.area import load_area
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.week_hours import week_hours
from forecasting.snapshot.computing import forecast as compute
from forecasting.snapshot.issue import issue
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training.model_files import load_models
from forecasting.values.forecast import Forecast
from forecasting.values.timing import Timing
from language import language
from language.said import claims_of
from visuals.base.outlook import Outlook
from visuals.words.amounts import Comparison, comparison, marks
from visuals.words.day_facts import day_facts, day_sentence
from visuals.words.leading import (
    compared_week,
    hour_headline,
    lead,
    lead_hours,
    now_sentence,
    place_sentences,
    worst_place,
)
from visuals.words.sentences import headline

NL, EN = language("nl"), language("en")


@pytest.fixture(scope="module")
def made() -> tuple[Snapshot, Outlook]:
    area = load_area("scheveningen")
    models = load_models(area)
    snapshot = issue(area, area.now(), models=models)
    return snapshot, Outlook(compute(snapshot), area, models.thresholds(area), EN)


def test_the_mark_is_left_out_where_the_page_has_said_it_and_nothing_else(made: tuple[Snapshot, Outlook]) -> None:
    outlook = made[1]
    for shown in (outlook.forecast, replace(outlook.forecast, simulated=False)):
        told = replace(outlook, forecast=shown)
        assert headline(told).endswith(lead(told))
        assert marks(shown, EN) not in lead(told) or not marks(shown, EN)


def test_the_hours_are_those_of_the_moment_in_the_headline(made: tuple[Snapshot, Outlook]) -> None:
    outlook = made[1]
    top = busy_moments(outlook.forecast, outlook.thresholds)[0]
    said = lead_hours(outlook)
    assert said.startswith(f"{top.start:%A} {top.start.day} {top.start:%B}: too busy from ")
    for span in top.levels[0].spans:
        assert f"from {span.start.hour}:00 to {span.end.hour}:00" in said


def test_a_place_is_told_all_its_busy_days_in_order_or_that_it_has_none(made: tuple[Snapshot, Outlook]) -> None:
    outlook = made[1]
    moments = busy_moments(outlook.forecast, outlook.thresholds)
    for zone_id in outlook.forecast.zone_ids:
        here = sorted((one for one in moments if one.zone_id == zone_id), key=lambda one: one.start)
        said = place_sentences(outlook, zone_id)
        if here:
            assert [line.split(":")[0] for line in said] == [
                f"{one.start:%A} {one.start.day} {one.start:%B}" for one in here
            ]
        else:
            assert len(said) == 1
            assert "not expected to get busy" in said[0]


@pytest.mark.parametrize(
    ("factor", "words"),
    [(0.2, "much quieter"), (0.8, "a bit quieter"), (1.0, "about as busy"), (1.5, "one and a half"), (3.0, "3 times")],
)
def test_the_week_is_compared_over_the_hours_that_have_a_normal(
    made: tuple[Snapshot, Outlook], factor: float, words: str
) -> None:
    outlook = made[1]
    forecast, hours = outlook.forecast, week_hours(outlook.forecast)
    usual = np.median(forecast.paths[:, :, hours].sum(axis=(1, 2))) / factor
    normal = np.full(forecast.normal.shape, usual / len(forecast.zone_ids) / len(hours))
    assert words in compared_week(replace(outlook, forecast=replace(forecast, normal=normal)))
    unknown = replace(forecast, normal=np.full_like(normal, np.nan))
    assert compared_week(replace(outlook, forecast=unknown)) == ""


def test_this_hour_is_told_only_of_the_week_that_comes(made: tuple[Snapshot, Outlook]) -> None:
    outlook = made[1]
    live: Forecast = replace(outlook.forecast, timing=Timing(now=True, counted_until=None))
    zone_id, start = live.zone_ids[0], live.local_hours[0].to_pydatetime()
    told = replace(outlook, forecast=live)
    noon = start + timedelta(hours=12, minutes=40)
    assert f"at {noon.hour}:00 it will be" in now_sentence(told, zone_id, noon)
    assert now_sentence(told, zone_id, start - timedelta(hours=1)) == ""
    assert now_sentence(replace(told, forecast=replace(live, timing=Timing(False, None))), zone_id, noon) == ""


def test_each_day_has_its_weather_and_its_events(made: tuple[Snapshot, Outlook]) -> None:
    snapshot, outlook = made
    facts = day_facts(snapshot, outlook.forecast, outlook.area, NL)
    assert [fact.day for fact in facts] == sorted(set(outlook.forecast.local_dates))[:7]
    events = [event for fact in facts for event in fact.events]
    assert len(events) == len(snapshot.events)
    sunday = facts[-1]
    assert "Vlootdag" in day_sentence(sunday, NL)
    assert "van 11 tot 17 uur" in day_sentence(sunday, NL)
    local = outlook.forecast.local_hours
    out = (local.date == sunday.day) & (local.hour >= 9) & (local.hour <= 20)
    warmest = round(float(snapshot.weather[out, 0].max()))
    assert f"{warmest} °C" in day_sentence(sunday, NL)
    dark = replace(snapshot, weather_origin=tuple("none" for _ in snapshot.weather_origin))
    assert {fact.weather for fact in day_facts(dark, outlook.forecast, outlook.area, NL)} == {""}


def test_practice_events_are_called_so_in_both_languages(made: tuple[Snapshot, Outlook]) -> None:
    snapshot, outlook = made
    named = outlook.area.event_names["en"]
    assert set(snapshot.events["name"]) <= set(named)
    for name in set(snapshot.events["name"]):
        assert (outlook.area.event_name(name, NL), outlook.area.event_name(name, EN)) == (name, named[name])
    for lang, mark in ((NL, "Oefening: "), (EN, "Practice: ")):
        said = [event for one in day_facts(snapshot, outlook.forecast, outlook.area, lang) for event in one.events]
        assert said
        assert all(event.startswith(mark) for event in said)


def test_an_event_without_another_name_keeps_its_own() -> None:
    assert load_area("auckland").event_name("Pasifika", NL) == "Pasifika"


def test_the_map_says_where_it_is_worst_in_its_hour_and_opens_there(made: tuple[Snapshot, Outlook]) -> None:
    outlook = made[1]
    forecast, thresholds = outlook.forecast, outlook.thresholds
    levels = forecast.levels(thresholds)
    for hour in range(0, len(forecast.hours), 5):
        said = hour_headline(outlook, hour_index=hour)
        place = worst_place(outlook, hour_index=hour)
        red, orange = (int((levels[:, hour] == level).sum()) for level in (3, 2))
        assert levels[forecast.zone_ids.index(place), hour] == levels[:, hour].max()
        assert ("oo busy" in said) == bool(red)
        assert ("usy at" in said) == bool(red or orange)
        if red + orange == 1:
            assert outlook.area.zone(place).name(EN) in said
        if red > 1:
            worst = [forecast.zone_ids[row] for row in np.flatnonzero(levels[:, hour] == 3)]
            named = all(outlook.area.zone(zone_id).name(EN) in said for zone_id in worst)
            assert named if red == 2 else f"at {red} places" in said
    nothing = replace(forecast, quantiles=np.full_like(forecast.quantiles, np.nan))
    unknown = replace(outlook, forecast=nothing)
    assert hour_headline(unknown, hour_index=0) == "Nothing is known of this hour."
    assert worst_place(unknown, hour_index=0) == forecast.zone_ids[0]


@pytest.mark.parametrize("lang", [NL, EN], ids=lambda lang: lang.code)
def test_a_week_is_compared_in_words_however_busy_it_is(made, lang):
    """Of every class of words there is a sentence about a week: a week a third busier once had none."""
    outlook = replace(made[1], lang=lang)
    hours = week_hours(outlook.forecast)
    normal = np.nansum(outlook.forecast.normal[:, hours])
    once = normal / outlook.forecast.median[:, hours].sum()
    found = {}
    for factor in np.arange(0.02, 6, 0.04):
        share = factor * once
        week = replace(
            outlook.forecast, quantiles=outlook.forecast.quantiles * share, paths=outlook.forecast.paths * share
        )
        sentence = compared_week(replace(outlook, forecast=week))
        (claim,) = claims_of(sentence)
        found.setdefault(comparison(claim.factor), sentence)
    assert set(found) == set(get_args(Comparison))
    assert len(set(found.values())) == len(found)
