"""Hours named with a level are exactly the hours at that level or worse, recomputed here from the forecast itself."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.busy import busy_levels, busy_moments, hours_at_levels
from forecasting.meaning.week_hours import week_hours
from forecasting.values.thresholds import LEVELS
from language import language
from language.plain import chance
from tests.unit.visuals.conftest import SHIPPED
from visuals.base.outlook import Outlook
from visuals.charts.calendar import _cells, calendar, message
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.material.material import Material
from visuals.tables.figures import moment_figures
from visuals.tables.tables import calendar_table
from visuals.words.level_words import others_sentence, places_words
from visuals.words.sentences import headline, hours_sentence, week_sentences

YELLOW, ORANGE, RED = 1, 2, 3
WORDS = {
    "nl": {"te druk": RED, "gezellig druk": YELLOW, "druk": ORANGE},
    "en": {"too busy": RED, "busy": ORANGE, "lively": YELLOW},
}
SPAN = {"nl": r"van (\d+) tot (\d+) uur", "en": r"from (\d+):00 to (\d+):00"}
AND = {"nl": " en ", "en": " and "}
NAMED = {
    code: re.compile(
        rf"(?P<level>{'|'.join(words)})(?P<between> (?:bij|at) [^;:]*?|)(?: there)? "
        rf"(?P<hours>{SPAN[code].replace('(', '(?:')}(?:(?:, |{AND[code]}){SPAN[code].replace('(', '(?:')})*)"
    )
    for code, words in WORDS.items()
}


def named(text, code):
    """The levels of a text with the clock hours that it names for each."""
    found = []
    for match in NAMED[code].finditer(text.lower()):
        hours = {hour for start, end in re.findall(SPAN[code], match["hours"]) for hour in range(int(start), int(end))}
        found.append((WORDS[code][match["level"]], hours))
    return found


def at_level(forecast, thresholds, zone_id, hours, level):
    """The clock hours among ``hours`` (indices) at which a place is at ``level`` or worse, from the forecast itself."""
    row, zone_thresholds, hours = (
        forecast.zone_ids.index(zone_id),
        thresholds.zones[zone_id],
        np.asarray(hours, dtype=int),
    )
    threshold = {YELLOW: zone_thresholds.yellow, ORANGE: zone_thresholds.orange, RED: zone_thresholds.red}[level]
    reached = forecast.median[row, hours] >= threshold
    return set(forecast.local_hours.hour[hours[reached]].tolist())


def days_of(forecast):
    """The first seven local days with the indices of their hours."""
    dates = forecast.local_dates
    return [(day, np.flatnonzero(dates == day)) for day in sorted(set(dates))[:7]]


def check_text(text, code, forecast, thresholds, zone_id, hours):
    """All hours that the text names are those of their level, and no worse level is left out."""
    found = named(text, code)
    assert found, text
    levels = list(dict.fromkeys(level for level, _ in found))  # a chance names the hours of its level once more
    assert levels == sorted(levels, reverse=True), text
    for level, said in found:
        assert said == at_level(forecast, thresholds, zone_id, hours, level), text
    assert levels[0] == RED or not at_level(forecast, thresholds, zone_id, hours, RED), text


def check_week(forecast, area, thresholds, code):
    """The sentences of the days, the busiest moments, the headline and the calendar's title tell of the same week."""
    lang = language(code)
    names = {zone.name(lang).lower(): zone.zone_id for zone in area.zones}
    sentences = week_sentences(Outlook(forecast, area, thresholds, lang))
    days = {lang.date(day, "EEEE").lower(): (day, hours) for day, hours in days_of(forecast)}
    told = set()
    for sentence in sentences:
        if not named(sentence, code):
            continue
        start = sentence.lower()
        day, hours = next(found for name, found in days.items() if start.startswith(name))
        told.add(day)
        zone = max((zone for zone in names if f" {zone} " in start), key=len)
        check_text(
            sentence.partition(" Ook ")[0].partition(" Also ")[0], code, forecast, thresholds, names[zone], hours
        )
        (worst, named_hours), *_ = named(sentence, code)
        check_others(sentence, code, forecast, thresholds, names[zone], hours, worst)
        indices = [index for index in hours if int(forecast.local_hours[index].hour) in named_hours]
        threshold = getattr(thresholds.zones[names[zone]], LEVELS[worst])
        often = (forecast.paths[:, forecast.zone_ids.index(names[zone]), indices].max(axis=1) >= threshold).mean()
        assert chance(float(often), lang) in sentence
    for day, hours in days_of(forecast):
        busy = any(at_level(forecast, thresholds, zone, hours, ORANGE) for zone in forecast.zone_ids)
        assert busy == (day in told), (day, sentences)

    moments = busy_moments(forecast, thresholds)
    for moment in moments:
        hours = np.arange(moment.first, moment.last + 1)
        said = hours_sentence(moment, Outlook(forecast, area, thresholds, lang))
        check_text(said, code, forecast, thresholds, moment.zone_id, hours)
    if moments:
        worst = max(LEVELS.index(moment.level) for moment in moments)
        word = {level: word for word, level in WORDS[code].items()}[worst]
        title = message(Outlook(forecast, area, thresholds, lang))
        assert re.search(rf"\b{word}\b", headline(Outlook(forecast, area, thresholds, lang))), title
        assert title.partition(": ")[2].startswith(word)


