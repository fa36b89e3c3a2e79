"""The guide for another municipality, followed to the letter in a made-up town."""

import json
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.area.area import load_area
from data.area.partners import read_partners
from data.area.sources import read_sources
from data.keeping.home import area_home
from language import UserError, language
from language.catalogue import read_messages

GUIDE = (Path(__file__).parents[3] / "docs" / "handleiding-gemeente.md").read_text("utf-8")
COMMANDS = re.findall(r"^python -m (.+)$", GUIDE, re.MULTILINE)
NL = language("nl")


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files of a town, and what its steward answers, in a folder where the commands are given."""
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    hours = pd.date_range("2026-05-01", "2026-08-03", freq="h", inclusive="left", tz="Europe/Amsterdam")
    rng = np.random.default_rng(7)
    level = 40 * (1 + np.sin((hours.hour - 8) / 24 * 6.28))
    counts = {
        "timestamp": [hour.isoformat() for hour in hours],
        "haven": rng.poisson(level),
        "markt": rng.poisson(level),
    }
    pd.DataFrame(counts).to_csv("tellingen.csv", index=False)
    Path("zones.csv").write_text("zone_id,name,lat,lon\nhaven,Haven,52.1,4.2\nmarkt,Markt,52.11,4.21\n")
    return [
        "Testdorp",
        "",
        "",
        "",
        "Midden",
        "s",
        "tellingen.csv",
        "zones.csv",
        "",
        "Gemeente, Bewoners",
        "Gemeente Testdorp",
        "info@testdorp.example",
    ]


def run(command: str) -> int:
    module, *arguments = shlex.split(command)
    return int(import_module(f"{module}.__main__").main(arguments))


def test_the_guide_has_ten_steps_and_speaks_the_words_of_the_app() -> None:
    assert re.findall(r"^## Stap (\d+):", GUIDE, re.MULTILINE) == [str(n) for n in range(1, 11)]
    named = {" ".join(one.split()) for one in re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", GUIDE)}
    shown = {form for texts in read_messages("nl").values() for form in texts}
    assert named
    assert named - shown == set()


def test_a_made_up_town_follows_the_guide(
    town: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(town)
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    for command in COMMANDS:
        if command.startswith("data unpack"):  # of another municipality: there is none yet
            continue
        if command.startswith("data decide"):
            assert [one.decision for one in read_sources("testdorp")] == ["pending"]
        if command.startswith("data check"):
            monkeypatch.setattr("data.area.area.Area.now", lambda area: pd.Timestamp("2026-08-03", tz=area.tz))
        assert run(command) == 0, (command, capsys.readouterr())
    assert list(answers) == [], "every question of the guide's town was asked"
    assert [one.decision for one in read_sources("testdorp")] == ["approved"]
    assert [one.names["nl"] for one in read_partners("testdorp").asked] == ["Gemeente", "Bewoners"]
    entry = json.loads(re.search(r"^\{.*?^\}", capsys.readouterr().out, re.DOTALL | re.MULTILINE)[0])  # type: ignore[index]
    assert (entry["organization"], entry["contact_email"]) == ("Gemeente Testdorp", "info@testdorp.example")
    assert Path("kosten.xlsx").stat().st_size > 5000

    text = Path("testdorp.json").read_text("utf-8")
    assert all(word not in text for word in ("Werkgroep ethiek", "stemmen in", "approved", "tellingen.csv"))
    assert run("data unpack testdorp.json --as onzedorp") == 0
    there, here = load_area("testdorp"), load_area("onzedorp")
    assert there.zone_ids == here.zone_ids
    assert [one.decision for one in read_sources("onzedorp")] == ["pending"]
    assert read_partners("onzedorp") == read_partners("testdorp")
    assert not (area_home("onzedorp") / "counts.parquet").exists()
    assert run("data unpack testdorp.json --as onzedorp") == 2, "what is there is not overwritten"


def test_answers_that_are_missing_leave_nothing_behind(town: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from data.upkeep.asking import ask_all

    for end in range(len(town)):
        given = iter(town[:end])

        def ask(_question: str, given: Iterator[str] = given) -> str:
            try:
                return next(given)
            except StopIteration:
                raise EOFError from None

        with pytest.raises(UserError):
            ask_all(ask, NL)
    assert not area_home("testdorp").exists()
    with pytest.raises(UserError, match="no file"):
        ask_all(
            lambda question: "nowhere.csv" if "CSV" in question else next(iter(["s" if "(s)" in question else "x"])), NL
        )


@pytest.mark.parametrize(
    "damage",
    ["", "[]", '{"version": 2, "area": "x", "files": {}}', '{"version": 1, "area": "x", "files": {"../evil": "x"}}'],
)
def test_a_file_that_is_no_area_makes_none(damage: str, town: list[str]) -> None:
    Path("x.json").write_text(damage)
    assert run("data unpack x.json") == 2
    assert not area_home("x").exists()


def test_a_shipped_area_travels_and_its_cards_are_examples_again(town: list[str]) -> None:
    assert run("data pack --area scheveningen --out s.json") == 0
    assert run("data unpack s.json --as strand") == 0
    assert load_area("strand").id == "strand"
    assert {one.decision for one in read_sources("strand")} == {"pending"}
    files = json.loads(Path("s.json").read_text("utf-8"))["files"]
    assert {"area.toml", "zones.geojson", "playbook.toml", "costs.toml", "conditions.toml", "partners.toml"} <= set(
        files
    )
