"""The page, the exported notebook, the command and the address give the same figures: difference exactly zero."""

import csv
import io
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
import streamlit as st
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from starlette.applications import Starlette
from starlette.testclient import TestClient

from forecasting.__main__ import main as forecasting_command
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import language
from language.plain import rounded
from reports.notebook import notebook
from reports.workbook import Kept, Workbook
from streamlit_app.notebook import keeping
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.context import Context
from tests.apptest.test_pages import opened
from visuals.tables.headings import HEADINGS

SCENARIO = {
    "version": 1,
    "weather": {"temp_delta_c": 4},
    "events": [
        {
            "event_id": "regatta",
            "name": "Regatta",
            "zone_id": "dr-lelykade",
            "start": "2026-08-08T12:00",
            "end": "2026-08-08T18:00",
            "attendance": 10000,
        }
    ],
}
THRESHOLDS = ThresholdSet.model_validate({"zones": {"pier": (900, 1500, 2600.5)}})

# Gives whatever a cell leaves in `result` a form that is equal only when everything in it is.
_TELL = """
import json

def told(result):
    if hasattr(result, "to_dict") and hasattr(result, "mark_line") or hasattr(result, "layer"):
        return result.to_dict()
    if hasattr(result, "to_json") and hasattr(result, "layers"):
        return [layer for layer in json.loads(result.to_json())["layers"] if layer["id"] != "places"]
    if hasattr(result, "to_csv"):
        return result.to_csv()
    return repr(result)
"""


