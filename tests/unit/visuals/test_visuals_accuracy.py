"""The shipped backtest and made-up variants of it, in pictures and sentences."""

import json
from datetime import timedelta
from itertools import pairwise

import pytest

from data.area.area import Area, load_area
from forecasting.evaluation.backtest_result import Backtest, MomentCounts, Reliability, newest_backtest
from language import language
from visuals.charts.outcomes import outcomes
from visuals.charts.reliability import reliability
from visuals.words.accuracy import method_figures, source_sentences, unknowns, verdict, verdict_sentences

EN, NL = language("en"), language("nl")


@pytest.fixture(scope="module")
def area() -> Area:
    return load_area("scheveningen")


@pytest.fixture(scope="module")
def result() -> Backtest:
    found = newest_backtest("scheveningen")
    assert found
    return found


def with_moments(result: Backtest, **counts: int) -> Backtest:
    return result.model_copy(update={"moments": MomentCounts(**counts)})


def test_both_sides_are_always_said(result: Backtest) -> None:
    made = with_moments(result, forecast=20, right=17, came=20, seen=17)
    said = " ".join(verdict_sentences(made, NL))
    assert "17 van de 20 voorspelde drukke momenten klopten." in said
    assert "3 van de 20 drukke momenten zagen wij niet aankomen." in said
    assert verdict(made, EN) == "DEMO DATA · We saw 17 of the 20 busy moments coming"


@pytest.mark.parametrize("code", ["nl", "en"])
def test_practice_weeks_that_were_picked_are_said_to_be(result: Backtest, code: str) -> None:
    lang = language(code)
    sentence = lang.t(
        "We picked these practice weeks by hand from the busy months. They are not typical of a whole year."
    )
    monday = result.cutoffs[0]
    picked = tuple(monday + timedelta(weeks=weeks) for weeks in (0, 37, 41, 46, 50))
    assert sentence in verdict_sentences(result.model_copy(update={"cutoffs": picked}), lang)
    spread = tuple(monday + timedelta(weeks=weeks) for weeks in (0, 10, 21, 31))
    for other in ({"cutoffs": spread}, {"cutoffs": (monday,)}, {"data": "counts"}):
        assert sentence not in verdict_sentences(result.model_copy(update=other), lang)


def test_weeks_without_busy_moments_are_said_so(result: Backtest) -> None:
    made = with_moments(result, forecast=0, right=0, came=0, seen=0)
    said = verdict_sentences(made, EN)
    assert "We forecast no busy moments." in said
    assert "No busy moments came." in said
    assert "nergens druk" in verdict(made, NL)


@pytest.mark.parametrize(
    ("mae", "sentence"), [(2.0, "50% smaller"), (0.8, "25% smaller than ours"), (1.0, "as large as")]
)
def test_the_comparison_is_honest(result: Backtest, mae: float, sentence: str) -> None:
    last_week = result.model.model_copy(update={"mae": mae})
    made = result.model_copy(
        update={
            "model": result.model.model_copy(update={"mae": 1.0}),
            "baselines": {**result.baselines, "last_week": last_week},
        }
    )
    assert sentence in verdict_sentences(made, EN)[-1]


def test_what_is_not_known_is_said(result: Backtest, area: Area) -> None:
    made = result.model_copy(update={"left_out": ("pier",), "weather": "none"})
    said = " ".join(unknowns(made, area, EN))
    assert area.zone("pier").name(EN) in said
    assert "The weather was not used." in said
    assert "made up" in said
    assert source_sentences([], EN) == []


def of_weeks(result: Backtest, many: int) -> Backtest:
    """The same busy moments, the weeks before the last one repeated or left out until there are so many."""
    last = result.cutoffs[-1]
    cutoffs = tuple(last - timedelta(weeks=many - 1 - week) for week in range(many))
    listed = tuple(one for one in result.listed if one.start >= cutoffs[0])
    return result.model_copy(update={"cutoffs": cutoffs, "listed": listed})


def test_a_year_is_seen_whole_on_the_calendar(result: Backtest, area: Area) -> None:
    few, year = (outcomes(of_weeks(result, many), area, NL).to_dict() for many in (5, 52))
    assert year["height"] < 52 / 5 * few["height"] / 2
    boxes = year["datasets"][year["data"]["name"]]
    assert {box["text"] for box in boxes} <= {"✓", "!", "✕"}
    spans = sorted((box["y"], box["x"], box["x2"]) for box in boxes)
    assert all(a[0] != b[0] or a[2] <= b[1] + 1e-9 for a, b in pairwise(spans)), "none lies over another"


def test_the_calendar_counts_every_moment(result: Backtest, area: Area) -> None:
    result = of_weeks(result, 12)
    spec = outcomes(result, area, NL, compact=True).to_dict()
    boxes = spec["datasets"][spec["data"]["name"]]
    assert sum(int(box["text"].split()[1]) for box in boxes) == len(result.listed)
    assert "OEFENGEGEVENS" in json.dumps(spec, ensure_ascii=False)
    icons = {box["text"][0] for box in boxes}
    assert icons <= {"✓", "!", "✕"}


def test_the_reliability_diagram_says_its_message_and_leaves_out_few_hours(result: Backtest) -> None:
    few = Reliability(
        score=0.1,
        reliability=0.0,
        resolution=0.1,
        uncertainty=0.2,
        within=0.0,
        forecast=(0.05, *[None] * 6, 0.72, None, 0.95),
        happened=(0.04, *[None] * 6, 0.6, None, 1.0),
        number=(900, *[0] * 6, 40, 0, 5),
    )
    spec = reliability(result.model_copy(update={"reliability": few}), EN).to_dict()
    assert spec["title"]["text"] == ["When we said 72 out of 100, it happened 60 out of 100 times"]
    assert len(spec["datasets"][spec["data"]["name"]]) == 2


def test_the_table_for_experts_has_a_row_for_each_method_that_ran(result: Backtest) -> None:
    table = method_figures(result)
    assert list(table["method"][:2]) == ["model", "last_week"]
    assert table["mae"].notna().all()
