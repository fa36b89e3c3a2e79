"""Scheveningen with 25 zones, for measuring: ten of its zones a second time, a little further inland.

Models are copied, not trained.
"""

import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from shapely.affinity import translate
from shapely.geometry import mapping, shape

from data.area.area import load_area
from data.keeping.home import SHIPPED
from forecasting.training.model_files import AREA_FILE, MIX_FILE, PAST_FILE, load_models, write_checked

ZONES: Final = 25
AREA_ID: Final = "larger"
_SHIPPED: Final = SHIPPED / "scheveningen"
_INLAND: Final = (0.012, -0.004)
"""Degrees east and north."""


def make_larger_area(home: Path) -> str:
    """Write the area into a folder of users' state; return its id."""
    folder = home / "areas" / AREA_ID
    (folder / "models").mkdir(parents=True)
    for name in ("sources.toml", "events.csv", "measures.toml", "basemap.geojson"):
        (folder / name).write_text((_SHIPPED / name).read_text("utf-8"), "utf-8")
    area = (_SHIPPED / "area.toml").read_text("utf-8").replace('id = "scheveningen"', f'id = "{AREA_ID}"')
    area = area.replace('"Scheveningen"', '"Larger"')
    (folder / "area.toml").write_text(area, "utf-8")
    zones = json.loads((_SHIPPED / "zones.geojson").read_text("utf-8"))
    twice = zones["features"][: ZONES - len(zones["features"])]
    copies = {feature["properties"]["zone_id"]: feature["properties"]["zone_id"] + "-2" for feature in twice}
    for feature in list(twice):
        names = {key: f"{value} 2" for key, value in feature["properties"].items() if key.startswith("name_")}
        zone_id = copies[feature["properties"]["zone_id"]]
        moved = mapping(translate(shape(feature["geometry"]), *_INLAND))
        properties = feature["properties"] | names | {"zone_id": zone_id}
        zones["features"].append({"type": "Feature", "properties": properties, "geometry": moved})
    (folder / "zones.geojson").write_text(json.dumps(zones), "utf-8")
    _simulator(folder, copies)
    _models(folder / "models", copies)
    return AREA_ID


def _simulator(folder: Path, copies: dict[str, str]) -> None:
    text = (_SHIPPED / "simulator.toml").read_text("utf-8")
    places = tomllib.loads(text)["zones"]
    for zone_id, copy in copies.items():
        place = places[zone_id]
        lon, lat = place["lon"] + _INLAND[0], place["lat"] + _INLAND[1]
        text += f"{copy} = {{ base = {place['base']}, lon = {lon:.5f}, lat = {lat:.5f} }}\n"
    (folder / "simulator.toml").write_text(text, "utf-8")


def _models(folder: Path, copies: dict[str, str]) -> None:
    area = load_area("scheveningen")
    models = load_models(area, _SHIPPED / "models")
    rows = [*range(len(area.zones)), *(area.zone_ids.index(zone_id) for zone_id in copies)]
    shared = json.loads((_SHIPPED / "models" / AREA_FILE).read_text("utf-8"))
    trained = {"trained": shared["trained"]}
    for row, zone_id in zip(rows, [*area.zone_ids, *copies.values()], strict=True):
        text = replace(models.zones[row], zone_id=zone_id).to_dict()
        write_checked(folder / f"{zone_id}.json", {**trained, **text})
    past = models.past
    wider = replace(past, came=past.came[rows], levels=past.levels[rows])
    write_checked(folder / PAST_FILE, {**trained, **wider.to_dict()})
    mix = models.mix
    wide_mix = replace(
        mix,
        days=replace(mix.days, coefficients=mix.days.coefficients[rows]),
        year_before=replace(mix.year_before, logs=mix.year_before.logs[rows]),
        weight=mix.weight[rows],
    )
    write_checked(folder / MIX_FILE, {**trained, **wide_mix.to_dict()})
    effects = {name: np.array(shared[name])[rows].tolist() for name in ("hour_effects", "day_effects")}
    fields = {**shared, "zones": [*area.zone_ids, *copies.values()], **effects}
    write_checked(folder / AREA_FILE, {key: value for key, value in fields.items() if key != "sha256"})
