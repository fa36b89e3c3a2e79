"""A link says exactly what somebody looked at, whatever the language; a damaged one falls back."""

from base64 import urlsafe_b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.values.forecast import DAYPARTS
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language import LANGUAGES
from streamlit_app.shell.workspace import CASES, Workspace, decode, encode
from visuals.base.views import View

IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(minute=0, second=0, microsecond=0)
)
THRESHOLDS = st.lists(st.integers(1, 10**9), min_size=3, max_size=3, unique=True).map(
    lambda hundredths: tuple(threshold / 100 for threshold in sorted(hundredths))
)
SETS = st.builds(ThresholdSet, zones=st.dictionaries(IDS, THRESHOLDS, max_size=5))
SCENARIOS = st.builds(
    lambda degrees, zone: Scenario.model_validate(
        {
            "weather": {"temp_delta_c": degrees},
            "closures": [{"zone_id": zone, "start": "2026-08-08T10:00", "end": "2026-08-08T12:00"}],
        }
    ),
    st.floats(-30, 30),
    IDS,
)
WORKSPACES = st.builds(
    Workspace,
    area=st.none() | IDS,
    moment=st.none() | MOMENTS,
    snapshot=st.none() | IDS,
    language=st.none() | st.sampled_from(LANGUAGES),
    zone=st.none() | IDS,
    view=st.sampled_from(View),
    case=st.sampled_from(CASES),
    thresholds=st.none() | SETS,
    scenario=st.none() | SCENARIOS,
    beside=st.none() | SCENARIOS,
    daypart=st.none() | st.sampled_from(DAYPARTS),
    busy=st.none() | st.tuples(IDS, MOMENTS),
)


@given(WORKSPACES)
def test_what_is_written_is_read_back(workspace: Workspace) -> None:
    assert decode(encode(workspace)) == (workspace, {})


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "area",
                "at",
                "snapshot",
                "lang",
                "zone",
                "view",
                "case",
                "thresholds",
                "scenario",
                "beside",
                "part",
                "busy",
                "x",
            ]
        ),
        st.text(),
    )
)
def test_any_address_is_read_without_an_error(params: dict[str, str]) -> None:
    workspace, damaged = decode(params)
    assert set(damaged) <= {"at", "lang", "view", "case", "thresholds", "scenario", "beside", "part", "busy"}
    assert decode(encode(workspace))[0] == workspace


def test_damaged_values_are_named_and_the_rest_is_kept() -> None:
    workspace, damaged = decode({"area": "auckland", "at": "yesterday", "lang": "xx", "view": "3d", "case": "busy"})
    assert workspace == Workspace(area="auckland", case="busy")
    assert damaged == {"lang": None, "at": None, "view": None}


@pytest.mark.parametrize("field", ["scenario", "beside", "thresholds"])
def test_what_a_newer_version_made_says_so(field: str) -> None:
    newer = urlsafe_b64encode(b'{"version": 2, "dreams": true}').decode().rstrip("=")
    workspace, damaged = decode({"area": "auckland", field: newer})
    assert workspace.area == "auckland"
    assert "newer version" in str(damaged[field])


def test_a_moment_is_absolute() -> None:
    params = encode(Workspace(moment=datetime.fromisoformat("2026-08-08T14:00+02:00")))
    assert params["at"] == "2026-08-08T12:00Z"
