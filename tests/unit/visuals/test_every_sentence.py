"""Every claim of every sentence, recomputed from the sample paths: on what ships and on weeks of any kind."""

import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.evaluation.told_week import Told, ToldWeek, Unsaid, weightiest
from forecasting.inputs.saturdays import next_saturday
from forecasting.meaning.busy import busy_moments
from forecasting.meaning.claiming import claimed
from forecasting.meaning.claims import Happened
from forecasting.meaning.hours_above import hours_above
from forecasting.meaning.possible import possible_moments
from forecasting.meaning.variants import Variant
from forecasting.meaning.week_hours import days, week_hours
from forecasting.values.scenario import Scenario
from language import Language, language
from language.said import Said, claims_of, together
from reports.corrections import Contradiction, contradiction_sentence
from reports.rounds.saturday import expected_sentences, hindsight
from response.cards.card import Playbook
from response.saturday.frozen import FrozenDay
from response.saturday.game import read_game
from response.week.ahead import week_ahead
from response.week.effects import effect_of
from tests.unit.response.cards_made import A_MEASURE, a_card
from tests.unit.visuals.conftest import SHIPPED
from tests.unit.visuals.reading_claims import unfounded, untrue
from tests.unit.visuals.walking_texts import ROOT, functions
from visuals.base.outlook import Outlook
from visuals.charts import calendar, dayparts, scenario_charts, week
from visuals.charts import week_hours as lasting
from visuals.charts.meaning import hour_sentence, saturday_sentence, week_sentence
from visuals.charts.why import why_sentences
from visuals.maps import decks
from visuals.maps.scenario_maps import camera_of, difference_map, level_map
from visuals.playbook.preparing_words import possible_sentences
from visuals.playbook.use_words import card_effect, decide_sentence, elsewhere_sentence, use_sentence
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.material.whatif import most_changed, with_scenario
from visuals.studio.proposing import headlines
from visuals.studio.words.captions import captions
from visuals.tables import tables
from visuals.tables.tables import map_table, variants_table
from visuals.words.advising import advice, advice_for
from visuals.words.claim_words import claims_told
from visuals.words.event_effect import effect_sentences
from visuals.words.leading import compared_week, hour_headline, lead_hours, place_sentences
from visuals.words.scenario_effects import effect_sentence, hours_message
from visuals.words.sentences import headline, hours_sentence, level_sentence, moment_sentence, week_sentences
from visuals.words.told_words import told_sentences, unsaid_sentence

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


def of_today(outlook, hour):
    yield lead_hours(outlook)
    yield compared_week(outlook)
    for zone_id in outlook.forecast.zone_ids:
        yield from place_sentences(outlook, zone_id)
    for quantile in (0.1, 0.5, 0.9):
        yield hour_headline(outlook, hour_index=hour, quantile=quantile)
    moments = busy_moments(outlook.forecast, outlook.thresholds)
    for likely in (0.1, 0.3, 0.5):
        yield from possible_sentences(possible_moments(outlook.forecast, outlook.thresholds, likely), outlook)
    for moment in moments[:3]:
        yield from advice(moment, outlook)
    if moments:
        same_day = [moment for moment in moments if moment.start.date() == moments[0].start.date()]
        yield from advice_for(same_day, outlook)


def of_thresholds(outlook, hour):
    saturday = next_saturday(outlook.forecast)
    for zone_id in outlook.forecast.zone_ids[::3]:
        yield week_sentence(outlook, zone_id)
        yield hour_sentence(outlook, zone_id, hour)
        yield saturday_sentence(saturday, zone_id, outlook)


def of_tables(outlook, hour):
    """Rows and cells as they go into a table, for a table keeps their letters only."""
    for quantile in (0.1, 0.5):
        table = map_table(outlook, hour_index=hour, quantile=quantile)
        for zone_id in outlook.forecast.zone_ids:
            row = tables._map_row(outlook, zone_id, hour, quantile)
            assert list(table.loc[zone_id].dropna())[: len(row)] == [cell for cell in row.values() if cell is not None]
            yield row_words(row, outlook.lang)
    levels = outlook.forecast.levels(outlook.thresholds)
    for _, hours in days(outlook.forecast, week_hours(outlook.forecast)):
        for row, zone_id in enumerate(outlook.forecast.zone_ids):
            yield tables._level(outlook, levels[row], zone_id, hours[-8:])