def check_others(sentence, code, forecast, thresholds, zone_id, hours, worst):
    """What is said of other places counts those that get too busy, and of the rest those that get busy."""
    others = [zone for zone in forecast.zone_ids if zone != zone_id]
    red = {zone for zone in others if at_level(forecast, thresholds, zone, hours, RED)}
    orange = {zone for zone in others if at_level(forecast, thresholds, zone, hours, ORANGE)} - red
    assert worst == RED or not red
    _, _, said = sentence.partition(" Ook " if code == "nl" else " Also ")
    counts = dict.fromkeys((RED, ORANGE), 0)
    for word, number in re.findall(r"(te druk|druk|too busy|busy) (?:op|at) (\d+)", said):
        counts[WORDS[code][word]] = int(number)
    assert counts == {RED: len(red), ORANGE: len(orange)}, sentence


def drawn(outlook, *, compact):
    """The cells of the calendar as they stand in its specification."""
    chart = calendar(outlook, compact=compact).to_dict()
    return chart["datasets"][chart["data"]["name"]]


def to_be_drawn(outlook, *, compact):
    """The same cells before a specification is made of them, which takes longest."""
    return _cells(outlook, week_hours(outlook.forecast), compact=compact)


def check_calendar(forecast, area, thresholds, code, cells=drawn):
    """Tips and table tell of the median, as the colours do, on a laptop and on a phone."""
    lang = language(code)
    by_day = days_of(forecast)
    for compact in (False, True):
        for cell in cells(Outlook(forecast, area, thresholds, lang), compact=compact):
            if cell["level"] == "green":
                assert not named(cell["tip"], code)
                continue
            day = by_day[cell["x"] // 24][1]
            first, last = cell["x"] % 24, cell["x2"] - 24 * (cell["x"] // 24)
            hours = [index for index in day if first <= forecast.local_hours[index].hour < last]
            check_text(cell["tip"], code, forecast, thresholds, cell["zone"], hours)
    table = calendar_table(Outlook(forecast, area, thresholds, lang))
    for number, line in enumerate(table.to_dict("records")):
        zone_id, part = forecast.zone_ids[number // 4], number % 4
        for day, of_day in by_day:
            cell = next(value for key, value in line.items() if lang.date(day, "d MMMM") in key)
            hours = [index for index in of_day if forecast.local_hours[index].hour // 6 == part]
            if "◆" not in cell and "■" not in cell:
                continue
            level = RED if "■" in cell else ORANGE
            said = {hour for start, end in re.findall(SPAN[code], cell) for hour in range(int(start), int(end))} or {
                int(forecast.local_hours[index].hour) for index in hours
            }
            assert said == at_level(forecast, thresholds, zone_id, hours, level), cell


def made(make, zone_thresholds, area, scale, seed, start="2026-08-03 06:00"):
    """A week with ragged hours: runs of a level that break and begin again."""
    forecast = make(area, scale=scale, start=start)
    jitter = np.random.default_rng(seed).uniform(0.4, 1.6, forecast.median.shape)
    return replace(forecast, quantiles=forecast.quantiles * jitter[..., None], paths=forecast.paths * jitter[None])


@settings(max_examples=12, deadline=None)
@given(scale=st.floats(0.3, 6), seed=st.integers(0, 999), code=st.sampled_from(["nl", "en"]))
def test_hours_are_those_of_their_level_in_any_week(make, zone_thresholds, coast, scale, seed, code):
    forecast, thresholds = made(make, zone_thresholds, coast, scale, seed), zone_thresholds(coast)
    check_week(forecast, coast, thresholds, code)
    check_calendar(forecast, coast, thresholds, code, to_be_drawn)


@settings(max_examples=10, deadline=None)
@given(scale=st.floats(0.5, 6), seed=st.integers(0, 999), code=st.sampled_from(["nl", "en"]))
def test_many_places_are_counted_by_their_worst_level(make, zone_thresholds, real_week, scale, seed, code):
    area = real_week[1]
    check_week(made(make, zone_thresholds, area, scale, seed), area, zone_thresholds(area), code)


@pytest.mark.parametrize(("area", "code"), SHIPPED)
def test_hours_are_those_of_their_level_in_what_ships(shipped, area, code):
    material = shipped[area, code]
    check_week(material.forecast, material.area, material.thresholds, code)
    check_calendar(material.forecast, material.area, material.thresholds, code)


def test_what_ships_has_places_that_are_busy_longer_than_too_busy(shipped):
    """So that the agreement above is not that of a week in which every busy hour is too busy."""
    material = shipped["scheveningen", "nl"]
    moments = busy_moments(material.forecast, material.thresholds)
    assert any(len(moment.levels) == 2 and moment.levels[0].spans != moment.levels[1].spans for moment in moments)


def check_best_hours(material, code):
    said = TEMPLATES["best-hours"].message(material)
    local = material.forecast.local_hours
    if said.level not in ("orange", "red"):
        assert not named(said.alt, code)
        day = [i for i in np.flatnonzero(local.date == material.moment.date()) if local[i] >= material.since]
        assert not at_level(material.forecast, material.thresholds, material.zone_id, day, ORANGE)
        return
    day = np.flatnonzero(local.date == material.moment.date())
    hours = [index for index in day if local[index] >= material.since]
    place = (material.forecast, material.thresholds, material.zone_id, hours)
    check_text(said.alt.removesuffix(said.advice), code, *place)
    for level, at in named(said.advice, code):
        assert at == at_level(*place, level)
    avoided = re.match(rf"(?:vermijd de uren|avoid the hours) {SPAN[code]}", said.advice.lower())
    assert avoided, said.advice
    assert int(avoided[1]) == min(at_level(*place, ORANGE))
    claim = next(one for one in said.claims if one.what == "reaches" and one.level == said.level)
    assert claim.start.hour == min(at_level(*place, LEVELS.index(claim.level)))
    assert (claim.end.hour or 24) - 1 == max(at_level(*place, LEVELS.index(claim.level)))


@settings(max_examples=12, deadline=None)
@given(scale=st.floats(0.5, 6), seed=st.integers(0, 999), hour=st.integers(0, 167), code=st.sampled_from(["nl", "en"]))
def test_pictures_of_a_day_name_the_hours_of_their_level(make, zone_thresholds, coast, scale, seed, hour, code):
    forecast = made(make, zone_thresholds, coast, scale, seed)
    since = forecast.local_hours[0].to_pydatetime()
    material = Material(
        forecast, coast, zone_thresholds(coast), language(code), (), {}, hour_index=hour, zone_id="strand", since=since
    )
    local = forecast.local_hours
    if ((local.date == material.moment.date()) & (local.hour >= 8) & (local.hour < 22)).any():
        check_best_hours(material, code)
    check_weekend(material)


def check_weekend(material):
    """The weekend's headline, level and table agree on what is worst."""
    said = TEMPLATES["weekend"].message(material)
    worst = max((LEVELS.index(level) for level in said.figures["level"] if level != "unknown"), default=0)
    assert LEVELS.index(said.level) >= worst
    for cell in said.figures.to_dict("records"):
        local = material.forecast.local_hours
        part = ["night", "morning", "afternoon", "evening"].index(cell["part"])
        hours = np.flatnonzero((local.date == cell["day"]) & (local.hour // 6 == part))
        here = (material.forecast, material.thresholds, cell["zone_id"], hours)
        level = RED if at_level(*here, RED) else ORANGE if at_level(*here, ORANGE) else None
        assert (LEVELS.index(cell["level"]) if level is None else level) == LEVELS.index(cell["level"])


@pytest.mark.parametrize("area", ["scheveningen", "auckland"])
def test_pictures_of_what_ships_name_the_hours_of_their_level(shipped, area):
    material = shipped[area, "nl"]
    check_weekend(material)
    for moment in busy_moments(material.forecast, material.thresholds)[:12]:
        check_best_hours(material.changed(zone_id=moment.zone_id, hour_index=moment.peak), "nl")


def test_the_last_day_of_a_forecast_is_not_called_quiet_because_it_is_the_eighth(make, zone_thresholds, coast):
    """A forecast of 168 hours that begins at noon ends on the eighth day, of which the sentences do not speak."""
    forecast = make(coast, scale=9, start="2026-08-03 18:00")
    since = forecast.local_hours[0].to_pydatetime()
    material = Material(
        forecast, coast, zone_thresholds(coast), language("nl"), (), {}, hour_index=162, zone_id="strand", since=since
    )
    assert material.moment.date() == date(2026, 8, 10)
    for name in ("levels-map", "best-hours"):
        said = TEMPLATES[name].message(material)
        assert said.level in ("orange", "red")
        assert "Een goed moment" not in said.advice


def test_a_place_that_is_busy_at_night_is_not_called_never_busy(shipped):
    """Bars from 8 to 22 o'clock would not show it: a street of bars, too busy after midnight."""
    material = shipped["auckland", "nl"]
    moments = [m for m in busy_moments(material.forecast, material.thresholds) if m.end.hour <= 6]
    assert moments
    for moment in moments:
        shown = material.changed(zone_id=moment.zone_id, hour_index=moment.peak)
        said = TEMPLATES["best-hours"].message(shown)
        assert said.level in ("orange", "red")
        assert set(said.figures["hour"].dt.hour) >= set(range(moment.start.hour, moment.end.hour or 24))
        check_best_hours(shown, "nl")


def test_figures_have_a_row_for_the_hours_of_each_level(make, zone_thresholds, coast):
    forecast, thresholds = made(make, zone_thresholds, coast, 2.5, 4), zone_thresholds(coast)
    moments = busy_moments(forecast, thresholds)
    figures = moment_figures(moments)
    for row in figures.to_dict("records"):
        moment = moments[row["moment"] - 1]
        level = LEVELS.index(row["level"])
        hours = range(moment.first, moment.last + 1)
        inside = {
            int(forecast.local_hours[index].hour)
            for index in hours
            if row["start"] <= forecast.local_hours[index] < row["end"]
        }
        assert inside <= at_level(forecast, thresholds, moment.zone_id, hours, level)
    per_moment = figures.groupby(["moment", "level"]).size()
    assert (per_moment > 1).any(), "hours of a level that are not consecutive"
    assert set(figures["level"]) == {"red", "orange"}


def test_a_level_that_nobody_reaches_is_not_named(make, zone_thresholds, coast):
    forecast, thresholds = make(coast, scale=0.1), zone_thresholds(coast)
    levels = busy_levels(forecast, thresholds)
    assert hours_at_levels(forecast, thresholds, levels, "strand", np.arange(24)) == ()


@pytest.mark.parametrize(
    ("levels", "nl", "en"),
    [
        ([], "", ""),
        (["orange"], "Ook druk op 1 andere plek.", "Also busy at 1 other place."),
        (["red"] * 2, "Ook te druk op 2 andere plekken.", "Also too busy at 2 other places."),
        (
            ["orange", "red", "orange", "red", "orange"],
            "Ook te druk op 2 andere plekken, druk op 3.",
            "Also too busy at 2 other places, busy at 3.",
        ),
    ],
)
def test_a_summary_of_other_places_names_the_worst_level_first(levels, nl, en):
    assert others_sentence(levels, language("nl")) == nl
    assert others_sentence(levels, language("en")) == en


def test_one_place_at_the_worst_level_is_named():
    lang = language("nl")
    assert (
        places_words({"red": ["De Pier"], "orange": ["Strand", "Kade"]}, lang)
        == "te druk bij De Pier, druk op 2 andere"
    )
    assert places_words({"red": ["De Pier", "Kade"], "orange": []}, lang) == "te druk bij De Pier en Kade"
    assert places_words({"red": ["De Pier", "Kade", "Plein"], "orange": []}, lang) == "te druk op 3 plekken"
    assert places_words({"red": [], "orange": ["Kade"]}, lang) == "druk bij Kade"
