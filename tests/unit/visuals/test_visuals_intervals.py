"""What is said to hold 8 out of 10 cases does so, wherever it is said; and demo data are called so on every one."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from forecasting.meaning.variants import Variant
from forecasting.values.forecast import QUANTILES
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.calendar import calendar
from visuals.charts.dayparts import dayparts
from visuals.charts.scenario_charts import hours_chart
from visuals.charts.scenario_week import week_compared
from visuals.charts.week import week
from visuals.charts.week_hours import busy_hours
from visuals.maps.decks import deck
from visuals.tables.figures import hours_above_figures
from visuals.tables.tables import map_table, variants_table
from visuals.words.sentences import level_sentence, week_sentences

EN = language("en")
SATURDAY = 129
THOUSANDS = {q: 1000.0 * (place + 1) for place, q in enumerate(QUANTILES)}
LOW, HIGH = THOUSANDS[0.1], THOUSANDS[0.9]
INSIDE = {THOUSANDS[0.25], THOUSANDS[0.75]}
OUTSIDE = {THOUSANDS[0.05], THOUSANDS[0.95], THOUSANDS[0.025], THOUSANDS[0.975]}
FEW, MANY = 2, 17
"""Hours of the week of which a tenth of the paths have fewer, and a tenth more."""


@pytest.fixture
def shown(make, zone_thresholds, coast):
    """A week in which every quantile is a thousand of its own, and the paths reach 'busy' in 0 to 19 hours."""
    forecast = make(coast)
    quantiles = np.broadcast_to(np.array([THOUSANDS[q] for q in QUANTILES]), forecast.quantiles.shape).copy()
    paths = np.zeros_like(forecast.paths)
    for number in range(len(paths)):
        paths[number, :, 24 : 24 + number // 10] = 50_000.0
    return replace(forecast, quantiles=quantiles, paths=paths), coast, zone_thresholds(coast)


def numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in re.findall(r"\d+,\d{3}", text)}


def texts(made: Any) -> Iterator[str]:
    if isinstance(made, str):
        yield made
    elif isinstance(made, dict | list):
        for part in made.values() if isinstance(made, dict) else made:
            yield from texts(part)


def map_tooltip(forecast, area, thresholds) -> str:
    made = json.loads(
        deck(
            Outlook(forecast, area, thresholds, EN), hour_index=SATURDAY, view="levels", map_style="about:blank"
        ).to_json()
    )
    rows = next(layer["data"] for layer in made["layers"] if layer["id"] == "zones")
    return " ".join(row["range"] for row in rows)


def calendar_tip(forecast, area, thresholds) -> str:
    spec = calendar(Outlook(forecast, area, thresholds, EN)).to_dict()
    return " ".join(row["tip"].split(". In the ")[1] for row in spec["datasets"][spec["data"]["name"]])


def week_title(forecast, area, thresholds) -> str:
    return str(week(Outlook(forecast, area, thresholds, EN), zone_id="strand").to_dict()["title"])


def variant_cells(forecast, area, thresholds) -> str:
    table = variants_table(
        [Variant("expected", "expected", forecast)], Outlook(forecast, area, thresholds, EN), hour_index=SATURDAY
    )
    return " ".join(re.search(r"\((.*)\)", cell)[1] for cell in table.iloc[:, 1])


def sentence(forecast, area, thresholds) -> str:
    return level_sentence(Outlook(forecast, area, thresholds, EN), zone_id="strand", hour_index=SATURDAY)


@pytest.mark.parametrize("said", [map_tooltip, calendar_tip, week_title, variant_cells, sentence])
def test_a_range_of_people_is_that_of_8_out_of_10_cases(shown, said: Callable[..., str]) -> None:
    found = numbers(said(*shown))
    assert {LOW, HIGH} <= found
    assert not found & (INSIDE | OUTSIDE)


def test_the_table_of_the_map_says_at_least_and_at_most_in_9_out_of_10(shown) -> None:
    table = map_table(Outlook(*shown, EN), hour_index=SATURDAY)
    assert set(table["At least (9 out of 10)"]) == {LOW}
    assert set(table["At most (9 out of 10)"]) == {HIGH}


def test_the_bands_of_a_scenario_hold_8_out_of_10_cases(shown) -> None:
    forecast, area, thresholds = shown
    spec = week_compared(
        [Variant("expected", "expected", forecast)], Outlook(forecast, area, thresholds, EN), zone_id="strand"
    )
    rows = next(layer["data"]["values"] for layer in spec["layer"] if "layer" in layer)
    assert {(row["low0"], row["high0"]) for row in rows} == {(LOW, HIGH)}


def test_bars_of_dayparts_hold_8_out_of_10_paths(shown) -> None:
    forecast, area, thresholds = shown
    numbered = np.broadcast_to(np.arange(len(forecast.paths))[:, None, None], forecast.paths.shape).astype(float)
    spec = dayparts(
        Outlook(replace(forecast, paths=numbered), area, thresholds, EN), zone_id="strand", daypart="morning"
    ).to_dict()
    rows = spec["datasets"][spec["data"]["name"]]
    assert len(rows) > 5
    for row in rows:
        assert row["q10"] == pytest.approx(0.1 * len(numbered), abs=1)
        assert row["q90"] == pytest.approx(0.9 * len(numbered), abs=1)


def test_hours_are_those_of_8_out_of_10_paths(shown) -> None:
    forecast, area, thresholds = shown
    spec = hours_chart(
        [Variant("expected", "expected", forecast)], Outlook(forecast, area, thresholds, EN), level="orange"
    )
    rows = spec["layer"][0]["data"]["values"]
    assert rows
    assert all(row["low"] == pytest.approx(FEW, abs=1) for row in rows)
    assert all(row["high"] == pytest.approx(MANY, abs=1) for row in rows)
    told = " ".join(texts(busy_hours(Outlook(forecast, area, thresholds, EN)).to_dict()))
    assert "8 times out of 10 it is 1 to 17" in told or "8 times out of 10 it is 2 to 17" in told


def test_figures_of_hours_are_those_of_8_out_of_10_paths(shown) -> None:
    forecast, _, thresholds = shown
    found = hours_above_figures(forecast, thresholds)
    assert found[found["zone_id"] == "pier"]["level"].tolist() == ["yellow", "orange", "red"]
    assert set(zip(found["hours_q10"], found["hours"], found["hours_q90"], strict=True)) == {(1, 9, 17)}
    assert set(found["chance"]) == {0.95}, "10 of 200 paths have no such hour"


def test_demo_data_are_called_so_in_the_tooltip_of_the_map(make, zone_thresholds, coast, sensors) -> None:
    for area, marked in ((coast, True), (sensors, False)):
        for lang, mark in ((EN, "DEMO DATA"), (language("nl"), "OEFENGEGEVENS")):
            for view in ("levels", "heatmap", "hexagons"):
                made = deck(
                    Outlook(make(area), area, zone_thresholds(area), lang),
                    hour_index=3,
                    view=view,
                    map_style="about:blank",
                )
                assert (mark in made._tooltip["html"]) == marked


def test_every_sentence_of_the_week_with_a_range_has_that_of_8_out_of_10(shown) -> None:
    said = " ".join(week_sentences(Outlook(*shown, EN)))
    assert not numbers(said) & (INSIDE | OUTSIDE)
