"""What scenarios look like and how they are said: sentences, dots from the same paths, maps with one camera."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import vl_convert

from data.area.measures import measures_from
from forecasting.meaning.variants import Variant, hours_figures, most_changed
from forecasting.values.scenario import Scenario
from language import Language, language
from visuals.base.basemap import drawing
from visuals.base.outlook import Outlook
from visuals.charts.scenario_charts import hours_chart
from visuals.charts.scenario_week import week_compared
from visuals.maps.scenario_maps import camera_of, difference_map, largest_difference, level_map
from visuals.tables.tables import variants_table
from visuals.words.measure_sentences import effect_of
from visuals.words.scenario_effects import effect_sentence, hours_message
from visuals.words.scenario_sentences import summary

NL, EN = language("nl"), language("en")
BASEMAP = {"type": "FeatureCollection", "features": []}


@pytest.fixture
def variants(make, coast):
    """The forecast, and a scenario in which only the beach is much quieter."""
    forecast = make(coast)
    factor = np.array([0.05, 1, 1, 1])
    quieter = replace(
        forecast,
        quantiles=forecast.quantiles * factor[:, None, None],
        paths=forecast.paths * factor[None, :, None],
        scenario=Scenario.model_validate({"weather": {"rain_mm": 2}}).encode(),
    )
    return [Variant("the forecast", "", forecast), Variant("scenario A", "rain", quieter)]


@pytest.fixture
def outlook(variants, coast, zone_thresholds) -> Callable[[Language], Outlook]:
    return partial(Outlook, variants[0].forecast, coast, zone_thresholds(coast))


def test_the_sentence_names_what_stays_quiet_and_what_does_not_change(variants, outlook) -> None:
    said = effect_sentence(variants[1], variants[0], outlook(EN))
    assert said.startswith("With rain: Beach stays quiet;")
    assert said.endswith("The Pier, Quay and Square do not change.")


def test_a_scenario_that_changes_nothing_says_so(variants, outlook) -> None:
    said = effect_sentence(variants[0], variants[0], outlook(NL))
    assert "geen plek wordt duidelijk drukker of rustiger" in said


def test_hours_come_from_the_same_paths(variants, coast, zone_thresholds) -> None:
    figures = hours_figures(variants, zone_thresholds(coast)).set_index(["variant", "zone_id", "level"])
    assert (figures.loc["the forecast", ["more", "more_q10", "more_q90"]] == 0).all(axis=None)
    assert (figures.loc[("scenario A", "pier"), ["more_q10", "more_q90"]] == 0).all(axis=None)
    beach = figures.loc[("scenario A", "strand", "orange")]
    assert beach["more"] < 0
    assert beach["more_q90"] <= 0
    assert most_changed(variants) == "strand"


@pytest.mark.parametrize("lang", [NL, EN])
def test_without_a_scenario_the_hours_are_not_said_to_change(variants, outlook, lang) -> None:
    alone, both = (
        " ".join(hours_chart(chosen, outlook(lang), level="orange")["title"]["text"])
        for chosen in (variants[:1], variants)
    )
    assert alone.startswith(("Zo veel uren verwachten wij", "Hours we expect to be"))
    assert not both.startswith(alone[:10])


def test_the_hour_as_a_table_has_a_place_a_row_and_a_variant_a_column(variants, coast, outlook) -> None:
    table = variants_table(variants, outlook(NL), hour_index=128)
    assert list(table.columns) == ["Plek", "The forecast", "Scenario A", "Gegevens"]
    assert table["Plek"].tolist() == [zone.name(NL) for zone in coast.zones]
    assert table["The forecast"].str.fullmatch(r"[\d.]+ \([\d.]+–[\d.]+\)").all()
    same = table["The forecast"] == table["Scenario A"]
    assert same.tolist() == [False, True, True, True]


def test_all_maps_have_one_camera_one_size_and_one_scale(variants, coast, outlook) -> None:
    camera = camera_of(coast)
    drawn = drawing(BASEMAP, coast)
    hour = 5 * 24 + 7
    strongest = largest_difference([(variants[1], variants[0])], hour)
    maps = [level_map(variant, outlook(EN), hour_index=hour, camera=camera, drawing=drawn) for variant in variants]
    maps.append(
        difference_map(
            variants[1], variants[0], outlook(EN), hour_index=hour, strongest=strongest, camera=camera, drawing=drawn
        )
    )
    assert len({json.dumps(one["projection"]) for one in maps}) == 1
    assert len({(one["height"], len(one["title"]["text"]), len(one["title"]["subtitle"])) for one in maps}) == 1
    assert all("DEMO DATA" in one["title"]["subtitle"][0] for one in maps)
    assert "SCENARIO" not in maps[0]["title"]["subtitle"][0]
    assert "SCENARIO" in maps[1]["title"]["subtitle"][0]
    looks = {row["zone_id"]: row for row in maps[2]["layer"][2]["transform"][0]["from"]["data"]["values"]}
    assert looks["strand"]["colour"] == "#1A6B8A"
    assert looks["pier"]["colour"] == "#EDEAE3"
    assert "−" in looks["strand"]["tip"]
    assert camera_of(coast, "plein").wide < camera.wide


@pytest.mark.parametrize("compact", [False, True])
def test_the_specifications_are_drawn(variants, coast, outlook, compact: bool) -> None:
    specs = [
        hours_chart(variants, outlook(NL), level="orange", compact=compact),
        week_compared(variants, outlook(NL), zone_id="strand", compact=compact),
        level_map(
            variants[0],
            outlook(NL),
            hour_index=10,
            camera=camera_of(coast),
            drawing=drawing(BASEMAP, coast),
        ),
    ]
    for spec in specs:
        picture = vl_convert.vegalite_to_svg({**spec, "width": 340 if compact else 900})
        assert "OEFENGEGEVENS" in picture


def test_a_zone_without_a_forecast_is_unknown_and_not_quiet(make, coast, zone_thresholds) -> None:
    shown = Outlook(make(coast, unknown=("pier",)), coast, zone_thresholds(coast), EN)
    variant = Variant("the forecast", "", shown.forecast)
    one = level_map(variant, shown, hour_index=5, camera=camera_of(coast), drawing=drawing(BASEMAP, coast))
    looks = {row["zone_id"]: row for row in one["layer"][2]["transform"][0]["from"]["data"]["values"]}
    assert "unknown" in looks["pier"]["tip"]
    values = week_compared([variant], shown, zone_id="pier")["layer"][1]["data"]["values"]
    assert all(row["y0"] is None for row in values)


def test_a_scenario_is_said_in_plain_words(coast) -> None:
    wish = {
        "weather": {"temp_delta_c": -4, "rain_mm": 0},
        "events": [
            {
                "event_id": "a",
                "zone_id": "kade",
                "start": "2026-08-08T12:00:00Z",
                "end": "2026-08-08T18:00:00Z",
                "attendance": 10000,
            }
        ],
        "school_holiday": False,
        "closures": [{"zone_id": "pier", "start": "2026-08-08T00:00", "end": "2026-08-09T00:00"}],
        "measures": [{"id": "gone", "start": "2026-08-03T00:00", "end": "2026-08-10T00:00"}],
    }
    assert summary(Scenario.model_validate(wish), coast, (), NL) == [
        "4 °C kouder",
        "geen regen",
        "geen schoolvakantie",
        "evenement met 10.000 bezoekers bij Kade op zaterdag van 14 tot 20 uur",
        "De Pier dicht op zaterdag",
        "gone ma 3 aug t/m zo 9 aug (aanname)",
    ]


def test_a_measure_says_its_effect_and_its_range(coast) -> None:
    names = {"en": "X"}
    effect = {
        "type": "move",
        "places": {"zones": ["strand"], "kinds": ["promenade"]},
        "to": {"zones": ["kade"]},
        "share": {"low": 0.02, "expected": 0.06, "high": 0.12},
    }
    (measure,) = measures_from([{"id": "x", "names": names, "decided_by": names, "source": names, "effect": effect}])
    said = effect_of(measure, coast, EN)
    assert said == "6% of the people at Beach and the promenades go to Quay (between 2 and 12%)."


def test_a_scenario_that_makes_busy_hours_too_busy_says_so(make, coast, zone_thresholds) -> None:
    """As many busy hours as before, but worse ones: that is no 'hardly more busy hours'."""
    thresholds = zone_thresholds(coast)
    before = make(coast, scale=3)
    worse = before.paths.copy()
    zone, threshold = before.zone_ids.index("strand"), thresholds.zones["strand"]
    busy = worse[:, zone] >= threshold.orange
    worse[:, zone][busy] = np.maximum(worse[:, zone][busy], threshold.red)
    forecast = Variant("the forecast", "", before)
    scenario = Variant("scenario A", "a concert", replace(before, paths=worse))
    red = np.median((before.paths[:, zone] >= threshold.red).sum(axis=1))
    said = effect_sentence(scenario, forecast, Outlook(before, coast, thresholds, EN))
    after = np.median(busy.sum(axis=1))
    assert f"Beach goes from {round(red)} to {round(after)} hours that are too busy" in said
    assert "hardly" not in said
    both = replace(before, paths=before.paths * 1.4)
    said = effect_sentence(Variant("scenario B", "sun", both), forecast, Outlook(before, coast, thresholds, NL))
    assert re.search(r"Strand gaat van \d+ naar \d+ drukke uren, waarvan te druk van \d+ naar \d+", said)


def with_hours(make, coast, thresholds, hours: int):
    """A week in which it is certain that the beach is busy for so many hours, from Tuesday morning on."""
    made = make(coast, scale=0.001)
    made.quantiles[0, 24 : 24 + hours] = thresholds.zones["strand"].orange
    made.paths[:, 0, 24 : 24 + hours] = thresholds.zones["strand"].orange
    return made


def test_hours_are_said_before_and_after_with_the_scenario_that_changes_most(make, coast, zone_thresholds) -> None:
    thresholds = zone_thresholds(coast)
    names = {"the forecast": 6, "scenario A": 5, "scenario B": 2}
    chosen = [Variant(name, "", with_hours(make, coast, thresholds, hours)) for name, hours in names.items()]
    said = hours_message(chosen, coast, thresholds, EN, level="orange")
    assert said == "Beach: from 6 to 2 hours busy or worse, with scenario B"
    said = effect_sentence(chosen[2], chosen[0], Outlook(chosen[0].forecast, coast, thresholds, EN))
    assert said == "With scenario B: Beach goes from 6 to 2 busy hours; The Pier, Quay and Square do not change."


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1.1, "With sun: over the whole week 10% more people, but hardly more busy hours."),
        (0.9, "With sun: over the whole week 10% fewer people, but hardly fewer busy hours."),
        (1.0, "With sun: no place gets clearly busier or quieter; Beach, The Pier and 2 other places do not change."),
    ],
)
def test_without_busy_hours_the_people_of_the_week_are_said(make, coast, zone_thresholds, factor, said) -> None:
    made, thresholds = make(coast, scale=0.1), zone_thresholds(coast)
    sun = replace(made, quantiles=made.quantiles * factor, paths=made.paths * factor)
    variants = [Variant("the forecast", "", made), Variant("scenario A", "sun", sun)]
    assert effect_sentence(variants[1], variants[0], Outlook(made, coast, thresholds, EN)) == said


def test_a_place_with_an_event_is_told_within_its_hours(make, coast, zone_thresholds) -> None:
    """From 12:30 to 18:00, while more still changes the day before, and in the hour that begins at 18:00."""
    made, row = make(coast), coast.zone_ids.index("pier")
    event = {
        "event_id": "x",
        "zone_id": "pier",
        "start": "2026-08-08T12:30",
        "end": "2026-08-08T18:00",
        "attendance": 9,
    }
    factor = np.ones(len(made.hours))
    saturday, hour = made.local_hours.day == 8, made.local_hours.hour
    factor[saturday & (hour == 15)] = 2
    factor[saturday & ((hour == 11) | (hour == 18))] = 6
    factor[made.local_hours.day == 7] = 6
    changed = made.quantiles.copy()
    changed[row] *= factor[:, None]
    code = Scenario.model_validate({"events": [event]}).encode()
    variants = [
        Variant("the forecast", "", made),
        Variant("scenario A", "a fair", replace(made, quantiles=changed, scenario=code)),
    ]
    said = effect_sentence(variants[1], variants[0], Outlook(made, coast, zone_thresholds(coast), EN))
    assert said.startswith("With a fair: The Pier goes from about 2,500 to about 5,000 on Saturday at 15:00")
