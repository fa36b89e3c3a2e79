"""Two organisations write at once, each in a process of its own, and both are killed: nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from feedback.database import action_rows
from response.actions.log import entries, verified

ROOT = Path(__file__).parents[4]
WRITER = """
import sys
from uuid import uuid4
from data.area.area import load_area
from data.keeping.acts import Actor, carry_out
from data.keeping.real_time import real_now
from response.actions.log import log, read_entry

area, actor = load_area("scheveningen"), Actor("professional", sys.argv[1])
while True:
    values = {"id": str(uuid4()), "area": area.id, "stage": "started", "card": "borden-spreiden", "zones": ["pier"]}
    one = read_entry({**values, "happened": real_now(), "texts": {"information": "woorden " * 40}})
    kept = carry_out(actor, None, log, one, area)
    sys.stdout.write(f"{kept.root} {kept.hash}\\n")
    sys.stdout.flush()
"""
BURSTS = int(os.environ.get("CSM_BURSTS", "2"))
"""More of them: CSM_BURSTS=50."""


def test_what_two_organisations_entered_survives_and_hangs_in_one_chain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    acknowledged: dict[str, str] = {}
    draw = random.Random(1)
    for _ in range(BURSTS):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, name], stdout=subprocess.PIPE, env=env, text=True)
            for name in ("police", "municipality")
        ]
        told = [writer.stdout.readline() for writer in writers if writer.stdout]
        time.sleep(draw.uniform(0.05, 0.3))
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
        told += [writer.stdout.read() for writer in writers if writer.stdout]
        for writer in writers:
            writer.wait(timeout=60)
        # The last line may be cut off in the middle of its writing.
        lines = [line.split() for text in told for line in text.splitlines() if " " in line]
        acknowledged |= {root: digest for root, digest in lines if len(digest) == 64}
        chain = action_rows.chain()
        assert [row.number for row in chain] == list(range(1, len(chain) + 1))
        assert acknowledged.items() <= {row.root: row.hash for row in chain}.items()
        assert verified().broken is None
    assert len(acknowledged) >= 2 * BURSTS
    assert {one.organisation for one in entries("scheveningen")} == {"police", "municipality"}
