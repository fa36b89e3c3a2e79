"""The audit log: what stands in it, what never does, and that nothing but time takes it away."""

import csv
import errno
import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping import ledger
from data.keeping.acts import LEDGER, Actor, UnderWay, act_id, begun_only, carry_out, files
from feedback.__main__ import main
from feedback.database.store import change_store, close_store, open_store, store_path
from feedback.people import audit_log
from feedback.people.audit_log import COLUMNS, as_csv, lines
from feedback.people.audit_words import ACTS, act_text, kind_of
from feedback.people.invitations import invite, withdraw
from feedback.people.organisations import Organisation
from feedback.people.passwords import set_password
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in, leave
from feedback.upkeep.backup import backup
from feedback.upkeep.restoring import restore
from feedback.upkeep.retention import AUDIT, retain
from language import LANGUAGES, UserError, language
from streamlit_app.access.authority import MAY
from tests.unit.changing import modules

STEWARD = Actor(Role.STEWARD, Organisation.MUNICIPALITY, "g1")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def acts() -> list[str]:
    return [one.act for one in lines()]


def test_every_act_that_is_logged_has_words_in_both_languages() -> None:
    known = {act for kind in ACTS.values() for act in kind}
    logged = {".".join(name.split(".")[-2:]) for name, rule in MAY.items() if rule.logged}
    assert logged - known == set()
    for code in LANGUAGES:
        assert all(act_text(act, language(code)) != act for act in known)
    written = {
        f"{module.name.rpartition('.')[2]}.{name.rpartition('.')[2]}"
        for module in modules(("data", "forecasting", "feedback", "response", "reports", "streamlit_app"))
        for name in module.meaning.values()
        if name.startswith(f"{module.name}.")
    }
    doors = {"sign_ins.come_in", "sign_ins.leave"}
    assert known - written - doors == set(), "no function is called so any more"


def test_coming_in_and_going_are_told_without_code_or_name(home: Path) -> None:
    invitation, code = invite(Role.PROFESSIONAL, "Wijkraad", by=Role.STEWARD, organisation=Organisation.POLICE)
    _, made = come_in(code, lambda _role: 60)
    leave([made.id])
    found = lines(("door",))
    assert [(one.act, one.role, one.organisation, one.access) for one in found] == [
        ("sign_ins.leave", "professional", "police", invitation.id),
        ("sign_ins.come_in", "professional", "police", invitation.id),
    ]
    with open_store() as db:
        text = repr(list(db.query("SELECT * FROM audit_log")))
    assert code not in text
    assert made.id not in text
    assert "Wijkraad" not in text


def test_a_password_and_a_label_never_get_into_the_log(home: Path) -> None:
    account = carry_out(STEWARD, None, set_password, "Jan Balie", Role.STEWARD, "vier losse woorden", by=Role.STEWARD)
    invited, code = carry_out(STEWARD, None, invite, Role.KLANKBORD, "Kees", by=Role.STEWARD)
    carry_out(STEWARD, None, withdraw, invited.id)
    assert [(one.act, one.target) for one in lines()] == [
        ("invitations.withdraw", invited.id),
        ("invitations.invite", invited.id),
        ("passwords.set_password", account.id),
    ]
    with open_store() as db:
        text = repr(list(db.query("SELECT * FROM audit_log")))
    assert not [word for word in ("Jan", "Kees", "losse", code) if word in text]


def test_no_line_can_be_changed(home: Path) -> None:
    carry_out(STEWARD, None, invite, Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)
    with pytest.raises(sqlite3.IntegrityError, match="does not change"), change_store() as db:
        db.execute("UPDATE audit_log SET role = 'visitor'")
    assert lines()[0].role == "steward"


def test_what_changes_files_is_told_too_and_once(home: Path) -> None:
    carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    assert [line["outcome"] for line in ledger.read(LEDGER)] == ["begun", "done"]
    assert acts() == acts() == ["clock.set_clock"]
    assert lines()[0].target == "scheveningen"


KILLED = """
import os, signal
from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping import acts, ledger
add = ledger.append
def killed_at_the_end(name, line):
    if line["outcome"] == "done":
        os.kill(os.getpid(), signal.SIGKILL)
    add(name, line)
ledger.append = killed_at_the_end
acts.carry_out(acts.Actor("steward", None, "g1"), None, set_clock, load_area("scheveningen"), None)
"""


