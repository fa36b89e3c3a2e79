"""What a steward brings in: looked at first, never losing what was there, and undone with one click."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.__main__ import main
from data.area.area import Area, load_area
from data.area.settings import default_area, set_default_area
from data.area.sources import decision_log, read_sources, record_decision
from data.keeping.home import area_home
from data.upkeep.delivering import by_zone, look_at, take_in
from data.upkeep.earlier import KEPT, earlier, keep_earlier, put_back
from data.upkeep.event_calendar import COLUMNS, read_calendar, save_calendar
from language import UserError, language

ZONES = "zone_id,name,lat,lon\nmarkt,Markt,52.011,4.358\nstation,Station,52.007,4.356\n"


def counts(start: str, hours: int, factor: float = 1) -> pd.DataFrame:
    moments = pd.date_range(start, periods=hours, freq="h")
    return pd.concat(
        pd.DataFrame({"timestamp": moments, "zone_id": zone, "count": factor * (50 + 10 * np.arange(hours) % 70)})
        for zone in ("markt", "station")
    )


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    counts("2026-06-01", 24 * 21).to_csv(tmp_path / "first.csv", index=False)
    (tmp_path / "zones.csv").write_text(ZONES)
    names = ["testtown", "--name", "Testdorp", "--tz", "Europe/Amsterdam", "--country", "NL"]
    files = ["--counts", str(tmp_path / "first.csv"), "--zones", str(tmp_path / "zones.csv")]
    assert main(["add-area", *names, *files]) == 0
    return load_area("testtown")


def stored(area: Area, name: str = "counts.parquet") -> pd.DataFrame:
    return pd.read_parquet(area_home(area.id) / name)


def test_looking_changes_nothing_and_taking_in_lays_the_new_over_the_old(area: Area, tmp_path: Path) -> None:
    before = stored(area)
    path = tmp_path / "new.csv"
    table = counts("2026-06-21", 48)
    table["count"] = table["count"].map(lambda value: f"{value:.1f}".replace(".", ","))
    path.write_bytes(table.to_csv(index=False, sep=";").encode("cp1252"))
    found = look_at(area, "counts", path)
    pd.testing.assert_frame_equal(stored(area), before)
    assert (found.new, found.changed + found.new, found.stays) == (48, 96, len(before) - 48)
    assert by_zone(area, found, str)["known"].tolist() == [48, 48]
    take_in(area, found)
    after = stored(area).set_index(["zone_id", "hour"])["count"]
    assert len(after) == len(before) + 48
    delivered = found.frame.set_index(["zone_id", "hour"])["count"]
    assert (after[delivered.index] == delivered).all()
    rest = before.set_index(["zone_id", "hour"])["count"].drop(delivered.index, errors="ignore")
    assert (after[rest.index] == rest).all()
    (copy,) = earlier(area)
    pd.testing.assert_frame_equal(pd.read_parquet(copy.path), before)
    put_back(area, copy)
    pd.testing.assert_frame_equal(stored(area), before)
    assert len(earlier(area)) == 2


def test_an_unknown_count_does_not_take_the_place_of_a_known_one(area: Area, tmp_path: Path) -> None:
    before = stored(area)
    (tmp_path / "gap.csv").write_text("timestamp,zone_id,count\n2026-06-02T10:00,markt,\n2026-06-02T11:00,markt,3\n")
    found = look_at(area, "counts", tmp_path / "gap.csv")
    take_in(area, found)
    after = stored(area)
    assert after["count"].isna().sum() == before["count"].isna().sum()
    assert (found.new, found.changed) == (0, 1)


def test_a_jump_in_the_counts_is_doubted_before_it_is_taken_in(area: Area, tmp_path: Path) -> None:
    counts("2026-06-22", 48, factor=30).to_csv(tmp_path / "unit.csv", index=False)
    said = " ".join(notice(language("nl")) for notice in look_at(area, "counts", tmp_path / "unit.csv").doubts)
    assert "Markt" in said
    assert "keer" in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "not a spreadsheet that can be read"),
        (b"timestamp,zone_id,count\n2026-06-02T10:00,nowhere,5\n", "nowhere"),
        (b"timestamp,zone_id,count\n2026-06-02T10:00,markt,-5\n", "Row 2"),
        (b"timestamp,zone_id\n2026-06-02T10:00,markt\n", "no column 'count'"),
        (b"<html><body>error</body></html>", "HTML"),
        (bytes(range(128, 256)) * 40, "new.csv"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(area: Area, tmp_path: Path, content: bytes, sentence: str) -> None:
    before = stored(area)
    (tmp_path / "new.csv").write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        look_at(area, "counts", tmp_path / "new.csv")
    pd.testing.assert_frame_equal(stored(area), before)


def test_what_came_in_between_looking_and_taking_in_is_not_overwritten_unseen(area: Area, tmp_path: Path) -> None:
    counts("2026-06-22", 24).to_csv(tmp_path / "a.csv", index=False)
    first, second = (look_at(area, "counts", tmp_path / "a.csv") for _ in range(2))
    take_in(area, first)
    with pytest.raises(UserError, match="meanwhile"):
        take_in(area, second)


def test_shipped_counts_stay_and_new_weather_says_who_agreed(area: Area, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ship with the project"):
        look_at(load_area("scheveningen"), "counts", tmp_path / "first.csv")
    (tmp_path / "w.csv").write_text("timestamp,temp_c,rain_mm,wind_ms\n2026-06-02T10:00,18,0,3\n")
    found = look_at(area, "weather", tmp_path / "w.csv")
    with pytest.raises(UserError, match="who agreed"):
        take_in(area, found, agreed_by="  ")
    assert not (area_home(area.id) / "weather.parquet").exists()
    take_in(area, found, agreed_by='de "raad"')
    (weather,) = [source for source in read_sources(area.id) if source.kind == "weather"]
    assert (weather.decision, weather.decided_by) == ("approved", 'de "raad"')
    record_decision(area.id, weather.id, "refused", "gemeenteraad", "vergadering 3 juni")
    assert [line.decision for line in decision_log(area.id)] == ["approved", "refused"]
    assert decision_log(area.id)[1].reason == "vergadering 3 juni"


def test_the_oldest_copies_go(area: Area) -> None:
    for _ in range(KEPT + 3):
        keep_earlier(area, "counts.parquet")
    copies = earlier(area)
    assert len(copies) == KEPT
    put_back(area, copies[-1])
    assert len(earlier(area)) == KEPT


def events(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_the_calendar_is_written_whole_and_says_what_changed(area: Area) -> None:
    fair = (None, "  Kermis op  de Markt ", "markt", "2026-07-04 12:00", "2026-07-04 23:00", 2500)
    with pytest.raises(UserError, match="who agreed"):
        save_calendar(area, events(fair))
    saved = save_calendar(area, events(fair, fair), agreed_by="college")
    assert saved.added == ("kermis-op-de-markt-2026-07-04", "kermis-op-de-markt-2026-07-04-2")
    kept = read_calendar(area)
    assert kept["start"].iloc[0] == pd.Timestamp("2026-07-04T10:00Z")
    assert kept["name"].iloc[0] == "Kermis op de Markt"
    assert save_calendar(area, kept).nothing
    kept.loc[1, "attendance"] = 1_250_000
    saved = save_calendar(area, kept.drop(index=0))
    assert (saved.changed, saved.removed) == (("kermis-op-de-markt-2026-07-04-2",), ("kermis-op-de-markt-2026-07-04",))
    assert read_calendar(area)["attendance"].tolist() == [1_250_000]
    (source,) = [source for source in read_sources(area.id) if source.kind == "events"]
    assert source.decision == "approved"
    assert [copy.name for copy in earlier(area)] == ["events.csv"]


@pytest.mark.parametrize(
    "row",
    [
        (None, "", "markt", "2026-07-04 12:00", "2026-07-04 23:00", 10),
        (None, "Kermis", "elsewhere", "2026-07-04 12:00", "2026-07-04 23:00", 10),
        (None, "Kermis", None, "2026-07-04 12:00", "2026-07-04 23:00", 10),
        (None, "Kermis", "markt", "2026-07-04 12:00", "2026-07-04 11:00", 10),
        (None, "Kermis", "markt", None, "2026-07-04 11:00", 10),
        (None, "Kermis", "markt", "2026-07-04 10:00", "2026-07-04 11:00", None),
        (None, "Kermis", "markt", "2026-07-04 10:00", "2026-07-04 11:00", -1),
    ],
)
def test_an_incomplete_event_is_named_and_nothing_is_saved(area: Area, row: tuple[object, ...]) -> None:
    with pytest.raises(UserError, match="is not complete"):
        save_calendar(area, events(row))
    assert read_calendar(area).empty


def test_the_practice_calendar_can_be_changed_and_what_ships_stays(area: Area) -> None:
    practice = load_area("scheveningen")
    whole = read_calendar(practice)
    saved = save_calendar(practice, whole.iloc[1:])
    assert len(saved.removed) == 1
    assert len(read_calendar(practice)) == len(whole) - 1
    (copy,) = earlier(practice)
    put_back(practice, copy)
    assert len(read_calendar(practice)) == len(whole)


def test_the_default_area(area: Area) -> None:
    assert default_area() == "scheveningen"
    set_default_area(area.id)
    assert default_area() == area.id
    with pytest.raises(UserError, match="no area 'atlantis'"):
        set_default_area("atlantis")
    (area_home(area.id) / "area.toml").unlink()
    assert default_area() == "scheveningen"