OF_A_MOMENT = ("levels-map", "best-hours", "zone-week")
"""Pictures of the moment or place that somebody looks at; the one of the weekend is the same whatever they look at."""


def of_pictures(material, names=(*OF_A_MOMENT, "weekend")):
    for name in names:
        template = TEMPLATES[name]
        message = template.message(material)
        yield from (message.kicker, message.headline, message.chance, message.advice, message.alt)
        yield from captions(material, message).values()
        yield from headlines(template, material)


def of_what_ifs(material):
    """A picture of what if, with the forecast of its scenario."""
    shown = most_changed(material)
    message = TEMPLATES["scenario"].message(shown)
    return [message.kicker, message.headline, message.chance, message.alt], with_scenario(shown).forecast


def row_words(row, lang):
    """Return a row of a table as one text, with what its cells claim."""
    cells = [cell if isinstance(cell, str) else lang.number(cell) for cell in row.values() if not pd.isna(cell)]
    return together(cells, " | ")


def of_told(outlook):
    forecast, area, thresholds = outlook.forecast, outlook.area, outlook.thresholds
    for one in weightiest(forecast, thresholds):
        likely = replace(one, what="chance") if one.what == "reaches" else None
        likely = likely and likely.recomputed(forecast)
        came = Happened(level="orange", count=900.0, spans=one.spans[:1], missing=2)
        yield from told_sentences(Told(one, likely, one, forecast.cutoff, came, ahead=False), area, outlook.lang)
        yield unsaid_sentence(
            ToldWeek(forecast.local_dates[0], "", forecast.cutoff, False, (), Unsaid(one, came)), area, outlook.lang
        )


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
    check(of_today(outlook, hour), outlook)
    check(of_thresholds(outlook, hour), outlook)
    check(of_tables(outlook, hour), outlook)
    check(of_told(outlook), outlook)
    if told := list(filter(None, of_playbook(outlook))):
        check(told, outlook)


@settings(max_examples=6)
@given(**WEEKS)
def test_charts_of_any_week_are_true(make, zone_thresholds, coast, scale, seed, code):
    outlook = Outlook(ragged(make, coast, scale, seed), coast, zone_thresholds(coast), language(code))
    check(of_charts(outlook), outlook)


@pytest.mark.parametrize(("area", "code"), SHIPPED)
def test_what_ships_says_what_is_true(shipped, area, code):
    material = shipped[area, code]
    check(sentences(material), material)
    check(of_hours(material, (3, 40, 130)), material)
    check(of_map(material, 130), material)
    check(of_charts(material), material)
    check(of_today(material, 130), material)
    check(of_thresholds(material, 130), material)
    check(of_tables(material, 130), material)
    check(of_told(material), material)
    check(of_pictures(material), material)
    for moment in busy_moments(material.forecast, material.thresholds)[2:9:3]:
        check(of_pictures(material.changed(zone_id=moment.zone_id, hour_index=moment.peak), OF_A_MOMENT), material)
    calm = material.forecast
    calm = replace(calm, quantiles=calm.quantiles * 0.25, paths=calm.paths * 0.25)
    check(of_pictures(material.changed(forecast=calm)), material.changed(forecast=calm))
    texts, changed = of_what_ifs(material)
    check(texts, material, [changed])


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
    variants = [Variant("one", "", one), Variant("other", lang.t("rain"), other)]
    outlook = Outlook(one, coast, thresholds, lang)
    said = effect_sentence(variants[1], variants[0], outlook)
    check([said, hours_message(variants, coast, thresholds, lang, level=level)], outlook, [other])
    first, second = (clause for clause in said.partition(": ")[2].split("; ")[:2])
    assert coast.zone("pier").name(lang) in first
    assert coast.zone("kade").name(lang) in second
    spec = scenario_charts.hours_chart(variants, outlook, level=level)
    check([row["tip"] for row in spec["layer"][0]["data"]["values"]] or [said], outlook, [other])
    cells = [tables._with_range(replace(outlook, forecast=other), zone_id, 101) for zone_id in coast.zone_ids]
    assert variants_table(variants, outlook, hour_index=101).iloc[:, 2].tolist() == cells
    check(cells, outlook, [other])
    where = {"hour_index": 101, "camera": camera_of(coast), "drawing": {"features": [], "zones": []}}
    for spec in (
        level_map(variants[1], outlook, **where),
        difference_map(variants[1], variants[0], outlook, strongest=9, **where),
    ):
        check([row["tip"] for row in spec["layer"][2]["transform"][0]["from"]["data"]["values"]], outlook, [other])


