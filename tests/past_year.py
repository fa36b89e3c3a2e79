"""A backtest of so many weeks of which the days are made up, for tests of what is told of the past."""

from pathlib import Path

import numpy as np
import pandas as pd

from data.area.area import Area
from forecasting.evaluation.backtest_result import RESULT, Backtest, newest_backtest
from forecasting.evaluation.past_days import CHANCES, COLUMNS, DAYS_FILE, save_days
from forecasting.values.thresholds import Thresholds


def keep_past(area: Area, thresholds: Thresholds, folder: Path, *, weeks: int = 52, seed: int = 1) -> Backtest:
    """Keep a backtest of an area in a folder, with a Saturday in three busy and chances that are calibrated."""
    shipped = newest_backtest("scheveningen")
    assert shipped is not None
    first = pd.Timestamp("2025-08-04", tz=area.tz)
    cutoffs = [first + pd.DateOffset(weeks=week) for week in range(weeks)]
    rng, rows = np.random.default_rng(seed), []
    red = {zone: thresholds.zones[zone].red for zone in area.zone_ids}
    for cutoff in cutoffs:
        for ahead in range(7):
            day = (cutoff + pd.DateOffset(days=ahead)).date()
            steps = int(rng.integers(0, len(CHANCES) + 1)) * (ahead > 4)
            high = rng.random() < steps / len(CHANCES)
            reached = np.where(np.arange(len(CHANCES)) < steps, 1.2, 0.2)
            for zone, limit in red.items():
                for hours in range(1, 5):
                    came = limit * (1.3 if high else 0.3)
                    rows.append((cutoff.tz_convert("UTC"), zone, day, hours, came, *(limit * reached)))
    made = shipped.model_copy(update={"area": area.id, "cutoffs": tuple(c.to_pydatetime() for c in cutoffs)})
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RESULT).write_text(made.model_dump_json(), "utf-8")
    save_days(pd.DataFrame(rows, columns=pd.Index(COLUMNS)), folder / DAYS_FILE)
    return made
