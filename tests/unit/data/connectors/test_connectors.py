"""Fetching from a server on this machine that answers as documented, wrongly, slowly or not at all."""

import io
import json
import threading
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

from data.area.area import Area, Centre, load_area
from data.area.connector_settings import Connector
from data.area.sources import read_sources, record_decision
from data.area.zone import Zone
from data.area.zones import zones_geojson
from data.connectors import ics, knmi, open_meteo
from data.connectors.client import Client, Limits
from data.connectors.doubts import doubts
from data.consent import gate
from data.keeping.home import area_home
from data.keeping.locking import locked
from data.upkeep.fetch_status import read_status
from data.upkeep.fetching import Fetched, fetch
from data.upkeep.freshness import stale
from language import UserError, language

NOW = datetime(2026, 8, 3, 9, tzinfo=UTC)
AREA = Area(
    id="badplaats",
    names={"nl": "Badplaats"},
    time_zone="Europe/Amsterdam",
    country="NL",
    measure="passages",
    centre=Centre(lat=52.1, lon=4.2),
    zones=(
        Zone(zone_id="pier", names={"nl": "De Pier"}, kind="promenade", geometry=box(4.27, 52.11, 4.29, 52.12)),
        Zone(zone_id="kade", names={"nl": "Kade"}, kind="sensor", geometry=Point(4.26, 52.1)),
    ),
)
NL = language("nl")
FAST = Limits(connect=10, read=10, total=30, megabytes=1, tries=2, backoff=0.01)
IMPATIENT = Limits(connect=10, read=1, total=1.5, megabytes=1, tries=1, backoff=0.01)


