"""What rooms of phones measured is said as it is: how long votes took, and what went wrong."""

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load import __main__ as main
from benchmarks.load import figures
from benchmarks.load.first_visit import counting
from benchmarks.load.hands import Hands
from benchmarks.load.phone import PATIENCE, Phone
from benchmarks.load.room import Measured
from tests.apart import run_apart


def measured(took: tuple[float, ...] = (), timeouts: int = 0) -> Measured:
    return Measured(
        phones=3,
        inside=3,
        seconds=10.0,
        took=took,
        timeouts=timeouts,
        faults=0,
        lost=0,
        polls=2,
        cpu=1.0,
        driver_cpu=0.1,
        memory=(100.0, 101.0, 102.0),
    )


def test_a_vote_that_never_came_back_took_as_long_as_somebody_waited() -> None:
    assert measured((0.1,) * 9, timeouts=91).percentile(5) == pytest.approx(0.1)
    assert measured((0.1,) * 9, timeouts=91).percentile(50) == PATIENCE
    assert measured((0.1, 0.3)).cpu_a_vote == 0.5


def room(phones: int, **other: Any) -> dict[str, Any]:
    usual = {
        "collect": False,
        "phones": phones,
        "inside": phones,
        "seconds": 45.0,
        "votes": 100,
        "timeouts": 0,
        "faults": 0,
        "lost": 0,
        "p50_s": 0.1,
        "p95_s": 0.2,
        "cpu_a_vote_s": 0.04,
        "memory_before_mb": 380,
        "memory_inside_mb": 400,
        "memory_after_mb": 410,
    }
    return usual | other


def test_what_went_wrong_is_said_with_how_long_it_took() -> None:
    assert figures.spoken(room(5)) == "0.20 s (median 0.10 s), 0 time-outs in 100 votes"
    wrong = figures.spoken(room(5, inside=3, timeouts=50, p95_s=PATIENCE, faults=4))
    assert wrong == "more than 30 s, 50 time-outs in 150 votes, 2 not in, 4 errors"


def test_the_rows_lay_both_ways_side_by_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"made": "2026-08-01", "machine": "a machine"}
    rooms = [room(100), room(300, p95_s=0.9), room(100, collect=True, p95_s=7), room(300, collect=True, timeouts=9)]
    (tmp_path / "rooms.json").write_text(json.dumps({**about, "rooms": rooms}))
    monkeypatch.setattr(figures, "ROOMS", tmp_path / "rooms.json")
    section = figures.run()
    quoted = {row.what: (row.ours, row.beside) for row in section.rows if row.quoted}
    assert list(quoted) == [f"{n} phones vote every 15 s: p95 of a vote" for n in (100, 300)]
    ours, theirs = quoted["100 phones vote every 15 s: p95 of a vote"]
    assert ours.startswith("0.20 s")
    assert "7.00 s" in theirs
    assert "9 time-outs" in quoted["300 phones vote every 15 s: p95 of a vote"][1]


def test_a_room_on_two_processes_and_each_kind_of_act_have_rows_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = {"p50_s": 0.014, "p95_s": 0.12, "cpu_s": 0.0094, "times": 40}
    rooms = [room(400), room(400, workers=2, p95_s=0.05), room(400, collect=True, p95_s=7)]
    kept = {"made": "2026-08-01", "machine": "a machine", "rooms": rooms, "acts": {"vote": act}}
    (tmp_path / "rooms.json").write_text(json.dumps(kept))
    monkeypatch.setattr(figures, "ROOMS", tmp_path / "rooms.json")
    rows = {row.what: row for row in figures.run().rows}
    assert rows["one at a time, vote: p95, median, server CPU"].ours == "0.12 s, 0.01 s, 9 ms"
    assert rows["one at a time, vote: p95, median, server CPU"].goal == "12 ms of CPU"
    one, two = (rows[f"400 phones{on} vote every 15 s: p95 of a vote"] for on in ("", " on 2 processes"))
    assert (one.ours[:4], two.ours[:4]) == ("0.20", "0.05")
    assert "7.00 s" in one.beside
    assert two.beside == ""


def test_where_it_breaks_and_the_bytes_of_a_visit_have_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rooms = [room(100), room(200, timeouts=1), room(400, p95_s=9), room(400, workers=2), room(800, workers=2)]
    kept = {"made": "2026-08-01", "machine": "a machine", "rooms": rooms, "first_visit": {"today_kb": 2001.4}}
    (tmp_path / "rooms.json").write_text(json.dumps(kept))
    monkeypatch.setattr(figures, "ROOMS", tmp_path / "rooms.json")
    rows = {row.what: row for row in figures.run().rows}
    assert rows["the first room that is too much for one process"].ours.startswith("200 phones: 0.20 s")
    assert rows["the first room that is too much for 2 processes"].ours == "800 phones: not yet"
    assert rows["bytes of a first visit to Today on a phone, behind the proxy"].ours == "2,001 KB"
    assert "bytes of the map after it" not in rows


