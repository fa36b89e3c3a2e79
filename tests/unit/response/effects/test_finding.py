"""What is known of a card: from which days, in which words, and how it comes to be used and withdrawn."""

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area, load_area
from data.area.effects import FILE, adopted_effects, effect_decisions, known_measures
from data.area.measures import Measures, read_measures
from data.keeping.home import area_home
from language import UserError, language
from response.cards.history import read_playbook
from response.effects.adopting import adopt_effect, measured_effect, withdraw_effect
from response.effects.days import daypart_sums, taken_on
from response.effects.effect_words import grounds, verdict
from response.effects.figures import day_figures, finding_figures, findings_json
from response.effects.finding import LEAST_DAYS, Finding, finding
from response.effects.frozen import read_frozen, save_frozen
from tests.unit.response.effects.days_made import World, entry, world

CARD = "borden-spreiden"
NL, EN = language("nl"), language("en")
WHO = {"body": "Werkgroep", "role": "professional", "reason": "Twaalf dagen zeggen genoeg."}


@pytest.fixture(autouse=True)
def _fewer_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("response.effects.chance.DRAWN", 499)


@pytest.fixture
def area() -> Area:
    return load_area("scheveningen")


def known(made: World, area: Area, card: str = CARD) -> Finding:
    return finding(card, made.taken, made.frozen, made.sums, read_playbook(area), read_measures(area))


def test_a_planted_effect_is_found_and_said_with_its_range_and_days(area: Area) -> None:
    found = known(world(area, effect=-0.25, to=0.2), area)
    assert found.state == "less"
    assert found.shares is not None
    effect, low, high = found.shares
    assert low < -0.25 < high
    said = verdict(found, NL)
    assert said.startswith("Minder druk dan verwacht: ongeveer ")
    assert said.endswith("%), 12 dagen.")
    assert f"{round(-100 * effect)}% ({round(-100 * high)} tot {round(-100 * low)}%)" in said
    assert found.neighbours is not None
    assert found.neighbours.effect > 0.1
    assert any("drukker" in one for one in grounds(found, area, NL))


def test_no_effect_is_not_said_to_be_one(area: Area) -> None:
    states = [known(world(area, seed, effect=0.0), area).state for seed in range(12)]
    assert states.count("less") + states.count("more") <= 2
    found = known(world(area, 3, effect=0.0, on=6), area)
    assert verdict(found, NL).startswith("Dit weten wij nog niet")
    assert verdict(found, EN).startswith("We do not know this yet")


def test_with_too_few_days_it_says_how_many_more(area: Area) -> None:
    for on in (1, 3):
        found = known(world(area, effect=-0.4, on=on), area)
        assert found.state == "unknown"
        assert found.needed is not None
        assert found.needed + on >= LEAST_DAYS
        assert f"nog ongeveer {found.needed} dagen nodig" in verdict(found, NL)


def test_one_day_that_carries_it_all_is_no_evidence(area: Area) -> None:
    made = world(area, effect=0.0, on=6)
    days = sorted(one.day for one in made.taken)
    sums = made.sums.copy()
    sums.loc[[days[0]]] *= 0.02
    found = known(replace(made, sums=sums), area)
    assert found.estimate is not None
    assert found.state == "unknown"


def test_each_day_that_does_not_count_says_why(area: Area) -> None:
    made = world(area, effect=-0.2)
    days = sorted(one.day for one in made.taken)
    sums, frozen, entries = made.sums.copy(), dict(made.frozen), list(made.entries)
    sums.loc[(days[0], "strand-pier", 2)] = np.nan
    del frozen[days[1]]
    late = frozen[days[2]]
    frozen[days[2]] = replace(late, cutoff=late.cutoff + timedelta(hours=20))
    entries.append(entry(area, days[3], "extra-regelaars", ("pier",)))
    sums.loc[[days[4]]] = 0.0
    other = next(day for day in frozen if day not in days)
    entries.append(entry(area, other, CARD, ("pier",)))
    another = next(day for day in frozen if day not in (*days, other))
    entries.append(entry(area, another, CARD, hours=(18, 23)))
    gone = next(one for one in entries if one.entry.happened.astimezone(area.tz).date() == days[5])
    entries[entries.index(gone)] = gone.model_copy(update={"struck": True})
    found = known(replace(made, sums=sums, frozen=frozen, taken=taken_on(entries, area)), area)
    assert dict(found.left) == {
        days[0]: "no counts",
        days[1]: "no forecast",
        days[2]: "after the decision",
        days[3]: "another measure",
        days[4]: "too few",
        other: "other places",
        another: "other hours",
    }
    assert len(found.treated) == 6
    assert {one.day for one in found.days if not one.treated}.isdisjoint({*days[:5], other, another})
    said = " ".join(grounds(found, area, NL))
    assert "van die dag is geen verwachting bewaard" in said
    assert "de tellingen van die dag kwamen niet" in said


