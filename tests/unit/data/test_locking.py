"""One lock for all: alone, shared, with patience or without, and gone with the process that held it."""

import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest

from data.keeping.locking import held, locked
from data.keeping.real_time import utc_text
from language import UserError

_HOLDER = """\
import sys
from pathlib import Path
from data.keeping.locking import held

with held(Path(sys.argv[1]), shared=sys.argv[2] == "shared"):
    print("held", flush=True)
    input()
"""


def holder(path: Path, how: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _HOLDER, str(path), how]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


@pytest.mark.parametrize(
    ("theirs", "shared", "may"), [("shared", True, True), ("shared", False, False), ("alone", True, False)]
)
def test_a_lock_is_shared_only_with_who_shares_it(tmp_path: Path, theirs: str, shared: bool, may: bool) -> None:
    path = tmp_path / "new" / ".lock"
    process = holder(path, theirs)
    try:
        with ExitStack() as stack:
            if not may:
                stack.enter_context(pytest.raises(TimeoutError))
            stack.enter_context(held(path, shared=shared, until=monotonic()))
    finally:
        process.kill()
        process.communicate()
    with held(path):
        assert path.stat().st_mode & 0o777 == 0o600


def test_work_on_an_area_is_done_once_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    with (
        locked("pier", "fetch"),
        locked("pier", "update"),
        locked("kade", "fetch"),
        pytest.raises(UserError, match="pier"),
        locked("pier", "fetch"),
    ):
        pass
    with locked("pier", "fetch"):
        pass


def test_an_error_within_is_not_taken_for_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    with pytest.raises(TimeoutError, match="of the work"), locked("pier", "fetch"):
        raise TimeoutError("of the work")


def test_moments_are_written_one_way() -> None:
    moment = datetime(2026, 8, 8, 23, 30, 5, 999_999, tzinfo=timezone(timedelta(hours=2)))
    assert utc_text(moment) == "2026-08-08T21:30:05Z"
    assert datetime.fromisoformat(utc_text(moment)).tzinfo == UTC
    assert abs(datetime.fromisoformat(utc_text()) - datetime.now(UTC)) < timedelta(minutes=1)
