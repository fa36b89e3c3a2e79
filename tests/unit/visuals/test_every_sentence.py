"""Every claim of every sentence, recomputed from the sample paths: on what ships and on weeks of any kind."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.meaning.busy import busy_moments
from forecasting.meaning.hours_above import hours_above
from forecasting.meaning.variants import Variant
from forecasting.meaning.week_hours import week_hours
from forecasting.values.scenario import Scenario
from language import language
from language.said import Said
from tests.unit.visuals.reading_claims import unfounded, untrue
from visuals.base.outlook import Outlook
from visuals.charts import calendar, dayparts, scenario_charts, week
from visuals.charts import week_hours as lasting
from visuals.maps import decks
from visuals.studio.material.gathering import gather
from visuals.words.scenario_effects import effect_sentence, hours_message
from visuals.words.sentences import headline, hours_sentence, level_sentence, moment_sentence, week_sentences

CODES = ("nl", "en")


def sentences(outlook):
    forecast, thresholds = outlook.forecast, outlook.thresholds
    yield headline(outlook)
    yield from week_sentences(outlook)
    for moment in busy_moments(forecast, thresholds)[:8]:
        yield moment_sentence(moment, outlook)
        yield hours_sentence(moment, outlook)


def of_hours(outlook, hours):
    for zone_id in outlook.forecast.zone_ids:
        for hour in hours:
            yield level_sentence(outlook, zone_id=zone_id, hour_index=hour)


def of_charts(outlook):
    forecast, thresholds = outlook.forecast, outlook.thresholds
    hours = week_hours(forecast)
    yield calendar.message(outlook)
    for compact in (False, True):
        yield from (cell["tip"] for cell in list(calendar._cells(outlook, hours, compact=compact))[::7])
    busy, red = (hours_above(forecast, thresholds, level) for level in (2, 3))
    yield lasting._message(busy, red, outlook)
    yield from (lasting._row(one, None, outlook)["tip"] for one in busy)
    for zone_id in forecast.zone_ids[::4]:
        yield from (
            row["tip"] for row in week._rows(outlook, zone_id, hours[::9], forecast.local_dates[0]) if row.get("tip")
        )
        yield week._message(outlook, zone_id, hours)
        for part in ("afternoon", "night"):
            maxima = dayparts._maxima(forecast, thresholds, zone_id, part).to_dict("records")
            rows = [dayparts._row(outlook, zone_id, part, day) for day in maxima]
            yield from (row["tip"] for row in rows)
            yield dayparts._message(rows, forecast, outlook.area, zone_id, outlook.lang)


def of_map(outlook, hour):
    counts = outlook.forecast.median[:, hour]
    for row in decks._zone_rows(outlook, hour, counts):
        yield from (text for text in (row["range"], row["risk"]) if text)


def check(texts, outlook, others=()):
    forecasts = {one.scenario: one for one in (outlook.forecast, *others)}
    seen = 0
    for text in texts:
        wrong = untrue(text, forecasts)
        assert not wrong, (text, wrong)
        floating = {what: found for what, found in unfounded(text, outlook.area, outlook.lang).items() if found}
        assert not floating, (text, floating)
        seen += isinstance(text, Said)
    assert seen


def ragged(make, area, scale, seed):
    """A week with ragged hours: runs of a level that break and begin again; and places that do not go together."""
    forecast, rng = make(area, scale=scale), np.random.default_rng(seed)
    jitter = rng.uniform(0.4, 1.6, forecast.median.shape)
    paths = forecast.paths * jitter[None]
    paths = np.stack([rng.permutation(paths[:, row]) for row in range(len(area.zone_ids))], axis=1)
    return replace(forecast, quantiles=forecast.quantiles * jitter[..., None], paths=paths)


WEEKS = {"scale": st.floats(0.05, 6), "seed": st.integers(0, 999), "code": st.sampled_from(CODES)}


@settings(max_examples=20)
@given(**WEEKS, hour=st.integers(0, 167))
def test_sentences_of_any_week_are_true(make, zone_thresholds, coast, scale, seed, code, hour):
    outlook = Outlook(ragged(make, coast, scale, seed), coast, zone_thresholds(coast), language(code))
    check(sentences(outlook), outlook)
    check(of_hours(outlook, [hour]), outlook)
    check(of_map(outlook, hour), outlook)


@settings(max_examples=6)
@given(**WEEKS)
def test_charts_of_any_week_are_true(make, zone_thresholds, coast, scale, seed, code):
    outlook = Outlook(ragged(make, coast, scale, seed), coast, zone_thresholds(coast), language(code))
    check(of_charts(outlook), outlook)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
    yield {(area, code): gather(area, code) for area in ("scheveningen", "auckland") for code in CODES}
    patch.undo()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("area", ["scheveningen", "auckland"])
def test_what_ships_says_what_is_true(shipped, area, code):
    material = shipped[area, code]
    check(sentences(material), material)
    check(of_hours(material, (3, 40, 130)), material)
    check(of_map(material, 130), material)
    check(of_charts(material), material)


EVENT = Scenario.from_json(
    '{"events": [{"event_id": "e", "name": "Fair", "zone_id": "pier", "start": "2026-08-08T12:00", '
    '"end": "2026-08-08T18:00", "attendance": 9000}], "closures": [{"zone_id": "kade", "start": "2026-08-07T00:00", '
    '"end": "2026-08-08T00:00"}]}'
)


@settings(max_examples=12)
@given(**WEEKS, factor=st.floats(0.2, 4), level=st.sampled_from(["yellow", "orange", "red"]))
def test_what_a_scenario_does_is_true_and_begins_with_what_it_changes(
    make, zone_thresholds, coast, scale, seed, code, factor, level
):
    lang, thresholds = language(code), zone_thresholds(coast)
    one = ragged(make, coast, scale, seed)
    by_zone = np.array([1.0, factor, factor, 1 / factor])
    other = replace(
        one,
        quantiles=one.quantiles * by_zone[:, None, None],
        paths=one.paths * by_zone[None, :, None],
        scenario=EVENT.encode(),
    )
    variants = [Variant("", "", one), Variant("", lang.t("rain"), other)]
    outlook = Outlook(one, coast, thresholds, lang)
    said = effect_sentence(variants[1], variants[0], coast, thresholds, lang)
    check([said, hours_message(variants, coast, thresholds, lang, level=level)], outlook, [other])
    first, second = (clause for clause in said.partition(": ")[2].split("; ")[:2])
    assert coast.zone("pier").name(lang) in first
    assert coast.zone("kade").name(lang) in second
    spec = scenario_charts.hours_chart(variants, coast, thresholds, lang, level=level)
    check([row["tip"] for row in spec["layer"][0]["data"]["values"]] or [said], outlook, [other])