def test_an_act_whose_process_is_killed_before_its_line_is_told_as_begun(home: Path) -> None:
    before = files("scheveningen", "area.toml")
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    assert subprocess.run([sys.executable, "-c", KILLED], env=env, check=False).returncode == -signal.SIGKILL
    assert files("scheveningen", "area.toml") != before
    for _ in range(2):
        (told,) = lines()
        assert (told.act, told.target, told.outcome, told.access) == ("clock.set_clock", "scheveningen", "begun", "g1")
        assert told.kind == "data"
        retain()
    carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    assert {one.outcome for one in lines()} == {"done", "begun"}


def test_what_ended_or_was_not_done_leaves_no_beginning(home: Path) -> None:
    def refuse() -> None:
        assert [line["outcome"] for line in begun_only()] == ["begun"]
        raise UserError("Choose an answer first. We did not choose one for you.")

    with pytest.raises(UserError):
        carry_out(STEWARD, None, refuse)
    assert lines() == []
    carry_out(STEWARD, None, invite, Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)
    carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    assert [one.outcome for one in lines()] == ["done", "done"]
    retain()
    assert [line["outcome"] for line in ledger.read(LEDGER)] == ["done"]


def test_what_cannot_be_written_down_does_not_begin(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ledger, "append", full)
    before = files("scheveningen", "area.toml")
    with pytest.raises(UserError, match="No space left"):
        carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    assert files("scheveningen", "area.toml") == before


def test_the_same_refusal_within_a_minute_is_one_line(home: Path) -> None:
    for target in ("a", "a", "b", "a"):
        audit_log.refuse(UnderWay(STEWARD, "moderation.hide", target), "refused")
    assert sorted(str(one.target) for one in lines()) == ["a", "b"]
    assert {one.kind for one in lines()} == {"refusal"}


@pytest.mark.parametrize("damaged", [False, True])
def test_a_restore_does_not_take_away_what_was_done_since(home: Path, damaged: bool) -> None:
    carry_out(STEWARD, None, invite, Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)
    kept = backup()
    carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    carry_out(STEWARD, None, invite, Role.KLANKBORD, "Vereniging", by=Role.STEWARD)
    if damaged:
        close_store()
        store_path().write_bytes(b"not a database")
        for suffix in ("-wal", "-shm"):
            store_path().with_name(store_path().name + suffix).unlink(missing_ok=True)
    assert main(["restore", str(kept)]) == 0
    found = lines()
    # What stood in a damaged database only is known by its beginning, which stands beside it.
    invited = [one.outcome for one in found if one.act == "invitations.invite"]
    assert invited == ["begun" if damaged else "done", "done"]
    assert [one.act for one in found].count("clock.set_clock") == 1
    restored = next(one for one in lines() if one.act == "restoring.restore")
    assert restored.means == "command line"
    restore(kept)
    assert acts().count("invitations.invite") == 2


def test_the_log_goes_after_a_year_and_not_before(home: Path) -> None:
    carry_out(STEWARD, None, invite, Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)
    carry_out(STEWARD, None, set_clock, load_area("scheveningen"), None)
    now = datetime.now(UTC)
    retain(now + timedelta(days=AUDIT - 1))
    assert len(lines()) == 2
    due = next(one for one in retain(now + timedelta(days=AUDIT + 1)) if one.rule == "audit")
    assert (due.due, due.left) == (2, 0)
    assert lines() == []


@given(st.text(max_size=30), st.sampled_from(["=1+1", "+cmd", "-2", "@x", "\t=1", "\r=1", "plain"]))
def test_the_file_is_safe_in_a_spreadsheet(text: str, start: str) -> None:
    line = audit_log.Line(
        "i", "2026-08-03T08:00:00Z", start + text, start, "done", "steward", None, start, "browser", start
    )
    found = list(csv.reader(StringIO(as_csv([line]), newline="")))
    assert tuple(found[0]) == COLUMNS
    assert not [cell for row in found[1:] for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_the_command_shows_and_exports_and_is_told_itself(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["invite", "--role", "klankbord", "--label", "Wijkraad"])
    capsys.readouterr()
    assert main(["audit", "--kind", "people", "--since", date.today().isoformat(), "--lang", "nl"]) == 0
    shown = capsys.readouterr().out
    assert "Uitnodiging gemaakt" in shown
    assert "wie de computer beheert" in shown
    assert main(["audit", "--csv"]) == 0
    assert next(csv.reader(StringIO(capsys.readouterr().out))) == list(COLUMNS)
    assert acts()[0] == "audit_log.exported"
    assert kind_of("audit_log.exported", "done") == "export"


def test_an_act_is_known_by_module_and_function_so_that_a_move_changes_no_history() -> None:
    assert act_id(invite) == "invitations.invite"
