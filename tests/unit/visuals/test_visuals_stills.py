"""Pictures of charts and maps for documents: of the size and in the colours that the page shows."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from forecasting.values.thresholds import LEVELS
from language import language
from visuals.base.outlook import Outlook
from visuals.base.palette import STYLES, rgb, shown_level
from visuals.charts.still import SHARPNESS, WIDTH, still
from visuals.charts.week import week
from visuals.maps.decks import deck
from visuals.maps.still_map import still_map

NL = language("nl")
SEA = {"type": "FeatureCollection", "features": []}


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png)).convert("RGB"), dtype=int)


def share(picture: np.ndarray, colour: list[int]) -> float:
    return float((np.abs(picture - colour) < 6).all(axis=2).mean())


def busiest(forecast) -> int:
    return int(np.nanargmax(np.nansum(forecast.median, axis=0)))


def drawn(make, zone_thresholds, area, view: str, hour: int | None = None) -> np.ndarray:
    hour = busiest(make(area)) if hour is None else hour
    made = deck(Outlook(make(area), area, zone_thresholds(area), NL), hour_index=hour, view=view, map_style="none")
    return pixels(still(still_map(made, area, SEA, NL, title="Zaterdag", subtitle="OEFENGEGEVENS.").to_dict()))


def test_a_chart_fills_the_page_and_is_small(make, zone_thresholds, coast) -> None:
    png = still(week(Outlook(make(coast), coast, zone_thresholds(coast), NL), zone_id="pier").to_dict())
    assert Image.open(BytesIO(png)).width == pytest.approx(WIDTH * SHARPNESS, abs=2)
    assert len(png) < 150_000


def test_the_map_shows_every_zone_in_the_colour_of_its_level(make, zone_thresholds, coast) -> None:
    picture = drawn(make, zone_thresholds, coast, "levels")
    counts = make(coast).median[:, busiest(make(coast))]
    levels = {
        shown_level(zone_thresholds(coast), zone_id, float(count))
        for zone_id, count in zip(coast.zone_ids, counts, strict=True)
    }
    assert len(levels) > 1
    below = len(picture) - round(40 * SHARPNESS)
    for level in STYLES:
        assert (share(picture[:below], rgb(STYLES[level].colour)) > 0.0002) == (level in levels)
    for level in LEVELS:
        assert share(picture[below:], rgb(STYLES[level].colour)) > 0.001, "the key has no such colour"


def test_density_and_passages_are_drawn_too(make, zone_thresholds, coast, sensors) -> None:
    quiet, busy = (drawn(make, zone_thresholds, coast, "hexagons", hour) for hour in (2, None))
    assert (quiet != busy).any()
    circles = drawn(make, zone_thresholds, sensors, "levels")
    assert share(circles, rgb("#FBFAF7")) < 0.998
