"""What rooms of voting phones measured last, as rows of the results page."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from benchmarks.load.phone import PATIENCE
from benchmarks.load.room import EVERY
from benchmarks.results import Row, Section

ROOMS: Final = Path(__file__).with_name("rooms.json")
HOUR: Final = Path(__file__).with_name("hour.json")

GOAL: Final = "1 s, no time-outs"
COSTS: Final = {
    "vote": "12 ms of CPU",
    "move the map by an hour": "40 ms of CPU",
    "draw the playbook's week anew": "80 ms of CPU",
}
"""What an act may cost, by its kind."""
VISITS: Final = {
    "today_kb": ("bytes of a first visit to Today on a phone, behind the proxy", "2,250 KB"),
    "map_kb": ("bytes of the map after it", "1,000 KB"),
    "again_kb": ("bytes of Today once more", "50 KB"),
}
"""What a visit may bring over the wire."""


def run() -> Section:
    """Return the figures that were measured last."""
    kept = json.loads(ROOMS.read_text("utf-8"))
    ours = [room for room in kept["rooms"] if not room["collect"]]
    theirs = {room["phones"]: room for room in kept["rooms"] if room["collect"]}
    hour = json.loads(HOUR.read_text("utf-8"))
    memory, most = hour["memory_each_minute"], max(ours, key=lambda room: room["phones"])
    most_loaded = max(ours, key=lambda room: room.get("load_before", 0.0))

    def row(room: dict[str, Any], what: str, say: Callable[[dict[str, Any]], str], **other: Any) -> Row:
        alike = theirs.get(room["phones"]) if room.get("workers", 0) < 2 else None
        return Row(what, say(room), _beside(alike, say), **other)

    return Section(
        "A room that votes",
        f"`python -m benchmarks.load`, {kept['made']}, {kept['machine']}: phones that enter by code and then vote on a "
        f"statement every {EVERY:.0f} s on average, over Streamlit's own websocket, asking meanwhile whether the room "
        "moved on as often as the page tells them to. A vote takes from the tap until the page is complete again; "
        f"after {PATIENCE:.0f} s it is a time-out and counts as that long. {most['seconds']:.0f} s of voting in "
        "each room, server and phones on one machine. Beside it: the same with Streamlit's garbage collection after "
        f"every run. {_times(most_loaded)}`--hour`, {hour['made']}, on a busy machine: the server's memory at the "
        "beginning, half-way and at the end. What it grows by is what Streamlit keeps of every widget that a session "
        "ever showed, with or without the setting.",
        [
            *(
                row(room, f"{_room(room)} vote every {EVERY:.0f} s: p95 of a vote", spoken, goal=GOAL, quoted=True)
                for room in ours
            ),
            *(row(room, f"server CPU a vote, with the asking in between, {_room(room)}", _cpu) for room in ours),
            *(
                Row(
                    f"server CPU a vote alone, and a poll in which nothing moved, {_room(room)}",
                    f"{cost(room, 'cpu_a_vote_alone_s')}, {cost(room, 'cpu_a_poll_s')}",
                    goal="12 ms, 3 ms",
                )
                for room in ours
                if "cpu_a_poll_s" in room
            ),
            *(
                Row(f"one at a time, {kind}: p95, median, server CPU", act_spoken(act), goal=COSTS.get(kind, ""))
                for kind, act in kept.get("acts", {}).items()
            ),
            *_breaks(ours),
            *(
                Row(what, f"{kept['first_visit'][name]:,.0f} KB", goal=goal)
                for name, (what, goal) in VISITS.items()
                if name in kept.get("first_visit", {})
            ),
            row(most, f"memory of the server: before anybody came, with {_room(most)}, after they voted", _memory),
            Row("votes shown but not kept, all rooms", f"{sum(room['lost'] for room in kept['rooms'])}", goal="0"),
            Row(
                f"memory of the server over {len(memory)} minutes, {hour['phones']} phones, {hour['votes']:,} votes",
                f"{memory[0]:.0f} MB, {memory[len(memory) // 2]:.0f} MB, {memory[-1]:.0f} MB",
                f"{_kilobytes(hour):.0f} KB a vote",
            ),
        ],
    )


def _breaks(rooms: list[dict[str, Any]]) -> list[Row]:
    """Say for each number of processes which room was the first that was too much, or that none was."""
    told, goal = [], "400 phones on one process, 800 on two"
    for workers in sorted({_processes(room) for room in rooms}):
        alike = sorted((one for one in rooms if _processes(one) == workers), key=lambda one: one["phones"])
        broken = next((one for one in alike if _too_much(one)), None)
        which, how = (alike[-1], "not yet") if broken is None else (broken, spoken(broken))
        on = "one process" if workers == 1 else f"{workers} processes"
        told.append(Row(f"the first room that is too much for {on}", f"{which['phones']} phones: {how}", goal=goal))
    return told


def _processes(room: dict[str, Any]) -> int:
    return max(int(room.get("workers", 0)), 1)


def _too_much(room: dict[str, Any]) -> bool:
    """Return whether people in a room wait a second or longer, or do not get through."""
    return bool(room["p95_s"] >= 1 or room["timeouts"] or room["faults"] or room["inside"] < room["phones"])


def act_spoken(act: dict[str, Any]) -> str:
    """Say how long a kind of act took, and what it cost the server."""
    return f"{act['p95_s']:.2f} s, {act['p50_s']:.2f} s, {cost(act, 'cpu_s')}"


def _room(room: dict[str, Any]) -> str:
    """Say how many phones were in a room, and on how many processes where it was more than one."""
    on = f" on {room['workers']} processes" if room.get("workers", 0) > 1 else ""
    return f"{room['phones']} phones{on}"


def _beside(room: dict[str, Any] | None, say: Callable[[dict[str, Any]], str]) -> str:
    """Say the same of a room in which garbage is collected after every run, where that was measured too."""
    return "" if room is None else f"collecting after every run: {say(room)}"


def cost(room: dict[str, Any], what: str) -> str:
    """Say how much of the server's CPU something took, by the name of the figure in seconds."""
    return f"{room[what] * 1000:.0f} ms"


def _cpu(room: dict[str, Any]) -> str:
    return cost(room, "cpu_a_vote_s")


def _times(room: dict[str, Any]) -> str:
    """Say how often a room was measured, and how busy the machine was before, where that was written down."""
    if "times" not in room:
        return ""
    runs = "One run" if room["times"] == 1 else f"The worst of {room['times']} runs"
    return f"{runs}; the machine's load before it was at most {room['load_before']:.1f}. "


def _memory(room: dict[str, Any]) -> str:
    return " – ".join(f"{room[f'memory_{when}_mb']} MB" for when in ("before", "inside", "after"))


def _kilobytes(room: dict[str, Any]) -> float:
    return float((room["memory_after_mb"] - room["memory_inside_mb"]) * 1024 / room["votes"])


def spoken(room: dict[str, Any]) -> str:
    """Say how long votes took in a room, and what went wrong in it."""
    told = f"{room['p95_s']:.2f} s (median {room['p50_s']:.2f} s), "
    if room["p95_s"] >= PATIENCE:
        told = f"more than {PATIENCE:.0f} s, "
    told += f"{room['timeouts']} time-outs in {room['votes'] + room['timeouts']} votes"
    out = room["phones"] - room["inside"]
    return told + (f", {out} not in" if out else "") + (f", {room['faults']} errors" if room["faults"] else "")
