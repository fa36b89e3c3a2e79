"""What is said of weeks as no town has them: each claim holds, and nothing worse than what comes first is left out."""

from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import box

from data.area.zone import Zone
from forecasting.meaning.busy import busy_levels, busy_moments
from forecasting.meaning.week_hours import week_hours
from forecasting.values.thresholds import LEVELS
from language import language
from tests.unit.visuals.test_every_sentence import check, of_hours, of_today, sentences
from visuals.base.outlook import Outlook
from visuals.base.palette import word
from visuals.charts import calendar
from visuals.words.leading import hour_headline, lead

CODES = ("nl", "en")


def busy_where(forecast, thresholds, chosen, factor=1.2):
    """Return a forecast that lies ``factor`` above 'too busy' in chosen zones and hours, and is quiet elsewhere."""
    limits = thresholds.array(forecast.zone_ids)
    middle = np.where(chosen, factor * limits[:, 2:], 0.1 * limits[:, :1])
    spread = np.linspace(0.8, 1.2, forecast.quantiles.shape[2])
    draws = np.linspace(0.7, 1.3, len(forecast.paths))
    return replace(forecast, quantiles=middle[..., None] * spread, paths=middle[None] * draws[:, None, None])


def many(coast):
    """The coast with 25 places."""
    zones = tuple(
        Zone(
            zone_id=f"plek-{n}",
            names={"nl": f"Plek {chr(65 + n)}", "en": f"Place {chr(65 + n)}"},
            kind="square",
            usable_m2=2000.0,
            recommend=n % 5 == 0,
            geometry=box(4.26 + n / 500, 52.1, 4.261 + n / 500, 52.101),
        )
        for n in range(25)
    )
    fields = {name: getattr(coast, name) for name in type(coast).model_fields}
    return type(coast)(**(fields | {"zones": zones}))


def week(name, make, coast, sensors, zone_thresholds):
    area = {"25 places": many(coast), "passages": sensors}.get(name, coast)
    start = {"autumn": "2026-10-19 22:00", "spring": "2027-03-22 23:00"}.get(name, "2026-08-03 06:00")
    hours = {"autumn": 169, "spring": 167}.get(name, 168)
    thresholds = zone_thresholds(area)
    unknown = area.zone_ids[1:] if name == "one place known" else ()
    forecast = make(area, scale=0.02, start=start, hours=hours, unknown=unknown)
    clock, day = forecast.local_hours.hour.to_numpy(), forecast.local_hours.day.to_numpy()
    everywhere = np.ones((len(area.zone_ids), 1), bool)
    chosen = {
        "quiet": everywhere & False,
        "all too busy": everywhere & (clock >= 0),
        "nights": everywhere & (clock < 5),
        "one hour": (np.arange(len(area.zone_ids)) == 1)[:, None] & (clock == 15) & (day == 7),
        "autumn": everywhere & (clock < 4),
        "spring": everywhere & (clock < 4),
        "three alike": (np.arange(len(area.zone_ids)) < 3)[:, None] & (clock == 15) & (day == 8),
        "nights unknown": everywhere & (clock > 20),
        "one place known": everywhere & (clock == 13),
        "25 places": (np.arange(len(area.zone_ids)) % 3 == 0)[:, None] & (clock > 12) & (clock < 16),
        "passages": everywhere & (clock > 6) & (clock < 9),
    }[name]
    forecast = busy_where(forecast, thresholds, np.broadcast_to(chosen, forecast.median.shape))
    holes = np.zeros(forecast.median.shape, bool)
    if name == "nights unknown":
        holes[:, clock < 6] = True
    if name == "one place known":
        holes[1:] = True
    quantiles, paths = forecast.quantiles.copy(), forecast.paths.copy()
    quantiles[holes], paths[:, holes] = np.nan, np.nan
    return area, thresholds, replace(forecast, quantiles=quantiles, paths=paths)


WEEKS = (
    "quiet",
    "all too busy",
    "nights",
    "one hour",
    "autumn",
    "spring",
    "three alike",
    "nights unknown",
    "one place known",
    "25 places",
    "passages",
)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", WEEKS)
def test_an_odd_week_is_told_as_it_is(name, code, make, coast, sensors, zone_thresholds):
    area, thresholds, forecast = week(name, make, coast, sensors, zone_thresholds)
    outlook = Outlook(forecast, area, thresholds, language(code))
    moments = busy_moments(forecast, thresholds)
    peak = moments[0].peak if moments else 100
    check(sentences(outlook), outlook)
    check(of_today(outlook, peak), outlook)
    check(of_hours(outlook, [peak]), outlook)
    check([calendar.message(outlook)], outlook)
    check([cell["tip"] for cell in list(calendar._cells(outlook, week_hours(forecast), compact=True))[::5]], outlook)

    levels = busy_levels(forecast, thresholds)[:, week_hours(forecast)]
    worst = LEVELS[int(levels.max())]
    if worst != "green":
        assert word(worst, outlook.lang) in lead(outlook)
        assert word(worst, outlook.lang) in calendar.message(outlook).lower()
        at_peak = int((busy_levels(forecast, thresholds)[:, peak] == LEVELS.index(worst)).sum())
        said = hour_headline(outlook, hour_index=peak)
        assert at_peak <= 2 or str(at_peak) in said
