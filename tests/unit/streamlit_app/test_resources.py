"""What all sessions share follows the files of an area at once: nobody waits for a cache to grow old."""

import json
from pathlib import Path

import pytest

from data.keeping.home import SHIPPED, area_home
from streamlit_app.shell import resources
from streamlit_app.showing import basemaps

AREA = "scheveningen"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    area_home(AREA).mkdir(parents=True)


def test_measures_are_those_of_the_file_as_it_is_now() -> None:
    shipped = resources.measures(AREA)
    assert len(shipped) > 1
    text = (SHIPPED / AREA / "measures.toml").read_text("utf-8")
    (area_home(AREA) / "measures.toml").write_text(text[: text.index("[[measure]]", text.index("[[measure]]") + 1)])
    assert list(resources.measures(AREA)) == list(shipped)[:1]
    (area_home(AREA) / "measures.toml").unlink()
    assert resources.measures(AREA) == shipped


def test_the_base_map_is_that_of_the_file_as_it_is_now() -> None:
    assert basemaps.labels_of(AREA, "nl")
    (area_home(AREA) / "basemap.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert basemaps.basemap(AREA)["features"] == []
    assert basemaps.labels_of(AREA, "nl") == []
