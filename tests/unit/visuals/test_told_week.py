"""What was said of a week is laid beside what came: claims checked on counts, with what is not known said as such."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.area import load_area
from data.consent import gate
from forecasting.evaluation import told_week as module
from forecasting.evaluation.told_week import monday_of, told_mondays, told_week, weightiest
from forecasting.meaning.busy import ORANGE
from forecasting.training.model_files import load_models
from forecasting.values.thresholds import LEVELS
from language import language
from language.plain import chance
from visuals.words.told_words import made_words, told_figures, told_sentences, told_title, unsaid_sentence

NL = language("nl")
MONDAY = date(2026, 8, 3)
AFTER = datetime(2026, 8, 10, 8, tzinfo=UTC)
MADE = "20260803T06-aaaaaa"


def counts_of(forecast, factor=1.0):
    """Counts that are so many times what was expected."""
    z, h = len(forecast.zone_ids), len(forecast.hours)
    return pd.DataFrame(
        {
            "zone_id": np.repeat(np.array(forecast.zone_ids, object), h),
            "hour": np.tile(forecast.hours.to_numpy(), z),
            "count": (forecast.median * factor).ravel(),
        }
    ).assign(hour=lambda frame: pd.to_datetime(frame["hour"], utc=True))


@pytest.fixture
def kept(make, coast, zone_thresholds, monkeypatch):
    """Let forecasts be kept by their cutoff, and counts be what a test says; return what tells a week of them."""

    def tell(forecasts, counts, until=AFTER, monday=MONDAY):
        ids = {f"{cutoff:%Y%m%dT%H}-aaaaaa": forecast for cutoff, forecast in forecasts.items()}
        monkeypatch.setattr(
            module, "_snapshots", lambda _: [(cutoff, f"{cutoff:%Y%m%dT%H}-aaaaaa") for cutoff in forecasts]
        )
        monkeypatch.setattr(module, "newest_backtest", lambda _: None)
        seen = counts[counts["hour"] < pd.Timestamp(until)]
        monkeypatch.setattr(
            gate, "read", lambda _area, _kind, start, end: seen[(seen["hour"] >= start) & (seen["hour"] < end)]
        )
        return told_week(coast, monday, zone_thresholds(coast), until, obtain=lambda _, one: ids[one])

    return tell


def said(week, area):
    return [" ".join(told_sentences(one, area, NL)) for one in week.told]


@settings(max_examples=25, deadline=None)
@given(scale=st.floats(0.2, 8), many=st.integers(1, 6))
def test_the_weightiest_claims_are_those_that_a_plain_search_finds(make, coast, zone_thresholds, scale, many):
    forecast, thresholds = make(coast, scale=scale, start="2026-08-02 22:00"), zone_thresholds(coast)
    reached, array = forecast.levels(thresholds), thresholds.array(coast.zone_ids)
    plain = []
    for day in sorted(set(forecast.local_dates)):
        hours = np.flatnonzero(forecast.local_dates == day)
        for row, zone_id in enumerate(coast.zone_ids):
            worst = reached[row, hours].max()
            if worst >= ORANGE:
                peak = forecast.median[row, hours].max() / array[row, worst - 1]
                plain.append((-worst, -round(peak, 9), zone_id, day, tuple(hours[reached[row, hours] == worst])))
    found = weightiest(forecast, thresholds, many)
    if not plain:
        assert [claim.what for claim in found] == ["at most"]
        return
    weights = {(zone_id, LEVELS[-level], hours): (level, peak) for level, peak, zone_id, _, hours in plain}
    told = [(claim.zone_ids[0], claim.level, tuple(claim.hours_in(forecast))) for claim in found]
    assert len(set(told)) == len(told)
    assert [weights[one] for one in told] == sorted(weights.values())[:many]  # of equal ones either may be told
    assert all(claim.recomputed(forecast) == claim for claim in found)


@pytest.mark.parametrize("factor", [1.0, 0.8, 1.3])
def test_what_came_is_what_was_counted(make, coast, zone_thresholds, kept, factor):
    forecast, thresholds = make(coast, scale=2.5), zone_thresholds(coast)
    counts = counts_of(forecast, factor)
    week = kept({datetime(2026, 8, 3, 6, tzinfo=UTC): forecast}, counts)
    assert len(week.told) == 3
    for one in week.told:
        (zone_id,), day = one.claim.zone_ids, one.claim.start.date()
        threshold = thresholds.array([zone_id])[0, LEVELS.index(one.claim.level) - 1]
        local = counts["hour"].dt.tz_convert(coast.tz)
        above = (counts["zone_id"] == zone_id) & (local.dt.date == day) & (counts["count"] >= threshold)
        hours = {
            span.start + timedelta(hours=n)
            for span in one.came.spans
            for n in range(24)
            if span.start + timedelta(hours=n) < span.end
        }
        assert hours == set(local[above])
        sentence = " ".join(told_sentences(one, coast, NL))
        reached = (forecast.paths[:, coast.zone_ids.index(zone_id)][:, one.claim.hours_in(forecast)] >= threshold).any(
            axis=1
        )
        assert f"kans {chance(float(reached.mean()), NL)}." in sentence
        assert ("Het werd niet" in sentence) == (not hours)


def test_what_was_not_counted_or_not_yet_is_said(make, coast, zone_thresholds, kept):
    forecast = make(coast, scale=2.5)
    at, counts = {datetime(2026, 8, 3, 6, tzinfo=UTC): forecast}, counts_of(forecast)
    gone = counts.assign(count=np.nan)
    assert all("Wij weten dus niet wat er kwam." in one for one in said(kept(at, gone), coast))
    early = kept(at, counts, until=datetime(2026, 8, 4, 6, tzinfo=UTC))
    assert all("is nog niet bekend" in one for one in said(early, coast))
    holes = counts.assign(count=counts["count"].where(counts["hour"].dt.tz_convert(coast.tz).dt.hour != 15))
    assert all("Eén uur is niet geteld." in one for one in said(kept(at, holes), coast))


def test_a_correction_is_told_where_a_later_forecast_said_otherwise(make, coast, zone_thresholds, kept):
    forecast = make(coast, scale=2.5)
    first, later = datetime(2026, 8, 3, 6, tzinfo=UTC), datetime(2026, 8, 6, 6, tzinfo=UTC)
    calmer = make(coast, scale=0.2)
    week = kept({first: forecast, later: calmer}, counts_of(forecast))
    saturday = next(one for one in week.told if one.claim.start.date() == date(2026, 8, 8))
    assert "Op donderdag 6 augustus 2026 verbeterden wij dat: rustig." in " ".join(told_sentences(saturday, coast, NL))
    same = kept({first: forecast, later: replace(forecast, snapshot_id="later")}, counts_of(forecast))
    assert not any("verbeterden" in one for one in said(same, coast))
    after = kept({first: forecast, datetime(2026, 8, 9, 22, tzinfo=UTC): calmer}, counts_of(forecast))
    assert not any("verbeterden" in one for one in said(after, coast))


def test_a_busy_day_that_was_not_said_is_told(make, coast, zone_thresholds, kept):
    quiet = make(coast, scale=0.2)
    week = kept({datetime(2026, 8, 3, 6, tzinfo=UTC): quiet}, counts_of(quiet, 12))
    assert said(week, coast) == ["Wij zeiden: nergens druk, de hele week. Het werd ergens toch te druk."]
    assert unsaid_sentence(week, coast, NL).startswith(
        "Dit zeiden wij niet: zaterdag 8 augustus te druk bij Strand van "
    )
    calm = kept({datetime(2026, 8, 3, 6, tzinfo=UTC): quiet}, counts_of(quiet))
    assert said(calm, coast) == ["Wij zeiden: nergens druk, de hele week. Dat klopte."]
    assert unsaid_sentence(calm, coast, NL) == ""


def test_the_first_forecast_of_the_monday_counts_and_else_the_last_of_the_sunday(make, coast, zone_thresholds, kept):
    calm, busy = make(coast, scale=0.2), make(coast, scale=2.5)
    counts = counts_of(busy)
    sunday, early, late = (datetime(2026, 8, day, hour, tzinfo=UTC) for day, hour in ((2, 10), (3, 3), (3, 12)))
    assert kept({sunday: calm, early: busy, late: calm}, counts).told[0].claim.what == "reaches"
    assert kept({sunday: busy, sunday - timedelta(hours=3): calm}, counts).told[0].claim.what == "reaches"
    assert kept({datetime(2026, 8, 4, 6, tzinfo=UTC): busy}, counts) is None
    assert told_mondays(coast, AFTER) == []
    kept({early: busy}, counts)
    assert told_mondays(coast, AFTER) == [MONDAY]
    assert told_mondays(coast, AFTER - timedelta(days=1)) == []  # a week that is not over is no last week


@pytest.mark.parametrize("code", ["nl", "en"])
def test_auckland_tells_a_week_of_real_counts(code, tmp_path, monkeypatch):
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area, lang = load_area("auckland"), language(code)
    (monday,) = told_mondays(area, area.now())
    week = told_week(area, monday, load_models(area).thresholds(area), area.now())
    assert monday == monday_of(monday)
    assert week.tested
    assert len(week.told) == 3
    start = datetime(2025, 11, 10, tzinfo=area.tz)
    counts = gate.read(area, "counts", start, start + timedelta(days=7))
    for one in week.told:
        claim = one.claim
        here = counts[(counts["zone_id"] == claim.zone_ids[0])].set_index("hour")["count"]
        at = {
            pd.Timestamp(hour) for hour in here[here >= claim.zone_thresholds[0][LEVELS.index(claim.level) - 1]].index
        }
        day = {hour for hour in at if hour.tz_convert(area.tz).date() == claim.start.date()}
        told = {hour for hour in day if any(span.start <= hour < span.end for span in one.came.spans)}
        assert told == day
        assert one.chance is None  # the test kept no sample paths
    assert "2025" in told_title(monday, lang, last=False)
    assert "2025" in made_words(week, area, lang)
    assert set(told_figures(week)["what_of"]) == {"said", "came"}
