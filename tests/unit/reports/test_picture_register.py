"""Four eyes, release, corrections and the press kit."""

import csv
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PIL import Image

from data.keeping.home import home
from feedback.people.roles import Role
from language import UserError
from language.plain import chance
from reports.corrections import contradiction, contradiction_sentence, correcting
from reports.picture_register import Person, approve, ask, entries, find_entry, publish, withdraw
from reports.press_kit import press_kit
from visuals.studio.catalogue import TEMPLATES
from visuals.studio.layout.sizes import SIZES
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material
from visuals.studio.material.order import Order, ordered

ANNA = Person(Role.COMMUNICATIONS, "a1")
BRAM = Person(Role.COMMUNICATIONS, "b2")
CARO = Person(Role.PROFESSIONAL, "c3")
DIRK = Person(Role.KLANKBORD, "d4")
TEMPLATE = TEMPLATES["levels-map"]


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    patch = pytest.MonkeyPatch()
    patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
    found = gather("scheveningen", "nl")
    patch.undo()
    return found


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def order_of(material: Material, hours: int = 0, **fields: str) -> Order:
    return Order(
        area="scheveningen",
        template="levels-map",
        lang="nl",
        snapshot=material.forecast.snapshot_id,
        at=material.moment + timedelta(hours=hours),
        zone=material.zone_id,
        **fields,
    )


def asked(material: Material, order: Order | None = None):
    order = order or order_of(material)
    return ask(order, TEMPLATE.message(ordered(material, order)), ANNA)


def test_a_warning_needs_a_colleague_and_a_professional(material: Material) -> None:
    entry = asked(material)
    message = TEMPLATE.message(material)
    assert entry.serious
    assert entry.standing(message) == "concept"
    with pytest.raises(UserError, match="Four eyes"):
        approve(entry.id, ANNA)
    with pytest.raises(UserError, match="for communications and professionals"):
        approve(entry.id, DIRK)
    entry = approve(entry.id, BRAM)
    assert not entry.ready
    with pytest.raises(UserError, match="still a draft"):
        publish(entry.id, "instagram", ANNA)
    entry = approve(entry.id, CARO)
    assert entry.ready
    assert entry.standing(message) == "approved"
    publish(entry.id, "instagram", ANNA)
    (kept,) = entries("scheveningen")
    assert [done.deed for done in kept.deeds] == ["asked", "approved", "released", "published"]
    assert [done.role for done in kept.deeds] == [ANNA.role, BRAM.role, CARO.role, ANNA.role]
    assert entries("auckland") == []


def test_a_calm_picture_needs_a_colleague_only(material: Material) -> None:
    order = order_of(material, hours=-8)
    entry = asked(material, order)
    assert not entry.serious
    assert approve(entry.id, BRAM).ready


def test_another_word_is_another_picture(material: Material) -> None:
    approved = approve(asked(material).id, CARO)
    changed = order_of(material, headline="Blijf thuis")
    assert changed.id != approved.id
    assert find_entry(changed.id) is None
    message = TEMPLATE.message(material)
    assert approved.standing(replace(message, chance="Kans 1 op 10")) == "concept"
    assert approved.standing(replace(message, figures=message.figures.iloc[1:])) == "concept"


def test_a_withdrawn_picture_is_a_concept_again(material: Material) -> None:
    entry = approve(asked(material).id, CARO)
    assert withdraw(entry.id, BRAM).standing(TEMPLATE.message(material)) == "concept"
    with pytest.raises(UserError, match="withdrawn"):
        approve(entry.id, CARO)
    assert not asked(material).withdrawn


def test_a_damaged_log_gives_a_sentence(material: Material) -> None:
    asked(material)
    log = home() / "pictures" / "log.jsonl"
    assert log.stat().st_mode & 0o077 == 0
    log.write_text(log.read_text("utf-8") + '{"deed": "approved"}\n', "utf-8")
    with pytest.raises(UserError, match="Line 2"):
        entries()
    log.write_text("no log\n")
    with pytest.raises(UserError, match="Line 1"):
        entries()


def test_an_order_makes_the_same_picture_again(material: Material) -> None:
    order = Order.model_validate_json(order_of(material, headline="Kom vroeg").model_dump_json())
    again = ordered(material, order)
    assert again.words.headline == "Kom vroeg"
    assert again.moment == material.moment
    with pytest.raises(UserError, match="no place"):
        ordered(material, order.model_copy(update={"zone": "elders"}))


