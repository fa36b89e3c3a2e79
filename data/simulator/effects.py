"""The true effects of the invented world.

Numbers are natural logarithms of factors unless their name or text says otherwise: 0.3 means × 1.35. Every
effect is described in ``docs/simulator.md``.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from data.area.zone import ZoneKind


@dataclass(frozen=True)
class Effects:
    """True effects on one kind of zone (logarithms of factors).

    ``season``: at the peak of the year (20 July), minus that half a year later · ``weekday``: Monday to Sunday
    · ``warmth``: per °C of the day's temperature · ``beach_weather``: per °C of it between 18 and 26 °C, on top
    · ``sunshine``: for a day with full sunshine against one without · ``rain``: per unit of
    ln(1 + mm in the hour / 0.5) · ``wind``: per m/s in the hour above 6 · ``dark``: for an hour after dark.
    """

    season: float
    weekday: tuple[float, float, float, float, float, float, float]
    warmth: float
    beach_weather: float
    sunshine: float
    rain: float
    wind: float
    dark: float
    school_holiday: float
    public_holiday: float
    visitor_holiday: float


EFFECTS: Final[dict[ZoneKind, Effects]] = {
    "beach": Effects(
        season=0.70,
        weekday=(-0.05, -0.10, -0.05, -0.05, 0.05, 0.35, 0.50),
        warmth=0.02,
        beach_weather=0.15,
        sunshine=0.80,
        rain=-0.80,
        wind=-0.06,
        dark=-1.0,
        school_holiday=0.30,
        public_holiday=0.35,
        visitor_holiday=0.12,
    ),
    "promenade": Effects(
        season=0.40,
        weekday=(-0.05, -0.10, -0.05, 0.00, 0.10, 0.38, 0.45),
        warmth=0.015,
        beach_weather=0.055,
        sunshine=0.40,
        rain=-0.45,
        wind=-0.035,
        dark=-0.4,
        school_holiday=0.30,
        public_holiday=0.30,
        visitor_holiday=0.12,
    ),
    "square": Effects(
        season=0.30,
        weekday=(-0.10, -0.10, -0.05, 0.00, 0.15, 0.35, 0.30),
        warmth=0.01,
        beach_weather=0.04,
        sunshine=0.30,
        rain=-0.35,
        wind=-0.02,
        dark=0.0,
        school_holiday=0.22,
        public_holiday=0.25,
        visitor_holiday=0.10,
    ),
    "street": Effects(
        season=0.15,
        weekday=(-0.10, -0.05, 0.00, 0.05, 0.15, 0.35, 0.05),
        warmth=0.005,
        beach_weather=0.02,
        sunshine=0.10,
        rain=-0.20,
        wind=-0.01,
        dark=0.0,
        school_holiday=0.15,
        public_holiday=0.05,
        visitor_holiday=0.06,
    ),
    "quay": Effects(
        season=0.25,
        weekday=(-0.15, -0.10, 0.00, 0.05, 0.20, 0.35, 0.30),
        warmth=0.01,
        beach_weather=0.035,
        sunshine=0.25,
        rain=-0.25,
        wind=-0.02,
        dark=0.0,
        school_holiday=0.15,
        public_holiday=0.20,
        visitor_holiday=0.06,
    ),
}

TREND_PER_YEAR: Final = 0.015
TREND_FROM: Final = date(2025, 1, 1)
"""Slow growth of all zones, by local day, from this one on."""

SEASON_PEAK_DAY: Final = 201
"""Day of the year with the highest season: 20 July."""

DAY_HOURS: Final = (11, 18)
"""Local hours (from, up to and including 17) whose mean is the day's temperature and sunshine."""

BEACH_WEATHER_FROM_C: Final = 18.0
BEACH_WEATHER_UNTIL_C: Final = 26.0
"""Between these two (softened by 1 °C) each degree draws more people; beyond the second it no longer does."""

ORDINARY_SUNSHINE: Final = 0.4
RAIN_SCALE_MM: Final = 0.5
CALM_WIND_MS: Final = 6.0

EVENT_PRESENT_SHARE: Final = 0.60
"""Part of an event's attendance present in its own zone between half an hour after start and before end."""

EVENT_SPILL_SHARE: Final = 0.10
EVENT_SPILL_METRES: Final = 600.0
"""A zone at d < 600 m gets 0.10 × (1 − d/600) of the attendance; d is between the middles of the zones."""

EVENT_SHAPE: Final = ((-1.0, 0.0), (0.5, 1.0), (-0.5, 1.0), (1.5, 0.0))
"""Corners of the presence of an event: hours after its start (first two) or end (last two), and height."""

EVENT_TURNOUT_SD: Final = 0.15
"""Spread of an event's real attendance around what was announced (the mean is right)."""

SHARED_DAY_SD: Final = 0.09
ZONE_DAY_SD: Final = 0.07
HOUR_SD: Final = 0.06
"""Spread of what nothing explains: per day for all zones together, per day and zone, per hour and zone."""

GAP_SHARE: Final = 0.004
"""Share of the hours in which a sensor fails on its own."""

OUTAGE_BLOCK_HOURS: Final = 100 * 24
OUTAGE_CHANCE: Final = 0.4
OUTAGE_HOURS: Final = (36, 168)
"""In each block of 100 days a zone has at most one outage, with this chance, that lasts this many hours."""
