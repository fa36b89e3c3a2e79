"""The command ``python -m data``: what it prints, and one sentence with exit code 2 when a user can mend it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.__main__ import main

ADD = ["add-area", "badplaats", "--name", "Badplaats", "--tz", "Europe/Amsterdam", "--country", "NL"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CSM_LANG", "en")
    (tmp_path / "zones.csv").write_text("zone_id,name,lat,lon\npier,Pier,52.1,4.2\nkade,Kade,52.2,4.3\n")
    hours = [f"2026-08-{day:02} {hour:02}:00,{hour + day},{day}" for day in range(1, 15) for hour in range(24)]
    (tmp_path / "counts.csv").write_text("timestamp,pier,kade\n" + "\n".join(hours))
    return tmp_path


def nothing_but_the_log(folder: Path) -> bool:
    """Return whether an act that failed left nothing, but for the line that says that it was tried."""
    return {path.name for path in (folder / "home").rglob("*")} <= {"acts.jsonl", ".acts.lock"}


def added(*more: str) -> int:
    return main([*ADD, "--counts", "counts.csv", "--zones", "zones.csv", *more])


def test_an_area_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert added("--measure", "passages", "--lang", "nl", "--replay", "2026-08-10T08:00") == 0
    assert capsys.readouterr().out.startswith("Tellingen gelezen: 672. Plekken met tellingen: 2 van 2.")
    assert main(["areas"]) == 0
    assert "badplaats\tBadplaats\n" in capsys.readouterr().out
    assert main(["sources", "--area", "badplaats"]) == 0
    assert capsys.readouterr().out.startswith("imported-counts\tcounts\tapproved\timporter\t20")


def test_the_quality_report(capsys: pytest.CaptureFixture[str]) -> None:
    added("--replay", "2026-08-10T08:00")
    capsys.readouterr()
    assert main(["check", "--area", "badplaats", "--json"]) == 0
    quality = json.loads(capsys.readouterr().out)
    assert {zone["zone_id"] for zone in quality["zones"]} == {"pier", "kade"}
    assert quality["last"].startswith("2026-08-10T07:00")
    assert main(["check", "--area", "badplaats", "--from", "2026-08-02", "--to", "2026-08-03"]) == 0
    assert "pier" in capsys.readouterr().out
    assert main(["check", "--area", "badplaats", "--to", "2025-01-01"]) == 2
    assert "has no counts in this period" in capsys.readouterr().err


def test_a_decision_is_in_force_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert added("--pending", "--by", "data steward") == 0
    assert main(["check", "--area", "badplaats"]) == 2
    assert "have not agreed to it" in capsys.readouterr().err
    decide = ["decide", "--area", "badplaats", "--source", "imported-counts", "--by", "klankbordgroep", "--decision"]
    assert main([*decide, "approved", "--reason", "besproken"]) == 0
    assert main(["check", "--area", "badplaats"]) == 0
    assert main([*decide, "refused"]) == 0
    assert main(["check", "--area", "badplaats"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "--area", "atlantis"], "There is no area 'atlantis'"),
        (["sources", "--area", "../.."], "There is no area"),
        (["decide", "--area", "scheveningen", "--source", "x", "--decision", "approved", "--by", "y"], "no source 'x'"),
        ([*ADD, "--counts", "counts.csv", "--zones", "counts.csv"], "counts.csv has no column 'zone_id'"),
        ([*ADD, "--counts", "zones.csv", "--zones", "zones.csv"], "zones.csv has no column 'timestamp'"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    capsys: pytest.CaptureFixture[str], folder: Path, arguments: list[str], sentence: str
) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert nothing_but_the_log(folder)


def test_a_bad_row_from_another_directory_leaves_nothing_behind(folder: Path) -> None:
    (folder / "counts.csv").write_text("timestamp;zone_id;count\n2026-08-03 14:00;pier;5\n2026-08-03 15:00;pier;druk\n")
    command = [sys.executable, "-m", "data", *ADD, "--counts", "counts.csv", "--zones", "zones.csv"]
    ran = subprocess.run(
        command, cwd=folder, env={**os.environ, "CSM_LANG": "nl"}, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == (
        "In counts.csv, rij 3: 'druk' is geen getal. Vul een getal in, of niets als het onbekend is.\n"
    )
    assert nothing_but_the_log(folder)


def test_a_file_that_cannot_be_written_is_said_too(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    (folder / "home").write_text("a file where the folder should be")
    assert added() == 2
    assert "cannot be read or written" in capsys.readouterr().err
