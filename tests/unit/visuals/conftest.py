"""A small made-up coast with a forecast that is the same on every machine, and one for the shipped areas."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest
from shapely.geometry import Point, box

from data.area.area import Area, Centre, load_area
from data.area.zone import Zone
from forecasting.values.forecast import QUANTILES, Forecast
from forecasting.values.thresholds import Thresholds, default_thresholds
from tests.homes import in_home
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material

SAMPLES = 200
BUSYNESS = {0: 0.4, 1: 0.4, 2: 0.5, 3: 0.6, 4: 0.9, 5: 1.7, 6: 1.2, 7: 0.5}
"""By day of the forecast: peak of the day as a share of what makes the busiest zone orange."""

Make = Callable[..., Forecast]

SHIPPED = (
    ("scheveningen", "nl"),
    ("auckland", "en"),
    pytest.param("scheveningen", "en", marks=pytest.mark.soak),
    pytest.param("auckland", "nl", marks=pytest.mark.soak),
)
"""What ships, in each language; that both languages say the same of any week is tried on made-up weeks."""


@pytest.fixture(scope="session")
def coast() -> Area:
    zones = (
        Zone(
            zone_id="strand",
            names={"nl": "Strand", "en": "Beach"},
            kind="beach",
            usable_m2=50_000,
            geometry=box(4.2700, 52.1100, 4.2800, 52.1120),
        ),
        Zone(
            zone_id="pier",
            names={"nl": "De Pier", "en": "The Pier"},
            kind="promenade",
            usable_m2=4_000,
            geometry=box(4.2745, 52.1120, 4.2746, 52.1160),
        ),
        Zone(
            zone_id="kade",
            names={"nl": "Kade", "en": "Quay"},
            kind="quay",
            usable_m2=3_000,
            recommend=True,
            geometry=box(4.2650, 52.1050, 4.2660, 52.1053),
        ),
        Zone(
            zone_id="plein",
            names={"nl": "Plein", "en": "Square"},
            kind="square",
            usable_m2=2_000,
            recommend=False,
            geometry=box(4.2760, 52.1090, 4.2765, 52.1093),
        ),
    )
    return Area(
        id="coast",
        names={"nl": "Kust", "en": "Coast"},
        time_zone="Europe/Amsterdam",
        country="NL",
        measure="present",
        centre=Centre(lat=52.11, lon=4.275, zoom=14),
        simulated=True,
        zones=zones,
    )


@pytest.fixture(scope="session")
def sensors() -> Area:
    zones = tuple(
        Zone(
            zone_id=f"s{i}",
            names={"nl": f"Teller {i}", "en": f"Counter {i}"},
            kind="sensor",
            geometry=Point(174.76 + i / 200, -36.85),
        )
        for i in range(3)
    )
    return Area(
        id="sensors",
        names={"nl": "Tellers", "en": "Counters"},
        time_zone="Pacific/Auckland",
        country="NZ",
        measure="passages",
        centre=Centre(lat=-36.85, lon=174.765, zoom=14),
        zones=zones,
    )


@pytest.fixture(scope="session")
def zone_thresholds() -> Callable[[Area], Thresholds]:
    def thresholds_of(area: Area) -> Thresholds:
        return default_thresholds(area, dict.fromkeys(area.zone_ids, (400.0, 800.0, 1200.0)))

    return thresholds_of


@pytest.fixture(scope="session")
def make(zone_thresholds: Callable[[Area], Thresholds]) -> Make:
    """Return a builder of forecasts; ``scale`` makes the week busier or quieter, ``start`` is UTC."""

    def forecast_of(
        area: Area,
        *,
        scale: float = 1.0,
        start: str = "2026-08-03 06:00",
        hours: int = 168,
        unknown: tuple[str, ...] = (),
    ) -> Forecast:
        index = pd.date_range(start, periods=hours, freq="h", tz="UTC")
        local = index.tz_convert(area.tz)
        day = (local.normalize() - local[0].normalize()).days.to_numpy()
        shape = np.exp(-0.5 * ((local.hour.to_numpy() - 15) / 3) ** 2) + 0.02
        orange = zone_thresholds(area).array(area.zone_ids)[:, 1:2]
        share = 1 / np.arange(1, len(area.zones) + 1)[:, None]
        middle = orange * share * np.array([BUSYNESS[d % 8] for d in day]) * shape * scale
        spread = 0.2 + 0.03 * day
        draws = [NormalDist().inv_cdf((i + 0.5) / SAMPLES) for i in range(SAMPLES)]
        at = [NormalDist().inv_cdf(q) for q in QUANTILES]
        quantiles = middle[:, :, None] * np.exp(spread[None, :, None] * np.array(at))
        paths = middle[None] * np.exp(spread * np.array(draws)[:, None, None])
        for zone_id in unknown:
            quantiles[area.zone_ids.index(zone_id)] = np.nan
            paths[:, area.zone_ids.index(zone_id)] = np.nan
        ones = np.ones_like(middle)
        return Forecast(
            area_id=area.id,
            time_zone=area.time_zone,
            measure=area.measure,
            snapshot_id="test",
            cutoff=datetime(2026, 8, 3, 6, tzinfo=UTC),
            simulated=area.simulated,
            zone_ids=area.zone_ids,
            hours=index,
            quantiles=quantiles,
            paths=paths,
            normal=orange * share * 0.7 * shape,
            parts={
                "level": ones * 1.02,
                "season": ones * 1.3,
                "weekday": np.where(day >= 5, 1.4, 0.9) * ones,
                "weather": np.where(day >= 5, 2.6, 0.7) * ones,
                "event": ones,
            },
        )

    return forecast_of


@pytest.fixture(scope="session")
def real_week(make: Make) -> tuple[Forecast, Area]:
    """Return a forecast for the fifteen zones of Scheveningen."""
    area = load_area("scheveningen")
    return replace(make(area), simulated=True), area


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Material]:
    """The material of each area that ships, as it opens, in each language."""
    with in_home(tmp_path_factory.mktemp("home")):
        return {(area, code): gather(area, code) for area in ("scheveningen", "auckland") for code in ("nl", "en")}
