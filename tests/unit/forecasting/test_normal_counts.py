"""What is normal: worked out by hand for weeks that differ."""

from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from forecasting.inputs.normal_counts import normal_counts
from forecasting.values.timeline import Timeline

TZ = ZoneInfo("Europe/Amsterdam")
START = pd.Timestamp("2026-01-05 00:00", tz=TZ)
"""A Monday in winter, so that no week of the test has a clock change."""


def _weeks(counts: list[float]) -> SimpleNamespace:
    timeline = Timeline.between(START, START + pd.Timedelta(weeks=len(counts)), TZ)
    return SimpleNamespace(timeline=timeline, counts=np.repeat(counts, 168)[None])


def test_normal_is_the_median_of_the_last_eight_weeks() -> None:
    ahead = Timeline.between(START + pd.Timedelta(weeks=10), START + pd.Timedelta(weeks=11), TZ)
    # Of the last seven weeks the median is 20, of the last nine too; of eight it lies between.
    found = normal_counts(_weeks([1000, 1000, 10, 10, 10, 10, 20, 20, 20, 20]), ahead)
    assert found.shape == (1, 168)
    assert (found == 15).all()


def test_each_hour_of_the_week_has_its_own_normal_and_unknown_hours_have_none() -> None:
    recent = _weeks([1.0] * 8)
    recent.counts = np.tile(np.arange(168.0), 8)[None]
    recent.counts[0, 5::168] = np.nan
    ahead = Timeline.between(START + pd.Timedelta(weeks=8, days=3), START + pd.Timedelta(weeks=9, days=3), TZ)
    found = normal_counts(recent, ahead)[0]
    assert found[:72].tolist() == np.arange(72.0, 144).tolist()
    assert np.isnan(found[96 + 5])
    assert np.isfinite(found).sum() == 167
