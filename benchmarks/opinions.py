"""How long opinion groups and consensus take in a large conversation, and how much memory.

5,000 voters saw 40 % of 500 statements each. It runs in a process of its own, so that the memory is its own.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.results import Row, Section

VOTERS, STATEMENTS, CAMPS, SEEN = 5_000, 500, 4, 0.4


def measure() -> dict[str, float]:
    """Return seconds for groups and consensus, peak memory in MB, and how many groups were found."""
    import sklearn.cluster
    import sklearn.decomposition
    import sklearn.metrics  # noqa: F401 - loading a library is no part of the work

    from feedback.groups.opinions import Ballots, opinions

    rng = np.random.default_rng(1)
    camp = rng.integers(0, CAMPS, VOTERS)
    leaning = rng.uniform(0.1, 0.9, (CAMPS, STATEMENTS))
    votes = np.where(rng.random((VOTERS, STATEMENTS)) < leaning[camp], 1, -1).astype(np.float32)
    votes[rng.random(votes.shape) < 0.1] = 0
    votes[rng.random(votes.shape) > SEEN] = np.nan
    ballots = Ballots(tuple(range(VOTERS)), tuple(range(STATEMENTS)), votes, np.ones(STATEMENTS, dtype=bool))
    start = perf_counter()
    found = opinions(ballots)
    return {
        "seconds": perf_counter() - start,
        "memory": _peak_mb(),
        "groups": len(found.group_ids),
    }


def _peak_mb() -> float:
    """Return the most memory this program took, as Linux counts it; ``getrusage`` tells that of who started it too."""
    (kilobytes,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(kilobytes) / 1024


def run() -> Section:
    """Measure and describe it."""
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.opinions"], capture_output=True, text=True, check=True
    ).stdout
    found = json.loads(answer)
    return Section(
        "Opinion groups of a large conversation",
        f"{VOTERS:,} voters × {STATEMENTS} statements, of which each saw {SEEN:.0%}; {found['groups']} groups found.",
        [
            Row(
                "opinion groups and consensus, 5,000 voters × 500 statements",
                f"{found['seconds']:.1f} s",
                goal="3 s",
                quoted=True,
            ),
            Row("memory of the process at its peak", f"{found['memory']:.0f} MB", goal="1 GB"),
        ],
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure()))
