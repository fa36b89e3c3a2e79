"""Every kind of connector is whole, and another one is asked itself instead of one that was there already."""

import inspect
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import MappingProxyType, ModuleType

import pandas as pd
import pytest
from pydantic import ValidationError

from data.area import connector_settings
from data.area.area import load_area
from data.area.connector_settings import CONNECTORS, Connector, ConnectorKind
from data.area.sources import KINDS
from data.connectors.client import Client
from data.connectors.connector import Asked, Calendar, Counts, Weather, fetched_weather

FORMATS = Path(__file__).parents[4] / "docs" / "data-formats.md"
ANSWERS = {"counts": Counts, "weather": Weather, "events": Calendar}


def lacking(name: str, kind: ConnectorKind, described: str) -> list[str]:
    """Say what a kind of connector still lacks."""
    said = []
    try:
        module = import_module(kind.module)
    except ModuleNotFoundError:
        return [f"{name}: there is no module {kind.module}"]
    for what in kind.fetches:
        if what not in KINDS:
            said.append(f"{name}: nothing is called {what}; there are {', '.join(KINDS)}")
            continue
        function = getattr(module, what, None)
        hints = inspect.get_annotations(function, eval_str=True) if inspect.isfunction(function) else {}
        if hints != {"asked": Asked, "return": ANSWERS[what]}:
            said.append(f"{name}: {kind.module} has no function {what}(asked: Asked) -> {ANSWERS[what].__name__}")
    if not kind.fetches:
        said.append(f"{name}: it fetches nothing")
    said += [f"{name}: a connector has no setting {need}" for need in kind.needs if need not in Connector.model_fields]
    if not re.search(rf"^\| `{re.escape(name)}` \|", described, re.MULTILINE):
        said.append(f"{name}: the table of kinds of connectors in docs/data-formats.md has no row of it")
    return said


@pytest.mark.parametrize("name", CONNECTORS)
def test_nothing_is_lacking(name: str) -> None:
    assert lacking(name, CONNECTORS[name], FORMATS.read_text("utf-8")) == []


def test_what_a_new_one_lacks_is_said() -> None:
    new = ConnectorKind("data.connectors.ics", ("weather", "tides"), needs=("password",))
    said = lacking("pigeon", new, FORMATS.read_text("utf-8"))
    assert [sentence.removeprefix("pigeon: ") for sentence in said] == [
        "data.connectors.ics has no function weather(asked: Asked) -> Weather",
        "nothing is called tides; there are counts, weather, events",
        "a connector has no setting password",
        "the table of kinds of connectors in docs/data-formats.md has no row of it",
    ]
    assert lacking("pigeon", ConnectorKind("data.connectors.pigeon", ()), "") == [
        "pigeon: there is no module data.connectors.pigeon"
    ]


def test_the_documents_describe_no_connector_that_is_not_there() -> None:
    text = FORMATS.read_text("utf-8").split("| kind of connector |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE) == list(CONNECTORS)


def test_a_third_weather_connector_is_asked_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    frame = pd.DataFrame({"hour": [pd.Timestamp("2026-08-01", tz="UTC")], "temp_c": [31.0]})
    module = ModuleType("tests.weather_of_the_harbour")
    module.weather = lambda asked: Weather(frame.assign(temp_c=float(asked.connector.station)))
    monkeypatch.setitem(sys.modules, module.__name__, module)
    kinds = MappingProxyType(
        {**CONNECTORS, "harbour": ConnectorKind(module.__name__, ("weather",), needs=("station",))}
    )
    for place in (connector_settings, import_module("data.connectors.connector")):
        monkeypatch.setattr(place, "CONNECTORS", kinds)
    with pytest.raises(ValidationError, match="harbour needs a station"):
        Connector(kind="harbour", folder="x")
    connector = Connector(kind="harbour", folder="x", station=17)
    assert (connector.fits("weather"), connector.fits("counts")) == (True, False)
    asked = Asked(load_area("scheveningen"), connector, Client(cache=tmp_path), tmp_path, datetime.now(UTC))
    assert fetched_weather(asked).observed["temp_c"].tolist() == [17.0]


def test_a_kind_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(ValidationError, match=f"kind 'carrier pigeon': choose one of {', '.join(CONNECTORS)}"):
        Connector(kind="carrier pigeon", folder="x")
