"""Counts as ``CrowdFlowObserved`` of the Smart Data Models, an entity for each place and hour (key-values form).

That model has no place for uncertainty, so it is for counts and never for forecasts.
"""

from datetime import datetime, timedelta
from typing import Any, Final

import pandas as pd
from shapely.geometry import mapping

from data.area.area import Area
from data.consent import gate

CONTEXT: Final = "https://raw.githubusercontent.com/smart-data-models/dataModel.Transportation/master/context.jsonld"
MOST_DAYS: Final = 31
SMALLEST: Final = 5
"""Fewer people than this are left out, as in everything that is published of people; zero tells of nobody."""

_HOUR: Final = timedelta(hours=1)


def crowd_flow(area: Area, start: datetime, end: datetime) -> list[dict[str, Any]]:
    """Return the counts from ``start`` until ``end`` (aware), oldest first; unknown and small ones are left out.

    Raises ``UserError`` when the source of counts may not be read.
    """
    source = gate.source_of(area, "counts")
    counts = gate.read(area, "counts", start, end).dropna(subset="count")
    rounded = counts["count"].round().astype(int)
    counts = counts.assign(people=rounded)[(rounded == 0) | (rounded >= SMALLEST)]
    places = {zone.zone_id: zone for zone in area.zones}
    found = []
    counts = counts.sort_values(["hour", "zone_id"])
    for zone_id, hour, people in zip(counts["zone_id"], counts["hour"], counts["people"], strict=True):
        zone = places.get(str(zone_id))
        if zone is None:
            continue
        begin = pd.Timestamp(hour).to_pydatetime()
        first, last = (_utc(moment) for moment in (begin, begin + _HOUR))
        found.append(
            {
                "id": f"urn:ngsi-ld:CrowdFlowObserved:{area.id}:{zone.zone_id}:{first}",
                "type": "CrowdFlowObserved",
                "dateObserved": f"{first}/{last}",
                "dateObservedFrom": first,
                "dateObservedTo": last,
                "name": next(iter(zone.names.values())),
                "location": mapping(zone.geometry),
                "peopleCount": int(people),
                "description": _MEANING[area.measure],
                "dataProvider": source.credit if source else "",
                "source": f"DEMO DATA: {source.id}" if source and source.simulated else (source.id if source else ""),
                "@context": CONTEXT,
            }
        )
    return found


_MEANING: Final = {
    "present": "mean number of people in the zone at one moment of the hour",
    "passages": "people passing the sensor in the hour",
}


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
