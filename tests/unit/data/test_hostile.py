"""Files made to do harm: tables that lie about their size, endless nesting, changed models, formulas that go out."""

import io
import json
import os
import pickle
import random
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from csv import reader
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.settings import default_area
from data.keeping import from_outside
from data.keeping.csv_out import csv_text, defused
from data.keeping.from_outside import check_packed, parsed
from data.keeping.toml_file import read_toml
from data.tables import parquet
from data.tables.opening import open_table
from data.tables.outlines import read_outlines
from forecasting.snapshot.current import read_current
from forecasting.snapshot.snapshot_files import latest, load
from forecasting.training.model_files import MODEL_VERSION, read_checked, write_checked
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import UserError, language
from tests.unit.data.mutating import mutations

FEW, MANY = 500, 10_000
DEEP = ("[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000)
AROUND = ("%s", '{"type": "FeatureCollection", "features": %s}', '{"version": 1, "events": %s}')
FORMULAS = (
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    "\u00a0=HYPERLINK(1)",
    "|x",
    "%0A=1",
)


@pytest.fixture
def megabyte(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is one megabyte, so that what passes it is small."""
    for module in (from_outside, parquet):
        monkeypatch.setattr(module, "LIMIT_MB", 1)


def refused(act: Callable[[], object]) -> str:
    """The sentence that refuses it."""
    with pytest.raises(UserError) as error:
        act()
    return error.value.say(language("en"))


def archive(parts: int, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(parts):
            packed.writestr(f"xl/{number}.xml", b"0" * size)
    return out.getvalue()


def lying(data: bytes) -> bytes:
    """The same archive, which says of each part that it has ten bytes."""
    at, changed = -1, bytearray(data)
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        changed[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.usefixtures("megabyte")
@pytest.mark.parametrize("parts", [1, 40, 3000])
@pytest.mark.parametrize("lies", [False, True])
def test_an_archive_that_is_larger_than_it_may_be_is_refused(tmp_path: Path, parts: int, lies: bool) -> None:
    data = archive(parts, 3 * 2**20 // parts)
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(lying(data) if lies else data)
    assert path.stat().st_size < 2**20
    said = refused(lambda: open_table(path))
    assert "bomb.xlsx" in said
    if not lies:
        assert "too large" in said


def test_a_whole_archive_is_let_through() -> None:
    with zipfile.ZipFile(io.BytesIO(archive(3, 1000))) as packed:
        check_packed("fine.xlsx", packed)


@pytest.mark.usefixtures("megabyte")
def test_a_table_that_is_small_only_while_it_is_packed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "counts.parquet"
    pq.write_table(pa.table({"a": ["x" * 400] * 20_000, "b": [1.0] * 20_000}), path, compression="zstd")
    assert path.stat().st_size < 20_000
    opened = open_table(path)
    assert "too large" in refused(lambda: opened.columns([0, 1]))


def test_one_long_text_in_every_row_is_refused_before_it_is_spelled_out(tmp_path: Path) -> None:
    path, text = tmp_path / "counts.parquet", "x" * 2_000_000
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array([text]))
    pq.write_table(pa.table({"a": rows, "b": [1.0] * 100_000}), path, compression="zstd")
    assert path.stat().st_size < 200_000
    tracemalloc.start()
    said = refused(lambda: open_table(path).columns([0, 1]))
    before = pa.total_allocated_bytes()
    assert "too large" in said
    assert max(before, tracemalloc.get_traced_memory()[1]) < 100_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_cell_longer_than_any_is_refused_in_every_kind_of_table(tmp_path: Path, kind: str) -> None:
    path, frame = tmp_path / f"events.{kind}", pd.DataFrame({"a": ["fine", "x" * 25_000], "b": ["1", "2"]})
    {"csv": frame.to_csv, "parquet": frame.to_parquet}[kind](path, index=False)
    assert "too large" in refused(lambda: open_table(path).columns([0, 1]))


def test_a_table_with_more_columns_than_any_is_refused(tmp_path: Path) -> None:
    wide = ",".join(f"c{number}" for number in range(6000))
    (tmp_path / "wide.csv").write_text(f"{wide}\n{wide}\n")
    assert "too large" in refused(lambda: open_table(tmp_path / "wide.csv"))


@pytest.mark.parametrize("deep", DEEP, ids=["lists", "objects"])
@pytest.mark.parametrize("around", AROUND)
def test_what_is_nested_without_end_is_refused(tmp_path: Path, deep: str, around: str) -> None:
    text, path = around % deep, tmp_path / "zones.geojson"
    path.write_text(text)
    with pytest.raises(ValueError, match="recursion"):
        parsed(text)
    refused(lambda: read_outlines(path))
    refused(lambda: Scenario.from_json(text))
    refused(lambda: ThresholdSet.from_json(text))
    refused(lambda: read_checked(path, "train"))


def model(folder: Path) -> bytes:
    write_checked(folder / "m.json", {"trained": {"version": MODEL_VERSION}, "values": [1.5, None, "x"]})
    return (folder / "m.json").read_bytes()


def hostile_models(folder: Path, number: int, seed: int) -> None:
    for at, content in mutations([model(folder)], number, seed):
        (folder / "m.json").write_bytes(content)
        try:
            found = read_checked(folder / "m.json", "train")
        except UserError:
            continue
        assert found["values"] == [1.5, None, "x"], at


def hostile_scenarios(_folder: Path, number: int, seed: int) -> None:
    closed = {"zone_id": "a", "start": "2026-08-03T10:00Z", "end": "2026-08-03T12:00Z"}
    whole = Scenario.model_validate({"weather": {"temp_delta_c": -6}, "closures": [closed]})
    for at, content in mutations([whole.to_json().encode(), whole.encode().encode()], number, seed):
        for read in (Scenario.from_json, lambda code: Scenario.decode(code.decode("latin-1"))):
            try:
                found = read(content)
            except UserError:
                continue
            assert Scenario.decode(found.encode()) == found, at


def hostile_parquet(folder: Path, number: int, seed: int) -> None:
    path = folder / "counts.parquet"
    pq.write_table(pa.table({"hour": ["2026-08-01 10:00"] * 50, "zone_id": ["a"] * 50, "count": [1.0] * 50}), path)
    original = path.read_bytes()
    for at in range(number):
        rng, content = random.Random(seed * 1_000_003 + at), bytearray(original)
        for _ in range(rng.choice((1, 2, 8))):
            content[rng.randrange(4, len(content))] = rng.choice((0, 0x7F, 0xFF, rng.randrange(256)))
        path.write_bytes(content)
        with suppress(UserError):
            opened = open_table(path)
            opened.columns(range(len(opened.header)))


def hostile_archives(folder: Path, number: int, seed: int) -> None:
    path = folder / "counts.xlsx"
    for _, content in mutations([archive(3, 400)], number, seed):
        path.write_bytes(content)
        with suppress(UserError):
            open_table(path)


READERS = (hostile_models, hostile_scenarios, hostile_parquet, hostile_archives)


@pytest.mark.parametrize("attack", READERS)
def test_whatever_is_sent_is_read_or_refused_in_a_sentence(
    tmp_path: Path, attack: Callable[[Path, int, int], None]
) -> None:
    attack(tmp_path, FEW, 11)


@pytest.mark.soak
@pytest.mark.parametrize("attack", READERS)
def test_whatever_is_sent_many_times_over(tmp_path: Path, attack: Callable[[Path, int, int], None]) -> None:
    attack(tmp_path, MANY, 12)


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 5000, "0x" + "f" * 9000, "1979-13-45", "1e99999"])
def test_settings_with_a_value_without_end_are_refused_and_the_app_has_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    path = tmp_path / "settings.toml"
    path.write_text(f'default_area = "auckland"\nx = {value}\n')
    with suppress(UserError):
        read_toml(path)
    assert default_area() in ("auckland", "scheveningen")


def test_one_reader_reads_all_that_people_write_as_toml() -> None:
    root = Path(__file__).parents[3]
    rooms = ("data", "forecasting", "feedback", "response", "visuals", "reports", "streamlit_app")
    files = [path for room in rooms for path in (root / room).rglob("*.py")]
    assert [path.name for path in files if "tomllib" in path.read_text("utf-8")] == ["toml_file.py"]


def test_a_model_file_executes_nothing_and_one_that_was_changed_is_not_used(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.mkdir, (str(tmp_path / "hacked"),)

    changed = json.loads(model(tmp_path)) | {"values": [9]}
    for content in (pickle.dumps(Evil()), json.dumps(changed).encode()):
        (tmp_path / "m.json").write_bytes(content)
        assert "m.json" in refused(lambda: read_checked(tmp_path / "m.json", "train"))
    assert not (tmp_path / "hacked").exists()


BROKEN = ("[" * 99_999, "null", "[]", "{}", '{"cutoff": []}', '{"cutoff": 1}', "\x00", "")


@pytest.mark.parametrize("content", BROKEN)
def test_a_snapshot_that_somebody_broke_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area = load_area("scheveningen")
    folder = tmp_path / "areas" / area.id / "snapshots" / "20260803T06-abcdef012345"
    folder.mkdir(parents=True)
    for path in (folder / "snapshot.json", folder.parents[1] / "current.json"):
        path.write_text(content)
    assert read_current(area.id) is None
    assert "damaged" in refused(lambda: load(area.id, folder.name))
    try:
        assert latest(area) is None
    except UserError as error:
        assert "damaged" in str(error)  # noqa: PT017


@given(st.lists(st.sampled_from(FORMULAS) | st.text(max_size=12), min_size=1, max_size=6))
def test_no_table_that_is_given_out_computes_anything(texts: list[str]) -> None:
    frame = pd.DataFrame({texts[0]: texts, "a number": [-1.5] * len(texts)})
    rows = list(reader(io.StringIO(csv_text(frame), newline="")))
    assert len(rows) == len(texts) + 1
    for row, text in zip(rows, [texts[0], *texts], strict=True):
        assert row[0] == str(defused(text)).replace("\r\n", "\n").replace("\r", "\n")
    assert {row[1] for row in rows[1:]} == {"-1.5"}


def test_every_table_that_is_given_out_is_made_in_one_place() -> None:
    root = Path(__file__).parents[3]
    allowed = {"data/keeping/csv_out.py", "data/connectors/merging.py", "data/upkeep/event_calendar.py"}
    allowed |= {"forecasting/inputs/history.py", "reports/picture_register.py"}  # only hashed
    allowed |= {"feedback/groups/polis_writing.py"}  # read back by Polis: its texts are defused one by one
    rooms = ("data", "forecasting", "feedback", "response", "visuals", "reports", "streamlit_app", "pages")
    files = [path for room in rooms for path in (root / room).rglob("*.py")]
    assert {str(path.relative_to(root)) for path in files if ".to_csv(" in path.read_text("utf-8")} <= allowed
