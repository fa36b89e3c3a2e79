"""Whatever is published, at least five share it, and so do those of whom nothing is told."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from feedback.contributions.small_cells import K, Label, coarsened

TZ = ZoneInfo("Europe/Amsterdam")
NOON = datetime(2026, 8, 8, 12, tzinfo=TZ)

labels = st.lists(
    st.builds(
        Label,
        role=st.sampled_from(["resident", "visitor", "police"]),
        zone=st.sampled_from(["pier", "haven", None]),
        hour=st.sampled_from([NOON, NOON + timedelta(hours=1), NOON + timedelta(days=1), None]),
    ),
    max_size=60,
)


@given(labels)
def test_no_label_is_shared_by_fewer_than_five_nor_is_the_rest(records: list[Label]) -> None:
    told = coarsened(records)
    counts = Counter(told)
    if len(records) >= K:
        assert min(counts.values()) >= K
    else:
        assert set(counts) <= {Label()}
    for before, after in zip(records, told, strict=True):
        assert after.role in (None, before.role)
        assert after.zone in (None, before.zone)
        if after.hour is not None:
            assert before.hour is not None
            assert after.hour.date() == before.hour.date()
            assert after.whole_day or after.hour == before.hour


def test_enough_alike_keep_everything_and_others_keep_the_day_or_the_place() -> None:
    alike = [Label("resident", "pier", NOON)] * 5
    same_day = [Label("visitor", "pier", NOON + timedelta(hours=n)) for n in range(5)]
    one_place = [Label(role, "haven", NOON + timedelta(days=n)) for n, role in enumerate("abcde")]
    told = coarsened(alike + same_day + one_place)
    assert told[:5] == alike
    assert set(told[5:10]) == {Label("visitor", "pier", NOON.replace(hour=0), whole_day=True)}
    assert set(told[10:]) == {Label(zone="haven")}


def test_two_who_are_left_are_not_found_by_subtraction() -> None:
    six = [Label("resident", "pier", NOON)] * 6
    two = [Label("police", "haven", NOON)] * 2
    assert set(coarsened(six + two)) == {Label()}
    twelve = [Label("visitor", "keizerstraat", NOON)] * 12
    told = coarsened(six + two + twelve)
    assert set(told[:8]) == {Label()}
    assert told[8:] == twelve
