"""A layer of a digital twin under the map: only shapes that lie here, and nothing else of its file."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from data.area import twin_layer as layers
from data.area.area import load_area
from data.area.twin_layer import twin_layer
from data.keeping.home import area_home
from feedback.people.roles import Role
from language import UserError, language
from streamlit_app.showing import basemaps
from visuals.base.basemap import TWIN_GREY, map_style

AREA = "scheveningen"
NL, EN = language("nl"), language("en")
LINE = {"type": "LineString", "coordinates": [[4.281, 52.117, 3.0], [4.282, 52.118, 9.5]]}
SQUARE = {"type": "Polygon", "coordinates": [[[4.27, 52.1], [4.28, 52.1], [4.28, 52.11], [4.27, 52.1]]]}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area_home(AREA).mkdir(parents=True)
    return tmp_path


def write(*geometries: Any, **members: Any) -> None:
    features = [{"type": "Feature", "properties": {"owner": "J. Jansen"}, "geometry": one} for one in geometries]
    text = json.dumps({"type": "FeatureCollection", "features": features} | members)
    (area_home(AREA) / "twin.geojson").write_text(text, "utf-8")


def test_an_area_without_one_has_the_map_it_had() -> None:
    area = load_area(AREA)
    assert twin_layer(area) is None
    assert basemaps.style_of(area) == map_style(basemaps.basemap(AREA))
    assert basemaps.twin_sentence(area, NL) == ""


def test_shapes_are_drawn_in_grey_above_the_base_map_and_nothing_else_of_them() -> None:
    area = load_area(AREA)
    write(LINE, SQUARE, None, name_nl="Gebouwen", credit="Gemeente")
    found = twin_layer(area)
    assert found is not None
    assert [one["type"] for one in found.shapes] == ["LineString", "Polygon"]
    style = basemaps.style_of(area)
    assert "Jansen" not in json.dumps(style)
    assert [one["geometry"] for one in style["sources"]["twin"]["data"]["features"]] == list(found.shapes)
    drawn = [one["source"] for one in style["layers"] if "source" in one]
    assert drawn[-3:] == ["twin"] * 3
    assert "twin" not in drawn[:-3]
    assert {colour for one in style["layers"][-3:] for name, colour in one["paint"].items() if "color" in name} == {
        TWIN_GREY
    }
    assert all(len(corner) == 2 for corner in found.shapes[0]["coordinates"]), "heights are left out"
    assert basemaps.twin_sentence(area, NL) == "In grijs: Gebouwen, Gemeente."
    write(SQUARE)
    assert basemaps.twin_sentence(area, EN) == "In grey: digital twin."


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "Point", "coordinates": [174.76, -36.84]}, "Shape 2 .* 50 km away"),
        ({"type": "Point", "coordinates": [79_000, 457_000]}, "Shape 2 .* 50 km away"),
        ({"type": "LineString", "coordinates": [[4.28, 52.1], [4.28, 53.0]]}, "Shape 2 .* 50 km away"),
        ({"type": "Sphere", "coordinates": [4.28, 52.1]}, "Shape 2 .* cannot be read"),
        ({"type": "LineString", "coordinates": [[4.28, "north"]]}, "Shape 2 .* cannot be read"),
        ({"type": "Polygon"}, "Shape 2 .* cannot be read"),
        ("here", "Shape 2 .* cannot be read"),
    ],
)
def test_a_shape_that_cannot_be_is_named_and_the_map_goes_on(
    geometry: Any, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    area = load_area(AREA)
    write(SQUARE, geometry)
    with pytest.raises(UserError, match=said):
        twin_layer(area)
    assert basemaps.style_of(area) == map_style(basemaps.basemap(AREA))
    for role, told in ((Role.STEWARD, True), (Role.VISITOR, False)):
        monkeypatch.setattr(basemaps, "may", lambda asked, role=role: asked is role)
        assert ("twin.geojson" in basemaps.twin_sentence(area, NL)) == told


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"features": 3}', '{"features": [{}]}', '{"features": [null]}', "\x00"]
)
def test_what_is_no_geojson_is_refused_in_a_sentence(text: str) -> None:
    (area_home(AREA) / "twin.geojson").write_text(text, "utf-8")
    with pytest.raises(UserError, match="not a GeoJSON"):
        twin_layer(load_area(AREA))


def test_more_than_a_phone_can_draw_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    area = load_area(AREA)
    for name, limit, said in (
        ("LIMIT_SHAPES", 2, "3 shapes"),
        ("LIMIT_CORNERS", 7, "7 corners"),
        ("LIMIT_MB", 0, "MB"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(layers, name, limit)
            write(SQUARE, LINE, LINE, name_nl=name)
            with pytest.raises(UserError, match=said):
                twin_layer(area)


@given(
    st.lists(st.tuples(st.floats(4.2, 4.35), st.floats(52.05, 52.15)), min_size=2, max_size=20),
    st.text(max_size=200),
)
def test_any_line_here_is_drawn_where_it_is(corners: list[tuple[float, float]], name: str) -> None:
    write({"type": "LineString", "coordinates": corners}, name_nl=name)
    found = twin_layer(load_area(AREA))
    assert found is not None
    (drawn,) = found.shapes
    assert shape(drawn).hausdorff_distance(shape({"type": "LineString", "coordinates": corners})) < 2e-6
    assert "\n" not in found.name(NL)
    assert 0 < len(found.name(NL)) <= 80
