"""``python -m benchmarks.backup_drill``, or ``make backup-drill``: what is lost when disk or server is gone.

A server with an open session keeps its copy elsewhere, as `settings.toml` says, while people write and somebody erases
what is theirs. Then everything is killed at once. First the database is looked at as it is; then its folder is deleted
and the copy is put back. Each time it is said what of all that was acknowledged is missing, and how old it was. In
folders of its own on this machine; it takes a minute, writes its figures to the results page, and ends with 1 when a
promise was not kept.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep, time
from typing import Final
from unittest.mock import patch

from benchmarks.results import Row, Section, machine, replace
from feedback.database.store import close_store, store_path
from feedback.people.participants import author_of_phone
from feedback.sessions.sessions import make_session, open_session
from feedback.upkeep.copies import EVERY, NAME
from feedback.upkeep.erasure import erase_person
from feedback.upkeep.restoring import restore
from tests.browser.serving import ROOT, served_by

LAST: Final = Path(__file__).with_suffix(".json")

PROMISED = EVERY + 2.0
"""Seconds of writes that may be gone with the disk: the time between two copies, and that of making one."""

WRITER = """
import sys, time
from uuid import uuid4
from feedback.contributions.contributions import Contribution, send
from feedback.people.participants import author_of_phone
while True:
    contribution = Contribution(str(uuid4()), "scheveningen", "resident", "nl", f"{sys.argv[1]} schrijft dit")
    send(contribution, author_of_phone(sys.argv[1]))
    print(contribution.id, time.time(), flush=True)
    time.sleep(0.1)
"""
ERASED = "zonnebloemenveld"


@dataclass(frozen=True)
class Drill:
    """What came of it: writes acknowledged, those missing after a kill, those missing without the disk and how old
    the oldest of them was (seconds), and whether erased words came back."""

    acknowledged: int
    missing_killed: int
    missing_gone: int
    oldest: float
    came_back: bool

    @property
    def kept_its_promise(self) -> bool:
        """Whether nothing more was lost than may be."""
        return not (self.missing_killed or self.came_back or self.oldest > PROMISED or self.acknowledged < 1)


def drill(seconds: float, writers: int = 4) -> Drill:
    """Let people write for so many seconds on a server of its own, kill all of it, and count what is missing."""
    with TemporaryDirectory() as name:
        home, elsewhere = Path(name) / "home", Path(name) / "elsewhere"
        home.mkdir()
        (home / "settings.toml").write_text(f'copies = "{elsewhere}"\n', "utf-8")
        with patch.dict(os.environ, CSM_HOME=str(home), PYTHONPATH=str(ROOT)):
            session = make_session("Oefening", kind="werkgroep", day=date.today(), area="scheveningen")
            open_session(session.id)
            acknowledged, ended = _write_until_killed(home, seconds, writers)
            close_store()
            killed = set(acknowledged) - _kept()
            close_store()
            shutil.rmtree(home)
            restore(elsewhere / NAME)
            gone = set(acknowledged) - _kept()
            came_back = ERASED.encode() in store_path().read_bytes()
            close_store()
        oldest = max((ended - acknowledged[one] for one in gone), default=0.0)
        return Drill(len(acknowledged), len(killed), len(gone), oldest, came_back)


def _write_until_killed(home: Path, seconds: float, writers: int) -> tuple[dict[str, float], float]:
    """Return when each write was acknowledged, without those that were erased, and the moment of the kill."""
    with served_by(home) as (_, group):
        people = [_writer(f"schrijver {number}") for number in range(writers)]
        erased = _writer(ERASED)
        sleep(seconds / 2)
        erased.kill()
        erased.communicate()
        erase_person(author_of_phone(ERASED).person)
        end = monotonic() + seconds / 2 + random.uniform(0, EVERY)
        heard: list[str] = []
        readers = [Thread(target=lambda one=one: heard.extend(one.stdout or ())) for one in people]
        for reader in readers:
            reader.start()
        sleep(max(0.0, end - monotonic()))
        os.killpg(group, signal.SIGKILL)
        for one in people:
            one.kill()
        killed = time()
        for reader, one in zip(readers, people, strict=True):
            reader.join()
            one.wait()
    parts = [line.split() for line in heard if line.endswith("\n")]
    return {one: float(at) for one, at in parts}, killed


def _writer(name: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", WRITER, name], stdout=subprocess.PIPE, text=True)


def _kept() -> set[str]:
    with closing(sqlite3.connect(store_path())) as db:
        return {row[0] for row in db.execute("SELECT id FROM contributions")}


def run() -> Section:
    """Return what came of the last drill."""
    last = json.loads(LAST.read_text("utf-8"))
    found, made, where = Drill(**last["found"]), last["made"], last["machine"]
    return Section(
        "What is lost with the disk",
        f"`python -m benchmarks.backup_drill`, {made}, {where}: a server with an open session and four people who "
        f"write ten times a second each. All is killed at once; then its folder is deleted, and the copy elsewhere put "
        f"back. {found.acknowledged:,} writes were acknowledged, and one person's were erased.",
        [
            Row("acknowledged writes missing after kill -9, with the disk", f"{found.missing_killed}", goal="0"),
            Row(
                "acknowledged writes missing when the disk is gone, and the age of the oldest",
                f"{found.missing_gone}, {found.oldest:.1f} s",
                goal=f"of the last {EVERY:.0f} s only",
            ),
            Row("erased words that came back with the copy", "some" if found.came_back else "none", goal="none"),
        ],
    )


def main() -> int:
    """Read the arguments, hold the drill, and say and write down what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backup_drill", description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0)
    found = drill(parser.parse_args().seconds)
    print(f"writes acknowledged: {found.acknowledged}")
    print(f"missing after kill -9, with the disk: {found.missing_killed}")
    print(f"missing when the disk is gone: {found.missing_gone}, the oldest of {found.oldest:.1f} s before")
    print(f"erased words came back: {'yes' if found.came_back else 'no'}")
    last = {"made": date.today().isoformat(), "machine": machine(), "found": asdict(found)}
    LAST.write_text(json.dumps(last, indent=1) + "\n", "utf-8")
    replace(run())
    return 0 if found.kept_its_promise else 1


if __name__ == "__main__":
    sys.exit(main())
