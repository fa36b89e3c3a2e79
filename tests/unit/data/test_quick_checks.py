"""The quick look at a frame refuses what its schema refuses, and nothing else."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from pandera.errors import SchemaError, SchemaErrors

from data.area.schemas import _SCHEMAS, HOUR
from data.area.sources import Kind
from tests.unit.data.quick_checks import shaped

HOURS = pd.Series(pd.date_range("2026-08-03", periods=3, freq="h", tz="UTC")).astype(HOUR)
FRAMES: dict[Kind, pd.DataFrame] = {
    "counts": pd.DataFrame({"zone_id": ["a", "a", "b"], "hour": HOURS, "count": [1.0, np.nan, 0.0]}),
    "weather": pd.DataFrame({"hour": HOURS, **dict.fromkeys(("temp_c", "rain_mm", "wind_ms", "sun_h"), 0.5)}).assign(
        cloud_okta=np.nan, origin="observed"
    ),
    "events": pd.DataFrame({"event_id": list("abc"), "name": "x", "zone_id": "a", "start": HOURS, "end": HOURS}).assign(
        attendance=5.0
    ),
}
FAULTS: list[Callable[[pd.DataFrame, str], pd.DataFrame]] = [
    lambda frame, _: frame,
    lambda frame, name: frame.drop(columns=name),
    lambda frame, name: frame.assign(extra=frame[name]),
    lambda frame, name: frame.assign(**{name: frame[name].astype(object)}),
    lambda frame, name: frame.assign(**{name: 1}),
    lambda frame, name: frame.assign(**{name: frame[name].iloc[0]}),
    lambda frame, name: frame.assign(**{name: frame[name].where([True, False, True])}),
    lambda frame, name: frame.assign(**{name: -frame[name] - 99}) if frame[name].dtype == float else frame,
    lambda frame, name: frame.assign(**{name: frame[name] + 999}) if frame[name].dtype == float else frame,
    lambda frame, name: frame.assign(**{name: frame[name] + "?"}) if frame[name].dtype == "str" else frame,
    lambda frame, _: pd.concat([frame, frame], ignore_index=True),
]


@pytest.mark.parametrize("kind", FRAMES)
def test_the_quick_look_and_the_schema_refuse_the_same(kind: Kind) -> None:
    verdicts = set()
    for fault in FAULTS:
        for name in FRAMES[kind].columns:
            frame = fault(FRAMES[kind], name)
            try:
                _SCHEMAS[kind].validate(frame)
                fine = True
            except (SchemaError, SchemaErrors, TypeError):
                fine = False
            try:
                shaped(_SCHEMAS[kind], frame)
                quick = True
            except (AssertionError, TypeError):
                quick = False
            assert quick == fine, (name, FAULTS.index(fault))
            verdicts.add(fine)
    assert verdicts == {True, False}