def of_changes(outlook):
    """What two forecasts say of an event, what published pictures are corrected by, and who decides on one reads."""
    before, area, lang = outlook.forecast, outlook.area, outlook.lang
    after = replace(before, snapshot_id="newer", quantiles=before.quantiles * 1.5, paths=before.paths * 1.5)
    local, zone_id = before.hours, before.zone_ids[0]
    events = pd.DataFrame([{"event": "e", "name": "Fair", "zone_id": zone_id, "start": local[100], "end": local[110]}])
    yield effect_sentences(before, after, events, area, lang), {("newer", ""): after}
    claims = [one for text in sentences(outlook) for one in claims_of(text)]
    for what in ("level", "chance"):
        for one in [one for one in claims if one.what == what][:1]:
            wrong = Contradiction(one, one.recomputed(before))
            yield [contradiction_sentence(wrong, area, lang)], {}
    amount = claimed("expected", before, None, [zone_id], np.array([100]))
    yield [contradiction_sentence(Contradiction(amount, amount), area, lang)], {}
    yield claims_told([one for one in claims if one.what in ("level", "chance")], area, lang), {}


def of_playbook(outlook, chance=0.3):
    """What the week ahead of a playbook says, of cards for any level and number of hours in a row."""
    zone_ids, cards = outlook.area.zone_ids, []
    for number, level in enumerate(("yellow", "orange", "red", "orange")):
        trigger = {"places": {"zones": zone_ids}, "level": level, "hours": 1 + 2 * number, "chance": chance}
        cards.append(a_card(f"c{number}", trigger, lead_hours=10 + 40 * number))
    now = outlook.forecast.hours[30].to_pydatetime()
    week = week_ahead(Playbook(cards=tuple(cards)), outlook.forecast, outlook.thresholds, outlook.area, now)
    for use in week.uses:
        yield use_sentence(use, outlook)
        yield elsewhere_sentence(use, outlook)
        yield decide_sentence(use, outlook.lang)


def of_effects(make, area, zone_thresholds, code):
    """What a card is expected to do, when it does much and when it does nothing."""
    one, measures = make(area, scale=1.4), [A_MEASURE]
    outlook = Outlook(one, area, zone_thresholds(area), language(code))
    trigger = {"places": {"zones": area.zone_ids}, "level": "orange", "hours": 2, "chance": 0.2}
    playbook = Playbook(cards=(a_card("effect", trigger, measure=A_MEASURE.id),))
    week = week_ahead(playbook, one, outlook.thresholds, area, one.cutoff)
    for factor in (0.5, 1):
        for use in week.uses:
            others = []

            def applied(scenario, factor=factor, others=others):
                changed = replace(one, paths=one.paths * factor, quantiles=one.quantiles * factor)
                others.append(replace(changed, scenario=scenario.encode()))
                return others[0]

            found = effect_of(use, measures, one, outlook.thresholds, applied)
            yield [card_effect(found, outlook)], outlook, others


def of_saturday(material):
    """What is said of the day that is played, with the forecast of this week at each moment."""
    area, forecast = material.area, material.forecast
    game = read_game(area)
    again = (forecast,) * len(game.moments)
    day = FrozenDay(area, game, again, material.snapshot, forecast.median, material.thresholds)
    for moment in range(1, len(again) + 1):
        yield from expected_sentences(day, moment, material.lang)
    yield from hindsight(day, material.lang)


def of_why(outlook):
    for zone_id in outlook.forecast.zone_ids:
        for hour in (20, 60, 100, 130):
            yield from why_sentences(outlook.forecast, outlook.lang, zone_id=zone_id, hour_index=hour)