def test_what_comes_over_the_wire_is_counted_and_arrives_whole() -> None:
    content = bytes(range(256)) * 4000

    class Gives(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Gives) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with counting(f"http://127.0.0.1:{server.server_port}") as counted:
            for times in (1, 2):
                with urlopen(counted.address) as answer:
                    assert answer.read() == content
                assert len(content) * times < counted.received < (len(content) + 500) * times
        server.shutdown()


def test_of_each_kind_of_act_the_slowest_time_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    times = [{"vote": {"p50_s": 0.1, "p95_s": p95, "cpu_s": 0.01, "times": 2}} for p95 in (0.2, 0.9, 0.3)]
    monkeypatch.setattr(main, "measure_acts", iter(times).__next__)
    assert main._worst_acts(3)["vote"]["p95_s"] == 0.9


def test_the_polls_are_taken_out_of_what_a_vote_cost() -> None:
    assert replace(measured((0.1, 0.3)), cpu_a_poll=0.1).cpu_a_vote_alone == pytest.approx(0.4)


def test_the_worst_of_some_runs_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = iter([measured((0.1,)), replace(measured((0.2,)), faults=1), measured((9.0,))] * 2)
    monkeypatch.setattr(main, "measure", lambda *_arguments, **_options: next(runs))
    worst = main._worst(3)
    assert (worst["faults"], worst["p95_s"], worst["times"]) == (1, 0.2, 3)
    monkeypatch.setattr(main, "TIMES", 1)
    assert main._worst(3)["p95_s"] == 0.1


def _run(phone: Phone, fragments: list[str], buttons: dict[int, tuple[str, str]], end: int) -> None:
    """Let the phone hear of a run of the page, or of some fragments, that draws buttons, each at a place."""
    begun, over = ForwardMsg(), ForwardMsg(script_finished=end)
    begun.new_session.page_script_hash = "page"
    begun.metadata.run.fragment_ids.extend(fragments)
    drawn = []
    for place, (name, fragment) in buttons.items():
        one = ForwardMsg()
        one.delta.new_element.button.id, one.delta.fragment_id = name, fragment
        one.metadata.delta_path.extend([0, place])
        drawn.append(one)

    async def hear() -> None:
        for message in (begun, *drawn, over):
            await phone._take(message)

    run_apart(hear())


def test_a_phone_shows_what_was_drawn_also_when_the_end_of_a_run_was_not_sent() -> None:
    phone = Phone(None, "http://127.0.0.1", "code")  # type: ignore[arg-type]
    _run(phone, [], {0: ("one", "votes"), 1: ("more", "votes"), 2: ("form", "")}, ForwardMsg.FINISHED_SUCCESSFULLY)
    assert set(phone._shown) == {"one", "more", "form"}
    _run(phone, ["votes"], {0: ("two", "votes")}, ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    _run(phone, ["asks"], {}, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    assert set(phone._shown) == {"two", "more", "form"}
    _run(phone, ["votes"], {0: ("three", "votes")}, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    assert set(phone._shown) == {"three", "form"}
    _run(phone, [], {2: ("form", "")}, ForwardMsg.FINISHED_SUCCESSFULLY)
    assert set(phone._shown) == {"form"}


def test_what_somebody_did_is_over_with_its_own_run_or_one_of_the_whole_page() -> None:
    hands = Hands(None, "http://127.0.0.1", "code")  # type: ignore[arg-type]
    _run(hands, ["asks"], {}, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    _run(hands, ["votes"], {}, ForwardMsg.FINISHED_EARLY_FOR_RERUN)
    assert hands._ends("votes") == 0
    _run(hands, ["votes"], {}, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
    assert (hands._ends("votes"), hands._ends("")) == (1, 0)
    _run(hands, [], {}, ForwardMsg.FINISHED_SUCCESSFULLY)
    assert (hands._ends("votes"), hands._ends("")) == (2, 1)


def test_a_page_that_is_not_there_is_a_fault() -> None:
    phone = Phone(None, "http://127.0.0.1", "code")  # type: ignore[arg-type]
    missing = ForwardMsg()
    missing.page_not_found.page_name = "toady"
    run_apart(phone._take(missing))
    assert phone.faults == 1
