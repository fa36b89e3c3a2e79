"""Erased is erased: from the table, the index, the log, the file and every later backup; retention proves itself."""

import json
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from feedback.contributions.contributions import Contribution, find_contributions, of_person, send
from feedback.contributions.moderation import Mode, hide, publish, set_general_mode
from feedback.database.own_rows import rows_of
from feedback.database.store import change_store, open_store, store_path
from feedback.people.participants import Author, author_of_phone, person_by_code
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement, vote
from feedback.upkeep.backup import backup, expired
from feedback.upkeep.erasure import erase_person, erase_rows, finish_erasures, leftovers, receipts
from feedback.upkeep.restoring import restore
from feedback.upkeep.retention import RULES, link_end, retain, rule_text
from language import UserError, language
from tests.unit.moderators import as_seen

NOW = datetime(2026, 8, 8, 12, tzinfo=UTC)
REST = {"fleeting": (0, 0), "audit": (0, 0), "backups": (0, 0), "damaged": (0, 0)}
WORDS = "zonnebloemenveld kwartelkoning zeewierkroket"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    set_general_mode(Mode.AFTER)


def _send(text: str, author: Author, **fields) -> str:
    known = {"id": str(uuid4()), "area": "scheveningen", "role": "resident", "language": "nl", "text": text}
    return send(Contribution(**(known | fields)), author).id


def _crowd() -> Author:
    """Fifty others, and one person with words that nobody else uses."""
    for number in range(50):
        _send(
            f"gewone woorden van iemand nummer {number} " + "over de drukte bij de pier " * 5,
            author_of_phone(str(number)),
        )
    author = author_of_phone("me")
    _send(WORDS, author)
    _send(WORDS + " nog eens", author)
    return author


def _traces(path: Path) -> list[str]:
    """Where the words still are: bytes of the files, or terms of the index."""
    found = []
    for file in (path, path.with_name(path.name + "-wal")):
        content = file.read_bytes() if file.exists() else b""
        found += [f"{file.name}: {word}" for word in WORDS.split() if word.encode() in content]
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        db.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'contributions_search', 'row')")
        terms = {row[0] for row in db.execute("SELECT term FROM vocabulary")}
        found += [f"index: {term}" for term in terms if any(word.startswith(term) for word in WORDS.split())]
    db.close()
    return found


def test_erasing_leaves_no_word_in_table_index_log_file_or_next_backup() -> None:
    author = _crowd()
    assert _traces(store_path())
    receipt = erase_person(author.person)
    assert (receipt.rows, receipt.state) == (2, "complete")
    assert _traces(store_path()) == []
    assert _traces(backup()) == []
    assert person_by_code(author.code) is None
    assert of_person(author.person) == []
    assert len(find_contributions("scheveningen", words="gewone")) == 50
    assert WORDS.split(maxsplit=1)[0] not in (store_path().parent / "erasures.jsonl").read_text("utf-8")


def test_while_somebody_reads_it_is_pending_and_completed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.upkeep.erasure._ATTEMPT", 0.1)
    author = _crowd()
    reader = sqlite3.connect(store_path())
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM contributions").fetchone()
    assert erase_person(author.person).state == "pending"
    assert find_contributions("scheveningen", words="kwartelkoning") == []
    assert not finish_erasures()
    reader.close()
    assert finish_erasures()
    assert [receipt.state for receipt in receipts()] == ["complete"]
    assert receipts(pending_only=True) == []
    assert _traces(store_path()) == []


def test_leftovers_are_seen_without_knowing_the_words() -> None:
    _crowd()
    finish_erasures()
    with open_store() as db:
        db.execute("VACUUM")
        assert leftovers(db) == []
        db.execute("DROP TRIGGER contributions_removed")
        db.execute("DELETE FROM contributions WHERE text LIKE '%kwartelkoning%'")
        assert "contributions_search" in leftovers(db)


def test_a_backup_that_is_put_back_forgets_what_was_erased_since() -> None:
    author = _crowd()
    before = backup()
    kept = _send("na de back-up", author_of_phone("later"))
    erase_person(author.person)
    assert restore(before).erased == 2
    assert _traces(store_path()) == []
    assert kept not in {said.id for said in find_contributions("scheveningen")}
    assert len(find_contributions("scheveningen")) == 50
    assert person_by_code(author.code) is None
    assert restore(backup()).erased == 0


def test_a_damaged_database_makes_way_for_a_backup_and_a_damaged_backup_is_refused(tmp_path: Path) -> None:
    _crowd()
    copy = backup()
    store_path().write_bytes(b"damaged" * 10_000)
    restore(copy)
    assert len(find_contributions("scheveningen")) == 52
    assert (tmp_path / "feedback.damaged").exists()
    for name, content in (("text.db", b"no backup"), ("half.db", copy.read_bytes()[:8192])):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UserError, match="not a complete backup"):
            restore(tmp_path / name)
    with pytest.raises(UserError, match="no file"):
        restore(tmp_path / "absent.db")


def test_one_row_is_erased_by_its_author_only() -> None:
    author, other = author_of_phone("me"), author_of_phone("other")
    mine, _ = _send("een", author), _send("twee", author)
    with pytest.raises(UserError, match="nothing here"):
        erase_rows({"contributions": [mine]}, person=other.person)
    assert erase_rows({"contributions": [mine]}, person=author.person).rows == 1
    with open_store() as db:
        assert [row["text"] for row in rows_of(db, author.person)["contributions"]] == ["twee"]


