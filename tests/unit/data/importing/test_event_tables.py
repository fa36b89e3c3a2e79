"""Events from tables: times that the clock skips or repeats, and what is wrong with a row."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.importing.events import read_events
from language import UserError, language

TZ = ZoneInfo("Europe/Amsterdam")
HEADER = "event_id,name,zone_id,start,end,attendance\n"
GOOD = "ok,Goed,plein,2026-08-03 09:00,2026-08-03 17:00,5\n"


def read(folder: Path, *rows: str) -> list[tuple[str, str]]:
    path = folder / "agenda.csv"
    path.write_text(HEADER + GOOD + "".join(f"{row}\n" for row in rows))
    found = read_events(path, ("plein", "kade"), TZ)
    return [(f"{start:%d %H:%M}", f"{end:%d %H:%M}") for start, end in zip(found["start"], found["end"], strict=True)]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            "a,Nacht,plein,2026-03-29 02:30,2026-03-29 05:00,500",
            "2026-03-29 02:30 does not exist that night, because the clock",
        ),
        ("a,Nacht,plein,2027-03-27 22:00,2027-03-28 02:15,500", "2027-03-28 02:15 does not exist"),
        ("a,Nacht,plein,29-03-2026 02:59,29-03-2026 05:00,500", "29-03-2026 02:59 does not exist"),
        ("a,Feest,strand,2026-08-03 09:00,2026-08-03 17:00,5", "the area has no zone 'strand'"),
        ("ok,Weer,plein,2026-08-04 09:00,2026-08-04 17:00,5", "has the event_id 'ok' of row 2"),
        ("a,Feest,plein,2026-08-03 17:00,2026-08-03 09:00,5", "is not after the start"),
        ("a,Feest,plein,3 aug,4 aug,5", "'3 aug' has no year"),
    ],
)
def test_what_is_wrong_is_told_with_the_row(tmp_path: Path, row: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, row)
    assert sentence in str(caught.value)
    assert "Row 3 of agenda.csv" in str(caught.value)
    assert re.search("[Rr]ij 3", caught.value.say(language("nl")))


def test_an_hour_that_comes_twice_begins_with_the_first_and_ends_after_it_began(tmp_path: Path) -> None:
    rows = read(
        tmp_path,
        "a,Nacht,plein,2026-10-25 02:30,2026-10-25 05:00,5",
        "b,Nacht,plein,2026-10-25 02:30,2026-10-25 02:15,5",
        "c,Nacht,plein,2026-10-25 01:30,2026-10-25 02:30,5",
    )
    assert rows[1:] == [("24 23:30", "25 00:30"), ("25 00:30", "25 04:00"), ("25 00:30", "25 01:15")]
