"""Whatever one source does, the night goes on: the others are fetched, models trained, the forecast issued."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import data.connectors.tables as tables
from data.area.area import Area
from data.area.sources import read_sources
from data.keeping.failing import told
from data.keeping.home import area_home
from data.upkeep.fetch_status import read_status
from data.upkeep.fetching import fetch
from forecasting.update import update
from language import UserError, language
from tests.unit.small_town import small_town

NL = language("nl")
AT = datetime(2026, 8, 3, 6, tzinfo=UTC)
UNFORESEEN = [
    ValueError("12 is not a number"),
    KeyError("hourly"),
    RecursionError("maximum recursion depth exceeded"),
    MemoryError(),
    AssertionError("what?"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    StopIteration(),
    OSError("without a number or a file"),
]


@pytest.fixture
def area(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Area:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    hours = pd.date_range(AT - timedelta(days=40), AT, freq="h", inclusive="left")
    town = small_town(tmp_path, hours, replay=datetime(2026, 8, 3, 8))
    counts = area_home(town.id) / "sources.toml"
    counts.write_text(
        counts.read_text()
        + '[source.connector]\nkind = "table"\nfolder = "counts-in"\n'
        + "".join(
            f'[[source]]\nid = "{name}"\nkind = "{kind}"\nprovider = "file"\ntitle = {{ nl = "Bron {name}" }}\n'
            f'decision = "approved"\n[source.connector]\n{connector}\n'
            for name, kind, connector in (
                ("weather", "weather", 'kind = "knmi"\nstation = 330\nfolder = "weather-in"'),
                ("agenda", "events", 'kind = "ics"\nfolder = "agenda-in"\nzone = "pier"\nattendance = 10'),
                ("table", "events", 'kind = "table"\nfolder = "table-in"'),
            )
        )
    )
    for folder, name, text in (
        ("counts-in", "c.csv", "timestamp,zone_id,count\n2026-08-03 07:00,pier,10\n"),
        ("weather-in", "w.txt", "# STN,YYYYMMDD,HH,FH,T,SQ,RH,N\n330,20260801,1,50,181,0,0,8\n"),
        (
            "agenda-in",
            "a.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART:20260805T100000Z\nDTEND:20260805T120000Z\n"
            "END:VEVENT\nEND:VCALENDAR\n",
        ),
        (
            "table-in",
            "e.csv",
            "event_id,name,zone_id,start,end,attendance\nb,B,kade,2026-08-06 10:00,2026-08-06 12:00,5\n",
        ),
    ):
        (area_home(town.id) / folder).mkdir()
        (area_home(town.id) / folder / name).write_text(text)
    return town


def raising(error: Exception) -> Any:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


PLACES = {
    "data.connectors.tables.counts": {"imported-counts"},
    "data.connectors.knmi.weather": {"weather"},
    "data.connectors.ics.events": {"agenda"},
    "data.connectors.tables.events": {"table"},
    "data.upkeep.fetching.merge_events": {"agenda", "table"},
}


@pytest.mark.parametrize(
    ("place", "error"),
    [
        *(("data.connectors.ics.events", error) for error in UNFORESEEN),
        *((place, KeyError("hourly")) for place in PLACES if not place.endswith("ics.events")),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_any_error_is_that_sources_failure(
    area: Area, monkeypatch: pytest.MonkeyPatch, place: str, error: Exception
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(place, raising(error))
        results = {result.source.id: result for result in fetch(area, now=AT)}
    failed = {name for name, result in results.items() if result.failure}
    assert failed == PLACES[place]
    source = min(failed)
    failure = results[source].failure
    assert isinstance(failure, UserError)
    assert failure.say(NL) != failure.say(language("en"))
    status = read_status(area.id)[source]
    assert status.last_failure is not None
    assert status.last_failure.error.say(NL) == failure.say(NL)
    json.dumps(results[source].to_dict(NL))
    assert not any(result.failure for result in fetch(area, now=AT))


@pytest.mark.parametrize("error", UNFORESEEN[:4], ids=lambda error: type(error).__name__)
def test_the_night_goes_on(area: Area, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    monkeypatch.setattr("data.connectors.ics.events", raising(error))
    done = update(area, AT, jobs=1)
    assert not done.complete
    assert {result.source.id for result in done.fetched if not result.failure} == {
        "imported-counts",
        "weather",
        "table",
    }
    assert done.fitted == area.zone_ids
    assert done.new
    assert "Bron agenda: mislukt." in done.text(NL)


@pytest.mark.parametrize("step", ["fetch", "train", "obtain", "read_scores"])
def test_a_step_that_breaks_stops_no_other(area: Area, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    update(area, AT, jobs=1)
    monkeypatch.setattr(f"forecasting.update.{step}", raising(KeyError("zone")))
    done = update(area, AT + timedelta(hours=1), jobs=1)
    assert len(done.failures) == 1
    assert not done.complete
    assert done.snapshot is not None
    assert done.new == (step != "obtain")


def test_one_file_that_nobody_can_read_costs_that_file(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = area_home(area.id) / "counts-in"
    (folder / "d.csv").write_text("timestamp,zone_id,count\n2026-08-03 06:00,kade,4321\n")
    read = tables.read_counts

    def some(path: Path, *rest: Any, **more: Any) -> Any:
        if path.name == "c.csv":
            raise RecursionError
        return read(path, *rest, **more)

    monkeypatch.setattr(tables, "read_counts", some)
    results = {result.source.id: result for result in fetch(area, now=AT, source_id="imported-counts")}
    assert results["imported-counts"].failure is not None
    assert "c.csv" in results["imported-counts"].failure.say(NL)
    assert results["imported-counts"].changed + results["imported-counts"].new == 1


def test_sources_in_a_folder_that_is_no_folder(area: Area) -> None:
    (area_home(area.id) / "agenda-in" / "a.ics").unlink()
    (area_home(area.id) / "agenda-in").rmdir()
    (area_home(area.id) / "agenda-in").write_text("a file")
    results = {result.source.id: result.failure for result in fetch(area, now=AT)}
    assert [name for name, failure in results.items() if failure] == ["agenda"]
    assert len(read_sources(area.id)) >= 4


def test_what_is_told_names_the_place_in_the_code_and_no_content() -> None:
    try:
        raise KeyError("secret of a visitor")
    except KeyError as error:
        said = told(error).say(NL)
    assert "test_one_source_fails.py" in said
    assert "KeyError" in said
    assert "secret" not in said
    assert (
        told(UserError("There are no files in {folder}. Put them there, or mend sources.toml.", folder="x"))
        .say(NL)
        .startswith("Er zijn geen bestanden in x")
    )