def test_old_backups_go() -> None:
    old, young = backup(NOW - timedelta(days=31)), backup(NOW - timedelta(days=29))
    assert expired(NOW) == [old]
    backup(NOW)
    assert not old.exists()
    assert young.exists()
    assert [path.stat().st_mode & 0o777 for path in (young, young.parent)] == [0o600, 0o700]


def test_retention_counts_first_then_does_it_and_proves_it() -> None:
    author = author_of_phone("me")
    long_ago, last_year, now = (f"{year}-08-01T12:00:00Z" for year in (2023, 2025, 2026))
    for sent in (long_ago, last_year, now):
        _send("woorden", author, sent=sent)
    hidden = _send("reclame", author_of_phone("x"), sent=now)
    hide(as_seen(hidden), "advertising", "facilitator")
    with change_store() as db:
        db.execute("UPDATE moderation_log SET at = ?", [long_ago])
    due = {outcome.rule: (outcome.due, outcome.left) for outcome in retain(NOW, dry_run=True)}
    assert due == {"links": (2, 2), "words": (1, 1), "codes": (0, 0), "sign_ins": (0, 0), "papers": (1, 1)} | REST
    assert len(find_contributions("scheveningen")) == 3
    done = {outcome.rule: (outcome.due, outcome.left) for outcome in retain(NOW)}
    assert done == {"links": (2, 0), "words": (1, 0), "codes": (0, 0), "sign_ins": (0, 0), "papers": (1, 0)} | REST
    assert [said.sent for said in of_person(author.person)] == [now]
    with open_store() as db:
        proof = [tuple(row) for row in db.execute("SELECT rule, done, left_over FROM retentions")]
    assert proof == [(rule, *done[rule]) for rule in RULES]
    assert [outcome.due for outcome in retain(NOW)] == [0] * len(RULES)


def test_the_link_is_cut_thirty_days_after_the_report_and_the_code_goes_with_it() -> None:
    author, sent = author_of_phone("me"), "2026-06-01T12:00:00Z"
    session = make_session("Avond", kind="werkgroep", day=date(2026, 6, 1), area="scheveningen", moderation="after").id
    _send("in de sessie", author, session=session, sent=sent)
    assert link_end(session, sent) == date(2027, 6, 1)
    with change_store() as db:
        db.execute("UPDATE sessions SET report = 'adopted', adopted = '2026-07-08T20:00:00Z'")
    assert link_end(session, sent) == date(2026, 8, 7)
    early = {outcome.rule: outcome.due for outcome in retain(NOW - timedelta(days=2))}
    assert early["links"] == 0
    done = {outcome.rule: outcome.due for outcome in retain(NOW)}
    assert (done["links"], done["codes"]) == (1, 1)
    assert person_by_code(author.code) is None
    assert [said.text for said in find_contributions("scheveningen")] == ["in de sessie"]


def test_statements_and_answers_are_moderated_like_contributions() -> None:
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen").id
    open_session(session)
    statement = add_statement(session, "Er is te veel geluid", person=author_of_phone("me").person)
    publish(as_seen(statement.id), "facilitator")
    hide(as_seen(statement.id), "duplicate", "facilitator")
    with open_store() as db:
        assert db.execute("SELECT state FROM statements").fetchone()[0] == "hidden"


def test_erasing_a_statement_keeps_the_votes_of_others() -> None:
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen", moderation="after").id
    open_session(session)
    me, other = author_of_phone("me"), author_of_phone("other")
    statement = add_statement(session, WORDS, person=me.person)
    vote(statement.id, 1, person=me.person)
    vote(statement.id, -1, person=other.person)
    assert erase_person(me.person).rows == 2
    assert _traces(store_path()) == []
    with open_store() as db:
        assert [tuple(row) for row in db.execute("SELECT person, text FROM statements")] == [(None, "")]
        assert [tuple(row) for row in db.execute("SELECT person, vote FROM votes")] == [(other.person, -1)]


def test_what_retention_let_go_of_does_not_come_back_with_a_backup() -> None:
    _send("oude woorden", author_of_phone("me"), sent="2023-08-01T12:00:00Z")
    copy = backup()
    retain(NOW)
    restore(copy)
    assert find_contributions("scheveningen") == []


def test_the_ledger_is_kept_as_long_as_a_backup_may_need_it(tmp_path: Path) -> None:
    erase_person(_crowd().person)
    ledger = tmp_path / "erasures.jsonl"
    for days, lines in ((29, 1), (31, 0)):
        retain(datetime.now(UTC) + timedelta(days=days))
        assert len(ledger.read_text("utf-8").splitlines()) == lines


def test_the_ledger_is_readable_and_rules_have_words(tmp_path: Path) -> None:
    erase_person(_crowd().person)
    lines = [json.loads(line) for line in (tmp_path / "erasures.jsonl").read_text("utf-8").splitlines()]
    assert [set(line) for line in lines] == [{"id", "asked", "rows"}]
    assert len({rule_text(rule, language("nl")) for rule in RULES}) == len(RULES)
