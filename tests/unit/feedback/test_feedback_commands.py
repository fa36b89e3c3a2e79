"""What an administrator does, by command: files out and in, erase, retain, backup and restore."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from data.area.area import load_area
from feedback.__main__ import main
from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.exchange import import_contributions
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.people.participants import author_of_phone
from language import UserError

AREA = load_area("scheveningen")
FORMULA = '=HYPERLINK("http://x.nl","klik")'


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CSM_LANG", "nl")
    set_general_mode(Mode.AFTER)


def _send(text: str, role: str = "resident", who: str = "me", **fields) -> None:
    send(Contribution(str(uuid4()), AREA.id, role, "nl", text, **fields), author_of_phone(who))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_open_export_defuses_formulas_and_tells_no_more_than_five_share(tmp_path: Path) -> None:
    hour = datetime(2026, 8, 8, 12, tzinfo=UTC)
    _send(FORMULA, "police", zone=AREA.zone_ids[0], hour=hour)
    for number in range(6):
        _send(f"druk {number}", zone=AREA.zone_ids[1], hour=hour)
    assert main(["export", str(tmp_path), "--area", AREA.id]) == 0
    rows = _rows(tmp_path / f"contributions-{AREA.id}.csv")
    assert [row["text"] for row in rows][-1] == "'" + FORMULA
    assert {row["role"] for row in rows} == {""}
    assert {row["data"] for row in rows} == {"DEMO DATA"}
    assert "person" not in rows[0]
    for number in range(6, 20):
        _send(f"druk {number}", zone=AREA.zone_ids[1], hour=hour)
    for _ in range(5):
        _send("ook politie", "police", zone=AREA.zone_ids[0], hour=hour)
    main(["export", str(tmp_path), "--area", AREA.id])
    rows = _rows(tmp_path / f"contributions-{AREA.id}.csv")
    assert {(row["role"], row["hour"]) for row in rows} == {
        ("police", "2026-08-08T14:00:00+02:00"), ("resident", "2026-08-08T14:00:00+02:00")
    }  # fmt: skip


def test_what_is_exported_for_an_archive_comes_back_the_same_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for text in (FORMULA, '\'s avonds\nis het druk; echt, "waar"', "-5 graden"):
        _send(text, zone=AREA.zone_ids[0], hour=datetime(2026, 8, 8, 12, tzinfo=UTC), topic="noise")
    main(["export", str(tmp_path), "--area", AREA.id, "--all"])
    before = {(said.id, said.text, said.hour, said.zone, said.topic) for said in find_contributions(AREA.id)}
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "elsewhere"))
    set_general_mode(Mode.AFTER)
    path = tmp_path / f"contributions-{AREA.id}-all.csv"
    for _ in range(2):
        assert main(["import", str(path), "--area", AREA.id]) == 0
    assert {(said.id, said.text, said.hour, said.zone, said.topic) for said in find_contributions(AREA.id)} == before


def test_typed_sheets_come_in_with_semicolons_once(tmp_path: Path) -> None:
    path = tmp_path / "sheets.csv"
    path.write_text("role;text;hour\nresident;Te druk;2026-08-08T14:00\nvisitor;Mooi;\n", "utf-8")
    assert [import_contributions(path, AREA, "nl") for _ in range(2)] == [2, 2]
    assert sorted(said.text for said in find_contributions(AREA.id)) == ["Mooi", "Te druk"]
    assert find_contributions(AREA.id, words="druk")[0].hour == datetime(2026, 8, 8, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"naam,tekst\na,b\n", "needs the columns role"),
        (b"", "needs the columns role"),
        (b"role,text\nresident,ok\nking,b\n", "Row 3 of .*'king' is not a value for role"),
        (b"role,text,hour\nresident,ok,gisteren\n", "Row 2 .*not a moment"),
        (b"role,text,zone\nresident,ok,atlantis\n", "Row 2 .*'atlantis' is not a value for zone"),
        (b"role,text\nresident,\n", "Row 2 .*Write something"),
        (b"role,text\nresident,\xff\xfe\n", "not UTF-8"),
    ],
)
def test_a_bad_file_is_one_sentence_and_nothing_comes_in(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "sheets.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=sentence):
        import_contributions(path, AREA, "nl")
    assert find_contributions(AREA.id) == []


def test_erase_retain_backup_and_restore(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    author = author_of_phone("me")
    _send("weg ermee")
    _send("blijft", who="other")
    main(["backup"])
    (copy,) = (tmp_path / "home" / "backups").glob("*.db")
    assert main(["erase", "--code", "zee zee zee zee zee"]) == 2
    assert "vijf woorden" in capsys.readouterr().err
    assert main(["erase", "--code", author.code]) == 0
    assert "1 regel, klaar" in capsys.readouterr().out
    assert main(["restore", str(copy)]) == 0
    assert "1 regel die daarna" in capsys.readouterr().out
    assert [said.text for said in find_contributions(AREA.id)] == ["blijft"]
    assert main(["erase", "--contribution", find_contributions(AREA.id)[0].id]) == 0
    assert main(["erase", "--contribution", "gone"]) == 2
    assert main(["erase", "--finish"]) == 0
    assert "0 keer" in capsys.readouterr().out
    assert main(["retain", "--dry-run", "--at", "2036-01-01"]) == 0
    assert main(["retain", "--at", "2036-01-01"]) == 2
    assert main(["retain"]) == 0
    assert main(["verify"]) == 0
    assert main(["restore", str(tmp_path / "absent")]) == 2
