"""The account in fixed forms: the rules of the register's standard, cards, catalogue and the sheet for a council."""

import json
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
import yaml
from lxml import html

from data.area.area import load_area
from data.area.partners import read_partners
from data.area.sources import approved_sources, record_stance
from data.consent import gate
from forecasting.evaluation.backtest_result import newest_backtest
from language import language
from reports.__main__ import main
from reports.register.account_texts import not_used_for, short_description
from reports.register.assessment import ASSESSMENTS, Known, questions
from reports.register.entry_facts import EntryFacts, Law
from reports.register.making import FORMS, made, still_open
from reports.register.publication import LONGEST, REQUIRED, broken_rules, register_entry
from response.conditions.condition import Agreed

AREAS = ("scheveningen", "auckland")
NL, EN = language("nl"), language("en")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def test_the_entry_keeps_to_the_standard() -> None:
    entry = json.loads(made(load_area("scheveningen"), "algoritmeregister", NL))
    assert list(broken_rules(entry)) == []
    assert all(entry[field] for field in REQUIRED)
    assert len(entry["name"]) <= 100
    assert len(entry["description_short"]) <= 350
    assert entry["lang"] == "nld"
    assert not entry["begin_date"], "it is not in use yet"
    assert entry["lawful_basis"] == "", "no legal words are invented"


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("lang", [NL, EN])
def test_texts_fit_whatever_the_area_and_language(area: str, lang) -> None:
    town = load_area(area)
    long = town.model_copy(update={"names": {"nl": "x" * 90, "en": "y" * 90}})
    for one in (town, long):
        entry = register_entry(one, EntryFacts(), (), newest_backtest(area), lang)
        assert not [field for field, why in broken_rules(entry) if why in ("long", "form")]
        assert all(0 < len(entry[field]) <= LONGEST[field] for field in ("name", "description_short", "risks"))


def test_what_is_not_filled_in_stays_visibly_empty_and_is_named() -> None:
    entry = json.loads(made(load_area("auckland"), "algoritmeregister", NL))
    missing = {field for field, why in broken_rules(entry) if why == "missing"}
    assert missing == {"organization", "contact_email", "publication_category"}
    assert all(entry[field] == "" for field in missing)
    said = still_open(load_area("auckland"), NL)
    assert "'organization' is nog niet ingevuld." in said
    assert "CONCEPT: nog door geen overleg bevestigd" in said


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("name", "x" * 101, "long"),
        ("name", "", "missing"),
        ("description_short", "x" * 351, "long"),
        ("status", "Misschien", "value"),
        ("publication_category", "B", "value"),
        ("begin_date", "2026-13", "form"),
        ("begin_date", "mei 2026", "form"),
        ("begin_date", "2026-5", "form"),
        ("contact_email", "bel maar", "form"),
        ("website", "www.denhaag.nl", "form"),
        ("category", ["Strand"], "value"),
        ("category", ["Economie", "Werk", "Wonen", "Recht"], "value"),
        ("goal", "Eén.\nTwee.", "form"),
        ("lang", "eng", "value"),
        ("lawful_basis_grouping", [{"title": "Gemeentewet", "link": "wetten.nl"}], "form"),
    ],
)
def test_what_breaks_a_rule_is_found(field: str, value: object, why: str) -> None:
    entry = json.loads(made(load_area("scheveningen"), "algoritmeregister", NL))
    assert (field, why) in broken_rules(entry | {field: value})


def test_what_is_filled_in_is_used() -> None:
    law = Law(title="Gemeentewet", link="https://wetten.overheid.nl/BWBR0005416")
    facts = EntryFacts(
        organization="Gemeente Testdorp",
        contact="info@testdorp.example",
        status="In gebruik",
        begin="2026-05",
        publication_category="Impactvolle algoritmes",
        laws=(law,),
    )
    entry = register_entry(load_area("auckland"), facts, (), None, NL)
    assert list(broken_rules(entry)) == []
    assert (entry["begin_date"], entry["lawful_basis_grouping"]) == ("2026-05", [law.model_dump()])
    assert ("end_date", "value") in broken_rules(entry | {"end_date": "2026-06"})


def test_the_system_card_has_the_figures_of_the_newest_test() -> None:
    area, result = load_area("auckland"), newest_backtest("auckland")
    assert result is not None
    card = yaml.safe_load(made(area, "systemcard", EN))
    assert card["schema_version"]
    (model,) = card["models"]
    assert model["license"]["license_name"] == "EUPL-1.2"
    ours, *others = model["model-index"]
    found = {one["type"]: one["value"] for one in ours["results"][0]["metrics"]}
    assert found["mae"] == result.model.mae
    assert found["coverage_80"] == result.model.coverage_80
    assert {one["name"] for one in others} <= set(result.baselines)
    practice = yaml.safe_load(made(load_area("scheveningen"), "systemcard", NL))
    sets = practice["models"][0]["model-index"][0]["results"][0]["datasets"]
    assert {"type": "mark", "name": "DEMO DATA"} in sets
    assert {"name": "concept", "value": "CONCEPT"} in practice["labels"]


