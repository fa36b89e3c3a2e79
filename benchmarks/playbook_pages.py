"""What a touch on the playbook costs the server: its week of 40 cards at 25 places, and a log of 10,000 entries.

Somebody who acts has the page drawn again over Streamlit's own websocket, on a server that does nothing else. The log
is also gone through from its first row on, by the command and in a process of its own.
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic
from unittest.mock import patch
from uuid import uuid4

import psutil
from streamlit.proto.Common_pb2 import StringArray
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.larger_area import ZONES, make_larger_area
from benchmarks.load.hands import Hands
from benchmarks.load.phone import one_client
from benchmarks.load.room import cpu_of
from benchmarks.playbook_week import CARDS
from benchmarks.results import Row, Section, replace
from data.area.area import Area, load_area
from data.keeping.home import SHIPPED, area_home
from feedback.people.codes import keyed
from feedback.people.roles import Role
from feedback.people.sign_ins import begin
from response.actions.entry import STAGES, TEXT_FIELDS
from response.actions.log import log, read_entry
from response.cards.history import read_playbook
from response.cards.reading import FILE
from streamlit_app.access.cookies import Entry, visit_value
from streamlit_app.playbook.keys import PlaybookKey
from tests.browser.serving import served_by

ENTRIES = 10_000
TIMES, WARM = 20, 3
LOOKED_AT = "at=2026-08-08T10:00Z"


class Desk(Hands):
    """A page of the playbook on which somebody chooses another part."""

    async def choose(self, part: str) -> None:
        """Open a part by its name on the page."""
        field = self._field(PlaybookKey.PART).button_group.id
        self._widgets[field] = WidgetState(id=field, string_array_value=StringArray(data=[part]))
        await self.draw_anew()

    def shows(self, key: str) -> bool:
        """Return whether there is a button, of which the key begins so."""
        return any(f"-{key}" in name for name in self._shown)

    async def _draw(self, place: tuple[int, ...], element: Element, fragment: str) -> None:
        if element.WhichOneof("type") == "button_group":
            self._fields[element.button_group.id] = element
        await super()._draw(place, element, fragment)


def more_cards(area: Area) -> None:
    """Write a playbook of 40 cards for an area: those of Scheveningen, and as many of them as it takes once more."""
    text = (SHIPPED / "scheveningen" / FILE).read_text("utf-8")
    ids = [card["id"] for card in tomllib.loads(text)["card"]]
    head, *blocks = text.split("[[card]]\n")
    again = [
        block.replace(f'id = "{name}"', f'id = "{name}-2"', 1)
        for block, name in list(zip(blocks, ids, strict=True))[: CARDS - len(ids)]
    ]
    (area_home(area.id) / FILE).write_text("[[card]]\n".join([head, *blocks, *again]), "utf-8")
    if len(read_playbook(area).cards) != CARDS:
        raise RuntimeError("the playbook has not so many cards")


def fill_log(area: Area, entries: int) -> None:
    """Enter so many actions of two years, each with all its words."""
    cards, zones, start = read_playbook(area).cards, area.zone_ids, datetime(2024, 8, 1, tzinfo=UTC)
    for number in range(entries):
        happened = start + timedelta(minutes=100 * number)
        values = {
            "id": str(uuid4()),
            "area": area.id,
            "stage": STAGES[number % len(STAGES)],
            "happened": happened,
            "until": happened + timedelta(hours=3),
            "card": cards[number % len(cards)].id,
            "zones": [zones[number % len(zones)], zones[(number + 1) % len(zones)]],
            "texts": dict.fromkeys(TEXT_FIELDS[1 + number % 2 :], f"Wat er te zeggen was, nummer {number}."),
        }
        log(read_entry(values), area)


async def touches(address: str, process: psutil.Process, area: Area, part: str, holds: str) -> float:
    """Return the server's milliseconds of CPU for drawing a part of the playbook, which ``holds`` a button, anew."""
    async with one_client() as web:
        one = Desk(web, address, "")
        entry = Entry(begin(Role.PROFESSIONAL, 3600).id, keyed("person", "professional")[:32])
        await one.look_as(visit_value([entry], 3600), "playbook", f"lang=nl&area={area.id}&{LOOKED_AT}")
        await one.choose(part)
        if not one.shows(holds):
            raise RuntimeError(f"the part {part} was not drawn")
        took = []
        for number in range(TIMES + WARM):
            before = cpu_of(process)
            await one.draw_anew()
            if number >= WARM:
                took.append(1000 * (cpu_of(process) - before))
        await one.leave()
        return median(took)


def verified() -> float:
    """Return the seconds of CPU in which the command starts and goes through the log."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "response", "verify"], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(entries: int = ENTRIES) -> Section:
    """Measure on a server of its own."""
    with TemporaryDirectory() as home, patch.dict(os.environ, CSM_HOME=home):
        area = load_area(make_larger_area(Path(home)))
        more_cards(area)
        start = monotonic()
        fill_log(area, entries)
        entering = (monotonic() - start) / entries
        cpu = verified()
        with served_by(Path(home), options=["--runner.postScriptGC=false"]) as (address, pid):
            process = psutil.Process(pid)
            week = asyncio.run(touches(address, process, area, "Week", PlaybookKey.USE))
            actions = asyncio.run(touches(address, process, area, "Acties", PlaybookKey.ACTION))
    return Section(
        "Playbook: what a touch costs",
        f"`python -m benchmarks.playbook_pages`: the page drawn anew, the median of {TIMES} times after {WARM}; "
        f"{CARDS} cards × {ZONES} places, a log of {entries:,} entries of seven texts each.",
        [
            Row("the week of the playbook drawn anew: server CPU", f"{week:.0f} ms", goal="80 ms"),
            Row(f"its log of {entries:,} entries drawn anew: server CPU", f"{actions:.0f} ms", goal="100 ms"),
            Row("the log verified by the command: CPU, from the start", f"{cpu:.1f} s", goal="2 s"),
            Row("entering an action, on the disk when it returns", f"{1000 * entering:.0f} ms"),
        ],
    )


def main() -> None:
    """Measure, and write the section."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--write", action="store_true", help="write it to the results page")
    options = parser.parse_args()
    found = run(options.entries)
    for row in found.rows:
        print(row, flush=True)
    if options.write:
        replace(found)


if __name__ == "__main__":
    main()