@dataclass
class Seen:
    """What the pages showed: charts, maps and tables by cell, figures, what was kept, and the files to download."""

    pictures: dict[str, list[Any]] = field(default_factory=dict)
    figures: dict[str, pd.DataFrame] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Note what Streamlit is given to show, and keep every cell without drawing its picture."""
    found = Seen()
    since_last_cell: list[Any] = []

    def note(name: str, told: Any) -> None:
        original = getattr(st, name)

        def noting(*args: Any, **options: Any) -> Any:
            since_last_cell.append(told(*args, **options))
            return original(*args, **options)

        monkeypatch.setattr(st, name, noting)

    note("vega_lite_chart", lambda **options: options["spec"])
    note("pydeck_chart", lambda deck, **_: _layers(deck.to_json()))
    note("dataframe", lambda shown, **_: getattr(shown, "data", shown).to_csv())
    download = st.download_button

    def noting_download(label: str, data: Any, file_name: str, **options: Any) -> bool:
        if callable(data):
            content = data()
            found.files.append((file_name, content if isinstance(content, str) else content.decode("utf-8")))
        return download(label, data, file_name, **options)

    monkeypatch.setattr(st, "download_button", noting_download)
    monkeypatch.setattr(keeping, "still", lambda _, **form: b"")

    def keep(context: Context, result: keeping.Result) -> None:
        found.pictures[result.cell] = since_last_cell[:]
        since_last_cell.clear()
        found.figures[result.cell] = result.table()
        found.kept.append(keeping.kept_result(context, result))

    monkeypatch.setattr(keeping, "offer", keep)
    return found


def _layers(deck: str) -> list[Any]:
    return [layer for layer in json.loads(deck)["layers"] if layer["id"] != "places"]


def _rows(table: str) -> list[list[str]]:
    """Return the heads and rows of a table as CSV without their first column, the index, which pages do not show."""
    return [row[1:] for row in csv.reader(io.StringIO(table))]


def run(workbook: Workbook, folder: Path) -> dict[str, Any]:
    """Run the exported notebook in a kernel of its own; return what its cells left, by cell, and its forecast."""
    exported = nbformat.reads(notebook(workbook, language("nl")), as_version=4)
    cells = [new_code_cell(_TELL)]
    for cell in exported.cells:
        cells.append(cell)
        if "kept" in cell.metadata:
            name = next(kept.cell for kept in workbook.kept if kept.id == cell.metadata["kept"])
            cells.append(new_code_cell(f"open('{folder}/{name}.json', 'w').write(json.dumps(told(result)))"))
    cells.append(new_code_cell(f"open('{folder}/forecast.csv', 'w').write(forecast.csv())"))
    exported.cells = cells
    NotebookClient(exported, timeout=120, kernel_name="python3").execute()
    results: dict[str, Any] = {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}
    return {**results, "forecast": (folder / "forecast.csv").read_text()}


def _untapped(spec: Any) -> Any:
    """Return what is shown without that it listens to taps, which a picture that is taken along does not."""
    if not isinstance(spec, dict):  # the layers of a map
        return spec
    return {name: value for name, value in spec.items() if name != "params" or value[0]["name"] != "tapped"}


def test_page_notebook_command_and_address_agree(
    seen: Seen, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = Scenario.from_json(json.dumps(SCENARIO)).encode()
    for page in ("map", "accuracy", "thresholds", "scenarios", "today"):
        opened(page, lang="nl", scenario=scenario, thresholds=THRESHOLDS.text, at="2026-08-08T13:00Z", zone="pier")
    last = {kept.cell: kept for kept in seen.kept}
    assert set(last) >= {"map", "zone", "table", "week", "calendar", "busiest", "why", "dayparts"}
    assert {kept.page for kept in last.values()} == {"map", "accuracy", "thresholds", "scenarios", "today"}
    workbook = Workbook.empty().model_copy(update={"kept": tuple(last.values())})
    left = run(workbook, tmp_path)

    assert set(left) == {*last, "forecast"}
    for name in ("map", "zone", "calendar", "why", "dayparts"):
        assert left[name] in [_untapped(spec) for spec in json.loads(json.dumps(seen.pictures[name]))], name
    assert _rows(left["table"]) in [_rows(table) for table in seen.pictures["table"]]
    assert all(sentence in "\n".join(last["week"].said) for sentence in eval(left["week"]))
    assert left["busiest"].count("BusyMoment(") >= len(last["busiest"].said) // 2

    for name, figures in seen.figures.items():
        assert set(figures.columns) <= set(HEADINGS), name

    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(SCENARIO))
    capsys.readouterr()
    command = ["forecast", "--area", "scheveningen", "--scenario", str(file), "--format", "csv"]
    assert forecasting_command(command) == 0
    exact_csv = capsys.readouterr().out
    assert left["forecast"] == exact_csv

    answer = TestClient(Starlette(routes=ROUTES)).get(
        "/api/areas/scheveningen/forecast.csv", params={"scenario": scenario, "snapshot": last["map"].snapshot}
    )
    assert answer.status_code == 200
    assert answer.text == exact_csv
    plain = pd.read_csv(io.StringIO(exact_csv))
    assert len(plain) == 15 * 168
    assert set(plain["scenario"]) != {""}

    start = "scheveningen-week-2026-08-03-0800-wat-als-"
    (for_people,) = {text for name, text in seen.files if name.startswith(start) and name.endswith(".csv")}
    shown = pd.read_csv(io.StringIO(for_people.removeprefix("\ufeff")), sep=";", decimal=",")
    for exact, said in zip(plain["q50"], shown["Verwacht"], strict=True):  # the exact file has tenths itself
        assert rounded(exact - 0.05) <= said <= rounded(exact + 0.05)
    assert (shown["Datum"] + "T" + shown["Uur"]).tolist() == [hour[:16] for hour in plain["hour"]]
    assert set(shown["Gegevens"]) == {"OEFENGEGEVENS · SCENARIO"}
    assert shown["Scenario"].str.contains("4 °C warmer").all()


def test_a_scenario_makes_a_difference(seen: Seen) -> None:
    """So that the agreement above is not that of a scenario which everybody leaves out."""
    opened("map", lang="nl")
    opened("map", lang="nl", scenario=Scenario.from_json(json.dumps(SCENARIO)).encode())
    as_forecast, with_scenario = (text for name, text in seen.files if "-week-" in name and name.endswith(".csv"))
    assert as_forecast != with_scenario
