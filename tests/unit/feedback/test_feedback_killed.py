"""``kill -9`` while people write: what was acknowledged is there, once, and the file is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedback.contributions.contributions import find_contributions
from feedback.database.store import open_store

ROOT = Path(__file__).parents[3]
WRITER = """
import sys
from threading import Thread
from uuid import uuid4
from feedback.contributions.contributions import Contribution, send
from feedback.people.participants import author_of_phone

def burst(number):
    author = author_of_phone(f"phone {number}")
    while True:
        contribution = Contribution(str(uuid4()), "scheveningen", "resident", "nl", "woorden " * 60)
        send(contribution, author)
        sys.stdout.write(contribution.id + "\\n")
        sys.stdout.flush()

for number in range(8):
    Thread(target=burst, args=(number,)).start()
"""
BURSTS = int(os.environ.get("CSM_BURSTS", "3"))
"""More of them: CSM_BURSTS=50."""


def test_what_was_acknowledged_survives_a_killed_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    acknowledged: list[str] = []
    draw = random.Random(1)
    for _ in range(BURSTS):
        with subprocess.Popen([sys.executable, "-c", WRITER], stdout=subprocess.PIPE, env=env, text=True) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(draw.uniform(0.05, 0.4))
            writer.send_signal(signal.SIGKILL)
            rest = writer.stdout.read()
        # The last line may be cut off in the middle of its writing.
        acknowledged += [line for line in (first + rest).splitlines() if len(line) == 36]
        with open_store() as db:
            assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            kept = [row[0] for row in db.execute("SELECT id FROM contributions")]
        assert set(acknowledged) <= set(kept)
        assert len(set(kept)) == len(kept)
    assert len(acknowledged) >= BURSTS
    words = find_contributions("scheveningen", words="woorden", states=("waiting",))
    assert len(words) == len(kept)
