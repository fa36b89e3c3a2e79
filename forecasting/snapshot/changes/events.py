"""Events more, fewer, or of another size."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from data.area.schemas import HOUR
from forecasting.snapshot.changes.kind import Doubt, ScenarioKind, row_of, utc
from forecasting.snapshot.snapshot import Snapshot
from forecasting.values.arrays import Floats
from forecasting.values.scenario import Scenario
from language import message_id


def _told(s: Snapshot, scenario: Scenario) -> Snapshot:
    for event in scenario.events:
        row_of(s, event.zone_id)
    named = {event.event_id for event in scenario.events}
    wished = pd.DataFrame(
        {
            "event_id": [event.event_id for event in scenario.events],
            "name": [event.name for event in scenario.events],
            "zone_id": [event.zone_id for event in scenario.events],
            "start": [utc(event.start, s.time_zone) for event in scenario.events],
            "end": [utc(event.end, s.time_zone) for event in scenario.events],
            "attendance": [event.attendance for event in scenario.events],
        }
    ).astype({"start": HOUR, "end": HOUR})
    kept = s.events[~s.events["event_id"].isin(named)]
    events = pd.concat([kept, wished], ignore_index=True).astype({"attendance": float})
    return replace(s, events=events, event_responses=s.event_effects.response(events, s.hours, s.zone_ids, s.apart))


def _doubts(_before: Snapshot, changed: Snapshot, scenario: Scenario) -> Iterator[Doubt]:
    largest = max((event.attendance for event in scenario.events), default=0.0)
    if 0 < changed.seen.attendance < largest:
        said = message_id("An event of {value} visitors: the model has never seen this. The largest so far had {seen}.")
        yield Doubt("event", largest, changed.seen.attendance, said)


def _widened(_before: Snapshot, changed: Snapshot, _scenario: Scenario) -> Floats:
    """Where an event larger than any seen draws people, whoever asked for it."""
    wide = np.ones((len(changed.zone_ids), len(changed.hours)))
    if changed.seen.attendance > 0:
        for index, attendance in enumerate(changed.events["attendance"].to_numpy(float)):
            if attendance > changed.seen.attendance:
                touched = changed.event_responses[index] > 0
                wide = np.where(touched, np.maximum(wide, 1 + np.log2(attendance / changed.seen.attendance)), wide)
    return wide


EVENTS: Final = ScenarioKind("events", told=_told, moved=None, doubts=_doubts, widened=_widened)
