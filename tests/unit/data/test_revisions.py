"""Versions that are kept whole: in order, with a reason, whoever writes at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from data.keeping.home import area_home
from data.keeping.revisions import SHORTEST_REASON, History, Revision
from language import UserError

AREA = "testdorp"


class Colour(Revision):
    colour: str


KEPT: Final = History("colours.json", Colour, "Say why the colour is changed.")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area_home(AREA).mkdir(parents=True)


def paint(colour: str, reason: str = "De oude was vaal.") -> Colour:
    return KEPT.keep_version(AREA, lambda stamp: Colour(**stamp, colour=colour), role="steward", reason=reason)


def test_every_version_is_kept_with_its_number_and_reason() -> None:
    assert KEPT.of(AREA) == ()
    made = [paint("rood"), paint("blauw", "  Rood was te fel.\u202e ")]
    assert KEPT.of(AREA) == tuple(made)
    assert [(one.number, one.colour, one.reason) for one in made] == [
        (1, "rood", "De oude was vaal."),
        (2, "blauw", "Rood was te fel."),
    ]


def test_who_gives_no_reason_is_asked_for_one_and_changes_nothing() -> None:
    for reason in ("", " " * 40, "x" * (SHORTEST_REASON - 1)):
        with pytest.raises(UserError, match="Say why the colour is changed"):
            paint("geel", reason)
    assert KEPT.of(AREA) == ()


def test_who_write_at_the_same_moment_each_have_a_number_of_their_own() -> None:
    def tried(number: int) -> int:
        while True:
            try:
                return paint(f"kleur {number}").number
            except UserError:  # somebody else was writing
                continue

    with ThreadPoolExecutor(8) as several:
        numbers = sorted(several.map(tried, range(24)))
    assert numbers == list(range(1, 25))
    assert sorted(one.colour for one in KEPT.of(AREA)) == sorted(f"kleur {number}" for number in range(24))


def test_a_damaged_file_is_said_to_be_and_is_not_written_over() -> None:
    paint("rood")
    (path := area_home(AREA) / KEPT.file).write_text('{"version": 1, "revisions": [{"number": 0}]}')
    for act in (lambda: KEPT.of(AREA), lambda: paint("blauw")):
        with pytest.raises(UserError, match="is damaged"):
            act()
    assert "rood" not in path.read_text()
