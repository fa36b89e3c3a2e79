"""Effects against known answers: a published table, tea tasting, and lots that can be counted."""

from math import comb
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from response.effects.chance import labelings, permutation_p
from response.effects.differences import difference_in_differences

TABLE = Path(__file__).parent / "organ_donations.csv"


def organ_donations() -> pd.DataFrame:
    """California asked for an active choice from the third quarter of 2011 on; the other states did not."""
    wide = pd.read_csv(TABLE, comment="#")
    long = wide.melt("state", var_name="time", value_name="value").rename(columns={"state": "unit"})
    return long.assign(treated=((long["unit"] == "California") & (long["time"] >= "2011Q3")).astype(int))


def test_the_published_table_gives_the_published_effect() -> None:
    """As fixest, pyfixest and the textbook that the table comes with (Huntington-Klein, The Effect, chapter 18)."""
    found = difference_in_differences(organ_donations())
    assert found.effect == pytest.approx(-0.022459, abs=5e-7)
    assert found.se == pytest.approx(0.006131, abs=5e-7)
    assert (found.units, found.rows) == (27, 162)
    assert found.low < found.effect < found.high < 0


@pytest.mark.parametrize("seed", range(5))
def test_an_effect_is_found_whatever_units_and_times_are_like(seed: int) -> None:
    draw = np.random.default_rng(seed)
    units, times = 8, 10
    value = draw.normal(0, 9, units)[:, None] + draw.normal(0, 9, times)[None, :]
    treated = np.zeros((units, times))
    treated[:3, 6:] = 1
    unit, time = np.indices((units, times))
    table = pd.DataFrame({"unit": unit.ravel(), "time": time.ravel(), "treated": treated.ravel()})
    table["value"] = (value + 4 * treated).ravel()
    table.loc[draw.choice(len(table), 12, replace=False), "value"] = np.nan
    found = difference_in_differences(table)
    assert found.effect == pytest.approx(4)
    assert found.rows == 68


def test_where_nothing_tells_the_effect_apart_nothing_is_said() -> None:
    table = organ_donations()
    for treated in (0, 1, (table["time"] >= "2011Q3").astype(int)):
        with pytest.raises(ValueError, match="nothing tells"):
            difference_in_differences(table.assign(treated=treated))
    with pytest.raises(ValueError, match="two units"):
        difference_in_differences(table[table["unit"] == "California"])


def test_a_lady_who_tells_all_eight_cups_right_is_lucky_once_in_70() -> None:
    poured = np.array([True, False, False, True, True, False, True, False])
    assert permutation_p(poured.astype(float), poured, alternative="greater") == 1 / 70
    assert permutation_p(poured.astype(float), poured) == 2 / 70
    one_wrong = poured.astype(float)
    one_wrong[[0, 1]] = one_wrong[[1, 0]]
    assert permutation_p(one_wrong, poured, alternative="greater") == 17 / 70, "1 + 16, as in Fisher's table"


def test_five_days_on_and_five_off_give_two_in_252_at_best() -> None:
    on = np.array([True, False] * 5)
    best = np.where(on, 90.0, 100.0) + np.arange(10) / 10
    assert permutation_p(best, on) == 2 / 252
    assert permutation_p(best, on, alternative="less") == 1 / 252
    assert permutation_p(best, on, alternative="greater") == 1


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=9), st.data())
def test_a_chance_is_the_share_of_all_lots(values: list[int], data: st.DataObject) -> None:
    k = data.draw(st.integers(1, len(values) - 1))
    on = np.arange(len(values)) < k
    p = permutation_p(np.array(values, float), on)
    total = comb(len(values), k)
    assert p * total == pytest.approx(round(p * total))
    assert 1 / total <= p <= 1
    assert permutation_p(-np.array(values, float), on) == pytest.approx(p)


def test_many_lots_are_drawn_the_same_way_each_time() -> None:
    values, on = np.random.default_rng(3).normal(size=40), np.arange(40) < 12
    sets, complete = labelings(40, 12, seed=5)
    assert not complete
    assert (sets.sum(axis=1) == 12).all()
    assert permutation_p(values, on, seed=5) == permutation_p(values, on, seed=5) > 0
    assert permutation_p(values + 20.0 * on, on) == 1 / (len(sets) + 1), "never nothing"
    with pytest.raises(ValueError, match="with and without"):
        permutation_p(values, np.ones(40, dtype=bool))
