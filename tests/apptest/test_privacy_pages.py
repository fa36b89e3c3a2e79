"""What is yours is seen, changed and erased with the code; moderators see what was found, and leave a public log."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from feedback.contributions.contributions import Contribution, change, find_contributions, of_person, send
from feedback.contributions.moderation import Mode, general_mode, hide, public_log, set_general_mode
from feedback.people.codes import keyed
from feedback.people.participants import author_of_phone, author_of_visit, person_by_code
from feedback.people.roles import Role
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement, vote
from feedback.upkeep.policy import privacy_statement
from language import LANGUAGES, language
from tests.apptest.signing_in import sign_in
from tests.unit.moderators import as_seen

ROOT = Path(__file__).parents[2]
ANNA = "the phone of Anna"


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def opened(page: str, role: Role = Role.VISITOR, code: str = "nl") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.query_params["lang"] = code
    sign_in(app, role).switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    elements = (
        *app.title,
        *app.header,
        *app.subheader,
        *app.markdown,
        *app.error,
        *app.warning,
        *app.success,
        *app.info,
    )
    return "\n".join(element.value for element in elements)


def _send(text: str, phone: str = ANNA) -> str:
    return send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", text), author_of_phone(phone)).id


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_statement_answers_every_question_and_waits_for_a_lawyer(code: str) -> None:
    shown = said(opened("privacy", code=code))
    for question, answer in privacy_statement(language(code)):
        assert question in shown
        assert answer in shown
    assert {"nl": "**Het wordt nooit gebruikt voor handhaving**", "en": "**They are never used for enforcement**"}[
        code
    ] in shown
    assert {"nl": "jurist", "en": "lawyer"}[code] in shown


def test_with_the_code_one_sees_changes_and_erases() -> None:
    set_general_mode(Mode.AFTER)
    first, second = _send("Te druk"), _send("Te veel geluid")
    _send("van een ander", "another phone")
    hide(as_seen(second), "advertising", "facilitator")
    author = author_of_phone(ANNA)
    app = opened("privacy")
    app.text_input(key="mine.code").set_value(author.code.upper().replace("-", " ")).run()
    texts = {area.value for area in app.text_area}
    assert texts == {"Te druk", "Te veel geluid"}
    assert "Het is reclame." in said(app)
    app.text_area(key=f"mine.one.{first}.text").set_value("Toch niet")
    app.button(key=f"mine.one.{first}.save").click().run()
    assert {kept.text for kept in of_person(author.person)} == {"Toch niet", "Te veel geluid"}
    app.text_area(key=f"mine.one.{first}.text").set_value("")
    app.button(key=f"mine.one.{first}.save").click().run()
    assert "Schrijf iets" in said(app)
    app.button(key=f"mine.one.{second}.erase").click().run()
    assert "Gewist" in said(app)
    app.button(key=f"mine.one.{author.person}.erase").click().run()
    assert "Bewijs:" in said(app)
    assert of_person(author.person) == []
    assert [kept.text for kept in find_contributions("scheveningen")] == ["van een ander"]


def test_who_only_said_how_busy_it_felt_sees_what_that_was() -> None:
    hour = datetime(2026, 8, 2, 13, tzinfo=UTC)
    felt = Contribution(str(uuid4()), "scheveningen", "resident", "nl", felt="red", zone="pier", hour=hour)
    send(felt, author_of_phone(ANNA))
    app = opened("privacy")
    app.text_input(key="mine.code").set_value(author_of_phone(ANNA).code).run()
    assert not app.exception
    (told,) = [line for line in said(app).splitlines() if "De Pier" in line]
    for part in ("te druk", "zondag 2 augustus 2026, 15 uur", "Bewoner"):
        assert part in told
    next(button for button in app.button if button.label == "Ja, wis deze").click().run()
    assert any("Gewist" in toast.value for toast in app.toast)


def test_a_wrong_code_is_one_sentence_and_guessing_is_slowed_down() -> None:
    app = opened("privacy")
    for attempt in range(11):
        app.text_input(key="mine.code").set_value(f"duin {attempt}").run()
    assert "Wacht een minuut" in said(app)


def test_16_14_moderators_see_what_was_found_choose_a_reason_decide_and_undo() -> None:
    plain, personal = _send("Mooi weer"), _send("Bel 06-12345678")
    app = opened("moderation", Role.FACILITATOR)
    shown = said(app)
    assert "2 teksten wachten op een moderator" in shown
    assert "een telefoonnummer" in shown
    app.button(key=f"moderation.case.contributions.{plain}.publish").click().run()
    assert [kept.id for kept in find_contributions("scheveningen")] == [plain]
    case = f"moderation.case.contributions.{personal}"
    assert app.radio(key=f"{case}.reason").value is None
    assert app.button(key=f"{case}.hide").disabled
    app.radio(key=f"{case}.reason").set_value("personal").run()
    app.button(key=f"{case}.hide").click().run()
    assert [line[1:3] for line in public_log()] == [("hide", "personal"), ("publish", None)]
    assert "Er wacht niets" in said(app)
    # Nothing waits: the words stand beside the decisions.
    for text in ("Mooi weer", "12345678"):
        assert text in said(app)
    undo = next(button for button in app.button if str(button.key).startswith("moderation.undo"))
    undo.click().run()
    assert "1 tekst wacht op een moderator" in said(app)
    app_of_log = opened("privacy")
    log = said(app_of_log)
    assert "12345678" not in log
    months = [frame.value["maand"].tolist() for frame in app_of_log.dataframe]
    assert months
    assert all(re.fullmatch("[a-z]+ [0-9]{4}", month) for column in months for month in column)


def test_a_moderator_whose_page_is_old_hears_what_a_colleague_decided() -> None:
    personal, plain = _send("Bel Anna de Vries: 06-12345678"), _send("Mooi weer")
    mine, theirs = opened("moderation", Role.FACILITATOR), opened("moderation", Role.FACILITATOR)
    theirs.radio(key=f"moderation.case.contributions.{personal}.reason").set_value("personal").run()
    theirs.button(key=f"moderation.case.contributions.{personal}.hide").click().run()
    mine.button(key=f"moderation.case.contributions.{personal}.publish").click().run()
    assert not mine.exception
    assert find_contributions("scheveningen") == []
    assert "Een collega besloot al: verborgen. Er staan persoonsgegevens in" in said(mine)
    assert not [button for button in mine.button if personal in str(button.key)]

    anna = author_of_phone(ANNA).person
    (waits,) = [one for one in of_person(anna) if one.id == plain]
    change(replace(waits, text="Mail anna@example.nl"), anna)
    mine.button(key=f"moderation.case.contributions.{plain}.publish").click().run()
    assert find_contributions("scheveningen") == []
    assert "veranderd nadat u die las" in said(mine)
    assert "example" in said(mine)  # what it says now is on the page, to be read
    mine.button(key=f"moderation.case.contributions.{plain}.publish").click().run()
    assert [kept.id for kept in find_contributions("scheveningen")] == [plain]


def test_a_second_tap_is_not_called_a_colleague() -> None:
    _send("Bel 06-12345678")

    def taps_twice() -> None:
        from feedback.contributions.moderation import cases
        from language import language
        from streamlit_app.responses.moderating import _hide, _publish

        (seen,) = cases()
        for reason in ("personal", "personal"):
            (_publish(seen, language("nl")) if reason is None else _hide(seen, reason, language("nl")))

    app = sign_in(AppTest.from_function(taps_twice), Role.FACILITATOR).run()
    assert not app.exception
    assert not app.toast
    assert [line[1:] for line in public_log()] == [("hide", "personal", 1)]


def test_moderators_choose_before_or_after() -> None:
    app = opened("moderation", Role.FACILITATOR)
    assert general_mode() is Mode.BEFORE
    group = next(group for group in app.get("button_group") if group.key == "moderation.mode")
    group.set_value("after")
    app.run()
    assert general_mode() is Mode.AFTER


@pytest.mark.parametrize("role", [Role.VISITOR, Role.PARTICIPANT, Role.KLANKBORD, Role.PROFESSIONAL])
def test_others_do_not_moderate(role: Role) -> None:
    _send("Bel 06-12345678")
    app = opened("moderation", role)
    assert "12345678" not in said(app)
    assert not [button for button in app.button if str(button.key).startswith("moderation")]


def test_who_only_voted_finds_it_by_the_cookie_and_gets_a_code() -> None:
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen").id
    open_session(session)
    person = keyed("person", f"test {Role.PARTICIPANT}")[:32]
    vote(add_statement(session, "Er is te veel geluid", person=None, seed=True).id, 1, person=person)
    app = opened("privacy", Role.PARTICIPANT)
    assert "Stemmen op stellingen** · 1 keer" in said(app)
    assert person_by_code(author_of_visit(person).code) == person
    app.button(key=f"mine.one.{person}.erase").click().run()
    assert "Gewist" in said(app)
    assert person_by_code(author_of_visit(person).code) is None