def test_days_without_it_are_as_busy_by_their_forecast(area: Area) -> None:
    found = known(world(area), area)
    levels = [one.unit.level for one in found.treated]
    others = [one.unit.level for one in found.days if not one.treated]
    assert min(others) >= min(levels) - 0.2 - 1e-9
    assert max(others) <= max(levels) + 0.2 + 1e-9
    assert 5 < len(others) < 48


def test_hours_that_are_not_known_make_their_daypart_unknown(area: Area) -> None:
    hours = pd.date_range("2025-06-02", periods=24, freq="h", tz=area.tz).tz_convert("UTC")
    counts = pd.DataFrame({"zone_id": "pier", "hour": hours, "count": 10.0})
    counts.loc[counts["hour"].dt.tz_convert(area.tz).dt.hour == 13, "count"] = np.nan
    sums = daypart_sums(counts, area)
    assert [sums[date(2025, 6, 2), "pier", part] for part in (0, 1, 3)] == [60, 60, 60]
    assert np.isnan(sums[date(2025, 6, 2), "pier", 2])


def test_frozen_days_are_read_back_as_they_were_written(area: Area) -> None:
    made = world(area, n=3, on=1)
    assert read_frozen("auckland") == {}
    path = area_home(area.id) / "frozen.npz"
    save_frozen(list(made.frozen.values()), path)
    back = read_frozen(area.id)
    assert list(back) == list(made.frozen)
    for day, one in back.items():
        np.testing.assert_allclose(one.paths, made.frozen[day].paths, rtol=3e-4)
        assert (one.cutoff, one.snapshot) == (made.frozen[day].cutoff, made.frozen[day].snapshot)
    path.write_bytes(b"nonsense")
    with pytest.raises(UserError, match="damaged"):
        read_frozen(area.id)


def assumed(measures: Measures, measure: str) -> bool:
    return next(one.assumed for one in measures if one.id == measure)


def test_an_adopted_effect_is_used_as_measured_and_can_be_withdrawn(area: Area) -> None:
    found = known(world(area, effect=-0.25), area)
    assert assumed(known_measures(area), CARD)
    adopt_effect(area, found, **WHO)
    (used,) = [one for one in known_measures(area) if one.id == CARD]
    effect = measured_effect(found)
    assert not used.assumed
    assert used.effect.share.expected == pytest.approx(1 - effect.factor)  # type: ignore[union-attr]
    assert "Hier gemeten op 12 dagen, vastgesteld door Werkgroep" in used.source["nl"]
    assert "12 days" in used.source["en"]
    with pytest.raises(UserError, match="already"):
        adopt_effect(area, found, **WHO)
    withdraw_effect(area, CARD, **WHO)
    assert known_measures(area) == read_measures(area)
    assert [one.act for one in effect_decisions(area.id)] == ["adopt", "withdraw"]
    with pytest.raises(UserError, match="no effect is adopted"):
        withdraw_effect(area, CARD, **WHO)


def test_what_is_not_known_or_not_explained_is_not_adopted(area: Area) -> None:
    with pytest.raises(UserError, match="not known well enough"):
        adopt_effect(area, known(world(area, effect=-0.25, on=3), area), **WHO)
    found = known(world(area, effect=-0.25), area)
    for wrong, said in (({"reason": "ja"}, "one sentence"), ({"body": " "}, "which body")):
        with pytest.raises(UserError, match=said):
            adopt_effect(area, found, **WHO | wrong)
    with pytest.raises(UserError, match="no measure"):
        adopt_effect(area, replace(found, measure=None), **WHO)
    with pytest.raises(UserError, match="busier"):
        adopt_effect(area, known(world(area, effect=0.3), area), **WHO)
    assert adopted_effects(area.id) == {}
    (area_home(area.id)).mkdir(parents=True, exist_ok=True)
    (area_home(area.id) / FILE).write_text('{"version": 2}')
    with pytest.raises(UserError, match="damaged"):
        known_measures(area)


def test_the_figures_are_those_of_the_finding(area: Area) -> None:
    found = known(world(area, effect=-0.2), area)
    told = json.loads(findings_json([found], {}))["effects"][0]
    assert told == finding_figures(found)
    assert (told["days_with"], told["card"], told["measure"]) == (12, CARD, CARD)
    assert found.shares is not None
    assert told["effect"] == round(found.shares[0], 4)
    assert len(day_figures(found)) == len(found.days)
