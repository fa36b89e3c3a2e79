"""The drill of ``make backup-drill``: what is lost with the disk, and what its promise is."""

from dataclasses import replace

import pytest

from benchmarks.backup_drill import PROMISED, Drill, drill

KEPT = Drill(acknowledged=10, missing_killed=0, missing_gone=3, oldest=PROMISED - 1, came_back=False)


def test_each_part_of_the_promise_counts() -> None:
    assert KEPT.kept_its_promise
    assert not replace(KEPT, missing_killed=1).kept_its_promise
    assert not replace(KEPT, oldest=PROMISED + 1).kept_its_promise
    assert not replace(KEPT, came_back=True).kept_its_promise
    assert not replace(KEPT, acknowledged=0).kept_its_promise


@pytest.mark.soak
def test_no_more_is_lost_than_ten_seconds_and_nothing_with_the_disk() -> None:
    found = drill(30)
    assert found.kept_its_promise, found
