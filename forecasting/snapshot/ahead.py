"""The second week of a snapshot: computed when it is frozen, from the same inputs as its first week."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from data.area.calendars import days as calendar_days
from forecasting.inputs.counted import at_hours
from forecasting.inputs.special_days import MARGIN
from forecasting.mix.last_days import level_of_last_days
from forecasting.mix.learning import recent_counts
from forecasting.model.event_effects import distances
from forecasting.model.robust_days import level_of_residuals
from forecasting.model.second_week import (
    SLOTS,
    daypart_peaks,
    expected_peaks,
    special_slots,
    usual_peaks,
    with_effects,
)
from forecasting.snapshot.gathering import Inputs
from forecasting.snapshot.snapshot import Snapshot
from forecasting.training.second_week_fit import typical_effects
from forecasting.values.arrays import Floats
from forecasting.values.forecast import QUANTILES
from forecasting.values.second_week import AHEAD, PARTS_OF_DAY, SecondWeek


def second_week(snapshot: Snapshot) -> SecondWeek | None:
    """Return the second week as a snapshot holds it, without any scenario.

    ``None`` where it holds none: nothing was learned of how far such forecasts are off.
    """
    if not snapshot.second_week.size:
        return None
    first = snapshot.dates[0]
    return SecondWeek(
        area_id=snapshot.area_id,
        measure=snapshot.measure,
        snapshot_id=snapshot.id,
        cutoff=snapshot.cutoff.astimezone(ZoneInfo(snapshot.time_zone)),
        simulated=snapshot.simulated,
        zone_ids=snapshot.zone_ids,
        dates=tuple((first + pd.Timedelta(days=ahead)).date() for ahead in AHEAD),
        quantiles=snapshot.second_week,
    )


def second_week_quantiles(inputs: Inputs, ordinary: Floats) -> Floats:
    """Return the counts to expect: Z × 7 × 4 × 9 (see ``SecondWeek``); empty where nothing was learned of the errors.

    ``ordinary`` (zones × hours of the recent past): counts without events and in mean weather.
    """
    models, ahead = inputs.models, inputs.second
    if models.second_week is None or ahead is None:
        return np.empty(0)
    area, mix, timeline = inputs.area, models.mix, ahead.timeline
    counts = recent_counts(area, inputs.recent.timeline, ordinary, inputs.whole_days.dates[0], timeline.dates[-1], mix)
    dates = counts.days.dates
    cutoff = int(dates.get_indexer(inputs.whole_days.dates[:1])[0])
    log_days = mix.days.expected(calendar_days(area, (dates[0] - MARGIN).date(), (dates[-1] + MARGIN).date()), dates)
    level = level_of_residuals((counts.total - log_days)[:, :cutoff], counts.days.special[:cutoff])
    usual = usual_peaks(counts.logs, counts.days)
    quiet = expected_peaks(counts, usual, cutoff, log_days, level_of_last_days(counts, cutoff), level)
    added = models.area_model.events.added(ahead.events, timeline.hours, area.zone_ids, distances(area))
    weather = typical_effects(models.area_model, timeline)
    levels = with_effects(quiet, timeline.cube(weather), timeline.cube(added))
    some = daypart_peaks(timeline.cube(at_hours(inputs.counted, timeline).astype(float))) > 0
    levels = np.where(some, levels, np.nan).reshape(len(levels), SLOTS)
    special = special_slots(counts.days, cutoff + np.array(AHEAD))
    found = models.second_week.quantiles(levels, special, inputs.ahead.hours[0])
    return found.reshape(len(levels), len(AHEAD), PARTS_OF_DAY, len(QUANTILES))