def test_a_withdrawn_source_leaves_every_form_at_once() -> None:
    area = load_area("scheveningen")
    title = "Oefengegevens: weer"
    assert all(title in made(area, form, NL) for form in ("algoritmeregister", "systemcard", "council"))
    record_stance(area.id, "practice-weather", "politie", "objects", why="Niet meer nodig.")
    assert gate.source_of(area, "weather") is None
    assert not any(title in made(area, form, NL) for form in FORMS)
    assert "practice-weather" not in {one.id for one in approved_sources(area.id)}


def test_the_catalogue_has_what_portals_ask_for() -> None:
    found = json.loads(made(load_area("scheveningen"), "dcat", NL, "https://drukte.example/"))
    assert found["@type"] == "dcat:Catalog"
    assert found["dct:title"]
    assert found["dct:publisher"]["foaf:name"] == "Gemeente Den Haag"
    for one in found["dcat:dataset"]:
        assert one["dct:title"]
        assert one["dct:description"]
        assert one["dcat:distribution"]
        for way in one["dcat:distribution"]:
            assert way["dcat:accessURL"]["@id"].startswith("https://drukte.example/api/areas/scheveningen/")
    assert "OEFENGEGEVENS" in str(found["dct:title"])
    relative = json.loads(made(load_area("auckland"), "dcat", NL))
    assert relative["@id"] == "api/areas/auckland/catalogue.jsonld"
    assert "CC BY 4.0" in str(relative["dcat:dataset"])


@pytest.mark.parametrize("lang", [NL, EN])
def test_a_council_reads_one_sheet(lang) -> None:
    page = html.fromstring(made(load_area("scheveningen"), "council", lang).encode())
    text = page.text_content()
    assert all(one in text for one in not_used_for(lang))
    assert ("CONCEPT" if lang is NL else "DRAFT") in text
    assert ("OEFENGEGEVENS" if lang is NL else "DEMO DATA") in text
    assert short_description(load_area("scheveningen"), lang) in text
    assert len(text.split()) < 650, "more does not fit on one sheet"


@pytest.mark.parametrize("form", FORMS)
def test_the_command_prints_each_form(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["register", "--area", "scheveningen", "--format", form]) == 0
    out, err = capsys.readouterr()
    assert "Scheveningen" in out
    assert ("CONCEPT" in err) == (form == "algoritmeregister")
    assert main(["register", "--area", "nergens", "--format", form]) == 2


def test_the_short_description_is_plain() -> None:
    sentences = re.split(r"(?<=[.!?])\s+", short_description(load_area("scheveningen"), NL))
    assert all(len(one.split()) <= 18 for one in sentences)


@pytest.mark.parametrize("kind", ASSESSMENTS)
def test_an_assessment_says_concept_and_leaves_open_what_nobody_answered(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "a.docx"
    assert main(["assessment", "--area", "scheveningen", "--kind", kind, "--out", str(out)]) == 0
    document = docx.Document(str(out))
    assert "CONCEPT" in document.sections[0].header.paragraphs[0].text
    lines = [one.text for one in document.paragraphs]
    after = {text: lines[number + 1] for number, text in enumerate(lines[:-1])}
    assert after["Wat is de wettelijke grondslag?"] == "NOG NIET BEANTWOORD"
    answered = {"iama": "Wie besluit, en kan een mens anders besluiten?", "dpia": "Voor welk doel?"}
    assert len(after[answered[kind]]) > 100
    assert "voorbeeld" not in " ".join(lines).lower(), "examples are no answers"
    assert lines.count("NOG NIET BEANTWOORD") >= 4


def test_an_answer_that_lacks_one_source_is_no_answer() -> None:
    area = load_area("scheveningen")
    sources = approved_sources(area.id)
    full = Known(area, EntryFacts(), sources, read_partners(area.id), Agreed(), None)
    kept = {one.text: one.answer for one in questions("dpia", full, NL)}
    assert "Practice" not in kept["Hoe lang worden gegevens bewaard?"]
    assert kept["Hoe lang worden gegevens bewaard?"]
    half = replace(full, sources=(*sources[:-1], sources[-1].model_copy(update={"retention": {}})))
    assert {one.text: one.answer for one in questions("dpia", half, NL)}["Hoe lang worden gegevens bewaard?"] == ""