def test_a_newer_forecast_that_says_otherwise_is_flagged(material: Material) -> None:
    entry = publish(approve(asked(material).id, CARO).id, "website", ANNA)
    old = material.forecast
    now = material.since
    same = replace(old, snapshot_id="20260804T06-ffffffffffff")
    assert contradiction(entry, old, material.thresholds, now) is None
    assert contradiction(entry, same, material.thresholds, now) is None
    calm = replace(same, quantiles=old.quantiles * 0.3, paths=old.paths * 0.3)
    found = contradiction(entry, calm, material.thresholds, now)
    assert found is not None
    assert found.claim.level == "red"
    assert found.found.level != "red"
    assert "Gepubliceerd: te druk" in contradiction_sentence(found, material.area, material.lang)
    assert contradiction(entry, calm, material.thresholds, now + timedelta(days=30)) is None
    order = correcting(entry, calm.snapshot_id)
    assert order.corrects == entry.id
    words = TEMPLATE.svg(ordered(material, order).changed(corrects=now), SIZES["square"])
    assert "CORRECTIE" in words


def test_the_press_kit_holds_twelve_files(material: Material) -> None:
    kit = press_kit(TEMPLATE, material, "kaart")
    with zipfile.ZipFile(BytesIO(kit)) as files:
        names = files.namelist()
        assert len(names) == 12
        for size in SIZES.values():
            with Image.open(files.open(f"kaart-{size.id}.png")) as image:
                assert image.size == (size.width, size.height)
        assert all(files.read(name).startswith(b"%PDF") for name in names if name.endswith(".pdf"))
        (figures,) = (name for name in names if name.endswith(".csv"))
        assert figures == f"scheveningen-cijfers-{material.moment:%Y-%m-%d-%H%M}.csv"
        rows = list(csv.DictReader(StringIO(files.read(figures).decode("utf-8-sig")), delimiter=";"))
        assert {row["Plek"] for row in rows} == {zone.name(material.lang) for zone in material.area.zones}
        assert {row["Gegevens"] for row in rows} == {"OEFENGEGEVENS"}
        at = material.row, material.hour_index
        reached = (material.forecast.paths[:, *at] >= material.thresholds.zones[material.zone_id].red).mean()
        shown = next(row for row in rows if row["Plek"] == material.name())
        assert shown["Kans op te druk (in dit uur)"] == chance(float(reached), material.lang)
        assert "Kom liever" in files.read("teksten.txt").decode()
        assert material.forecast.snapshot_id in files.read("colofon.txt").decode()


def test_lines_of_before_claims_had_versions_are_still_held_against_a_newer_forecast(material: Material) -> None:
    entry = publish(approve(asked(material).id, CARO).id, "website", ANNA)
    top = next(claim for claim in entry.claims if claim.what == "level" and claim.level == "red")
    likely = next(claim for claim in entry.claims if claim.what == "chance" and claim.zone_ids == top.zone_ids)
    log = home() / "pictures" / "log.jsonl"
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    at = {"start": top.start.isoformat(), "end": top.end.isoformat()}
    lines[0]["claims"] = [{"zone_id": top.zone_ids[0], **at, "level": "red", "chance": likely.value}]
    log.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    (old,) = entries()
    assert [claim.what for claim in old.claims] == ["level", "chance"]
    same = replace(material.forecast, snapshot_id="20260804T06-ffffffffffff")
    assert contradiction(old, same, material.thresholds, material.since) is None
    calm = replace(same, quantiles=same.quantiles * 0.3, paths=same.paths * 0.3)
    assert contradiction(old, calm, material.thresholds, material.since) is not None


def test_a_chance_that_changed_is_said_as_one(material: Material) -> None:
    entry = publish(approve(asked(material).id, CARO).id, "website", ANNA)
    newer = replace(material.forecast, snapshot_id="20260804T06-ffffffffffff", paths=material.forecast.paths * 0.3)
    found = contradiction(entry, newer, material.thresholds, material.since)
    assert found is not None
    assert found.claim.what == "chance"
    assert "Gepubliceerd: kans" in contradiction_sentence(found, material.area, material.lang)