def test_no_function_says_a_place_hour_level_figure_or_chance_unlooked_at(
    monkeypatch, shipped, make, zone_thresholds, coast
):
    """Each text with such a field is made of kept facts, or is read here with what it claims."""
    made, read = defaultdict(set), []

    def noting(say):
        def noted(lang, *args, **values):
            text, code = say(lang, *args, **values), sys._getframe(1).f_code
            name = [part for part in code.co_qualname.split(".") if not part.startswith("<")][-1]
            made[Path(code.co_filename), name].add(str(text).lower())
            return text

        return noted

    for way in ("t", "n"):
        monkeypatch.setattr(Language, way, noting(getattr(Language, way)))

    def checked(texts, outlook, others=()):
        texts = list(texts)
        read.extend(str(text).lower() for text in texts)
        check(texts, outlook, others)

    def noted(texts):
        """Of what ``test_what_ships_says_what_is_true`` checks."""
        read.extend(str(text).lower() for text in texts)

    for code in CODES:
        material = shipped["scheveningen", code]
        calm = material.forecast
        for texts in (sentences(material), of_today(material, 130), of_charts(material)):
            noted(texts)
        for scale in (3, 1, 0.5, 0.02):
            outlook = Outlook(make(coast, scale=scale), coast, zone_thresholds(coast), language(code))
            for texts in (sentences(outlook), of_today(outlook, 130), of_charts(outlook)):
                checked(texts, outlook)
        for chance in (0.3, 1):
            checked(filter(None, of_playbook(material, chance)), material)
        for texts, outlook, others in of_effects(make, coast, zone_thresholds, code):
            checked(texts, outlook, others)
        for texts in (of_hours(material, (3, 130)), of_map(material, 130), of_pictures(material)):
            noted(texts)
        for texts in (of_thresholds(material, 130), of_told(material)):
            noted(texts)
        for texts in (of_why(material), of_saturday(material)):
            checked(texts, material)
        for texts, more in of_changes(material):
            read.extend(str(text).lower() for text in texts)
            assert not [one for text in texts for one in untrue(text, {"": material.forecast, **more})]
        quiet = material.changed(forecast=replace(calm, quantiles=calm.quantiles * 0.2, paths=calm.paths * 0.2))
        checked(of_pictures(quiet), quiet)
        texts, changed = of_what_ifs(material)
        checked(texts, material, [changed])
        read += [str(text).lower() for texts in of_scenarios(make, coast, zone_thresholds, code) for text in texts]
    known = {(ROOT / one.file, one.name): one for one in functions()}
    covered = {where for where, texts in made.items() if any(text in whole for text in texts for whole in read)}
    assert not {(one.file, one.name, *sorted(one.fields)) for where, one in known.items() if where not in covered}
    assert len(known) > 60


def of_scenarios(make, coast, zone_thresholds, code):
    """What scenarios that change much, little and nothing do."""
    lang, one = language(code), ragged(make, coast, 1, 3)
    calm = replace(one, quantiles=one.quantiles * 0.02, paths=one.paths * 0.02)
    cases = ((one, (1, 2.5, 0.3, 1)), (one, (1,) * 4), (one, (0.4, 1, 0.1, 3)), (one, (0.05,) * 4), (calm, (1.2,) * 4))
    for one, factors in cases:
        by_zone = np.array(factors, float)
        other = replace(
            one,
            quantiles=one.quantiles * by_zone[:, None, None],
            paths=one.paths * by_zone[None, :, None],
            scenario=EVENT.encode()
            if len(set(factors)) > 1
            else Scenario.from_json('{"school_holiday": true}').encode(),
        )
        variants = [Variant("one", "", one), Variant("other", lang.t("rain"), other)]
        outlook = Outlook(one, coast, zone_thresholds(coast), lang)
        where = {"hour_index": 101, "camera": camera_of(coast), "drawing": {"features": [], "zones": []}}
        spec = difference_map(variants[1], variants[0], outlook, strongest=9, **where)
        texts = [effect_sentence(variants[1], variants[0], outlook)]
        for level in ("yellow", "orange", "red"):
            chart = scenario_charts.hours_chart(variants, outlook, level=level)
            texts += [hours_message(variants, coast, outlook.thresholds, lang, level=level)]
            texts += [row["tip"] for row in chart["layer"][0]["data"]["values"]]
        texts += [row["tip"] for row in spec["layer"][2]["transform"][0]["from"]["data"]["values"]]
        check(texts, outlook, [other])
        yield texts
