"""The server completes erasures, lets go of what is due and backs up once a day, by itself."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.database.store import open_store
from feedback.people.participants import author_of_phone
from feedback.upkeep.backup import backup_folder, last_backup
from feedback.upkeep.erasure import erase_person, receipts
from streamlit_app.server.caretaker import look_after

NOW = datetime(2026, 8, 8, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def _send(text: str, sent: str = "") -> None:
    contribution = Contribution(str(uuid4()), "scheveningen", "resident", "nl", text, sent=sent)
    send(contribution, author_of_phone(text))


def test_without_a_database_nothing_is_made(tmp_path: Path) -> None:
    look_after(NOW)
    assert list(tmp_path.iterdir()) == []


def test_once_a_day_what_is_due_goes_and_a_backup_without_it_is_made() -> None:
    set_general_mode(Mode.AFTER)
    _send("heeloudewoorden", sent="2023-08-08T12:00:00Z")
    _send("nieuw")
    for hours in (0, 1, 23):
        look_after(NOW + timedelta(hours=hours))
    assert last_backup() == NOW
    (copy,) = backup_folder().iterdir()
    assert b"heeloudewoorden" not in copy.read_bytes()
    assert [said.text for said in find_contributions("scheveningen")] == ["nieuw"]
    look_after(NOW + timedelta(hours=24))
    assert len(list(backup_folder().iterdir())) == 2


def test_an_erasure_that_waited_for_a_reader_is_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feedback.upkeep.erasure._ATTEMPT", 0.1)
    _send("woorden")
    with open_store() as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM contributions").fetchone()
        erase_person(author_of_phone("woorden").person)
        look_after(NOW)
        assert [receipt.state for receipt in receipts()] == ["pending"]
        reader.execute("ROLLBACK")
    look_after(NOW + timedelta(minutes=1))
    assert [receipt.state for receipt in receipts()] == ["complete"]
