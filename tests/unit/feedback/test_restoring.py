"""A backup that is put back: nothing acknowledged is lost, and nothing that had ended comes to life again."""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from feedback.__main__ import main
from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.database.store import change_store, close_store, hold_store, open_store, store_path
from feedback.database.unavailable import UnavailableError
from feedback.people.invitations import WrongError, end_session, first_links, invitations, invite, withdraw
from feedback.people.participants import author_of_phone
from feedback.people.passwords import check_password, set_password, withdraw_account
from feedback.people.roles import TRUSTED, Role
from feedback.people.sign_ins import begin, come_in, listed, standing
from feedback.upkeep import restoring
from feedback.upkeep.aside import DAYS, WORKSHOP
from feedback.upkeep.backup import backup, backup_folder
from feedback.upkeep.erasure import erase_person, finish_erasures, receipts
from feedback.upkeep.restoring import restore
from feedback.upkeep.retention import retain
from language import UserError

ROOT = Path(__file__).parents[3]
PASSWORD = "vier korte woorden hier"
WORDS = "zonnebloemenveld kwartelkoning zeewierkroket"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    set_general_mode(Mode.AFTER)


def _send(text: str, who: str = "me") -> str:
    return send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", text), author_of_phone(who)).id


def _stay(_role: Role) -> int:
    return 3600


def _ids(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {row[0] for row in db.execute("SELECT id FROM contributions")}


def _holding(word: str) -> list[str]:
    """The files of users' state, outside the backups, in which a word can be found."""
    files = [path for path in store_path().parent.rglob("*") if path.is_file() and path.parent != backup_folder()]
    return [path.name for path in files if word.encode() in path.read_bytes()]


WRITERS = """
import sys, threading
from uuid import uuid4
from feedback.contributions.contributions import Contribution, send
from feedback.people.participants import author_of_phone
from feedback.database.unavailable import UnavailableError

stop = threading.Event()

def burst(number):
    author = author_of_phone(f"phone {number}")
    while not stop.is_set():
        try:
            one = send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", "woorden " * 60), author)
        except UnavailableError:
            continue
        sys.stdout.write(one.id + "\\n")
        sys.stdout.flush()

threads = [threading.Thread(target=burst, args=(number,)) for number in range(6)]
for thread in threads:
    thread.start()
sys.stdin.readline()
stop.set()
for thread in threads:
    thread.join()
sys.stdout.write("done\\n")
"""


def _writing(tmp_path: Path, number: int) -> "tuple[subprocess.Popen[str], Path]":
    acknowledged = tmp_path / f"acknowledged-{number}"
    with acknowledged.open("w") as output:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [sys.executable, "-c", WRITERS], stdin=subprocess.PIPE, stdout=output, env=env, text=True
        )
    return process, acknowledged


def _grows(process: "subprocess.Popen[str]", path: Path, more: int) -> None:
    """Wait until so many more writes were acknowledged."""
    aim = path.read_text().count("\n") + more
    while path.read_text().count("\n") < aim:
        assert process.poll() is None


@pytest.mark.parametrize("damaged", [False, True])
def test_no_write_that_was_acknowledged_during_a_restore_is_lost(tmp_path: Path, damaged: bool) -> None:
    """Two processes with six threads each write on; each write is in the database, or in what was there before it."""
    _send("eerst")
    copy = backup()
    running = [_writing(tmp_path, number) for number in range(2)]
    kept: set[str] = set()
    try:
        for _ in range(1 if damaged else 3):
            for writing in running:
                _grows(*writing, 15)
            done = restore(copy)
            assert done.before
            kept |= _ids(done.before)
        if damaged:
            kept |= _damage_while_writing()
            assert restore(copy).damaged
        for writing in running:
            _grows(*writing, 15)
    finally:
        for process, _ in running:
            assert process.stdin
            process.stdin.write("\n")
            process.stdin.close()
    for process, _ in running:
        assert process.wait(60) == 0
    lines = [line for _, acknowledged in running for line in acknowledged.read_text().splitlines()]
    assert lines.count("done") == 2
    written = {line for line in lines if len(line) == 36}
    assert len(written) > 50
    present = kept | _ids(store_path())
    assert written <= present, f"{len(written - present)} of {len(written)} lost"
    with open_store() as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def _damage_while_writing() -> set[str]:
    """Write rubbish over the database between two writes of others; return what was in it."""
    with hold_store():
        with closing(sqlite3.connect(store_path())) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        there = _ids(store_path())
        with store_path().open("r+b") as file:
            file.write(b"rubbish" * 4000)
    return there


def _once() -> tuple[str, Callable[[], object]]:
    _, code = invite(Role.STEWARD, "start", by=Role.STEWARD, kind="once")
    return code, lambda: come_in(code, _stay)


def _withdrawn() -> tuple[str, Callable[[], object]]:
    given, code = invite(Role.PROFESSIONAL, "Politie", by=Role.STEWARD)
    return code, lambda: withdraw(given.id)


def _ended() -> tuple[str, Callable[[], object]]:
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", session="s1")
    return code, lambda: end_session("s1")


