"""The database: made once, a connection lent per call, one change at a time, and its troubles said in words."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest

from feedback.__main__ import main
from feedback.database.migrations import migration_sets
from feedback.database.own_rows import owned_tables
from feedback.database.store import change_store, close_store, initialise, open_store, store_path, version
from language import UserError

ROW = {"area": "scheveningen", "role": "bewoner", "language": "nl", "state": "waiting", "sent": "2026-08-01T12:00:00Z"}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def _add(contribution: str, text: str = "druk bij de Pier") -> None:
    with change_store() as db:
        db["contributions"].insert({"id": contribution, "text": text, **ROW})


@pytest.mark.usefixtures("as_the_app_connects")
def test_it_is_made_when_first_opened_and_only_its_owner_can_read_it() -> None:
    with open_store() as db:
        assert {"participants", "contributions", "contributions_search"} <= set(db.table_names())
        assert [db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == ["wal", 2]
        assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
        assert db.execute("PRAGMA secure_delete").fetchone()[0] == 1
    assert stat.S_IMODE(store_path().stat().st_mode) == 0o600
    assert initialise() == []


def test_a_database_that_was_put_in_the_place_of_another_is_brought_up_to_date(tmp_path: Path) -> None:
    _add("1")
    for name in ("feedback.db", "feedback.db-wal", "feedback.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "other").touch()  # so that the new file does not get the old one's number
    with open_store() as db:
        assert db["contributions"].count == 0


def test_threads_that_open_it_first_together_make_it_once(tmp_path: Path) -> None:
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            _add(str(number))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors
    with open_store() as db:
        assert db["contributions"].count == 20


def test_the_log_stays_between_calls_and_is_taken_in_at_the_end() -> None:
    log = store_path().with_name("feedback.db-wal")
    _add("1")
    assert log.exists()
    close_store()
    assert not log.exists()
    close_store()
    _add("2")
    with open_store() as db:
        assert db["contributions"].count == 2


def test_a_change_is_kept_whole_or_not_at_all() -> None:
    def half() -> None:
        with change_store() as db:
            db["contributions"].insert({"id": "1", **ROW})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    with open_store() as db:
        assert db["contributions"].count == 0


def test_a_locked_database_is_said_in_one_sentence() -> None:
    _add("1")
    other = sqlite3.connect(store_path(), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UserError, match="very busy"), change_store(patience=0.05):
        pass
    other.rollback()
    other.close()
    _add("2")


def test_a_file_that_is_no_database_is_said_in_one_sentence() -> None:
    store_path().write_bytes(b"no database at all" * 100)
    with pytest.raises(UserError, match="damaged"), open_store():
        pass


def test_a_full_disk_is_said_in_one_sentence_and_keeps_what_was_there() -> None:
    _add("1")

    def fill() -> None:
        with change_store() as db:
            pages = db.execute("PRAGMA page_count").fetchone()[0]
            db.execute(f"PRAGMA max_page_count = {pages}")
            for number in range(2, 200):
                db["contributions"].insert({"id": str(number), "text": "x" * 1000, **ROW})

    with pytest.raises(UserError, match="disk is full"):
        fill()
    with open_store() as db:
        assert [row["id"] for row in db["contributions"].rows] == ["1"]


def test_a_disk_that_may_only_be_read_is_said_in_one_sentence_and_goes_on_when_it_may_be_written() -> None:
    _add("1")
    with open_store() as db:
        db.execute("PRAGMA query_only = ON")  # the next to come gets this connection
    with pytest.raises(UserError, match="who owns"):
        _add("2")
    with open_store() as db:
        assert [row["id"] for row in db["contributions"].rows] == ["1"]
    _add("3")
    with open_store() as db:
        assert [row["id"] for row in db["contributions"].rows] == ["1", "3"]


def test_search_follows_changes() -> None:
    _add("1")

    def hits(words: str) -> int:
        with open_store() as db:
            sql = "SELECT count(*) FROM contributions_search WHERE contributions_search MATCH ?"
            return int(db.execute(sql, [words]).fetchone()[0])

    assert hits("pi*") == 1
    with change_store() as db:
        db.execute("UPDATE contributions SET text = 'rustig in Duindorp'")
    assert (hits("pi*"), hits("duin*")) == (0, 1)
    with change_store() as db:
        db.execute("DELETE FROM contributions")
    assert hits("duin*") == 0


def test_every_table_with_a_person_says_what_is_theirs() -> None:
    owned = {table.table: table for table in owned_tables()}
    with open_store() as db:
        for name in db.table_names():
            columns = set(db[name].columns_dict)
            if "person" in columns and name != "participants":
                assert name in owned, f"{name} is missing from the lists `owned` in feedback/migrations"
        for table in owned.values():
            columns = set(db[table.table].columns_dict)
            assert {"id", "person", "session", table.moment, *table.words} <= columns
            assert table.search is None or db[table.search].exists()
    assert len({migrations.name for migrations in migration_sets()}) == len(migration_sets())


def test_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", "--lang", "en"]) == 0
    assert "contributions.contributions" in capsys.readouterr().out
    assert main(["verify", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "The database is in order.\n"
    store_path().write_bytes(b"nonsense" * 1000)
    assert main(["verify", "--lang", "nl"]) == 2
    assert "beschadigd" in capsys.readouterr().err


def _emptied() -> bool:
    """Whether the log can be emptied now."""
    with open_store(patience=0.05) as db:
        return db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def test_a_connection_is_kept_and_lent_to_one_at_a_time() -> None:
    with open_store() as db:
        first = db.conn
    with open_store() as db:
        assert db.conn is first
        with open_store() as other:
            assert other.conn is not first


def test_a_kept_connection_goes_on_reading_nothing() -> None:
    for number in range(50):
        _add(str(number))
    with open_store() as db:
        begun = db.query("SELECT * FROM contributions")
        next(begun)
        half = db.execute("SELECT id FROM contributions")
        half.fetchone()
        assert not _emptied()
    assert _emptied()
    for rest in (begun, half):
        with pytest.raises(sqlite3.ProgrammingError):
            next(iter(rest))


def test_what_was_begun_and_not_committed_is_taken_back() -> None:
    with open_store() as db:
        db.conn.execute("BEGIN IMMEDIATE")
        db.conn.execute("INSERT INTO erasures (id, asked, rows, state) VALUES ('1', 'now', 1, 'pending')")
    with open_store() as db:
        assert not db.conn.in_transaction
        assert db["erasures"].count == 0
    _add("1")


def test_a_connection_in_which_something_went_wrong_is_not_kept() -> None:
    lent = []

    def fail() -> None:
        with open_store() as db:
            lent.append(db.conn)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with pytest.raises(sqlite3.ProgrammingError):
        lent[0].execute("SELECT 1")
    _add("1")


def test_each_call_waits_as_long_as_it_says() -> None:
    for patience in (7.0, 0.5, 20.0):
        with open_store(patience=patience) as db:
            assert db.execute("PRAGMA busy_timeout").fetchone()[0] == patience * 1000


def test_another_file_at_the_path_is_seen_at_once() -> None:
    _add("1")
    with open_store() as db:
        old = db.conn
    before = version()
    another = store_path().with_name("another.db")
    initialise(another)
    close_store(another)
    for suffix in ("-wal", "-shm"):
        store_path().with_name(f"feedback.db{suffix}").unlink()
    another.replace(store_path())
    with open_store() as db:
        assert db.conn is not old
        assert db["contributions"].count == 0
    assert version() != before


def test_a_version_never_comes_back_whatever_is_closed_between() -> None:
    seen = set()
    for number in range(4):
        _add(str(number))
        seen.add(version())
        assert version() in seen
        if number % 2:
            close_store()
    assert len(seen) == 4


def test_a_version_tells_of_what_another_process_wrote() -> None:
    before = version()
    with closing(sqlite3.connect(store_path())) as other, other:
        other.execute("INSERT INTO erasures (id, asked, rows, state) VALUES ('1', 'now', 1, 'pending')")
    assert version() != before


def test_a_process_that_is_forked_off_opens_connections_of_its_own() -> None:
    _add("1")
    with open_store() as db:
        parents = db.conn
    child = os.fork()
    if child == 0:
        with open_store() as db:
            own = db.conn is not parents and db["contributions"].count == 1
        os._exit(0 if own else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    _add("2")
    with open_store() as db:
        assert db.conn is parents
        assert db["contributions"].count == 2