class Server:
    """Answers a path with what ``answers`` holds: status, body, headers; or a function of the query."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                parts = urlsplit(self.path)
                answer = outer.answers.get(parts.path, (404, b"", {}))
                if callable(answer):
                    answer = answer({key: value[0] for key, value in parse_qs(parts.query).items()})
                status, body, headers = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for chunk in [body] if isinstance(body, bytes) else body:
                    try:
                        self.wfile.write(chunk)
                    except OSError:
                        return

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    return tmp_path


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def configured(*tables: str, decision: str = "approved") -> None:
    """Write sources, each given as ``kind`` and the lines of its connector."""
    text = ""
    for table in tables:
        kind, _, connector = table.partition("|")
        own = "own_network = true\n" if "http://127.0.0.1" in connector else ""
        text += (
            f'[[source]]\nid = "{kind}"\nkind = "{kind}"\nprovider = "file"\ntitle = {{ nl = "Bron {kind}" }}\n'
            f'decision = "{decision}"\n[source.connector]\n{connector}\n{own}'
        )
    area_home(AREA.id).mkdir(parents=True, exist_ok=True)
    (area_home(AREA.id) / "sources.toml").write_text(text)


def fetched(limits: Limits = FAST, **more: Any) -> list[Fetched]:
    return fetch(AREA, now=NOW, client=Client(Limits(**{**vars(limits), "cache_minutes": 0})), **more)


def meteo(first: date, last: date, **wrong: Any) -> tuple[int, bytes, dict[str, str]]:
    """Answer as Open-Meteo does: temperature is the hour of the day, and rain that of the stamp in tenths."""
    stamps = pd.date_range(first, pd.Timestamp(last) + pd.Timedelta(hours=23), freq="h")
    hour = stamps.hour.to_numpy(float)
    answer: dict[str, Any] = {
        "utc_offset_seconds": 0,
        "hourly_units": {
            "time": "iso8601",
            "temperature_2m": "°C",
            "precipitation": "mm",
            "wind_speed_10m": "m/s",
            "sunshine_duration": "s",
            "cloud_cover": "%",
        },
        "hourly": {
            "time": [f"{stamp:%Y-%m-%dT%H:%M}" for stamp in stamps],
            "temperature_2m": hour.tolist(),
            "precipitation": (hour / 10).tolist(),
            "wind_speed_10m": [4.0] * len(stamps),
            "sunshine_duration": [1800.0] * len(stamps),
            "cloud_cover": [50] * len(stamps),
        },
    }
    for name, value in wrong.items():
        part = answer["hourly"] if name in answer["hourly"] else answer
        part[name] = value
    return 200, json.dumps(answer).encode(), {"Content-Type": "application/json"}


def meteo_server(server: Server) -> None:
    today = datetime.now(UTC).date()
    server.answers["/v1/forecast"] = lambda query: meteo(
        today - timedelta(days=int(query["past_days"])), today + timedelta(days=int(query["forecast_days"]) - 1)
    )
    server.answers["/v1/archive"] = lambda query: meteo(
        date.fromisoformat(query["start_date"]), date.fromisoformat(query["end_date"])
    )


def test_open_meteo_comes_through_the_gate_as_observed_and_forecast(server: Server) -> None:
    meteo_server(server)
    now = datetime.now(UTC)
    since = (now - timedelta(days=20)).date()
    configured(f'weather|kind = "open-meteo"\nurl = "{server.url}"\nsince = {since}')
    client = Client(FAST)
    (first,) = fetch(AREA, now=now, client=client)
    assert first.failure is None
    assert first.new > 20 * 24
    assert "wind_speed_unit=ms" in server.asked[0]
    assert "timezone=UTC" in server.asked[0]
    asked = len(server.asked)
    (again,) = fetch(AREA, now=now, client=client)
    assert (again.new, again.changed) == (0, 0)
    assert len(server.asked) == asked or len(server.asked) == asked + 1  # the cache answered (the archive asks less)

    hour = pd.Timestamp(now).floor("h")
    weather = gate.read(AREA, "weather", hour - timedelta(hours=48), hour + timedelta(hours=48), cutoff=hour)
    assert len(weather) == 96
    assert (weather["origin"] == "observed").sum() == 48
    of_day = weather["hour"].dt.hour
    assert (weather["temp_c"] == of_day).all()
    assert weather["rain_mm"].to_numpy() == pytest.approx(((of_day + 1) % 24 / 10).to_numpy())
    assert (weather["sun_h"] == 0.5).all()
    assert (weather["cloud_okta"] == 4).all()


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ((200, b"<!DOCTYPE html><p>Maintenance", {}), "does not answer with hourly JSON"),
        ((200, meteo(date(2026, 8, 1), date(2026, 8, 2))[1][:300], {}), "does not answer with hourly JSON"),
        ((200, b"", {}), "does not answer with hourly JSON"),
        ((200, b"[1]", {}), "does not answer with hourly JSON"),
        (meteo(date(1826, 8, 1), date(1826, 8, 2)), "impossible dates (1826-08-01)"),
        (meteo(date(2226, 8, 1), date(2226, 8, 2)), "impossible dates"),
        (meteo(date(2026, 8, 1), date(2026, 8, 1), temperature_2m=[215.0] * 24), "temp_c is 215"),
        (meteo(date(2026, 8, 1), date(2026, 8, 1), temperature_2m=[20.0] * 23), "does not answer with hourly JSON"),
        (meteo(date(2026, 8, 1), date(2026, 8, 1), utc_offset_seconds=7200), "does not answer with hourly JSON"),
        ((500, b"oops", {}), "answers with error 500"),
        ((404, b"", {}), "answers with error 404"),
        ((302, b"", {"Location": "https://elsewhere.example/v1"}), "sends on to elsewhere.example"),
        ((302, b"", {"Location": "/v1/forecast"}), "keeps sending on"),
        ((200, b" " * (2 * 2**20), {}), "more than 1 MB"),
        ((200, b"short", {"Content-Length": "900"}), "cannot be reached, or broke off"),
    ],
)
def test_a_source_that_answers_wrongly_changes_nothing(server: Server, answer: Any, sentence: str) -> None:
    server.answers["/v1/forecast"] = answer
    configured(f'weather|kind = "open-meteo"\nurl = "{server.url}"')
    (result,) = fetched()
    assert sentence in str(result.failure)
    assert not list(area_home(AREA.id).glob("*.parquet"))
    status = read_status(AREA.id)["weather"]
    assert status.last_success is None
    assert status.last_failure is not None
    assert status.last_failure.error.say(NL) == result.failure.say(NL)


def test_a_slow_source_is_given_up_in_time(server: Server) -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(300):
            time.sleep(0.1)
            yield b" "

    server.answers["/v1/forecast"] = lambda _: (200, drip(), {})
    configured(f'weather|kind = "open-meteo"\nurl = "{server.url}"')
    (result,) = fetched(IMPATIENT)
    assert "takes too long" in str(result.failure)


def test_a_source_in_trouble_is_asked_again(server: Server) -> None:
    tries = iter([(503, b"", {}), (200, b"fine", {})])
    server.answers["/x"] = lambda _: next(tries)
    assert Client(FAST, own_network=True).get(f"{server.url}/x", bytes).value == b"fine"


@pytest.mark.parametrize("url", ["http://example.org/x", "ftp://example.org/x", "file:///etc/passwd", "example.org"])
def test_only_https_is_asked(url: str) -> None:
    with pytest.raises(UserError, match="not https"):
        Client(FAST).get(url, bytes)


def test_nobody_there() -> None:
    with pytest.raises(UserError, match="cannot be reached"):
        Client(FAST, own_network=True).get("http://127.0.0.1:9/x", bytes)


UURGEG = """# SOURCE: KONINKLIJK NEDERLANDS METEOROLOGISCH INSTITUUT (KNMI)
# HH       : tijd (HH uur, UT); uur 1 loopt van 0.00 uur tot 1.00 uur
#
# STN,YYYYMMDD,   HH,   DD,   FH,   FF,   FX,    T, T10N,   TD,   SQ,    Q,   DR,   RH,    P,   VV,    N,    U
#
  330,20260801,    1,  200,   50,   50,   70,  181,     ,  150,    0,    0,    0,   -1,10150,     ,    8,   80
  330,20260801,   24,  200,   40,   50,   70,  205,     ,  150,   -1,    0,    0,   12,10150,     ,    9,   80
  330,20260802,    1,  200,     ,   50,   70,  -15,     ,  150,   10,    0,    0,    0,10150,     ,     ,   80
  215,20260801,    1,  200,   99,   50,   70,  999,     ,  150,    0,    0,    0,    0,10150,     ,    8,   80
