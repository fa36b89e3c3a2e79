"""The picture studio: for whom it is, what it proposes, and how a picture gets approved."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from feedback.people.roles import Role
from reports.picture_register import Person, approve, entries
from tests.apptest.signing_in import sign_in

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_register(home: Path) -> None:
    (home / "pictures" / "log.jsonl").unlink(missing_ok=True)


def studio(role: Role, **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    for name, value in {"lang": "nl", **params}.items():
        app.query_params[name] = value
    sign_in(app, role)
    app.switch_page("../pages/studio.py").run()
    assert not app.exception
    return app


def headings(app: AppTest) -> list[str]:
    return [heading.value for heading in (*app.title, *app.header)]


def texts(app: AppTest) -> str:
    return " ".join(text.value for text in (*app.markdown, *app.warning, *app.info, *app.error, *app.code))


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_the_studio_is_for_who_tells_the_city() -> None:
    app = studio(Role.VISITOR)
    assert "Maak een beeld" not in headings(app)
    assert any("Dit is voor" in info.value for info in app.info)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_proposes_words_that_hold_and_texts_for_every_channel(lang: str) -> None:
    app = studio(Role.COMMUNICATIONS, lang=lang)
    assert {"nl": "Maak een beeld", "en": "Make a picture"}[lang] in headings(app)
    assert len(app.code) >= 6
    mark = {"nl": "OEFENGEGEVENS", "en": "DEMO DATA"}[lang]
    assert all(code.value.startswith(mark) for code in app.code)
    assert app.text_input[0].value
    assert not app.warning or all("kans" not in warning.value for warning in app.warning)


def test_words_against_the_forecast_are_pointed_out() -> None:
    app = studio(Role.COMMUNICATIONS)
    app.text_input[0].set_value("Kans 1 op 10 dat het druk wordt").run()
    assert any("1 op 10" in warning.value for warning in app.warning)


@pytest.mark.parametrize("occasion", ["weekend", "what-if", "account", "invite"])
def test_every_occasion_gives_a_picture(occasion: str) -> None:
    app = studio(Role.PROFESSIONAL)
    app.session_state["studio.occasion"] = occasion
    app.run()
    assert not app.exception
    assert len(app.get("image")) == 1


def test_a_picture_goes_out_by_two_people() -> None:
    mine = studio(Role.COMMUNICATIONS)
    assert "concept" in texts(mine)
    button(mine, "Vraag om goedkeuring").click().run()
    assert not mine.exception
    assert "Aangevraagd door communicatie" in texts(mine)
    # Nobody is offered what is then refused.
    assert not [one for one in mine.button if one.label == "Goedkeuren en vrijgeven"]
    assert "Uw eigen beeld kunt u niet goedkeuren" in texts(mine)

    theirs = studio(Role.PROFESSIONAL)
    button(theirs, "Goedkeuren en vrijgeven").click().run()
    assert not theirs.exception
    assert "geen 'concept' meer" in texts(theirs)
    button(theirs, "Noteer als gepubliceerd").click().run()
    (entry,) = entries("scheveningen")
    assert [done.deed for done in entry.deeds] == ["asked", "approved", "released", "published"]
    assert re.search(r"goedgekeurd door professional", texts(theirs))

    theirs.text_input[0].set_value("Iets anders").run()
    assert "Dit is een concept" in texts(theirs)


def test_a_published_picture_that_no_longer_holds_is_corrected_in_one_click(home: Path) -> None:
    app = studio(Role.COMMUNICATIONS)
    button(app, "Vraag om goedkeuring").click().run()
    button(studio(Role.PROFESSIONAL), "Goedkeuren en vrijgeven").click().run()
    button(studio(Role.COMMUNICATIONS), "Noteer als gepubliceerd").click().run()
    assert not [one for one in studio(Role.COMMUNICATIONS).button if one.label == "Maak de correctie"]

    # As if it had been published from an earlier forecast that said something else.
    log = home / "pictures" / "log.jsonl"
    (entry,) = entries("scheveningen")
    text = log.read_text("utf-8").replace(entry.order.snapshot, "20260802T06-0123456789ab")
    text = re.sub(r'("what": "level"(?:(?!"what").)*?"level": )"red"', r'\1"green"', text)
    older = entry.order.model_copy(update={"snapshot": "20260802T06-0123456789ab"})
    log.write_text(text.replace(entry.id, older.id), "utf-8")

    later = studio(Role.COMMUNICATIONS)
    assert any("Gepubliceerd: rustig" in error.value for error in later.error)
    button(later, "Maak de correctie").click().run()
    assert not later.exception
    assert all(code.value.startswith("OEFENGEGEVENS · CORRECTIE · ") for code in later.code)
    assert later.session_state["studio.corrects"] == older.id
    button(later, "Vraag om goedkeuring").click().run()
    assert entries("scheveningen")[0].order.corrects == older.id


def _by_link(role: Role, picture_id: str) -> AppTest:
    app = sign_in(AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120), role)
    app.query_params["lang"] = "nl"
    app.query_params["approve"] = picture_id
    app.switch_page("../pages/studio.py").run()
    assert not app.exception
    return app


def test_16_11_an_approver_opens_a_link_sees_picture_and_claims_and_decides_in_three_touches() -> None:
    mine = studio(Role.COMMUNICATIONS)
    button(mine, "Vraag om goedkeuring").click().run()
    (entry,) = entries("scheveningen")
    assert any(f"approve={entry.id}" in one.value for one in mine.code)
    theirs = _by_link(Role.PROFESSIONAL, entry.id)
    assert len(theirs.get("image")) == 1
    assert theirs.title[0].value.replace("\\", "") == entry.headline
    assert ", kans " in texts(theirs)
    order = [one.type if one.type != "markdown" else one.value.split("\n")[0] for one in theirs.main]
    assert order.index(theirs.get("image")[0].type) < order.index("Dit beweert het beeld:")
    # What is opened (one touch), written and sent (two more):
    theirs.text_area[0].set_value("De kop is te stellig")
    button(theirs, "Keur het af").click().run()
    assert not theirs.exception
    assert any("De kop is te stellig" in one.value for one in theirs.warning)
    mine.run()
    assert any("De kop is te stellig" in one.value for one in mine.warning)
    button(mine, "Vraag om goedkeuring").click().run()
    again = _by_link(Role.PROFESSIONAL, entry.id)
    button(again, "Goedkeuren en vrijgeven").click().run()
    assert entries("scheveningen")[0].ready
    assert not [one for one in again.button if one.label in ("Goedkeuren en vrijgeven", "Keur het af")]
    assert [one.value for one in again.success] == ["Dit beeld is goedgekeurd en mag naar buiten."]
    own = _by_link(Role.COMMUNICATIONS, entry.id)
    assert not [one for one in own.button if one.label.startswith("Goedkeuren")]
    button(studio(Role.COMMUNICATIONS), "Noteer als gepubliceerd").click().run()
    assert any("/embed/scheveningen/" in one.value for one in studio(Role.COMMUNICATIONS).code)


def test_16_11_who_opens_the_link_reads_why_there_is_nothing_to_decide() -> None:
    mine = studio(Role.COMMUNICATIONS)
    button(mine, "Vraag om goedkeuring").click().run()
    (entry,) = entries("scheveningen")
    assert any("Uw eigen beeld" in one.value for one in _by_link(Role.COMMUNICATIONS, entry.id).info)
    approve(entry.id, Person(Role.COMMUNICATIONS, "a colleague"))
    waits = _by_link(Role.COMMUNICATIONS, entry.id)
    assert [one.value for one in waits.info] == [
        "Een professional moet het vrijgeven, want het waarschuwt voor drukte."
    ]
    button(studio(Role.COMMUNICATIONS), "Intrekken").click().run()
    gone = _by_link(Role.PROFESSIONAL, entry.id)
    assert any("is ingetrokken" in one.value for one in gone.info)
    assert not [one for one in gone.button if one.label.startswith("Goedkeuren")]


def test_16_11_a_house_style_is_made_checked_chosen_and_taken_away(home: Path) -> None:
    app = studio(Role.COMMUNICATIONS)
    app.text_input(key="studio.brand.new.0.name").set_value("Dorp aan Zee")
    app.color_picker(key="studio.brand.new.0.accent").set_value("#F5D547")
    button(app, "Controleer en bewaar").click().run()
    assert any("4,5" in one.value or "4.5" in one.value for one in app.error)
    assert app.text_input(key="studio.brand.new.0.name").value == "Dorp aan Zee"  # nothing has to be typed again
    app.color_picker(key="studio.brand.new.0.accent").set_value("#7A1F5C")
    button(app, "Controleer en bewaar").click().run()
    assert "De huisstijl Dorp aan Zee is bewaard, zonder logo" in texts(app)
    assert app.selectbox(key="studio.brand").options == ["Neutraal", "Dorp aan Zee"]
    app.selectbox(key="studio.brand").set_value("dorp-aan-zee").run()
    assert not app.exception
    assert "Dorp aan Zee" in [one.value for one in app.markdown]
    app.button(key="studio.brand.remove.dorp-aan-zee").click().run()
    assert not list((home / "brands").glob("*"))


def test_16_11_who_is_not_signed_in_keeps_the_picture_to_decide_on_through_the_entrance() -> None:
    app = _by_link(Role.VISITOR, "0123456789ab")
    (way,) = [str(one.proto) for one in app.get("html") if "enter?to=" in str(one.proto)]
    assert "enter?to=studio%3Fapprove%3D0123456789ab&" in way
