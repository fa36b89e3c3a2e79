"""What ``make load`` does on a page is really done: moved, kept and drawn, else there is no figure."""

import pytest

from benchmarks.load.acts import PEOPLE, measure_acts


@pytest.mark.soak
def test_each_kind_of_act_is_done_by_everybody() -> None:
    acts = measure_acts(times=2)
    everybody = {"come in", "follow the room"}
    assert {kind: act["times"] for kind, act in acts.items()} == {
        kind: PEOPLE if kind in everybody else 2 * PEOPLE for kind in acts
    }
    assert all(0 < act["p50_s"] <= act["p95_s"] and act["cpu_s"] > 0 for act in acts.values())
