"""One moment of one place, said in six ways: link, table, CSV, API, picture and sentence give the same figures and
the same hours. All are held against the figures that other programs get, recomputed here without the app's words."""

import io
import json
import re
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from forecasting.meaning.busy import busy_moments
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from forecasting.values.thresholds import LEVELS
from language import Language, language
from language.plain import rounded
from streamlit_app.server.routes import ROUTES
from tests.apptest.test_pages import opened
from visuals.base.palette import label, word
from visuals.charts.calendar import calendar
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material
from visuals.studio.material.whatif import with_scenario

SCENARIOS = {
    "scheveningen": {"zone_id": "pier", "start": "2026-08-08T12:00", "end": "2026-08-08T18:00", "attendance": 9000},
    "auckland": {"zone_id": "quay-107", "start": "2025-11-29T12:00", "end": "2025-11-29T18:00", "attendance": 4000},
}
THRESHOLDS = {"scheveningen": {"strand-zuid": (300, 900, 1500.5)}, "auckland": {"queen-297": (120, 180, 260)}}


@dataclass(frozen=True)
class Looked:
    """What somebody looks at: the parameters of the link, and the material with that scenario and these thresholds."""

    link: dict[str, str]
    material: Material
    lang: Language


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that pages offer, as they would be saved."""
    found: list[str] = []
    download = st.download_button

    def noting(label: str, data: Any, **options: Any) -> bool:
        if callable(data) and options.get("mime") == "text/csv":
            found.append(data().decode("utf-8"))
        return download(label, data, **options)

    monkeypatch.setattr(st, "download_button", noting)
    return found


def looked(area: str, code: str, change: str) -> Looked:
    link, material, lang = {"area": area, "lang": code}, gather(area, code), language(code)
    if change == "scenario":
        event = {"event_id": "e", "name": "Fair", **SCENARIOS[area]}
        scenario = Scenario.from_json(json.dumps({"version": 1, "events": [event]}))
        material = with_scenario(material.changed(scenario=scenario))
        link["scenario"] = scenario.encode()
    if change == "thresholds":
        chosen = ThresholdSet.model_validate({"zones": THRESHOLDS[area]})
        material = material.changed(thresholds=chosen.on(material.thresholds))
        link["thresholds"] = chosen.text
    moments = busy_moments(material.forecast, material.thresholds)
    special = {"scenario": SCENARIOS[area]["zone_id"], "thresholds": next(iter(THRESHOLDS[area]))}
    moment = next((one for one in moments if one.zone_id == special.get(change)), moments[0])
    at = material.forecast.hours[moment.peak]
    link |= {"zone": moment.zone_id, "at": f"{at:%Y-%m-%dT%H:%MZ}"}
    return Looked(link, material.changed(zone_id=moment.zone_id, hour_index=moment.peak), lang)


def from_api(seen: Looked) -> pd.DataFrame:
    """The day of the place as another program gets it: local hour, quantiles, and the level of the median."""
    address = f"/api/areas/{seen.link['area']}/forecast.csv"
    asked = {name: seen.link[name] for name in ("scenario",) if name in seen.link}
    answer = TestClient(Starlette(routes=ROUTES)).get(
        address, params=asked | {"snapshot": seen.material.forecast.snapshot_id}
    )
    assert answer.status_code == 200
    rows = pd.read_csv(io.StringIO(answer.text))
    day = f"{seen.material.moment:%Y-%m-%d}"
    rows = rows[(rows["zone_id"] == seen.link["zone"]) & rows["hour"].str.startswith(day)].copy()
    rows["clock"] = rows["hour"].str[11:13].astype(int)
    limits = seen.material.thresholds.zones[seen.link["zone"]]
    rows["level"] = [
        sum(count >= limit for limit in (limits.yellow, limits.orange, limits.red)) for count in rows["q50"]
    ]
    return rows.set_index("clock")


def spans(rows: pd.DataFrame, level: int) -> list[tuple[int, int]]:
    """Stretches of hours at a level or worse, as clock times."""
    hours = [int(hour) for hour in rows.index[rows["level"] >= level]]
    starts = [hour for hour in hours if hour - 1 not in hours]
    ends = [hour + 1 for hour in hours if hour + 1 not in hours]
    return list(zip(starts, ends, strict=True))


def in_words(some: list[tuple[int, int]], lang: Language) -> list[str]:
    return [f"van {one} tot {end} uur" if lang.code == "nl" else f"from {one}:00 to {end}:00" for one, end in some]


def near(exact: float) -> set[int]:
    """How a number is said that programs get with one decimal."""
    return {int(rounded(exact - 0.05)), int(rounded(exact)), int(rounded(exact + 0.05))}


CASES = [
    ("scheveningen", "nl", "thresholds"),
    ("auckland", "en", ""),
    ("auckland", "nl", "scenario"),
    pytest.param("scheveningen", "nl", "", marks=pytest.mark.soak),
    pytest.param("scheveningen", "en", "scenario", marks=pytest.mark.soak),
    pytest.param("auckland", "en", "thresholds", marks=pytest.mark.soak),
]


@pytest.mark.parametrize(("area", "code", "change"), CASES)
def test_six_ways_to_say_a_moment_agree(files: list[str], area: str, code: str, change: str) -> None:
    seen = looked(area, code, change)
    lang, zone_id, material = seen.lang, seen.link["zone"], seen.material
    exact = from_api(seen)
    at, level = exact.loc[material.moment.hour], LEVELS[int(exact.loc[material.moment.hour, "level"])]
    assert level in ("orange", "red")
    place = material.name(zone_id)

    page = opened("map", **seen.link)
    said = "\n".join(element.value for element in (*page.title, *page.header, *page.markdown))
    table = page.dataframe[0].value
    shown = list(table[table.iloc[:, 0] == place].iloc[0])
    assert shown[:2] == [place, label(level, lang)]
    for number, column in zip(shown[2:5], ("q50", "q10", "q90"), strict=True):
        assert int(number) in near(at[column]), column
    chance = shown[5]
    sentence = next(line for line in said.split("\n") if place in line and chance in line)
    for column in ("q10", "q90"):
        assert any(lang.number(one) in sentence for one in near(at[column])), (column, sentence)
    assert word(level, lang) in sentence

    hour, week = (read(text, lang) for text in files[:2])
    start, name = ("Datum", "Plek") if code == "nl" else ("Date", "Place")
    (of_hour,) = hour[hour[name] == place].to_dict("records")
    clock = f"{material.moment:%H:%M}"
    assert chance in of_hour.values()
    assert word(level, lang) in of_hour.values()
    assert of_hour["Verwacht" if code == "nl" else "Expected"] == shown[2]
    of_day = week[(week[name] == place) & (week[start] == f"{material.moment:%Y-%m-%d}")]
    assert of_hour == of_day[of_day["Uur" if code == "nl" else "Hour"] == clock].to_dict("records")[0]
    levels = [word(LEVELS[int(one)], lang) for one in exact["level"]]
    assert list(of_day["Niveau" if code == "nl" else "Level"]) == levels

    best = TEMPLATES["best-hours"].message(material.changed(scenario=None))
    words = " ".join((best.kicker, best.headline, best.chance, best.advice, best.alt))
    drawn = calendar(material).to_dict()
    first = material.forecast.local_dates[0]
    day = 24 * (material.moment.date() - first).days
    cells = [cell for cell in drawn["datasets"][drawn["data"]["name"]] if cell["zone"] == zone_id]
    in_calendar = {hour: cell["level"] for cell in cells for hour in range(int(cell["x"]), int(cell["x2"]))}
    assert {clock: in_calendar[day + clock] for clock in exact.index} == {
        clock: LEVELS[int(level)] for clock, level in exact["level"].items()
    }

    today = opened("today", **seen.link)
    told = "\n".join(element.value for element in (*today.title, *today.markdown))
    for index in (2, 3):
        for span in in_words(spans(exact, index), lang):
            assert span in words, (span, words)
            assert index == 2 or not told_of(told, place) or span in told_of(told, place)
    picture = best.figures.set_index(best.figures["hour"].dt.tz_convert(material.area.tz).dt.hour)
    assert {int(rounded(one)) for one in picture.loc[[material.moment.hour], "q50"]} <= near(at["q50"])


def told_of(told: str, place: str) -> str:
    """The lines of Today about a place."""
    return "\n".join(line for line in re.split(r"\n(?=- |\*\*)", told) if place in line)


def read(text: str, lang: Language) -> pd.DataFrame:
    separator, decimal = (";", ",") if lang.code == "nl" else (",", ".")
    return pd.read_csv(io.StringIO(text.removeprefix("\ufeff")), sep=separator, decimal=decimal).fillna("")
