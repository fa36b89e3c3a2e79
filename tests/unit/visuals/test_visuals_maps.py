import json
import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from language import language
from visuals.base.hexagons import hexagons
from visuals.base.outlook import Outlook
from visuals.base.placing import Placing
from visuals.base.views import View
from visuals.maps.decks import ZONES_LAYER, deck
from visuals.maps.density import density_peak, scale_position
from visuals.maps.legends import density_legend
from visuals.maps.maptext import LABELS_LAYER

NL = language("nl")
STYLE = "app/static/style.json"


def shown(make, zone_thresholds, area, hour=60, view="levels", **options):
    made = deck(
        Outlook(make(area), area, zone_thresholds(area), NL), hour_index=hour, view=view, map_style=STYLE, **options
    )
    spec = json.loads(made.to_json(), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    return spec, {layer["id"]: layer for layer in spec["layers"]}


@settings(max_examples=30, deadline=None)
@given(counts=arrays(float, 4, elements=st.floats(0, 1e5)))
def test_spreading_keeps_everyone(coast, counts):
    spread = hexagons(coast)
    assert spread.people(counts).sum() == pytest.approx(counts.sum())
    assert (spread.density(counts) * spread.surfaces).sum() == pytest.approx(counts.sum())


def test_every_zone_has_a_cell_and_its_weights_are_one(real_week):
    for area in (real_week[1],):
        spread = hexagons(area)
        assert (spread.weights >= 0).all()
        assert spread.weights.sum(axis=1) == pytest.approx(np.ones(len(area.zones)))


def test_hexagons_lie_where_the_zone_lies(coast):
    spread = hexagons(coast)
    for row, zone in enumerate(coast.zones):
        centres = spread.centres[spread.weights[row] > 0]
        west, south, east, north = zone.geometry.buffer(0.001).bounds
        assert ((centres[:, 0] > west) & (centres[:, 0] < east)).all()
        assert ((centres[:, 1] > south) & (centres[:, 1] < north)).all()


def test_passages_are_never_spread(make, zone_thresholds, sensors):
    with pytest.raises(ValueError, match="sensor"):
        hexagons(sensors)
    for view in View:
        spec, layers = shown(make, zone_thresholds, sensors, view=view)
        assert layers[ZONES_LAYER]["@@type"] == "ScatterplotLayer"
        assert not {"HeatmapLayer", "H3HexagonLayer"} & {layer["@@type"] for layer in spec["layers"]}


def test_circles_grow_with_the_square_root_of_the_count(make, zone_thresholds, sensors):
    forecast = make(sensors)
    hour = int(forecast.median.max(axis=0).argmax())
    _, layers = shown(make, zone_thresholds, sensors, hour=hour)
    radius = {row["zone_id"]: row["radius"] for row in layers[ZONES_LAYER]["data"]}
    counts = dict(zip(forecast.zone_ids, forecast.median[:, hour], strict=True))
    assert radius["s0"] / radius["s2"] == pytest.approx(math.sqrt(counts["s0"] / counts["s2"]), rel=0.02)
    outline = {row["zone_id"]: row["outline"] for row in layers[ZONES_LAYER]["data"]}
    assert sorted(outline, key=outline.__getitem__) == sorted(counts, key=counts.__getitem__)
    assert outline["s0"] > outline["s2"] >= 1


@pytest.mark.parametrize("view", View)
def test_the_map_never_falls_back_on_a_hosted_base_map(make, zone_thresholds, coast, view):
    spec, _ = shown(make, zone_thresholds, coast, view=view)
    assert spec["mapStyle"] == STYLE
    assert spec["mapProvider"] == "maplibre"
    assert "carto" not in json.dumps(spec).lower()


@pytest.mark.parametrize("style", [None, "", {"version": 8}])
def test_a_style_that_streamlit_would_replace_is_refused(make, zone_thresholds, coast, style):
    with pytest.raises(ValueError, match="map_style"):
        deck(Outlook(make(coast), coast, zone_thresholds(coast), NL), hour_index=0, view="levels", map_style=style)


@pytest.mark.parametrize("view", View)
def test_layers_have_ids_and_zones_can_be_clicked(make, zone_thresholds, coast, view):
    spec, layers = shown(make, zone_thresholds, coast, view=view)
    assert len(layers) == len(spec["layers"])
    assert layers[ZONES_LAYER]["pickable"]
    assert {row["zone_id"] for row in layers[ZONES_LAYER]["data"]} == set(coast.zone_ids)
    assert {name for name, layer in layers.items() if layer.get("pickable")} == {ZONES_LAYER, LABELS_LAYER}
    # A tapped label tells the same as its zone.
    of_zone = {row["zone_id"]: row for row in layers[ZONES_LAYER]["data"]}
    assert {row["zone_id"] for row in layers[LABELS_LAYER]["data"]} == set(of_zone)
    for row in layers[LABELS_LAYER]["data"]:
        assert {key: row[key] for key in ("name", "now", "range", "risk")} == {
            key: of_zone[row["zone_id"]][key] for key in ("name", "now", "range", "risk")
        }
    assert layers["demo"]["data"][0]["text"] == "OEFENGEGEVENS"


@pytest.mark.parametrize("view", View)
def test_fifteen_zones_stay_light(real_week, zone_thresholds, view):
    forecast, area = real_week
    labels = [{"text": f"Plaats {i}", "lon": 4.25 + i / 1000, "lat": 52.1, "rank": 1} for i in range(30)]
    made = deck(
        Outlook(forecast, area, zone_thresholds(area), NL),
        hour_index=60,
        view=view,
        map_style=STYLE,
        basemap_labels=labels,
    )
    assert len(made.to_json()) <= 100_000
    if view == "hexagons":
        columns = json.loads(made.to_json())["layers"][0]
        assert len(json.dumps(columns)) <= 70_000


def test_hours_share_one_scale(make, zone_thresholds, coast):
    quiet, busy = (
        shown(make, zone_thresholds, coast, hour=hour, view="heatmap")[1]["heat"]["colorDomain"] for hour in (18, 128)
    )
    assert quiet == busy
    heights = [
        max(
            row["height"]
            for row in shown(make, zone_thresholds, coast, hour=hour, view="hexagons")[1]["hexagons"]["data"]
        )
        for hour in (18, 128)
    ]
    assert heights[0] < heights[1] / 5


def test_stepping_through_hours_does_not_move_the_map(make, zone_thresholds, coast):
    views = [shown(make, zone_thresholds, coast, hour=hour)[0]["initialViewState"] for hour in (0, 100)]
    assert views[0] == views[1]


def test_the_fullest_hexagon_of_the_week_has_the_fullest_colour(make, coast):
    forecast = make(coast)
    peak = density_peak(forecast, coast)
    every_hour = [hexagons(coast).density(forecast.quantile(0.9)[:, hour]).max() for hour in range(168)]
    assert peak == pytest.approx(max(every_hour))
    assert scale_position(np.array([0.0, peak, 9 * peak]), peak).tolist() == [0, 1, 1]


@pytest.mark.parametrize(("scale", "decimals"), [(1.0, False), (0.02, True)])
def test_the_marks_of_the_colour_scale_are_written_alike(make, coast, zone_thresholds, scale, decimals):
    marks = re.findall(
        r">([\d.,]+)</span>", density_legend(Outlook(make(coast, scale=scale), coast, zone_thresholds(coast), NL))
    )
    assert marks[0] == "0"
    assert {"," in mark for mark in marks[1:]} == {decimals}
    assert len(set(marks)) == len(marks) == 5


@pytest.mark.parametrize("view", View)
def test_an_unknown_zone_is_drawn_as_unknown(make, zone_thresholds, coast, view):
    forecast = make(coast, unknown=("kade",))
    made = deck(Outlook(forecast, coast, zone_thresholds(coast), NL), hour_index=60, view=view, map_style=STYLE)
    spec = json.loads(made.to_json(), parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    zones = next(layer for layer in spec["layers"] if layer["id"] == ZONES_LAYER)
    kade = next(row for row in zones["data"] if row["zone_id"] == "kade")
    assert kade["now"] == "? onbekend"
    assert kade["risk"] == ""


def test_the_shown_quantile_decides_the_level(make, zone_thresholds, coast):
    texts = [
        shown(make, zone_thresholds, coast, hour=102, quantile=q)[1][ZONES_LAYER]["data"][0]["now"]
        for q in (0.1, 0.5, 0.975)
    ]
    assert len(set(texts)) == 3


def test_names_do_not_lie_over_each_other(coast):
    placing = Placing(coast.centre)
    assert placing.place("De Pier", (4.275, 52.11), 13)
    assert not placing.place("Strand", (4.2751, 52.11), 13)
    assert placing.place("Strand", (4.2751, 52.11), 13, raised=60)
    assert placing.place("Kade", (4.26, 52.11), 13)
