"""The page on threats names tests that are there."""

import re

from tests.unit.changing import ROOT

PAGE = ROOT / "docs" / "threats.md"


def test_each_threat_names_tests_that_exist() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ") and "| threat |" not in line]
    assert len(rows) > 12
    there = {
        name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"def (test_\w+)", path.read_text())
    }
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named, row
        assert set(named) <= there, set(named) - there
