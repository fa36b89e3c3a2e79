"""A source under investigation: read within a sealed test that has leave, and nowhere else."""

import ast
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pandas as pd
import pytest

from data.__main__ import main as command
from data.area.area import load_area
from data.area.investigations import (
    LOG,
    Finding,
    allow_test,
    check_apart,
    check_leave,
    end_leave,
    investigation,
    investigation_log,
    note_finding,
)
from data.area.sources import Source, find_source, record_decision, record_stance
from data.consent import gate
from data.consent.sealed import sealed
from data.keeping.home import area_home
from forecasting.inputs.history import source_ids
from language import UserError

ROOT = Path(__file__).parents[3]
AREA, WEATHER, EVENTS = "scheveningen", "practice-weather", "practice-events"
START = datetime(2026, 8, 3, tzinfo=UTC)
FIGURES = {
    "practice": True,
    "first": date(2026, 6, 1),
    "last": date(2026, 7, 27),
    "weeks": 8,
    "places": 14,
    "hours": 18_816,
    "better": 6,
    "error_with": 20.0,
    "error_without": 24.0,
    "difference": -4.0,
    "low": -6.0,
    "high": -2.0,
}


def finding(source: str = WEATHER, **changed: Any) -> Finding:
    return Finding(source=source, at=datetime(2026, 9, 1, tzinfo=UTC), **(FIGURES | changed))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    for source in (WEATHER, EVENTS):
        record_decision(AREA, source, "pending", "werkgroep ethiek")
    return tmp_path


def allow(source: str = WEATHER) -> None:
    allow_test(AREA, source, "Werkgroep ethiek", why="Eerst zien wat het toevoegt.", session="Overleg van mei")


def read(kind: str = "weather") -> pd.DataFrame:
    return gate.read(load_area(AREA), kind, START, START + timedelta(hours=3))  # type: ignore[arg-type]


def test_leave_opens_a_source_for_the_test_alone() -> None:
    allow()
    with pytest.raises(UserError, match="may not be read"):
        read()
    with sealed(AREA, WEATHER, let_in=True):
        assert len(read()) == 3
        # Another source that waits stays shut.
        with pytest.raises(UserError, match="may not be read"):
            read("events")
    with sealed(AREA, WEATHER, let_in=False):
        assert read().empty
        assert len(read("counts")) > 0
    with pytest.raises(UserError, match="may not be read"):
        read()


def test_without_leave_nothing_is_opened() -> None:
    with pytest.raises(UserError, match="no leave"), sealed(AREA, WEATHER, let_in=True):
        raise AssertionError
    allow(EVENTS)
    with pytest.raises(UserError, match="no leave"), sealed(AREA, WEATHER, let_in=True):
        raise AssertionError


def test_another_visitor_of_the_same_process_does_not_see_in() -> None:
    allow()
    refused: list[str] = []

    def look() -> None:
        try:
            read()
        except UserError as error:
            refused.append(str(error))

    with sealed(AREA, WEATHER, let_in=True):
        other = Thread(target=look)
        other.start()
        other.join()
        assert WEATHER not in {one.id for one in gate.sources_of(load_area("auckland"), "counts")}
    assert refused


def withdrawn() -> None:
    end_leave(AREA, WEATHER, "Werkgroep ethiek", why="Toch liever niet.")


def objected() -> None:
    record_stance(AREA, WEATHER, "tno", "objects", why="Eerst overleg.")


def used_up() -> None:
    note_finding(AREA, finding())


def taken_into_use() -> None:
    record_stance(AREA, WEATHER, "tno", "agrees")
    record_decision(AREA, WEATHER, "approved", "werkgroep ethiek", "goed")


@pytest.mark.parametrize("ends", [withdrawn, objected, used_up, taken_into_use])
def test_leave_that_ends_stops_a_test_that_goes_on(ends: Callable[[], None]) -> None:
    allow()
    with sealed(AREA, WEATHER, let_in=True):
        assert len(read()) == 3
        ends()
        with pytest.raises(UserError, match="no leave"):
            read()
    with pytest.raises(UserError, match="no leave"):
        check_leave(AREA, WEATHER)


def test_a_leave_is_for_one_test_and_a_next_one_asks_again() -> None:
    allow()
    with pytest.raises(UserError, match="given already"):
        allow()
    note_finding(AREA, finding())
    source = find_source(AREA, WEATHER)
    assert source is not None
    assert investigation(AREA, source).leave is None
    allow()
    stands = investigation(AREA, source)
    assert stands.leave is not None
    assert (stands.leave.by, stands.leave.session) == ("Werkgroep ethiek", "Overleg van mei")
    assert stands.found == finding()
    assert [one.what for one in investigation_log(AREA)] == ["allowed", "found", "allowed"]


def test_leave_asks_for_who_why_and_which_session_and_not_for_what_needs_none() -> None:
    for by, why, session in (("", "Eerst zien.", "mei"), ("Ethiek", "ja", "mei"), ("Ethiek", "Eerst zien.", " ")):
        with pytest.raises(UserError, match="Fill in"):
            allow_test(AREA, WEATHER, by, why=why, session=session)
    with pytest.raises(UserError, match="in use already"):
        allow("practice-counts")
    with pytest.raises(UserError, match="no source"):
        allow("rumours")
    record_stance(AREA, WEATHER, "tno", "objects", why="Eerst overleg.")
    with pytest.raises(UserError, match="Eerst overleg"):
        allow()
    with pytest.raises(UserError, match="no leave"):
        withdrawn()
    assert investigation_log(AREA) == []


