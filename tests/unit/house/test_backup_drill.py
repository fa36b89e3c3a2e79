"""The drill of ``make backup-drill``: what is lost with the disk, and what its promise is."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from benchmarks import backup_drill
from benchmarks.backup_drill import PROMISED, Drill, drill

KEPT = Drill(acknowledged=10, missing_killed=0, missing_gone=3, oldest=PROMISED - 1, came_back=False)


def test_each_part_of_the_promise_counts() -> None:
    assert KEPT.kept_its_promise
    assert not replace(KEPT, missing_killed=1).kept_its_promise
    assert not replace(KEPT, oldest=PROMISED + 1).kept_its_promise
    assert not replace(KEPT, came_back=True).kept_its_promise
    assert not replace(KEPT, acknowledged=0).kept_its_promise


def test_what_was_found_is_written_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = asdict(replace(KEPT, missing_gone=7, oldest=4.26))
    (tmp_path / "last.json").write_text(json.dumps({"made": "2026-08-01", "machine": "a machine", "found": found}))
    monkeypatch.setattr(backup_drill, "LAST", tmp_path / "last.json")
    assert [row.ours for row in backup_drill.run().rows] == ["0", "7, 4.3 s", "none"]


@pytest.mark.soak
def test_no_more_is_lost_than_ten_seconds_and_nothing_with_the_disk() -> None:
    found = drill(30)
    assert found.kept_its_promise, found
