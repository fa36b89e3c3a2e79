"""Thresholds as pictures and in words."""

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.area.zone import ZoneKind
from forecasting.inputs.saturdays import Day
from forecasting.values.forecast import Forecast
from forecasting.values.space import rarity_ruler, ruler
from forecasting.values.thresholds import Thresholds, ZoneThresholds
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.crowd import MOST, PERSON, SIDE, hours_cards, people_cards, people_picture, rarity_words, step_words
from visuals.charts.meaning import saturday_sentence, saturday_strip, week_sentence
from visuals.charts.week_hours import busy_hours
from visuals.words.precise import threshold_table

Make = Callable[..., Forecast]

NL, EN = language("nl"), language("en")
KINDS: tuple[ZoneKind, ...] = ("beach", "promenade", "square", "street", "quay", "sensor")
THRESHOLDS = ZoneThresholds(10, 20, 30, "chosen")


def dots(picture: str) -> list[tuple[float, float]]:
    path = re.findall(r'<path d="((?:M[\d.]+ [\d.]+h0)*)"', picture)[-1]
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h0", path)]


@settings(deadline=None)  # the first picture works out where everybody stands
@given(st.integers(0, MOST), st.sampled_from(KINDS))
def test_a_picture_holds_so_many_people_all_inside(people: int, kind: ZoneKind) -> None:
    found = dots(people_picture(people, kind))
    assert len(found) == people
    assert all(PERSON / 2 <= x <= SIDE - PERSON / 2 and PERSON / 2 <= y <= SIDE - PERSON / 2 for x, y in found)
    assert found == dots(people_picture(MOST, kind))[:people]


def test_people_keep_apart_as_long_as_there_is_room() -> None:
    found = np.array(dots(people_picture(108, "promenade")))
    apart = np.sqrt(((found[:, None] - found[None]) ** 2).sum(axis=2)) + np.eye(len(found)) * SIDE
    assert apart.min() > PERSON


def test_cards_say_in_words_what_they_show() -> None:
    html = people_cards((3, 8, 15), "beach", NL)
    assert [html.count(text) for text in ("minder dan 3 mensen", "vanaf 8 mensen", "vanaf 15 mensen")] == [1, 1, 1]
    alts = re.findall(r'alt="([^"]+)"', html)
    assert alts == [f"{n} mensen op 10 bij 10 meter" for n in (2, 3, 8, 15)]
    pictures = [b64decode(text).decode() for text in re.findall(r"base64,([^\"]+)", html)]
    assert [len(dots(picture)) for picture in pictures] == [2, 3, 8, 15]


def test_hours_as_dots() -> None:
    html = hours_cards((4, 10, 40), NL)
    assert re.findall(r'alt="(\d+) van', html) == ["75", "25", "10", "2"]
    assert "drukker dan op 9 van de 10 uren" in html
    assert rarity_words(1.25, EN) == "busier than in 20 out of 100 hours"


def day(counts: list[float], *, counted: bool = True) -> Day:
    hours = pd.date_range("2026-08-01", periods=len(counts), freq="h", tz="Europe/Amsterdam")
    return Day(("pier",), hours, np.array([counts]), counted)


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            [5] * 12 + [31, 35, 40, 31, 31, 25, 25, 15, 5, 5, 5, 5],
            "Zaterdag 1 augustus 2026, geteld: 5 uren te druk, en nog 2 uren druk.",
        ),
        ([5] * 23 + [30], "Zaterdag 1 augustus 2026, geteld: één uur te druk."),
        ([5] * 20 + [20, 29, 20, 19], "Zaterdag 1 augustus 2026, geteld: 3 uren druk, en nooit te druk."),
        ([10] * 24, "Zaterdag 1 augustus 2026, geteld: 24 uren gezellig druk, en nooit druk."),
        ([0] * 24, "Zaterdag 1 augustus 2026, geteld: de hele dag rustig."),
        ([np.nan] * 24, "Zaterdag 1 augustus 2026, geteld: hier is niet geteld."),
    ],
)
def test_what_thresholds_would_have_meant(make: Make, coast: Area, counts: list[float], said: str) -> None:
    outlook = Outlook(make(coast), coast, Thresholds({"pier": THRESHOLDS}), NL)
    assert saturday_sentence(day(counts), "pier", outlook) == said


def test_a_strip_tells_its_changes_to_who_does_not_see_it() -> None:
    html = saturday_strip(day([5] * 12 + [31] * 6 + [15] * 6), "pier", [("uw grenzen", THRESHOLDS)], NL)
    assert 'aria-label="8 uur rustig, 12 uur te druk, 18 uur gezellig druk"' in html
    assert html.count("<span title=") == 16
    assert saturday_strip(day([np.nan] * 24), "pier", [("", THRESHOLDS)], NL) == ""


def weeks_with(make: Make, coast: Area, cases: list[tuple[int, int, float]]) -> Forecast:
    """A forecast whose paths have so many hours at orange and, of these, at red: (orange, red, share of the paths)."""
    forecast = make(coast)
    paths = np.zeros_like(forecast.paths)
    row, first = forecast.zone_ids.index("pier"), 0
    for busy, too_busy, share in cases:
        last = first + round(share * len(paths))
        paths[first:last, row, :busy], paths[first:last, row, :too_busy] = 900, 1300
        first = last
    return replace(forecast, paths=paths)


