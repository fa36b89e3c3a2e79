"""How it felt beside forecast and count: by place and role of at least five, with hints that need agreement."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pandas as pd
import pytest

from data.area.area import load_area
from feedback.contributions.contributions import Contribution
from forecasting.meaning.perceived import Felt, felt_moments, verdict
from forecasting.snapshot.computing import forecast as forecast_of
from forecasting.snapshot.snapshot_files import obtain
from forecasting.snapshot.standing import standing_forecasts
from forecasting.training.model_files import load_models
from forecasting.values.forecast import Forecast
from language import language
from visuals.base.outlook import Outlook
from visuals.charts.felt import enough, felt, felt_figures, felt_headline, felt_hints

NL = language("nl")
AREA = load_area("scheveningen")
PIER = "strand-pier" if "strand-pier" in AREA.zone_ids else AREA.zone_ids[0]
QUAY = AREA.zone_ids[-1]


@pytest.fixture(scope="module")
def expected() -> Forecast:
    return forecast_of(obtain(AREA, AREA.now(), 48))


@pytest.fixture(scope="module")
def outlook(expected: Forecast) -> Outlook:
    return Outlook(expected, AREA, load_models(AREA).thresholds(AREA), NL)


def _felt(level: str, zone: str = PIER, role: str = "resident", expected: str | None = "yellow") -> Felt:
    return Felt(zone, role, AREA.now(), level, expected, None, 1234.0)


def test_answers_stand_beside_the_forecast_and_the_count_of_their_hour(expected: Forecast, outlook: Outlook) -> None:
    thresholds = outlook.thresholds
    hour = expected.hours[6].to_pydatetime()
    said = [
        Contribution(str(uuid4()), AREA.id, "resident", "nl", felt="red", zone=PIER, hour=hour),
        Contribution(str(uuid4()), AREA.id, "resident", "nl", felt="red", zone=PIER, hour=hour - timedelta(days=9)),
        Contribution(str(uuid4()), AREA.id, "resident", "nl", "alleen woorden", zone=PIER, hour=hour),
        Contribution(str(uuid4()), AREA.id, "resident", "nl", felt="red", zone="gone", hour=hour),
    ]
    red = thresholds.zones[PIER].red
    counts = pd.DataFrame({"zone_id": [PIER], "hour": pd.to_datetime([hour], utc=True), "count": [red + 1]})
    first, long_ago = felt_moments(said, {hour: expected}, counts, AREA, thresholds)
    median = expected.median[expected.zone_ids.index(PIER), 6]
    assert (first.people, first.expected) == (pytest.approx(median), thresholds.level(PIER, median))
    assert first.counted == "red"
    assert (long_ago.expected, long_ago.counted, verdict(long_ago)) == (None, None, None)


def test_fewer_than_five_are_not_shown_and_nobody_is_found_by_subtraction() -> None:
    four = [_felt("red")] * 4
    assert not enough(four)
    assert "te weinig" in felt_headline(four, NL)
    assert felt_figures(four, AREA, NL).empty
    six = [_felt("red")] * 6
    two = [_felt("green", QUAY, "police")] * 2
    figures = felt_figures(six + two, AREA, NL)
    assert figures["antwoorden"].tolist() == [8]
    assert figures["plek"].tolist() == ["andere plekken"]


def test_the_verdict_compares_levels_and_the_headline_counts_them() -> None:
    moments = [_felt("yellow")] * 3 + [_felt("red")] * 2 + [_felt("green")] + [_felt("red", expected=None)]
    assert [verdict(moment) for moment in moments[2:6]] == ["as expected", "busier", "busier", "quieter"]
    assert felt_headline(moments, NL).startswith("3 van de 6 antwoorden")


def test_a_hint_takes_five_that_agree_and_more_than_half(outlook: Outlook) -> None:
    (hint,) = felt_hints([_felt("red")] * 5 + [_felt("yellow")] * 4, outlook)
    assert hint.startswith(f"{AREA.zone(PIER).name(NL)}: voor 5 van de 9")
    assert "lager" in hint
    assert "hoger" in felt_hints([_felt("green")] * 5, outlook)[0]
    assert felt_hints([_felt("red")] * 4, outlook) == []
    assert felt_hints([_felt("red")] * 5 + [_felt("yellow")] * 5, outlook) == []


def test_the_chart_names_places_and_counts(outlook: Outlook) -> None:
    spec = felt([_felt("red")] * 5 + [_felt("yellow", QUAY)] * 5, outlook).to_dict()
    (rows,) = spec["datasets"].values()
    assert {(row["place"], row["text"]) for row in rows} == {(AREA.zone(zone).name(NL), "5") for zone in (PIER, QUAY)}
    assert "OEFENGEGEVENS" in " ".join(spec["title"]["subtitle"])


def test_the_forecast_that_stood_is_the_first_of_the_day_and_never_a_later_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    for name in ("20260802T06-aaaaaa", "20260803T04-bbbbbb", "20260803T09-cccccc", "x"):
        folder = tmp_path / "areas" / AREA.id / "snapshots" / name
        folder.mkdir(parents=True)
        (folder / "snapshot.json").touch()
    asked: list[str] = []

    def note(_area: object, name: str) -> None:
        asked.append(name)

    for hour in (3, 5, 10):
        assert standing_forecasts(AREA, [datetime(2026, 8, 3, hour, tzinfo=UTC)], obtain=note) == {}
    assert asked == ["20260802T06-aaaaaa", "20260803T04-bbbbbb", "20260803T04-bbbbbb"]
    assert standing_forecasts(AREA, [datetime(2026, 8, 1, tzinfo=UTC)], obtain=note) == {}
