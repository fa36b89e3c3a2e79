"""Desks and phones that survive real people: two at one desk, mending, paper, adopting, home, and words that stay."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.contributions.moderation import cases
from feedback.people.invitations import invite
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in, end, listed
from feedback.sessions.advice import advices, answer_advice, give_advice
from feedback.sessions.agenda import Document, add_item, agenda, change_item, find_item
from feedback.sessions.closing import fill_in, versions
from feedback.sessions.proposals import proposers
from feedback.sessions.responses import respond, responses
from feedback.sessions.sessions import (
    Session,
    close_session,
    find_session,
    list_sessions,
    make_session,
    open_session,
    show_item,
)
from feedback.sessions.statements import statements, vote
from feedback.sessions.wording import begin_with_several
from language import language
from streamlit_app.access.permissions import may_see
from streamlit_app.manage.keys import ManageKey
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.sheets import sheets
from streamlit_app.shell import watching
from streamlit_app.shell.keys import ShellKey
from streamlit_app.thresholds.on_paper import places_of
from tests.apptest.test_session_pages import opened, press, today

NL = language("nl")


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond aan zee", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "statements", "Stellingen", item_id=f"s-{made.id}")
    add_item(made.id, "question", "Wat mist u?", item_id=f"q-{made.id}")
    papers = [Document("Het plan", "https://example.org/plan.pdf")]
    ahead = today() + timedelta(days=5)
    add_item(made.id, "request", "Wat adviseert u?", item_id=f"r-{made.id}", documents=papers, deadline=ahead)
    add_item(made.id, "thresholds", "Wanneer te druk?", item_id=f"t-{made.id}")
    begin_with_several(made.id, ["Meer prullenbakken", "Minder auto's"], f"s-{made.id}")
    return made


def desk(session: Session) -> AppTest:
    return opened("sessions", Role.FACILITATOR, session=session.id)


def field(app: AppTest, kind: str, key: str):
    """The one field whose key ends so; forms have keys of their own time."""
    (found,) = (one for one in getattr(app, kind) if (one.key or "").endswith(key))
    return found


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.warning, app.success, app.error, app.caption, app.header, app.toast)
    return "\n".join(one.value for kind in kinds for one in kind)


@pytest.mark.parametrize("page", ["sessions", "moderation", "answers", "manage", "studio"])
def test_16_01_every_desk_looks_every_few_seconds_whether_a_colleague_changed_it(
    evening: Session, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watching.EVERY < 5
    looked = []
    monkeypatch.setattr(watching.Seen, "stands", property(lambda seen: looked.append(seen) or True))
    opened(page, Role.STEWARD, session=evening.id)
    assert looked


def test_16_01_what_a_colleague_does_is_drawn_and_an_act_on_the_old_state_is_refused_with_the_newest(
    evening: Session,
) -> None:
    app = desk(evening)
    app_key = next(
        one.key for one in app.text_input if one.label == "Titel van het punt" and one.value == "Wat mist u?"
    )
    app.text_input(key=app_key).set_value("Wat vindt u?")
    change_item(f"q-{evening.id}", title="Wat mist u hier?", minutes=5)
    form = app_key.removesuffix(".title")
    submit = next(one for one in app.button if one.label == "Bewaar de wijziging" and one.proto.form_id == form)
    submit.click().run()
    assert find_item(f"q-{evening.id}").title == "Wat mist u hier?"
    assert "Een collega" in said(app)
    assert "Wat mist u hier?" in said(app)  # how it stands now
    assert app.text_input(key=app_key).value == "Wat vindt u?"  # nothing typed is lost
    next(one for one in app.button if one.label == "Bewaar de wijziging" and one.proto.form_id == form).click().run()
    assert find_item(f"q-{evening.id}").title == "Wat vindt u?"
    assert "De wijziging is bewaard" in said(app)


def test_16_02_the_desk_changes_copies_rehearses_and_takes_away(evening: Session) -> None:
    app = desk(evening)
    form = next(one.key for one in app.text_input if one.label == "Titel" and one.value == "Avond aan zee").rpartition(
        "."
    )[0]
    field(app, "text_input", f"{form}.title").set_value("Avond aan de haven")
    next(one for one in app.button if one.label == "Bewaar de wijziging" and one.proto.form_id == form).click().run()
    assert find_session(evening.id).title == "Avond aan de haven"
    press(app, "Begin de repetitie")
    assert find_session(evening.id).rehearsal
    assert "Dit is een repetitie" in said(app)
    phone = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert "Dit is een repetitie" in said(phone)
    press(phone, "Eens")
    press(app, "Stop de repetitie en wis de proef")
    assert (find_session(evening.id).state, find_session(evening.id).rehearsal) == ("draft", False)
    before = len(list_sessions())
    press(app, "Maak de kopie")
    assert len(list_sessions()) == before + 1
    assert app.session_state[SessionKey.DESK_SESSION] != evening.id
    press(app, "Ja, haal haar weg")
    assert len(list_sessions()) == before
    assert find_session(evening.id)


def test_16_02_statements_are_pasted_changed_and_corrected_in_sight_of_the_room(evening: Session) -> None:
    app = desk(evening)
    next(one for one in app.text_area if one.label.startswith("Eén stelling per regel")).set_value("Een\nTwee")
    press(app, "Voeg deze toe")
    assert [s.text for s in statements(evening.id)][2:] == ["Een", "Twee"]
    opened_now = open_session(evening.id)
    for one in statements(evening.id):  # so that a phone shows the first of them next
        vote(one.id, 1, person="a")
    app.run()
    next(one for one in app.text_input if one.label == "De stelling").set_value("Meer vuilnisbakken")
    press(app, "Verbeter de stelling")
    assert "Er stond: “Meer prullenbakken”" in said(app)
    phone = opened("join", Role.PARTICIPANT, sessions=(opened_now.id,))
    assert "Er stond: “Meer prullenbakken”" in said(phone)


def test_16_02_an_answer_is_changed_and_taken_back_in_sight(evening: Session) -> None:
    advice = give_advice(evening.id, "Zet containers neer", due=today())
    answer = answer_advice(advice.id, "rejected", "Het is te duur.").answers[0]
    app = desk(evening)
    form = next(one.key for one in app.text_area if one.value == "Het is te duur.").rpartition(".")[0]
    field(app, "text_area", f"{form}.text").set_value("Het kost te veel.")
    next(one for one in app.button if one.label == "Bewaar de wijziging" and one.proto.form_id == form).click().run()
    assert advices(evening.id)[0].answers[0].text == "Het kost te veel."
    assert "Gewijzigd op" in said(opened("answers", Role.VISITOR))
    press(app, "Ja, trek het in")
    assert [one.id for one in advices(evening.id)[0].withdrawn] == [answer.id]
    shown = said(opened("answers", Role.VISITOR))
    assert "Ingetrokken op" in shown
    assert "Het kost te veel." in shown


def test_16_03_paper_of_a_threshold_round_and_of_statements_goes_through_the_desk(evening: Session) -> None:
    open_session(evening.id)
    app = desk(evening)
    places = places_of("scheveningen")
    box = next(one for one in app.text_area if one.label.startswith("Eén regel per blad: de rol"))
    wrong = " ".join(["bewoner", "fdb", *["."] * (len(places) - 1)])
    box.set_value(wrong)
    form = box.proto.form_id
    next(one for one in app.button if one.label == "Bewaar deze" and one.proto.form_id == form).click().run()
    assert proposers(evening.id) == 0
    assert next(one for one in app.text_area if one.proto.form_id == form).value == wrong  # it keeps what was typed
    right = [
        " ".join(["bewoner", "bdf", *["."] * (len(places) - 2), "50/120/300"]),
        " ".join(["bceg"[1:]] * len(places)),
    ]
    next(one for one in app.text_area if one.proto.form_id == form).set_value("\n".join(right))
    next(one for one in app.button if one.label == "Bewaar deze" and one.proto.form_id == form).click().run()
    assert proposers(evening.id) == 2
    mine = next(one for one in app.text_area if one.label.startswith("Stellingen die mensen zelf schreven"))
    mine.set_value("Bel Anna de Vries: 06-12345678")
    form = mine.proto.form_id
    next(one for one in app.button if one.label == "Bewaar deze" and one.proto.form_id == form).click().run()
    assert "een telefoonnummer" in said(app)
    press(app, "Bewaar zoals het is")
    assert [case.text for case in cases(session=evening.id)] == ["Bel Anna de Vries: 06-12345678"]
    assert "2 deelnemers" in said(app)


def test_16_03_the_sheet_of_a_request_has_its_deadline_and_documents_and_that_of_thresholds_its_places(
    evening: Session,
) -> None:
    area = load_area("scheveningen")
    page = sheets(find_session(evening.id), [(item, []) for item in agenda(evening.id)], area, "", NL)
    ahead = NL.date(today() + timedelta(days=5), "EEEE d MMMM yyyy")
    assert f"U kunt antwoorden tot en met {ahead}" in page
    assert "Het plan<br>https://example.org/plan.pdf" in page
    assert all(area.zone(zone_id).name(NL) in page for zone_id, _ in places_of("scheveningen"))
    assert "<b>h</b>" in page
    assert "REPETITIE" not in page


def test_16_04_adopting_asks_and_shows_what_waits_and_what_looks_personal(evening: Session) -> None:
    open_session(evening.id)
    respond(evening.id, f"q-{evening.id}", "Schaduw", person="a", response_id=f"x-{evening.id}")
    fill_in(evening.id, minutes="Mevrouw Jansen belt 06-12345678.", organisations="", attended={"resident": 7})
    app = desk(evening)
    shown = said(app)
    assert "1 tekst wacht nog op een moderator" in shown
    assert "een telefoonnummer" in shown
    press(app, "Ja, stel het verslag vast")
    assert find_session(evening.id).report == "adopted"
    note = next(one for one in app.text_input if one.label.startswith("Wat klopte er niet"))
    press(app, "Zet het verslag recht")
    assert len(versions(evening.id)) == 1  # without a note nothing is rectified
    assert "waarom" in said(app)
    note = next(one for one in app.text_input if one.label.startswith("Wat klopte er niet"))
    note.set_value("Er stond een telefoonnummer in.")
    press(app, "Zet het verslag recht")
    assert versions(evening.id)[-1].note == "Er stond een telefoonnummer in."
    assert "Er stond een telefoonnummer in." in said(opened("answers", Role.VISITOR))
    next(one for one in app.text_input if one.label.startswith("Wat klopte er niet")).set_value("Toch niet goed.")
    press(app, "Trek het verslag in")
    assert find_session(evening.id).report == "concept"
    assert "Toch niet goed." in said(opened("answers", Role.VISITOR))


def test_16_05_at_home_a_request_is_answered_after_the_session_and_says_who_reads_it(evening: Session) -> None:
    open_session(evening.id)
    close_session(evening.id)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert app.header[0].value == "Wat adviseert u?"  # what can still be answered comes first
    assert "Op de adviesvraag kunt u nog antwoorden" in said(app)
    assert "Een moderator leest het eerst" in said(app)
    app.text_area[0].set_value("Zet bankjes neer")
    press(app, "Versturen")
    assert [r.text for r in responses(f"r-{evening.id}")] == ["Zet bankjes neer"]
    change_item(f"r-{evening.id}", title="Wat adviseert u?", deadline=today() - timedelta(days=1))
    late = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    late.selectbox(key=SessionKey.JOIN_ITEM).set_value(f"r-{evening.id}").run()
    assert not late.text_area
    assert "Antwoorden kon tot en met" in said(late)
    assert "U kunt antwoorden" not in said(late)


def test_16_06_too_long_a_text_says_how_much_and_keeps_all_of_it(evening: Session) -> None:
    open_session(evening.id)
    show_item(evening.id, f"q-{evening.id}")
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    text = "Meer schaduw. " * 80
    app.text_area[0].set_value(text)
    press(app, "Versturen")
    assert f"{len(text.strip()) - 1000} tekens te lang" in said(app)
    assert app.text_area[0].value == text


def test_16_06_words_typed_when_the_room_moved_on_are_found_back_at_their_item(evening: Session) -> None:
    open_session(evening.id)
    show_item(evening.id, f"q-{evening.id}")
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    name = f"answer-q-{evening.id}"

    def phone_has(text: str) -> None:
        """What the browser answers when the page asks it for what was typed."""
        state = app.session_state
        own = {name: {"id": state[f"join.{name}.id"], "text": text}}
        state[ShellKey.KEPT] = {"identity": "a" * 32, "drafts": own, "answered": state[ShellKey.ASKED_AS]}

    phone_has("")
    app.run()
    show_item(evening.id, f"s-{evening.id}")
    app.run()
    assert not [one for one in app.text_area if one.key == f"join.{name}.text"]
    show_item(evening.id, f"q-{evening.id}")
    app.run()
    phone_has("Een bankje bij de Pi")  # typed, and never left by the thumb
    app.run()
    assert app.text_area(key=f"join.{name}.text").value == "Een bankje bij de Pi"
    # What is typed on from there is not put back to what was asked before.
    app.text_area(key=f"join.{name}.text").set_value("Een bankje bij de Pier").run()
    assert app.text_area(key=f"join.{name}.text").value == "Een bankje bij de Pier"
    close_session(evening.id)
    app.run()
    app.selectbox(key=SessionKey.JOIN_ITEM).set_value(f"q-{evening.id}").run()
    assert app.text_area(key=f"join.{name}.text").value == "Een bankje bij de Pier"
    assert "Dit is niet verstuurd" in said(app)


def test_16_06_forms_of_people_keep_what_was_filled_in_after_an_error(evening: Session) -> None:
    app = opened("manage", Role.STEWARD)
    app.session_state[ManageKey.MANAGE_PART] = "people"
    app.run()
    label = next(one for one in app.text_input if one.label.startswith("Organisatie of bijeenkomst"))
    label.set_value("anna@example.org")
    press(app, "Maak een code")
    assert next(one for one in app.text_input if one.label.startswith("Organisatie of bij")).value == "anna@example.org"
    next(one for one in app.text_input if one.label.startswith("Organisatie of bij")).set_value("Wijkraad")
    press(app, "Maak een code")
    assert next(one for one in app.text_input if one.label.startswith("Organisatie of bij")).value == ""
    assert "Wijkraad" in said(app)


def test_16_10_links_and_sign_ins_stand_with_role_and_since_when_and_end_each_alone(evening: Session) -> None:
    _, link = invite(Role.FACILITATOR, "Collega van de balie", by=Role.STEWARD, kind="once")
    _, colleague = come_in(link, lambda _role: 3600)
    other = come_in(invite(Role.FACILITATOR, "Een ander", by=Role.STEWARD)[1], lambda _role: 3600)[1]
    app = opened("manage", Role.STEWARD)
    app.session_state[ManageKey.MANAGE_PART] = "people"
    app.run()
    tables = "\n".join(
        one.value.to_string() if hasattr(one.value, "to_string") else str(one.value) for one in app.table
    )
    shown = said(app) + tables
    assert "Collega van de balie" in shown
    assert "link voor één keer" in shown or "eenmalige link" in shown
    end(colleague.id, by=Role.STEWARD)
    left = {one.sign_in.id for one in listed((Role.FACILITATOR,))}
    assert colleague.id not in left
    assert other.id in left


def test_16_10_a_link_that_is_ended_while_its_page_is_open_changes_nothing_more(evening: Session) -> None:
    app = desk(evening)
    for one in listed((Role.FACILITATOR,)):
        end(one.sign_in.id, by=Role.STEWARD)
    next(one for one in app.button if one.label == "Open de sessie").click().run()
    assert find_session(evening.id).state == "draft"
    assert not app.title
    assert any("gespreksleider" in one.value for one in (*app.info, *app.warning, *app.error))


@pytest.mark.parametrize("role", [Role.VISITOR, Role.PARTICIPANT, Role.PROFESSIONAL, Role.FACILITATOR])
def test_16_10_a_new_area_is_for_stewards_only_until_somebody_opens_it(role: Role) -> None:
    fresh = load_area("scheveningen").model_copy(update={"access": "steward"})
    assert not may_see(fresh, role)
    assert may_see(fresh, Role.STEWARD)
    assert may_see(fresh.model_copy(update={"access": "public"}), role)
