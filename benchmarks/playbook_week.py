"""What the week ahead of a playbook costs: 40 cards × 25 zones, from 200 sample paths of 168 hours."""

from datetime import UTC, datetime
from statistics import median
from time import process_time

import numpy as np
import pandas as pd

from benchmarks.results import Row, Section
from forecasting.meaning.runs import reached
from response.cards.card import TRIGGER_LEVELS

CARDS, ZONES, SAMPLES, HOURS = 40, 25, 200, 168
REPEATS = 15


def milliseconds(cards: int, zones: int) -> float:
    """Return the CPU time of all chances, starts and ends: cards ask for 3 levels and 4 numbers of hours in a row."""
    rng = np.random.default_rng(0)
    start = pd.Timestamp(datetime(2026, 8, 3, tzinfo=UTC))
    dates = np.asarray(pd.date_range(start, periods=HOURS, freq="h").tz_convert("Europe/Amsterdam").date)
    shape = 1 + np.sin((np.arange(HOURS) - 8) / 24 * 2 * np.pi)
    paths = (rng.gamma(2, 200, (SAMPLES, zones, 1)) * shape * rng.uniform(0.8, 1.2, HOURS)).astype(np.float32)
    triggers = {(card % 3, 1 + card // 3 % 4) for card in range(cards)}
    times = []
    for _ in range(REPEATS):
        before = process_time()
        levels = [
            reached(paths, np.full(zones, 300.0 * (1 + level), np.float32), dates)
            for level in range(len(TRIGGER_LEVELS))
        ]
        for level, in_a_row in sorted(triggers):
            levels[level].runs(in_a_row)
        times.append((process_time() - before) * 1000)
    return median(times)


def run() -> Section:
    """Measure the week ahead, and twice as many zones beside it."""
    ours = milliseconds(CARDS, ZONES)
    zones, cards = milliseconds(CARDS, 2 * ZONES), milliseconds(2 * CARDS, ZONES)
    return Section(
        "Playbook: the week ahead",
        f"{CARDS} cards × {ZONES} zones × {SAMPLES} paths, every card at every zone: runs of consecutive hours by "
        "local day, when the first begins and the last ends. CPU time of one process.",
        [
            Row(
                "the week ahead of a playbook",
                f"{ours:.0f} ms",
                f"twice as many zones: {zones:.0f} ms, twice as many cards: {cards:.0f} ms",
                "50 ms, linear in cards × zones",
            ),
        ],
    )
