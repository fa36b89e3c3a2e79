"""The map of what is counted: places in use, places whose source is out, and the same in words beside it."""

import json

import pytest

from data.area.area import Area, load_area
from data.area.sources import Source, read_sources
from language import language
from visuals.account.counted_map import counted_map, tapped_zone
from visuals.account.source_words import counted_rows, counted_sentence

NL = language("nl")


@pytest.fixture(params=["scheveningen", "auckland"])
def area(request: pytest.FixtureRequest) -> Area:
    return load_area(request.param)


def counting(source_id: str, *places: str, decision: str = "approved") -> Source:
    fields = {"id": source_id, "kind": "counts", "provider": "file", "title": {"nl": f"Teller <{source_id}>"}}
    return Source.model_validate(fields | {"places": places, "decision": decision})


def layers(area: Area, *sources: Source) -> dict[str, list[dict]]:
    made = json.loads(counted_map(area, list(sources), NL, map_style="style.json").to_json())
    return {layer["id"]: layer["data"] for layer in made["layers"]}


def test_places_are_marked_by_whether_what_is_counted_there_is_used(area: Area) -> None:
    used, out, none = area.zone_ids[:3]
    sources = [counting("a", used), counting("b", out, decision="refused"), counting("c", used, decision="pending")]
    found = layers(area, *sources)
    marks = {row["zone_id"]: row["text"][0] for row in found["levels"]}
    assert marks == {used: "●", out: "○"}
    assert {row["zone_id"] for row in found["zones"]} == {used, out}
    what = next(row["what"] for row in found["zones"] if row["zone_id"] == used)
    assert "Teller &lt;a&gt; Deze bron wordt gebruikt." in what
    assert "<br>Teller &lt;c&gt; Deze bron wordt niet gebruikt" in what
    table = counted_rows(area, sources, NL)
    assert [(row["Plek"], row["Gebruikt"]) for row in table] == [
        (area.zone(used).name(NL), "ja"),
        (area.zone(out).name(NL), "nee"),
    ]
    assert counted_sentence(area, sources, NL).startswith(f"Op 1 van {len(area.zone_ids)} plekken")
    assert counted_sentence(area, sources[1:2], NL) == "Op geen enkele plek wordt nu iets geteld dat wij gebruiken."
    assert none not in marks


def test_a_source_of_the_whole_area_counts_everywhere(area: Area) -> None:
    found = layers(area, *read_sources(area.id))
    assert {row["zone_id"] for row in found["levels"]} == set(area.zone_ids)


def test_a_place_is_tapped_on_its_shape_or_its_name() -> None:
    assert tapped_zone({"zones": [{"zone_id": "pier"}]}) == "pier"
    assert tapped_zone({"levels": [{"zone_id": "kade"}]}) == "kade"
    assert tapped_zone({}) is None