def _first_link() -> tuple[str, Callable[[], object]]:
    code = first_links(TRUSTED, "eerste start")[Role.STEWARD]
    return code, lambda: first_links(TRUSTED, "eerste start")


@pytest.mark.parametrize("case", [_once, _withdrawn, _ended, _first_link])
def test_a_code_that_was_used_up_or_withdrawn_stays_so(
    case: Callable[[], tuple[str, Callable[[], object]]], tmp_path: Path
) -> None:
    code, over = case()
    _, other = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD)
    copy = backup()
    over()
    restore(copy)
    with pytest.raises(WrongError):
        come_in(code, _stay)
    assert come_in(other, _stay)[0].role is Role.KLANKBORD
    ledger = (tmp_path / "access.jsonl").read_text()
    assert code not in ledger
    assert not any(word in ledger for word in code.split("-") if len(word) > 6)
    assert [set(json.loads(line)) for line in ledger.splitlines()] == [{"id", "act", "at"}] * len(ledger.splitlines())
    assert (tmp_path / "access.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("changed", [False, True])
def test_a_password_that_was_withdrawn_or_changed_stays_so(changed: bool) -> None:
    account = set_password("Gemeente", Role.STEWARD, PASSWORD, by=Role.STEWARD)
    copy = backup()
    if changed:
        set_password("gemeente", Role.STEWARD, PASSWORD + "!", by=Role.STEWARD)
    else:
        withdraw_account(account.id)
    restore(copy)
    with pytest.raises(WrongError):
        check_password("Gemeente", PASSWORD)
    set_password("Gemeente", Role.STEWARD, PASSWORD + "?", by=Role.STEWARD)
    assert check_password("Gemeente", PASSWORD + "?").role is Role.STEWARD


def test_the_ledger_is_on_the_disk_before_a_code_lets_anybody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, code = invite(Role.STEWARD, "start", by=Role.STEWARD, kind="once")

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("data.keeping.ledger.os.fsync", full)
        with pytest.raises(UnavailableError, match="disk is full"):
            come_in(code, _stay)
    assert not invitations()[0].used
    assert listed(tuple(Role)) == []
    with (tmp_path / "access.jsonl").open("a") as file:
        file.write('{"id": "cut o')  # the machine stopped in the middle of a line
    come_in(code, _stay)
    lines = (tmp_path / "access.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["id"] == invitations()[0].id
    copy = backup()
    restore(copy)  # a line that cannot be read holds nobody up


FOLLOWER = """
import sys
from feedback.people.sign_ins import standing
for line in sys.stdin:
    print(len(standing([line.strip()])), flush=True)
"""


def test_every_sign_in_ends_also_in_a_process_that_has_just_looked() -> None:
    copy_of_nothing = backup()
    entered = begin(Role.STEWARD, 3600)
    copy = backup()
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", FOLLOWER], env=env, **pipes) as follower:

        def asked(sign_in: str) -> str:
            assert follower.stdin
            assert follower.stdout
            follower.stdin.write(sign_in + "\n")
            follower.stdin.flush()
            return str(follower.stdout.readline().strip())

        assert asked(entered.id) == asked(entered.id) == "1"
        restore(copy)
        assert asked(entered.id) == "0"
        later = begin(Role.STEWARD, 3600)
        assert asked(later.id) == "1"
        store_path().write_bytes(b"damaged" * 10_000)
        restore(copy_of_nothing)
        assert asked(later.id) == "0"
        assert follower.stdin
        follower.stdin.close()
    assert standing([entered.id, later.id]) == {}


def _crowd() -> None:
    for number in range(50):
        _send(f"gewone woorden van nummer {number} " + "over de drukte bij de pier " * 5, str(number))
    _send(WORDS)


def _damage() -> None:
    """Spoil the first pages, as a faulty disk does; words further on can still be read."""
    close_store()
    with store_path().open("r+b") as file:
        file.write(b"rubbish!" * 1000)


@pytest.mark.parametrize("by", ["erasure", "retention", "an earlier erasure"])
def test_words_in_a_damaged_database_go_with_an_erasure_and_with_time(by: str, tmp_path: Path) -> None:
    _crowd()
    copy = backup()
    if by == "an earlier erasure":
        with open_store() as reader:  # so that it stays pending: the words are still in the log
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM contributions").fetchone()
            erase_person(author_of_phone("7").person)
            reader.execute("ROLLBACK")
    _damage()
    done = restore(copy)
    if by == "an earlier erasure":
        assert done.damaged is None
        assert not (tmp_path / "feedback.damaged").exists()
        return
    assert done.damaged == tmp_path / "feedback.damaged"
    assert done.damaged.name in _holding("kwartelkoning")
    assert done.damaged.stat().st_mode & 0o777 == 0o600
    if by == "erasure":
        assert erase_person(author_of_phone("me").person).state == "complete"
        assert _holding("kwartelkoning") == []
    else:
        now = datetime.now(UTC)
        due = {outcome.rule: (outcome.due, outcome.left) for outcome in retain(now + timedelta(days=DAYS - 1))}
        assert due["damaged"] == (0, 0)
        done_then = {outcome.rule: (outcome.due, outcome.left) for outcome in retain(now + timedelta(days=DAYS + 1))}
        assert done_then["damaged"] == (1, 0)
        assert not (tmp_path / "feedback.damaged").exists()


def test_an_erasure_is_pending_as_long_as_a_damaged_file_cannot_be_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    _crowd()
    copy = backup()
    _damage()
    restore(copy)

    def refused(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refused)
        assert erase_person(author_of_phone("me").person).state == "pending"
    assert finish_erasures()
    assert _holding("kwartelkoning") == []


def test_the_log_of_a_damaged_database_is_kept_with_it_and_goes_with_it(tmp_path: Path) -> None:
    _send("eerst")
    copy = backup()
    close_store()
    with open_store():  # others are in it, so the log is not taken in
        _send(WORDS)
        log = store_path().with_name("feedback.db-wal").read_bytes()
        assert b"kwartelkoning" in log
    store_path().write_bytes(b"rubbish!" * 1000)
    restore(copy)
    assert "feedback.damaged-wal" in _holding("kwartelkoning")
    erase_person(author_of_phone("me").person)
    assert _holding("kwartelkoning") == []
    assert not list(tmp_path.glob("feedback.damaged*"))


def test_what_a_killed_restore_left_goes_too(tmp_path: Path) -> None:
    _crowd()
    copy = backup()
    for again in (lambda: erase_person(author_of_phone("7").person), lambda: restore(copy)):
        workshop = tmp_path / f"{WORKSHOP}killed"
        workshop.mkdir()
        shutil.copy(copy, workshop / "feedback.db")
        again()
        assert not workshop.exists()
    assert not list(tmp_path.glob(f"{WORKSHOP}*"))


def test_a_restore_that_fails_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _send("eerst")
    copy = backup()
    later = _send("later")

    def full() -> Path:
        raise UnavailableError("The disk is full.")

    monkeypatch.setattr(restoring, "backup", full)
    with pytest.raises(UserError, match="disk is full"):
        restore(copy)
    assert later in {said.id for said in find_contributions("scheveningen")}
    assert not list(tmp_path.glob("feedback.damaged*"))
    assert not list(tmp_path.glob(f"{WORKSHOP}*"))


def test_who_stays_in_the_database_keeps_a_restore_out_and_the_other_way_round(tmp_path: Path) -> None:
    _send("eerst")
    copy = backup()
    holder = (
        "import sys\nfrom feedback.database.store import {0}\nwith {0}():\n"
        "    print('in', flush=True)\n    sys.stdin.readline()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for name in ("change_store", "hold_store"):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        with subprocess.Popen([sys.executable, "-c", holder.format(name)], env=env, **pipes) as other:
            assert other.stdout
            assert other.stdin
            assert other.stdout.readline() == "in\n"
            with pytest.raises(UnavailableError, match="very busy"):
                restore(copy, patience=0.2)
            if name == "hold_store":
                with pytest.raises(UnavailableError, match="very busy"), change_store(patience=0.2):
                    pass
            other.stdin.write("\n")
            other.stdin.close()
        assert restore(copy).before


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    _send("eerst")
    copy = backup()
    with closing(sqlite3.connect(copy)) as db:
        db.execute("DROP TABLE sign_ins")
        db.execute("DROP TABLE audit_log")
        for table in ("access_codes", "accounts"):
            db.execute(f"ALTER TABLE {table} DROP COLUMN organisation")
        db.execute(
            "DELETE FROM _sqlite_migrations WHERE name IN ('sign_ins', 'sign_ins_seen', 'organisations', 'audit_log')"
        )
        db.commit()
    restore(copy)
    assert begin(Role.STEWARD, 60).role is Role.STEWARD


def test_a_backup_can_be_put_back_where_nothing_is(tmp_path: Path) -> None:
    _send("eerst")
    copy = backup()
    elsewhere = shutil.copy(copy, tmp_path / "elsewhere.db")
    close_store()
    for path in tmp_path.glob("feedback.db*"):
        path.unlink()
    done = restore(Path(elsewhere))
    assert (done.before, done.damaged) == (None, None)
    assert [said.text for said in find_contributions("scheveningen")] == ["eerst"]
    assert store_path().stat().st_mode & 0o777 == 0o600


def test_an_old_backup_is_not_swept_away_by_the_one_made_before_it_is_put_back() -> None:
    _send("eerst")
    old = backup(datetime.now(UTC) - timedelta(days=40))
    restore(old)
    assert [said.text for said in find_contributions("scheveningen")] == ["eerst"]


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    _crowd()
    copy = backup()
    _send("later")
    assert main(["restore", str(copy), "--lang", "nl"]) == 0
    said = capsys.readouterr().out
    assert str(max(backup_folder().glob("feedback-*.db"))) in said
    assert "python -m feedback invite" in said
    _damage()
    assert main(["restore", str(copy), "--lang", "nl"]) == 0
    assert "feedback.damaged" in capsys.readouterr().out
    assert [receipt.state for receipt in receipts()] == []
