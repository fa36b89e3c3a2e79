"""``python -m benchmarks.load``, or ``make load``: rooms of 100, 200 and 400 phones that vote, each three times.

The worst of the three goes to the results page, with the load of the machine when it began: it wants a quiet one, and
takes about half an hour. ``--hour`` lets a room of 40 vote for an hour and writes down the server's memory each
minute. ``--phones 30 --seconds 45`` tries one room and writes nothing; with ``--workers 2`` in that many processes
behind nginx. Where nginx is installed, rooms of 400 and 800 on two processes are measured as well, and the bytes of a
first visit (``--visit`` prints only those). Each kind of act is measured by itself (``--acts`` prints only that).
Every room has a server of its own on this machine, and stops by itself.
"""

import argparse
import json
import os
import shutil
import sys
from datetime import date
from pathlib import Path

from benchmarks.load.acts import measure_acts
from benchmarks.load.figures import HOUR, ROOMS, act_spoken, cost, run, spoken
from benchmarks.load.first_visit import measure_first_visit
from benchmarks.load.room import Measured, measure
from benchmarks.results import machine, replace

PHONES, TIMES = (100, 200, 400), 3
MANY = (400, 800)
"""Phones that two processes behind a proxy are tried with."""
BESIDE = (100, 200)
"""Rooms that are measured once with Streamlit's collection after every run as well."""
SECONDS = 45.0
NGINX = shutil.which("nginx", path=f"/usr/sbin:{os.environ['PATH']}")
HOURS_PHONES, AN_HOUR = 40, 3600.0


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--hour", action="store_true", help="one room of 40 phones for an hour")
    parser.add_argument("--acts", action="store_true", help="each kind of act once, on a server of its own")
    parser.add_argument("--visit", action="store_true", help="the bytes of a first visit, behind a proxy (nginx)")
    parser.add_argument("--phones", type=int, help="try one room of so many phones")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long the room that is tried votes")
    parser.add_argument("--workers", type=int, default=0, help="that many processes behind a proxy (nginx)")
    parser.add_argument("--collect", action="store_true", help="with Streamlit's collection after every run")
    arguments = parser.parse_args()
    if arguments.hour:
        memory: list[float] = []

        def note(megabytes: float) -> None:
            memory.append(round(megabytes, 1))
            print(f"minute {len(memory)}: {megabytes:.0f} MB", flush=True)

        found = measure(HOURS_PHONES, AN_HOUR, collect=arguments.collect, note=note)
        _keep(HOUR, {**_figures(found), "memory_each_minute": memory})
    elif arguments.acts:
        _worst_acts(times=1)
    elif arguments.visit:
        print(measure_first_visit())
    elif arguments.phones:
        found = _measured(arguments.phones, arguments.seconds, collect=arguments.collect, workers=arguments.workers)
        print(spoken(found))
        print(f"a vote {cost(found, 'cpu_a_vote_alone_s')}, a poll {cost(found, 'cpu_a_poll_s')} of CPU")
    else:
        rooms = [_worst(phones) for phones in PHONES]
        if NGINX:
            rooms += [_worst(phones, workers=2) for phones in MANY]
        for phones in BESIDE:
            rooms.append({"collect": True, **_measured(phones, SECONDS, collect=True)})
            print(spoken(rooms[-1]), flush=True)
        kept: dict[str, object] = {"rooms": rooms, "first_visit": measure_first_visit() if NGINX else {}}
        _keep(ROOMS, kept)  # the rooms took long: what follows must not take them along when it fails
        _keep(ROOMS, kept | {"acts": _worst_acts()})
    if not (arguments.phones or arguments.acts or arguments.visit):
        replace(run())


def _worst(phones: int, *, workers: int = 0) -> dict[str, object]:
    """Measure a room some times; return the time in which most went wrong, else the one with the slowest votes."""
    rooms = []
    for _ in range(TIMES):
        rooms.append(_measured(phones, SECONDS, workers=workers))
        print(f"{phones} phones: {spoken(rooms[-1])}", flush=True)
    worst = max(rooms, key=lambda room: (room["lost"], room["faults"], phones - room["inside"], room["p95_s"]))
    return {"collect": False, "times": TIMES, **worst}


def _worst_acts(times: int = TIMES) -> dict[str, dict[str, float]]:
    """Measure each kind of act some times; return of each kind the time in which it was slowest."""
    found = [measure_acts() for _ in range(times)]
    worst = {kind: max((one[kind] for one in found), key=lambda act: act["p95_s"]) for kind in found[0]}
    for kind, act in worst.items():
        print(f"{kind}: {act_spoken(act)}", flush=True)
    return worst


def _measured(phones: int, seconds: float, *, collect: bool = False, workers: int = 0) -> dict[str, float]:
    load = os.getloadavg()[0]
    found = measure(phones, seconds, collect=collect, workers=workers)
    return {"load_before": round(load, 2), "workers": workers, **_figures(found)}


def _figures(found: Measured) -> dict[str, float]:
    before, gathered, after = found.memory
    return {
        "phones": found.phones,
        "inside": found.inside,
        "seconds": round(found.seconds, 1),
        "votes": len(found.took),
        "polls": found.polls,
        "timeouts": found.timeouts,
        "faults": found.faults,
        "lost": found.lost,
        "p50_s": round(found.percentile(50), 3),
        "p95_s": round(found.percentile(95), 3),
        "cpu_a_vote_s": round(found.cpu_a_vote, 4),
        "cpu_a_vote_alone_s": round(found.cpu_a_vote_alone, 4),
        "cpu_a_poll_s": round(found.cpu_a_poll, 4),
        "cpu_share": round(found.cpu / found.seconds, 3),
        "driver_share": round(found.driver_cpu / found.seconds, 3),
        "memory_before_mb": round(before),
        "memory_inside_mb": round(gathered),
        "memory_after_mb": round(after),
    }


def _keep(path: Path, figures: dict[str, object]) -> None:
    whole = {"made": date.today().isoformat(), "machine": machine(), **figures}
    path.write_text(json.dumps(whole, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
