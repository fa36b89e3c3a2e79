"""A town of two sensors with made-up counts: small enough to be trained and forecast in a test."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from data.area.area import Area, load_area
from data.upkeep.adding import NewArea, add_area


def small_town(folder: Path, hours: pd.DatetimeIndex, *, replay: datetime, weekend: float = 1.0) -> Area:
    """Add the town with counts of ``hours``, as files in ``folder``; at weekends ``weekend`` times as many pass."""
    rng = np.random.default_rng(3)
    level = 40 * (1 + np.sin((hours.hour - 8) / 24 * 6.28)) * np.where(hours.day_of_week >= 5, weekend, 1)
    (folder / "zones.csv").write_text("zone_id,name,lat,lon\npier,Pier,52.1,4.2\nkade,Kade,52.2,4.3\n")
    moments = [hour.isoformat() for hour in hours]
    counts = pd.DataFrame({"timestamp": moments, "pier": rng.poisson(level), "kade": rng.poisson(level / 2)})
    counts.to_csv(folder / "counts.csv", index=False)
    add_area(
        NewArea(
            id="badplaats",
            names={"nl": "Badplaats"},
            time_zone="Europe/Amsterdam",
            country="NL",
            counts=folder / "counts.csv",
            zones=folder / "zones.csv",
            measure="passages",
            replay=replay,
        )
    )
    return load_area("badplaats")
