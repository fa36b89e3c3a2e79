"""Where the map of a phone opens."""

from math import cos, radians

import pytest
from shapely.geometry import Point

from data.area.area import load_area
from visuals.base.framing import FURTHER, fitted, framed
from visuals.base.placing import METRES_PER_DEGREE, metres_per_pixel


def seen(area, zone_id):
    """How far the middle of a zone lies from the middle of the map: pixels east and north."""
    point, scale = area.zone(zone_id).geometry.centroid, METRES_PER_DEGREE / metres_per_pixel(area.centre)
    return (point.x - area.centre.lon) * scale * 0.6, (point.y - area.centre.lat) * scale


def test_it_opens_on_one_place_closer_than_on_the_area():
    for area in (load_area("scheveningen"), load_area("auckland")):
        for zone_id in area.zone_ids[::4]:
            one = framed(area, {zone_id})
            assert max(map(abs, seen(one, zone_id))) < 20
            assert area.centre.zoom - FURTHER < one.centre.zoom < area.centre.zoom


@pytest.mark.parametrize("zone_ids", [{"strand-pier", "dr-lelykade"}, {"strand-noord", "strand-midden"}])
def test_all_of_several_places_are_on_the_screen(zone_ids):
    area = load_area("scheveningen")
    for zone_id in zone_ids:
        east, north = seen(framed(area, zone_ids), zone_id)
        assert abs(east) < 150
        assert abs(north) < 190


def test_without_a_place_to_see_or_with_all_of_them_it_is_the_whole_area():
    area = load_area("scheveningen")
    for zone_ids in ((), area.zone_ids):
        assert framed(area, zone_ids).centre == area.seen_from(FURTHER).centre


@pytest.mark.parametrize("name", ["scheveningen", "auckland"])
def test_16_09_all_places_are_in_sight_in_a_low_window(name):
    area = load_area(name)
    low = fitted(area, 560, 200)
    metres = metres_per_pixel(low.centre)
    for zone_id in area.zone_ids:
        west, south, east, north = area.zone(zone_id).geometry.bounds
        scale = METRES_PER_DEGREE / metres
        assert max(abs(one - low.centre.lat) for one in (south, north)) * scale <= 100
        assert max(abs(one - low.centre.lon) for one in (west, east)) * scale * cos(radians(low.centre.lat)) <= 280


def test_an_area_of_one_spot_is_seen_whole_too(coast):
    spot = coast.zones[0].model_copy(update={"geometry": Point(4.27, 52.11)})
    one = coast.model_copy(update={"zones": (spot,)})
    assert 0 < fitted(one, 560, 200).centre.zoom < one.centre.zoom