"""


@pytest.mark.parametrize("packed", [False, True])
def test_knmi_hours_end_at_their_number(packed: bool) -> None:
    content = UURGEG.encode()
    if packed:
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w") as archive:
            archive.writestr("uurgeg_330_2021-2030.txt", content)
        content = whole.getvalue()
    frame = knmi.parsed(content, Connector(kind="knmi", folder="x", station=330), NOW)
    assert frame["hour"].tolist() == [
        pd.Timestamp("2026-08-01 00:00", tz="UTC"),
        pd.Timestamp("2026-08-01 23:00", tz="UTC"),
        pd.Timestamp("2026-08-02 00:00", tz="UTC"),
    ]
    assert frame["temp_c"].tolist() == [18.1, 20.5, -1.5]
    assert frame["rain_mm"].tolist() == [0, 1.2, 0]
    assert frame["sun_h"].tolist() == [0, 0, 1]
    assert frame["wind_ms"].tolist()[:2] == [5, 4]
    assert np.isnan(frame["wind_ms"][2])
    assert frame["cloud_okta"].tolist()[:2] == [8, 9]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("<html>", "does not answer with uurgeg"),
        (UURGEG.replace("  330,", "  240,"), "no hours of station 330"),
        (UURGEG.replace("20260801", "20269901"), "Row 6 of KNMI: '20269901' is not a time"),
        (UURGEG.replace("20260801", "20660801"), "impossible dates"),
        (UURGEG.replace("   24,", "   25,"), "Row 7 of KNMI: '25' is not a time"),
        (UURGEG.replace(",    1,", ",    2,").replace(",   24,", ",    2,"), "same hour twice"),
        ("PK\x03\x04 no zip", "KNMI is damaged and cannot be unpacked"),
    ],
)
def test_a_wrong_knmi_file_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        knmi.parsed(text.encode(), Connector(kind="knmi", folder="x", station=330), NOW)


def test_knmi_from_a_folder() -> None:
    configured('weather|kind = "knmi"\nstation = 330\nfolder = "knmi"')
    assert "There are no files" in str(fetched()[0].failure)
    (area_home(AREA.id) / "knmi").mkdir()
    (area_home(AREA.id) / "knmi" / "uurgeg_330.txt").write_text(UURGEG)
    (result,) = fetched()
    assert (result.failure, result.new, result.changed) == (None, 3, 0)


def test_counts_from_a_watched_folder_one_bad_file_loses_nothing() -> None:
    configured('counts|kind = "table"\nfolder = "incoming"\npattern = "*.csv"')
    folder = area_home(AREA.id) / "incoming"
    folder.mkdir()
    (folder / "a.csv").write_text("timestamp,zone_id,count\n2026-08-01 10:00,pier,10\n2026-08-01 11:00,pier,\n")
    (folder / "b.csv").write_text("<html>")
    (folder / "c.csv").write_text("timestamp,zone_id,count\n2126-08-01 10:00,pier,10\n")
    (result,) = fetched()
    assert result.new == 1
    assert "b.csv is not a CSV file but HTML" in str(result.failure)
    (folder / "b.csv").write_text("timestamp,zone_id,count\n2026-08-01 10:00,pier,12\n2026-08-01 12:00,kade,5\n")
    (folder / "c.csv").unlink()
    (result,) = fetched()
    assert (result.failure, result.new, result.changed) == (None, 1, 1)
    assert fetched()[0].new == 0
    counts = gate.read(AREA, "counts", datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 2, tzinfo=UTC))
    assert counts.dropna()["count"].tolist() == [12, 5]
    (folder / "d.csv").write_text("timestamp,zone_id,count\n2026-08-01 10:00,pier,\n2026-08-01 13:00,kade,6\n")
    assert fetched()[0].new == 1
    assert len(pd.read_parquet(area_home(AREA.id) / "counts.parquet").dropna()) == 3


def test_one_failing_source_takes_no_other_with_it(server: Server) -> None:
    server.answers["/counts.csv"] = (200, b"timestamp,zone_id,count\n2026-08-01 10:00,pier,10\n", {})
    configured(
        f'weather|kind = "open-meteo"\nurl = "{server.url}"', f'counts|kind = "table"\nurl = "{server.url}/counts.csv"'
    )
    weather, counts = fetched()
    assert weather.failure is not None
    assert (counts.failure, counts.new) == (None, 1)
    assert "mislukt" in weather.text(NL)
    assert "1 nieuwe rijen" in counts.text(NL)
    assert counts.to_dict(NL)["last"] == "2026-08-01T08:00:00+00:00"


@pytest.mark.parametrize("decision", ["pending", "refused"])
def test_a_source_without_approval_is_not_asked(server: Server, decision: str) -> None:
    configured(f'weather|kind = "open-meteo"\nurl = "{server.url}"', decision=decision)
    (result,) = fetched()
    assert "may not be read" in str(result.failure)
    assert server.asked == []
    record_decision(AREA.id, "weather", "approved", "klankbordgroep")
    fetched()
    assert server.asked


def test_a_full_disk_keeps_what_was_there(monkeypatch: pytest.MonkeyPatch) -> None:
    configured('counts|kind = "table"\nfolder = "incoming"')
    folder = area_home(AREA.id) / "incoming"
    folder.mkdir()
    (folder / "a.csv").write_text("timestamp,zone_id,count\n2026-08-01 10:00,pier,10\n")
    fetched()
    before = (area_home(AREA.id) / "counts.parquet").read_bytes()
    (folder / "b.csv").write_text("timestamp,zone_id,count\n2026-08-01 11:00,pier,10\n")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pd.DataFrame, "to_parquet", full)
        assert "No space left" in str(fetched()[0].failure)
    assert (area_home(AREA.id) / "counts.parquet").read_bytes() == before
    assert fetched()[0].new == 1


def test_two_at_once_are_refused() -> None:
    configured('counts|kind = "table"\nfolder = "incoming"')
    with locked(AREA.id, "fetch"), pytest.raises(UserError, match="Another process"):
        fetched()


EVENT = """BEGIN:VEVENT
UID:{uid}
SUMMARY:{name}
DTSTART{start}
{more}
END:VEVENT
"""
TIMES = ":20260807T200000Z\nDTEND:20260807T213000Z"


def calendar(*events: str) -> bytes:
    text = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + "".join(events) + "END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def event(uid: str, more: str = "", start: str = TIMES) -> str:
    return EVENT.format(uid=uid, name=f"Event {uid}", start=start, more=more or "X-COMMENT:x")


def test_a_calendar_becomes_events() -> None:
    content = calendar(
        event("a", "LOCATION:Strand bij de pier\nX-ATTENDANCE:15000"),
        event("b", "GEO:52.115;4.28", start=";TZID=Europe/Amsterdam:20260807T220000\nDURATION:PT2H"),
        event("c", start=";VALUE=DATE:20260808"),
        event("d", "STATUS:CANCELLED"),
        event("e", "RRULE:FREQ=DAILY;COUNT=3"),
        event("f", start=":20260807T200000Z\nDTEND:20260807T190000Z"),
    )
    read = ics.parsed([content], AREA, Connector(kind="ics", folder="x", zone="kade", attendance=500), NOW)
    rows = read.frame.set_index("event_id")
    assert sorted(rows.index) == ["a", "b", "c", "e", "e-20260808T2000", "e-20260809T2000"]
    assert rows.loc[["a", "b", "c", "e"], "zone_id"].tolist() == ["pier", "pier", "kade", "kade"]
    assert rows.loc["a", "attendance"] == 15000
    assert rows.loc["b", "start"] == pd.Timestamp("2026-08-07 20:00", tz="UTC")
    assert rows.loc["b", "end"] == pd.Timestamp("2026-08-07 22:00", tz="UTC")
    assert rows.loc["c", "start"] == pd.Timestamp("2026-08-07 22:00", tz="UTC")
    said = " ".join(notice(NL) for notice in read.notices)
    assert "weggelaten" in said
    assert "Event f" in said
    assert "herhaalt" in said


def repeated(*events: str) -> pd.DataFrame:
    connector = Connector(kind="ics", folder="x", zone="kade", attendance=500)
    return ics.parsed([calendar(*events)], AREA, connector, NOW).frame.set_index("event_id")


MARKET = ";TZID=Europe/Amsterdam:20261019T100000\nDTEND;TZID=Europe/Amsterdam:20261019T140000"


def test_a_market_every_week_stays_at_ten_when_the_clock_changes() -> None:
    rows = repeated(
        event("m", "RRULE:FREQ=WEEKLY;UNTIL=20261102T235959Z\nEXDATE;TZID=Europe/Amsterdam:20261026T100000", MARKET)
    )
    assert rows.index.tolist() == ["m", "m-20261102T0900"]
    assert rows["start"].tolist() == [pd.Timestamp("2026-10-19 08:00Z"), pd.Timestamp("2026-11-02 09:00Z")]
    assert (rows["end"] - rows["start"] == pd.Timedelta(hours=4)).all()


@pytest.mark.parametrize("original", ["20261019T100000", "20261026T100000"])
def test_one_time_that_is_moved_or_cancelled_is_laid_over_the_rule(original: str) -> None:
    master = event("m", "RRULE:FREQ=WEEKLY;COUNT=3", MARKET)
    moved = event(
        "m", f"RECURRENCE-ID;TZID=Europe/Amsterdam:{original}\nX-ATTENDANCE:9", MARKET.replace("1019", "1020")
    )
    rows = repeated(moved, master)
    assert len(rows) == 3
    assert rows["attendance"].tolist().count(9) == 1
    cancelled = event("m", f"RECURRENCE-ID;TZID=Europe/Amsterdam:{original}\nSTATUS:CANCELLED", MARKET)
    assert len(repeated(cancelled, master)) == 2


def test_a_rule_without_an_end_is_read_a_year_ahead_and_three_years_back() -> None:
    rows = repeated(event("m", "RRULE:FREQ=DAILY", start=":20100101T100000Z\nDTEND:20100101T110000Z"))
    assert len(rows) == pytest.approx(4 * 366, abs=2)
    assert rows["start"].max() <= pd.Timestamp(NOW) + timedelta(days=367)


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=HOURLY", "FREQ=SOMETIMES", "COUNT=3", "FREQ=DAILY;BYHOUR=99"])
def test_a_rule_that_cannot_be_read_leaves_the_event_out_and_says_so(rule: str) -> None:
    connector = Connector(kind="ics", folder="x", zone="kade", attendance=500)
    read = ics.parsed([calendar(event("m", f"RRULE:{rule}"), event("n"))], AREA, connector, NOW)
    assert read.frame["event_id"].tolist() == ["n"]
    assert "Event m" in read.notices[0](NL)


def test_a_day_that_repeats_and_extra_dates() -> None:
    rows = repeated(event("d", "RRULE:FREQ=DAILY;UNTIL=20260810\nRDATE;VALUE=DATE:20260901", ";VALUE=DATE:20260808"))
    assert [f"{start:%m-%dT%H}" for start in rows["start"]] == ["08-07T22", "08-08T22", "08-09T22", "08-31T22"]


def test_events_that_a_calendar_drops_are_dropped_and_others_stay(server: Server) -> None:
    configured(f'events|kind = "ics"\nurl = "{server.url}/a.ics"\nzone = "pier"\nattendance = 100')
    (area_home(AREA.id) / "events.csv").write_text(
        "event_id,name,zone_id,start,end,attendance\nmine,Mijn,kade,2026-08-09 10:00,2026-08-09 12:00,50\n"
    )
    server.answers["/a.ics"] = (200, calendar(event("a"), event("b")), {})
    assert fetched()[0].new == 2
    assert (fetched()[0].new, fetched()[0].changed) == (0, 0)
    server.answers["/a.ics"] = (200, calendar(event("a", "X-ATTENDANCE:200")), {})
    assert fetched()[0].changed == 2
    found = gate.read(AREA, "events", NOW, NOW + timedelta(days=30)).set_index("event_id")
    assert sorted(found.index) == ["a", "mine"]
    assert found.loc["a", "attendance"] == 200
    server.answers["/a.ics"] = (200, calendar(), {})
    assert "no events at all" in str(fetched()[0].failure)
    server.answers["/a.ics"] = (200, b"<html>", {})
    assert "does not answer with iCalendar" in str(fetched()[0].failure)
    assert len(gate.read(AREA, "events", NOW, NOW + timedelta(days=30))) == 2


def test_events_from_a_table(server: Server) -> None:
    header = b"event_id,name,zone_id,start,end,attendance\n"
    server.answers["/e.csv"] = (200, header + b"a,Feest,pier,2026-08-07 22:00,2026-08-07 23:00,10\n", {})
    configured(f'events|kind = "table"\nurl = "{server.url}/e.csv"')
    assert fetched()[0].new == 1
    server.answers["/e.csv"] = (200, header + b"a,Feest,elders,2026-08-07 22:00,2026-08-07 23:00,10\n", {})
    assert "Row 2 of e.csv" in str(fetched()[0].failure)


def test_old_data_are_named_with_since_when(server: Server) -> None:
    configured(f'counts|kind = "table"\nurl = "{server.url}/c.csv"')
    assert stale(AREA, NOW)[0].text(NL) == "Er zijn nog geen gegevens binnengekomen van 'Bron counts'."
    server.answers["/c.csv"] = (200, b"timestamp,zone_id,count\n2026-08-03 10:00,pier,10\n", {})
    fetched()
    assert stale(AREA, NOW) == []
    assert stale(AREA, NOW + timedelta(hours=46)) == []
    (old,) = stale(AREA, NOW + timedelta(hours=50))
    assert "maandag 3 augustus 2026 10:00" in old.text(NL)


def usual_counts(days: int = 60) -> pd.DataFrame:
    hours = pd.date_range(NOW - timedelta(days=days), NOW, freq="h", inclusive="left", unit="us")
    noise = np.random.default_rng(1).poisson(200, (2, len(hours)))
    return pd.DataFrame(
        {
            "zone_id": np.repeat(["pier", "kade"], len(hours)),
            "hour": np.tile(hours, 2),
            "count": noise.ravel().astype(float),
        }
    ).astype({"zone_id": "str"})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda values: values, None),
        (lambda values: np.where(np.arange(len(values)) >= len(values) - 30, np.nan, values), "geen tellingen sinds"),
        (
            lambda values: np.where(np.arange(len(values)) >= len(values) - 20, values * 10.5, values),
            "keer wat normaal",
        ),
        (lambda values: np.where(np.arange(len(values)) >= len(values) - 20, 207, values), "dezelfde telling van 207"),
        (lambda values: np.where(np.arange(len(values)) >= len(values) - 20, 0, values), "moeilijk te geloven"),
    ],
)
def test_doubtful_counts_are_named(change: Any, sentence: str | None) -> None:
    counts = usual_counts()
    pier = counts["zone_id"] == "pier"
    counts.loc[pier, "count"] = change(counts.loc[pier, "count"].to_numpy())
    said = [notice(NL) for notice in doubts(AREA, counts, NOW - timedelta(days=2))]
    assert bool(said) == bool(sentence)
    if sentence:
        assert said[0].startswith("De Pier")
        assert sentence in said[0]


def test_a_connector_that_cannot_work_is_refused_on_reading() -> None:
    for wrong, sentence in [
        ('counts|kind = "ics"\nurl = "https://x"', "cannot fetch counts"),
        ('counts|kind = "table"', "either a url or a folder"),
        ('weather|kind = "knmi"\nurl = "https://x"', "needs a station"),
    ]:
        configured(wrong)
        with pytest.raises(UserError, match=sentence):
            read_sources(AREA.id)


def test_the_documented_sources_are_valid() -> None:
    text = (Path(__file__).parents[4] / "docs" / "data-formats.md").read_text("utf-8")
    area_home(AREA.id).mkdir(parents=True)
    (area_home(AREA.id) / "sources.toml").write_text(text.split("```toml fetched.toml\n")[1].split("```")[0])
    assert [source.connector.kind for source in read_sources(AREA.id) if source.connector] == [
        "table",
        "open-meteo",
        "ics",
    ]


def test_the_command(server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    from data.__main__ import main

    configured(f'counts|kind = "table"\nurl = "{server.url}/c.csv"')
    folder = area_home(AREA.id)
    (folder / "area.toml").write_text(
        'id = "badplaats"\nnames = { nl = "Badplaats" }\ntime_zone = "Europe/Amsterdam"\ncountry = "NL"\n'
        'measure = "passages"\n[centre]\nlat = 52.1\nlon = 4.2\n'
    )
    (folder / "zones.geojson").write_text(json.dumps(zones_geojson(AREA.zones)))
    assert load_area("badplaats").zone_ids == AREA.zone_ids
    assert main(["fetch", "--area", "badplaats", "--lang", "nl"]) == 2
    assert "antwoordt met fout 404" in capsys.readouterr().out
    server.answers["/c.csv"] = (200, b"timestamp,zone_id,count\n2026-08-03 10:00,pier,10\n", {})
    assert main(["fetch", "--area", "badplaats", "--source", "counts", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["new"] == 1
    assert main(["fetch", "--area", "badplaats", "--source", "other"]) == 2


def test_open_meteo_reads_its_own_units() -> None:
    content = json.loads(meteo(date(2026, 8, 1), date(2026, 8, 1))[1])
    content["hourly_units"]["wind_speed_10m"] = "km/h"
    with pytest.raises(UserError, match="another unit"):
        open_meteo.parsed(json.dumps(content).encode(), NOW)
