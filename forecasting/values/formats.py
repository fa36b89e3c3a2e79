"""A forecast as JSON and as GeoJSON, for downloads and other programs."""

import json
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping

from data.area.area import Area
from forecasting.values.adoption import Adoption
from forecasting.values.arrays import Floats
from forecasting.values.forecast import CSV_QUANTILES, QUANTILE_COLUMNS, Forecast
from forecasting.values.scenario import Scenario
from forecasting.values.thresholds import Thresholds
from language import Language


def as_json(forecast: Forecast) -> str:
    """Return where the forecast comes from, its hours (area time), and per zone a list of each quantile."""
    zones = {zone_id: _by_quantile(forecast.quantiles[z]) for z, zone_id in enumerate(forecast.zone_ids)}
    return json.dumps({**_origin(forecast), "zones": zones}, ensure_ascii=False, separators=(",", ":"))


def as_geojson(forecast: Forecast, area: Area, lang: Language | None = None) -> str:
    """Return the zones as GeoJSON features, with a list of each quantile as properties.

    The hours they are for (area time) and where the forecast comes from are members of the collection. With
    ``lang`` each zone has its ``name`` in that language, without it all its ``names``.
    """
    features = []
    for z, zone_id in enumerate(forecast.zone_ids):
        zone = area.zone(zone_id)
        properties: dict[str, Any] = {"zone_id": zone_id, "kind": zone.kind, **_by_quantile(forecast.quantiles[z])}
        properties |= {"names": zone.names} if lang is None else {"name": zone.name(lang)}
        features.append(
            {"type": "Feature", "id": zone_id, "geometry": mapping(zone.geometry), "properties": properties}
        )
    collection = {"type": "FeatureCollection", **_origin(forecast), "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":"))


def thresholds_as_json(area: Area, defaults: Thresholds, decision: Adoption | None) -> str:
    """Return the thresholds in force: the decision they come from (if any), and the counts of each zone.

    ``basis`` says what a zone's thresholds are based on: ``chosen`` where they were adopted.
    """
    shown = decision.thresholds.on(defaults) if decision else defaults
    adopted_as = decision.model_dump(mode="json", exclude={"thresholds"}) if decision else None
    zones = {
        zone_id: {"yellow": zone.yellow, "orange": zone.orange, "red": zone.red, "basis": zone.basis}
        for zone_id, zone in shown.zones.items()
    }
    origin = {"area": area.id, "measure": area.measure, "adopted": adopted_as, "zones": zones}
    return json.dumps(origin, ensure_ascii=False, indent=1)


def _origin(forecast: Forecast) -> dict[str, Any]:
    origin: dict[str, Any] = {"data": "DEMO DATA"} if forecast.simulated else {}
    if forecast.scenario:
        origin["scenario"] = json.loads(Scenario.decode(forecast.scenario).to_json())
    cutoff = pd.Timestamp(forecast.cutoff).tz_convert(forecast.tz).isoformat()
    return origin | {
        "area": forecast.area_id,
        "measure": forecast.measure,
        "snapshot": forecast.snapshot_id,
        "cutoff": cutoff,
        "as_of": cutoff,
        "replay": not forecast.timing.now,
        "known_days": dict(zip(forecast.zone_ids, forecast.known_days, strict=False)),
        "counted_until": until.isoformat() if (until := forecast.timing.counted_until) else None,
        "hours": [hour.isoformat() for hour in forecast.local_hours],
    }


def _by_quantile(values: Floats) -> dict[str, list[float | None]]:
    """Lists by the hour for the quantiles of the CSV; what is unknown is null."""
    return {
        name: [None if np.isnan(value) else round(float(value), 1) for value in values[:, index]]
        for index, name in enumerate(QUANTILE_COLUMNS)
        if name in CSV_QUANTILES
    }
