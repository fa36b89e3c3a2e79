"""Adopted thresholds: everyone's, with who and why; nothing is lost, and there is a way back."""

import json
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.area.area import load_area
from data.keeping.home import area_home
from data.keeping.locking import locked
from forecasting.__main__ import main as command
from forecasting.values.adoption import adopt, adoptions, go_back, in_force
from forecasting.values.threshold_set import ThresholdSet
from language import UserError
from streamlit_app.server.routes import ROUTES

AREA = load_area("scheveningen")
STRICT = ThresholdSet(zones={"pier": (1000, 2000, 3000)})
STRICTER = ThresholdSet(zones={"pier": (500, 1000, 1500), "keizerstraat": (100, 200, 300)})
WHY = "Op de Pier voelt het eerder vol."


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def _adopt(thresholds: ThresholdSet, reason: str = WHY) -> None:
    adopt(AREA, thresholds, body="klankbordgroep", role="facilitator", reason=reason)


def test_nothing_is_adopted_at_first() -> None:
    assert adoptions(AREA.id) == ()
    assert in_force(AREA.id) is None


def test_the_newest_is_in_force_and_earlier_ones_are_kept() -> None:
    _adopt(STRICT)
    _adopt(STRICTER)
    decision = in_force(AREA.id)
    assert decision is not None
    assert (decision.number, decision.thresholds, decision.reason) == (2, STRICTER, WHY)
    assert [one.thresholds for one in adoptions(AREA.id)] == [STRICT, STRICTER]


def test_there_is_a_way_back_to_an_earlier_set_and_to_the_defaults() -> None:
    _adopt(STRICT)
    _adopt(STRICTER)
    go_back(AREA, 1, body="klankbordgroep", role="facilitator", reason="Dat was toch te streng.")
    decision = in_force(AREA.id)
    assert decision is not None
    assert (decision.number, decision.back_to, decision.thresholds) == (3, 1, STRICT)
    go_back(AREA, 0, body="organisation", role="steward", reason="Terug naar de aannames.")
    assert in_force(AREA.id) is None
    assert len(adoptions(AREA.id)) == 4


@pytest.mark.parametrize(
    ("thresholds", "reason", "said"),
    [
        (STRICT, "  zo  ", "in one sentence why"),
        (ThresholdSet(zones={"atlantis": (1, 2, 3)}), WHY, "no place 'atlantis'"),
        (ThresholdSet(), WHY, "in force already"),
    ],
)
def test_what_cannot_be_adopted_is_said(thresholds: ThresholdSet, reason: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        _adopt(thresholds, reason)
    assert adoptions(AREA.id) == ()


def test_there_is_no_way_back_to_what_never_was() -> None:
    with pytest.raises(UserError, match="no decision 7"):
        go_back(AREA, 7, body="werkgroep", role="steward", reason=WHY)


def test_two_at_once_do_not_overwrite_each_other() -> None:
    with locked(AREA.id, "thresholds"), pytest.raises(UserError, match="Another process"):
        _adopt(STRICT)
    _adopt(STRICT)


def test_a_damaged_history_is_said_and_not_overwritten() -> None:
    _adopt(STRICT)
    path = area_home(AREA.id) / "thresholds.json"
    path.write_text(path.read_text("utf-8")[:-40], "utf-8")
    with pytest.raises(UserError, match=r"thresholds\.json is damaged"):
        in_force(AREA.id)
    before = path.read_text("utf-8")
    with pytest.raises(UserError, match="is damaged"):
        _adopt(STRICTER)
    assert path.read_text("utf-8") == before


def _command(*arguments: str) -> int:
    return command(["thresholds", "--area", AREA.id, *arguments])


def test_the_command_prints_what_is_in_force_adopts_and_goes_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _command() == 0
    before = json.loads(capsys.readouterr().out)
    assert before["adopted"] is None
    assert before["zones"]["pier"] == {"yellow": 1634.0, "orange": 2736.0, "red": 4104.0, "basis": "density"}

    file = tmp_path / "strict.json"
    file.write_text(STRICT.json_text, "utf-8")
    assert _command("--adopt", str(file), "--by", "klankbordgroep", "--why", WHY) == 0
    after = json.loads(capsys.readouterr().out)
    assert (after["adopted"]["number"], after["adopted"]["reason"]) == (1, WHY)
    assert after["zones"]["pier"] == {"yellow": 1000.0, "orange": 2000.0, "red": 3000.0, "basis": "chosen"}

    assert _command("--back", "0", "--by", "organisation", "--why", "Het was een proef.") == 0
    assert json.loads(capsys.readouterr().out) == before
    assert _command("--history") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "number,at,body,role,reason,back_to,zone_id,yellow,orange,red"
    assert len(lines) == 3
    assert lines[1].startswith("1,")
    assert ",klankbordgroep,steward," in lines[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--back", "3", "--by", "werkgroep", "--why", WHY), "no decision 3"),
        (("--adopt", "nowhere.json", "--by", "werkgroep", "--why", WHY), "nowhere.json cannot be read"),
        (("--back", "0"), "Say on whose behalf and why"),
    ],
)
def test_a_wrong_command_is_one_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _command(*arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1


def test_the_address_says_what_is_in_force() -> None:
    client = TestClient(Starlette(routes=ROUTES))
    _adopt(STRICT)
    answer = client.get(f"/api/areas/{AREA.id}/thresholds.json").json()
    assert answer["adopted"]["body"] == "klankbordgroep"
    assert answer["zones"]["pier"]["orange"] == 2000.0
