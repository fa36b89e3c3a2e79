"""A benchmark that is run alone changes its own figures on the results page and in the README, and no others."""

from pathlib import Path

import pytest

from benchmarks.results import QUOTES, Row, Section, replace, write

SPEED = Section("Speed", "How fast.", [Row("a walk", "5 min", quoted=True), Row("a run", "2 min", goal="3 min")])
WEIGHT = Section("Weight", "How heavy.", [Row("a stone", "1 kg", "feather: 1 g", quoted=True)])


@pytest.fixture
def written(tmp_path: Path) -> tuple[Path, Path]:
    page, readme = tmp_path / "RESULTS.md", tmp_path / "README.md"
    readme.write_text(f"# Before\n\n{QUOTES[0]}\n{QUOTES[1]}\n\nafter", "utf-8")
    write([SPEED, WEIGHT], page, readme)
    return page, readme


def test_the_same_figures_change_nothing(written: tuple[Path, Path]) -> None:
    before = [path.read_text("utf-8") for path in written]
    for section in (SPEED, WEIGHT):
        replace(section, *written)
        assert [path.read_text("utf-8") for path in written] == before


def test_only_its_own_figures_change(written: tuple[Path, Path]) -> None:
    page, readme = written
    before = page.read_text("utf-8")
    replace(Section("Speed", "Again.", [Row("a walk", "4 min", quoted=True)]), page, readme)
    assert page.read_text("utf-8").split("## Weight")[1] == before.split("## Weight")[1]
    assert "| a walk | 4 min |" in page.read_text("utf-8")
    assert "a run" not in page.read_text("utf-8")
    assert readme.read_text("utf-8").splitlines()[4:8] == [
        "|---|---|---|",
        "| a walk | 4 min |  |",
        "| a stone | 1 kg | feather: 1 g |",
        QUOTES[1],
    ]


def test_what_is_not_measured_any_more_is_not_quoted_any_more(written: tuple[Path, Path]) -> None:
    replace(Section("Speed", "Else.", [Row("a ride", "1 min", quoted=True)]), *written)
    assert "a walk" not in written[1].read_text("utf-8")
    assert "a stone" in written[1].read_text("utf-8")


def test_a_new_one_comes_last(written: tuple[Path, Path]) -> None:
    page, readme = written
    replace(Section("Height", "How high.", [Row("a house", "9 m", quoted=True)]), page, readme)
    assert [line for line in page.read_text("utf-8").splitlines() if line.startswith("## ")] == [
        "## Speed",
        "## Weight",
        "## Height",
    ]
    assert "| a stone | 1 kg | feather: 1 g |\n| a house | 9 m |  |\n" + QUOTES[1] in readme.read_text("utf-8")
