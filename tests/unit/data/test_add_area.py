"""Adding an area: all of it or nothing, and what was there before stays until the new one is complete."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data.area.area import list_areas, load_area
from data.area.investigations import investigation_log
from data.area.sources import read_sources, record_decision
from data.area.twin_layer import twin_layer
from data.consent.gate import read
from data.keeping.home import area_home, home
from data.upkeep import adding
from data.upkeep.adding import NewArea, add_area
from language import LANGUAGES, UserError, language

ZONES = 'zone_id;name;lat;lon;kind\npier;De "Pier";52,117;4,281;promenade\nkade;Kade;52,098;4,266;quay\n'
COUNTS = "timestamp,zone_id,count\n2026-08-03 14:00,pier,5\n2026-08-03 15:00,pier,\n2026-08-03 15:00,kade,7.5\n"
WEATHER = (
    "timestamp,temp_c,rain_mm,wind_ms\n2026-08-03 14:00,21,0,5\n2026-08-03 15:00,22,0,4\n2026-08-03 16:00,20,1,6\n"
)
EVENTS = "event_id,name,zone_id,start,end,attendance\nm,Markt,kade,2026-08-03 09:00,2026-08-03 15:00,300\n"
START = datetime(2026, 8, 3, 11, tzinfo=UTC)


@pytest.fixture
def new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> NewArea:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    for name, text in [("zones.csv", ZONES), ("c.csv", COUNTS), ("w.csv", WEATHER), ("e.csv", EVENTS)]:
        (tmp_path / name).write_text(text, "utf-8")
    return NewArea(
        id="badplaats",
        names={"nl": 'Bad "Plaats"'},
        time_zone="Europe/Amsterdam",
        country="NL",
        school_region="Midden",
        counts=tmp_path / "c.csv",
        zones=tmp_path / "zones.csv",
        weather=tmp_path / "w.csv",
        events=tmp_path / "e.csv",
    )


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_added_area_is_an_area_like_any_other(new: NewArea) -> None:
    said = [notice(language("en")) for notice in add_area(new)]
    assert said[0] == ("Counts read: 2. Zones with counts: 2 of 2. From 3 Aug 2026 14:00 to 3 Aug 2026 15:00.")
    assert "badplaats" in list_areas()
    area = load_area("badplaats")
    assert (area.name(language("nl")), area.zone_ids, area.school_region) == (
        'Bad "Plaats"',
        ("pier", "kade"),
        "Midden",
    )
    assert area.zone("pier").name(language("nl")) == 'De "Pier"'
    assert (area.centre.lat, area.centre.lon) == (52.1075, 4.2735)
    assert 12 < area.centre.zoom < 15
    assert area.clock.mode == "live"
    assert {source.id: source.decided_by for source in read_sources("badplaats")} == {
        "imported-counts": "importer",
        "imported-weather": "importer",
        "imported-events": "importer",
    }


def test_counts_are_given_for_every_zone_and_hour(new: NewArea) -> None:
    add_area(new)
    counts = read(load_area("badplaats"), "counts", START, START + timedelta(hours=4))
    assert counts["zone_id"].tolist() == ["pier"] * 4 + ["kade"] * 4
    np.testing.assert_array_equal(counts["count"], [np.nan, 5, np.nan, np.nan, np.nan, np.nan, 7.5, np.nan])
    assert counts["hour"].iloc[0] == START


def test_weather_after_the_cutoff_is_what_was_forecast_then(new: NewArea) -> None:
    add_area(new)
    area, end = load_area("badplaats"), START + timedelta(days=1)
    cutoff = START + timedelta(hours=2)
    assert read(area, "weather", START, end)["temp_c"].tolist() == [21, 22, 20]
    assert read(area, "weather", START, end, cutoff=cutoff)["temp_c"].tolist() == [21]
    issues = [(cutoff - timedelta(hours=9), 10.0), (cutoff, 11.0), (cutoff + timedelta(hours=1), 99.0)]
    forecast = pd.DataFrame(
        [
            {"issued": issued, "hour": cutoff + timedelta(hours=ahead), "temp_c": temp, "rain_mm": 0.0, "wind_ms": 1.0}
            for issued, temp in issues
            for ahead in (-1, 0, 1)
        ]
    ).assign(sun_h=np.nan, cloud_okta=np.nan)
    forecast.to_parquet(area_home("badplaats") / "weather_forecast.parquet")
    known = read(area, "weather", START, end, cutoff=cutoff)
    assert known["temp_c"].tolist() == [21, 11, 11]
    assert known["origin"].tolist() == ["observed", "forecast", "forecast"]
    assert read(area, "weather", START, end, cutoff=cutoff - timedelta(hours=10))["temp_c"].tolist() == []


def test_events_that_overlap_the_period(new: NewArea) -> None:
    add_area(new)
    area = load_area("badplaats")
    assert read(area, "events", START, START + timedelta(hours=1))["event_id"].tolist() == ["m"]
    assert read(area, "events", START + timedelta(hours=2), START + timedelta(hours=9)).empty


def test_places_of_one_name_are_told_apart(new: NewArea) -> None:
    new.zones.write_text(ZONES.replace(";Kade;", ';De "Pier";'), "utf-8")
    add_area(new)
    area = load_area("badplaats")
    for code in LANGUAGES:
        assert [zone.name(language(code)) for zone in area.zones] == ['De "Pier" (pier)', 'De "Pier" (kade)']


def test_a_replayed_moment_is_the_areas_now(new: NewArea) -> None:
    add_area(replace(new, replay=datetime(2026, 8, 3, 8)))
    assert load_area("badplaats").now().isoformat() == "2026-08-03T08:00:00+02:00"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"id": "../elders"}, "cannot be the id of an area"),
        ({"id": "Hoofdletters"}, "cannot be the id of an area"),
        ({"time_zone": "Amsterdam"}, "'Amsterdam' is not a time zone"),
        ({"country": "Nederland"}, "'Nederland' is not a country code"),
        ({"id": "scheveningen"}, "ships with the project"),
        ({"counts": "nowhere.csv"}, "There is no file"),
        ({"zones": "nowhere.geojson"}, "There is no file"),
        ({"weather": "c.csv"}, "c.csv has no column 'temp_c'"),
        ({"events": "c.csv"}, "c.csv has no column 'event_id'"),
        ({"counts": "w.csv"}, "w.csv has zones that the zones file does not have"),
        (
            {"zones": "swapped.csv"},
            "swapped.csv, latitude and longitude look swapped: the zones lie 6871 km from Europe",
        ),
    ],
)
def test_nothing_is_kept_of_an_area_that_is_not_right(
    new: NewArea, tmp_path: Path, change: dict[str, Any], sentence: str
) -> None:
    (tmp_path / "swapped.csv").write_text(ZONES.replace("lat;lon", "lon;lat"))
    paths = ("counts", "zones", "weather", "events")
    change = {key: tmp_path / value if key in paths else value for key, value in change.items()}
    with pytest.raises(UserError) as refused:
        add_area(replace(new, **change))
    assert sentence in str(refused.value)
    assert files(home()) == {}


def test_an_area_that_exists_is_kept(new: NewArea) -> None:
    add_area(new)
    before = files(home())
    with pytest.raises(UserError, match="already"):
        add_area(new)
    assert files(home()) == before


def test_a_replacement_that_fails_leaves_the_old_area(new: NewArea, monkeypatch: pytest.MonkeyPatch) -> None:
    add_area(new)
    before = files(home())
    new.counts.write_text(COUNTS + "2026-08-03 16:00,pier,-1\n")
    with pytest.raises(UserError, match="Row 5"):
        add_area(new, replace=True)
    assert files(home()) == before

    def power_cut(*_: object) -> Iterator[str]:
        raise OSError("power cut")

    new.counts.write_text(COUNTS)
    monkeypatch.setattr(adding, "_sources_toml", power_cut)
    with pytest.raises(OSError, match="power cut"):
        add_area(new, replace=True)
    assert files(home()) == before


def test_a_swap_that_fails_puts_the_old_area_back(new: NewArea, monkeypatch: pytest.MonkeyPatch) -> None:
    add_area(new)
    before = files(home())
    rename = Path.rename

    def refuse_the_new_one(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("no space")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse_the_new_one)
    with pytest.raises(OSError, match="no space"):
        add_area(new, replace=True)
    assert files(home()) == before


def test_a_replacement_keeps_what_others_refer_to(new: NewArea) -> None:
    add_area(new)
    record_decision("badplaats", "imported-counts", "refused", "ethics working group")
    folder = area_home("badplaats")
    for name in ("snapshots/s1.json", "models/m.json", "effects.json"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")
    new.counts.write_text(COUNTS.replace("7.5", "8"))
    add_area(replace(new, weather=None, events=None, decided_by="ethics working group"), replace=True)
    kept = files(folder)
    assert {"snapshots/s1.json", "effects.json", "events.csv"} <= kept.keys()
    assert not {"models/m.json", "weather.parquet", "zones.csv"} & kept.keys()
    log = [json.loads(line) for line in kept["decisions.jsonl"].splitlines()]
    assert [(line["source"], line["decision"]) for line in log[:2]] == [
        ("imported-counts", "refused"),
        ("imported-counts", "approved"),
    ]
    counts = read(load_area("badplaats"), "counts", START, START + timedelta(hours=4))
    assert counts["count"].max() == 8


def test_a_replacement_can_be_pending_again(new: NewArea) -> None:
    add_area(new)
    record_decision("badplaats", "imported-counts", "approved", "ethics working group")
    add_area(replace(new, decision="pending"), replace=True)
    with pytest.raises(UserError, match="imported-counts"):
        read(load_area("badplaats"), "counts", START, START + timedelta(hours=1))


def test_counts_that_are_gone_or_damaged_are_named(new: NewArea) -> None:
    add_area(new)
    area, stored = load_area("badplaats"), area_home("badplaats") / "counts.parquet"
    stored.write_bytes(b"rubbish")
    with pytest.raises(UserError, match=r"counts\.parquet of area badplaats is damaged"):
        read(area, "counts", START, START + timedelta(hours=1))
    stored.unlink()
    with pytest.raises(UserError, match=r"has no counts\.parquet"):
        read(area, "counts", START, START + timedelta(hours=1))


def test_the_examples_in_the_docs_are_read_as_they_stand(new: NewArea, tmp_path: Path) -> None:
    docs = (Path(__file__).parents[3] / "docs/data-formats.md").read_text("utf-8")
    examples = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", docs, re.MULTILINE | re.DOTALL))
    for name, text in examples.items():
        (tmp_path / name).write_text(text, "utf-8")
    names = {"zones": "zones.csv", "weather": "weather.csv", "events": "events.csv"}
    paths: dict[str, Any] = {key: tmp_path / name for key, name in names.items()}
    add_area(replace(new, counts=tmp_path / "counts.csv", **paths))
    add_area(replace(new, counts=tmp_path / "counts-wide.csv", **paths), replace=True)
    for name in ("area.toml", "sources.toml", "zones.geojson", "twin.geojson"):
        (area_home("badplaats") / name).write_text(examples[name], "utf-8")
    area = load_area("badplaats")
    assert (area.access, area.zone("pier").names["en"]) == ("public", "The Pier")
    assert read(area, "counts", START, START + timedelta(hours=2))["count"].tolist()[1] == 812
    for name in ("decisions.jsonl", "investigations.jsonl"):
        (area_home("badplaats") / name).write_text(examples[name], "utf-8")
    assert read_sources("badplaats")[0].decision == "refused"
    assert [line.what for line in investigation_log("badplaats")] == ["allowed", "found"]
    layer = twin_layer(area)
    assert layer is not None
    assert (layer.name(language("nl")), layer.credit, len(layer.shapes)) == ("Gebouwen van de tweeling", "Gemeente", 1)
