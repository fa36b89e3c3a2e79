"""The practice world: what was done by a rule, the effects that were planted, and what the method makes of them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area, load_area
from data.consent.practised import practised_counts
from data.keeping.home import SHIPPED
from language import UserError
from response.actions.practice import FILE, ROLE, logged, practice_entries
from response.effects import frozen
from response.effects.finding import Finding
from response.effects.frozen import read_frozen
from response.effects.practising import make, write_actions
from response.effects.reading import findings


@pytest.fixture(scope="module")
def area() -> Area:
    return load_area("scheveningen")


@pytest.fixture(scope="module")
def found(area: Area, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        return {one.card: one for one in findings(area)}


def test_what_ships_is_small_and_what_was_done_follows_from_the_rule(area: Area, tmp_path: Path) -> None:
    folder = SHIPPED / area.id
    assert (folder / frozen.FILE).stat().st_size + (folder / FILE).stat().st_size < 5_000_000
    write_actions(area, list(read_frozen(area.id).values()), tmp_path / FILE)
    assert (tmp_path / FILE).read_text("utf-8") == (folder / FILE).read_text("utf-8")


def test_each_forecast_was_made_before_its_day_began(area: Area) -> None:
    for day, one in read_frozen(area.id).items():
        assert one.cutoff.astimezone(area.tz).date() < day
        assert one.paths.shape[2] == frozen.PATHS


def test_practice_says_so_and_stands_in_no_other_area(area: Area) -> None:
    entries = practice_entries(area)
    assert len(entries) > 40
    assert {(one.role, one.entry.practice, one.entry.missing) for one in entries} == {(ROLE, True, ())}
    assert practice_entries(load_area("auckland")) == ()
    assert logged(area, missing=True) == []
    assert len(logged(area, most=3)) == 3
    with pytest.raises(UserError, match="no practice world"):
        make(load_area("auckland"), Path("/nowhere"), Path("/nowhere"), print)


def test_the_planted_factor_is_in_the_counts_of_those_hours_and_places_only(area: Area) -> None:
    start, end = datetime(2025, 6, 1, tzinfo=UTC), datetime(2025, 6, 15, tzinfo=UTC)
    plain = practised_counts(area, start, end, {})
    days = {date(2025, 6, one): ["strandweg-autovrij"] for one in range(2, 14)}
    done = practised_counts(area, start, end, days)
    local = plain["hour"].dt.tz_convert(area.tz)
    inside = local.dt.hour.between(12, 17) & plain["zone_id"].isin(["boulevard-zuid", "strand-zuid"])
    inside &= local.dt.date.isin(days)
    assert done["count"][inside].sum() / plain["count"][inside].sum() == pytest.approx(0.8, abs=0.005)
    pd.testing.assert_series_equal(done["count"][~inside], plain["count"][~inside])
    assert (done["count"].dropna() % 1 == 0).all()
    assert done["count"].isna().equals(plain["count"].isna())


@pytest.mark.parametrize(
    ("card", "planted"), [("borden-spreiden", -0.1), ("extra-regelaars", 0.0), ("strandweg-autovrij", -0.2)]
)
def test_each_planted_effect_lies_in_its_range(found: dict[str, Finding], card: str, planted: float) -> None:
    one = found[card]
    assert one.practice
    assert one.shares is not None
    assert one.shares[1] <= planted <= one.shares[2]
    assert one.state == ("less" if planted == -0.2 else "unknown")
    assert all(day.snapshot for day in one.treated)


def test_every_practice_day_counts_or_says_why(found: dict[str, Finding], area: Area) -> None:
    rows = json.loads((SHIPPED / area.id / FILE).read_text("utf-8"))["actions"]
    for card, one in found.items():
        days = [row["day"] for row in rows if row["card"] == card]
        told = [day.day.isoformat() for day in one.treated] + [day.isoformat() for day, _ in one.left]
        assert sorted(told) == sorted(days)
        assert {why for _, why in one.left} <= {"no counts"}
        assert np.isfinite([day.unit.difference for day in one.days]).all()