def test_the_week_in_words(make: Make, coast: Area) -> None:
    thresholds = Thresholds({zone: ZoneThresholds(400, 800, 1200, "chosen") for zone in coast.zone_ids})
    forecast = weeks_with(make, coast, [(0, 0, 0.2), (5, 0, 0.6), (16, 0, 0.2)])
    said = week_sentence(Outlook(forecast, coast, thresholds, NL), "pier")
    assert "5 uren waarin het druk of te druk is. 8 van de 10 keer zijn het 0 tot 16 uren." in said
    english = Outlook(forecast, coast, thresholds, EN)
    assert week_sentence(english, "kade").endswith("Chance of at least one: less than 1 out of 10.")
    unknown = replace(english, forecast=make(coast, unknown=("plein",)))
    assert week_sentence(unknown, "plein") == "There is no forecast for this place."


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ([(5, 1, 0.55), (5, 0, 0.45)], " Daarvan is één uur te druk, kans 6 op 10."),
        ([(5, 3, 0.7), (5, 0, 0.3)], " Daarvan zijn 3 uren te druk, kans 7 op 10."),
        ([(5, 1, 0.3), (5, 0, 0.7)], " Kans dat het te druk wordt: 3 op 10."),
        ([(5, 1, 0.2), (5, 0, 0.8)], ""),
    ],
)
def test_the_week_in_words_does_not_hide_that_it_gets_too_busy(
    make: Make, coast: Area, cases: list[tuple[int, int, float]], said: str
) -> None:
    thresholds = Thresholds({zone: ZoneThresholds(400, 800, 1200, "chosen") for zone in coast.zone_ids})
    told = week_sentence(Outlook(weeks_with(make, coast, cases), coast, thresholds, NL), "pier")
    begins = "In de hele week verwachten wij hier 5 uren waarin het druk of te druk is. "
    begins += "Kans op minstens één: meer dan 9 op 10."
    assert told == begins + said


def test_the_hours_of_the_week_say_how_many_places_get_too_busy(
    coast: Area, make: Make, zone_thresholds: Callable[[Area], Thresholds]
) -> None:
    usual = zone_thresholds(coast)

    def title(scale: float, **options: tuple[str, ...]) -> str:
        shown = make(coast, scale=scale, **options)
        return " ".join(busy_hours(Outlook(shown, coast, usual, NL)).to_dict()["title"]["text"])

    assert "te druk" not in title(0.7)
    alone = title(1.3, unknown=("pier", "kade", "plein"))
    assert re.match(r"1 plek wordt druk: Strand, ongeveer (één uur|\d+ uren), waarvan \d+ te druk$", alone)
    assert re.match(r"\d plekken worden druk, waarvan \d te druk; het langst druk is Strand, ", title(4))


def test_hours_of_the_week_beside_those_in_force(
    coast: Area, make: Make, zone_thresholds: Callable[[Area], Thresholds]
) -> None:
    usual: Thresholds = zone_thresholds(coast)
    strict = Thresholds({**usual.zones, "pier": ZoneThresholds(1, 2, 3, "chosen")})
    shown = make(coast)
    spec = busy_hours(Outlook(shown, coast, strict, EN), beside=usual).to_dict()
    rows = {row["zone"]: row for row in spec["datasets"][spec["data"]["name"]]}
    assert rows["The Pier"]["middle"] > rows["The Pier"]["other"]
    assert rows["Beach"]["other"] is None
    quiet = busy_hours(Outlook(make(coast, scale=0.01), coast, usual, EN)).to_dict()
    assert quiet["title"]["text"] == ["No place is expected to get busy, the whole week"]


def test_figures_are_only_what_is_known() -> None:
    zone = load_area("scheveningen").zone("pier")
    table = threshold_table(zone, "present", ZoneThresholds(1634, 2736, 4104, "density"), NL)
    assert list(table["mensen per m²"]) == ["0,43", "0,72", "1,08"]
    assert list(table["klasse van Fruin"]) == ["B", "D", "E"]
    assert list(table["m² per mens"]) == ["2,3", "1,4", "0,9"]
    sensor = zone.model_copy(update={"usable_m2": None, "width_m": 4.0, "kind": "sensor"})
    table = threshold_table(sensor, "passages", ZoneThresholds(5280, 7840, 10560, "flow"), NL)
    assert list(table["mensen per meter breedte per minuut"]) == ["33", "49", "66"]
    assert list(table["klasse van Fruin"]) == ["C", "D", "E"]
    bare = threshold_table(zone.model_copy(update={"usable_m2": None}), "present", THRESHOLDS, NL)
    assert list(bare.columns) == ["Vanaf dit niveau", "mensen tegelijk"]


@given(st.lists(st.floats(0.05, 400), min_size=3, max_size=3, unique=True), st.sampled_from(["present", "rarity"]))
def test_every_step_has_words_of_its_own(values: list[float], scale: str) -> None:
    zone = load_area("scheveningen").zone("pier")
    rule = ruler(zone, "present") if scale == "present" else rarity_ruler(zone, np.arange(5000.0))
    assert rule is not None
    steps = rule.steps(*(round(1.001 + value, 2) for value in values))
    words = step_words(rule, steps, NL)
    assert len(set(words.values())) == len(steps)
    if scale == "present":
        assert step_words(rule, [43, 72, 108], NL) == {43: "43 mensen", 72: "72 mensen", 108: "108 mensen"}