def test_leave_is_noted_and_withdrawn_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["leave", "--area", AREA, "--source", WEATHER, "--by", "Werkgroep ethiek", "--lang", "en"]
    assert command([*words, "--why", "Eerst zien.", "--session", "Overleg van mei"]) == 0
    assert check_leave(AREA, WEATHER).session == "Overleg van mei"
    assert command([*words, "--why", "Toch niet.", "--end"]) == 0
    assert command([*words, "--why", "Toch niet.", "--end"]) == 2
    assert "no leave" in capsys.readouterr().err
    assert [one.what for one in investigation_log(AREA)] == ["allowed", "ended"]


def test_a_damaged_log_opens_nothing() -> None:
    allow()
    with (area_home(AREA) / LOG).open("a") as log:
        log.write('{"what": "allowed", "source": "practice-events"}\n')
    with pytest.raises(UserError, match="Line 2"), sealed(AREA, WEATHER, let_in=True):
        raise AssertionError


@pytest.mark.parametrize("wrong", [{"low": 1.0}, {"better": 9}, {"weeks": 2}, {"error_with": -1.0}, {"count": [3, 4]}])
def test_a_finding_is_figures_that_can_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        finding(**wrong)


# --- sources of one kind, whose data lie together ------------------------------------------------------------------


def source(source_id: str, kind: str, provider: str, decision: str, places: tuple[str, ...] = ()) -> Source:
    fields = {"id": source_id, "kind": kind, "provider": provider, "title": {"en": source_id}, "decision": decision}
    return Source.model_validate(fields | {"places": places})


@pytest.mark.parametrize(
    ("tested", "used", "apart"),
    [
        (source("a", "weather", "file", "pending"), [], True),
        (source("a", "weather", "file", "pending"), [source("b", "weather", "simulator", "approved")], True),
        (source("a", "weather", "file", "pending"), [source("b", "weather", "file", "approved")], False),
        (source("a", "weather", "file", "pending"), [source("b", "weather", "file", "refused")], True),
        (source("a", "counts", "file", "pending", ("pier",)), [], False),
        (source("a", "counts", "file", "pending"), [source("b", "counts", "file", "approved")], False),
        (source("a", "counts", "file", "pending", ("pier",)), [source("b", "counts", "file", "approved")], False),
        (
            source("a", "counts", "file", "pending", ("pier",)),
            [source("b", "counts", "file", "approved", ("kade",))],
            True,
        ),
        (
            source("a", "counts", "file", "pending", ("pier",)),
            [source("b", "counts", "simulator", "approved", ("kade",))],
            False,
        ),
        (
            source("a", "counts", "file", "pending", ("pier", "kade")),
            [source("b", "counts", "file", "approved", ("kade",))],
            False,
        ),
    ],
)
def test_what_cannot_be_told_apart_is_not_tested(tested: Source, used: list[Source], apart: bool) -> None:
    if apart:
        check_apart(tested, [tested, *used])
    else:
        with pytest.raises(UserError):
            check_apart(tested, [tested, *used])


def test_only_the_sealed_test_opens_the_seal() -> None:
    rooms = ("data", "forecasting", "feedback", "response", "visuals", "reports", "streamlit_app", "pages")
    found = {}
    for path in (path for room in rooms for path in (ROOT / room).rglob("*.py")):
        nodes = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)]
        names = {f"{node.module}.{name.name}" for node in nodes for name in node.names}
        if any(f"{name}.".startswith("data.consent.sealed.") for name in names):
            found[path.stem] = {name for name in names if "sealed" in name}
    assert found == {"gate": {"data.consent.sealed.as_tested"}, "sealed_test": {"data.consent.sealed.sealed"}}


def test_counts_are_let_in_at_the_places_of_approved_sources_only(monkeypatch: pytest.MonkeyPatch) -> None:
    area = load_area(AREA)
    one, other, nobodys = area.zone_ids[:3]
    listed = area_home(AREA) / "sources.toml"
    for decision, known in (("approved", {one, other}), ("refused", {one}), ("pending", {one})):
        listed.write_text(
            "".join(
                f'[[source]]\nid = "{name}"\nkind = "counts"\nprovider = "simulator"\ntitle = {{ nl = "x" }}\n'
                f'decision = "{taken}"\nplaces = ["{place}"]\n'
                for name, place, taken in (("practice-counts", one, "approved"), ("second", other, decision))
            )
        )
        counts = read("counts").dropna(subset=["count"])
        assert set(counts["zone_id"]) == known, decision
        assert nobodys not in known
        assert ("second" in source_ids_of(area)) == (decision == "approved")


def source_ids_of(area: Any) -> tuple[str, ...]:
    record_decision(AREA, WEATHER, "refused", "werkgroep ethiek")
    record_decision(AREA, EVENTS, "refused", "werkgroep ethiek")
    return source_ids(area)
