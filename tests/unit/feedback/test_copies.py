"""A copy elsewhere: made when it is due, whole, without what was erased, and put back with its ledgers."""

import os
import shutil
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from data.area.settings import copies_folder
from data.keeping import ledger
from feedback.contributions.contributions import Contribution, send
from feedback.database.store import close_store, open_store, store_path
from feedback.people.participants import author_of_phone
from feedback.sessions.sessions import close_session, make_session, open_session
from feedback.upkeep import copies
from feedback.upkeep.copies import Copying, copy_to
from feedback.upkeep.erasure import erase_person
from feedback.upkeep.restoring import restore
from streamlit_app.server.readiness import _copies


class Clock:
    """A steady clock that the test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(copies, "monotonic", clock)
    return clock


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    return tmp_path / "elsewhere"


def _send(text: str) -> None:
    send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", text), author_of_phone(text))


def _texts() -> set[str]:
    with open_store() as db:
        return {row[0] for row in db.execute("SELECT text FROM contributions")}


def test_while_a_session_is_open_what_changed_is_copied_every_ten_seconds(elsewhere: Path, clock: Clock) -> None:
    copying = Copying()
    assert copying.look(elsewhere) is None
    made = make_session("Avond", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
    open_session(made.id)
    assert copying.look(elsewhere)
    _send("kwartel")
    clock.now += 9
    assert copying.look(elsewhere) is None
    clock.now += 1
    assert copying.look(elsewhere)
    clock.now += 10
    assert copying.look(elsewhere) is None, "nothing was changed"
    close_session(made.id)
    assert copying.look(elsewhere) is None
    clock.now += 60
    assert copying.look(elsewhere)


def test_erased_words_leave_the_copy_and_do_not_come_back_with_an_older_one(elsewhere: Path, clock: Clock) -> None:
    copying = Copying()
    for text in ("zonnebloemenveld", "kwartelkoning"):
        _send(text)
    copying.look(elsewhere)
    erase_person(author_of_phone("zonnebloemenveld").person)
    clock.now += 1
    assert copying.look(elsewhere) is None, "not due yet"
    assert b"zonnebloemenveld" in (elsewhere / copies.NAME).read_bytes()
    close_store()
    shutil.rmtree(store_path().parent)
    assert restore(elsewhere / copies.NAME).erased == 1
    assert _texts() == {"kwartelkoning"}
    clock.now += 60
    assert copying.look(elsewhere)
    assert b"zonnebloemenveld" not in (elsewhere / copies.NAME).read_bytes()


def test_a_copy_that_fails_leaves_the_one_before(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _send("eerste")
    whole = copy_to(elsewhere).read_bytes()
    _send("tweede")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        copy_to(elsewhere)
    assert (elsewhere / copies.NAME).read_bytes() == whole
    assert not (elsewhere / copies.NAME).with_suffix(".part").exists()


def test_ledgers_beside_a_copy_are_taken_in_once(elsewhere: Path) -> None:
    ledger.append("access", {"id": "here", "act": "used", "at": "2026-08-04T12:00:00Z"})
    elsewhere.mkdir()
    (elsewhere / "access.jsonl").write_text(
        '{"id": "here", "act": "used", "at": "2026-08-04T12:00:00Z"}\n{"id": "there", "act": "used", "at": "x"}\n{"cut'
    )
    (elsewhere / "other.jsonl").write_text('{"id": "no ledger of ours"}\n')
    assert ledger.take_in(elsewhere) == 1
    assert ledger.take_in(elsewhere) == 0
    assert [line["id"] for line in ledger.read("access")] == ["here", "there"]
    assert [path.name for path in ledger.files()] == ["access.jsonl"]


def test_who_watches_hears_of_a_copy_that_is_behind(elsewhere: Path) -> None:
    assert _copies(), "no folder is set"
    _send("woorden")
    (store_path().parent / "settings.toml").write_text(f'copies = "{elsewhere}"\n')
    assert copies_folder() == elsewhere
    copy_to(elsewhere)
    assert _copies()
    os.utime(elsewhere / copies.NAME, (1, 1))
    assert not _copies()
    (store_path().parent / "settings.toml").write_text('copies = "not/whole"\n')
    assert copies_folder() is None
