"""The pages of sessions: a desk for the facilitator, a page for the phone, and advices with their answers."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button, TextArea

from data.area.area import load_area
from data.keeping.real_time import real_today
from feedback.database.store import change_store
from feedback.people.roles import Role
from feedback.sessions.advice import advices, answer_advice, give_advice
from feedback.sessions.agenda import add_item, agenda
from feedback.sessions.responses import respond, responses
from feedback.sessions.sessions import (
    Session,
    close_session,
    find_session,
    list_sessions,
    make_session,
    open_session,
    reveal,
    show_item,
)
from feedback.sessions.statements import add_statement, statements, tally
from streamlit_app.sessions.voting import SETS
from tests.apptest.signing_in import sign_in

MAIN = str(Path(__file__).parents[2] / "streamlit_app" / "main.py")


@pytest.fixture
def evening() -> Session:
    made = make_session("Avond aan zee", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "statements", "Stellingen", item_id=f"s-{made.id}")
    add_item(made.id, "question", "Wat mist u?", item_id=f"q-{made.id}")
    for text in ("Meer prullenbakken", "Minder auto's"):
        add_statement(made.id, text, person=None, item_id=f"s-{made.id}", seed=True)
    return open_session(made.id)


def today() -> date:
    """The day in Scheveningen, which begins an hour or two before that of the server."""
    return real_today(load_area("scheveningen").tz)


def opened(page: str, role: Role, *, sessions: tuple[str, ...] = (), lang: str = "nl", **params: str) -> AppTest:
    app = sign_in(AppTest.from_file(MAIN, default_timeout=120), role, sessions=sessions)
    app.query_params["lang"] = lang
    for name, value in params.items():
        app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_a_phone_votes_once_each_and_sees_the_next(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert app.title[0].value == "Avond aan zee"
    assert "Meer prullenbakken" in [one.value for one in app.subheader]
    press(app, "Eens")
    assert "Minder auto's" in [one.value.replace("\\", "") for one in app.subheader]
    press(app, "Oneens")
    counted = tally(evening.id)
    assert counted["agrees"].tolist() == [1, 0]
    assert counted["disagrees"].tolist() == [0, 1]
    assert any("alle stellingen gestemd" in one.value for one in app.success)


def _more(session: Session, count: int) -> list[str]:
    """Add so many statements to the ones there; return the ids of all."""
    for number in range(count):
        add_statement(session.id, f"Nog een stelling {number}", person=None, item_id=f"s-{session.id}", seed=True)
    return [one.id for one in statements(session.id, "published")]


def _ballot(app: AppTest) -> list[str]:
    return [button.key for button in app.button if button.key.startswith("join.vote.")]


def test_the_buttons_of_a_phone_do_not_become_more_with_its_votes(evening: Session) -> None:
    _more(evening, 20)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    seen = [_ballot(app)]
    for _ in range(21):
        press(app, "Eens")
        seen.append(_ballot(app))
    counted = tally(evening.id)["agrees"]
    assert (counted.sum(), counted.max()) == (21, 1)
    assert len({key for keys in seen for key in keys}) == 3 * SETS
    # Nobody can tap twice on one place and so vote on two: what comes next has none of the last buttons.
    assert all(not set(one) & set(other) for one, other in pairwise(seen))


def _tap_late(app: AppTest, button: Button) -> None:
    """Send the tap on a button that a phone shows still, and the server no longer."""
    states = app._tree.get_widget_states()
    states.widgets.append(WidgetState(id=button.proto.id, trigger_value=True))
    app._run(states)
    assert not app.exception


def _voted(session: Session) -> dict[str, int]:
    counted = tally(session.id)
    return dict(zip(counted["id"], counted["agrees"] - counted["disagrees"], strict=True))


def test_a_second_tap_counts_once_and_a_late_one_only_for_what_it_was_on(evening: Session) -> None:
    ids = _more(evening, SETS)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    agree, disagree = (next(button for button in app.button if button.label == label) for label in ("Eens", "Oneens"))
    press(app, "Eens")
    for _ in range(SETS - 2):
        _tap_late(app, agree)
        assert _voted(evening)[ids[0]] == 1
        press(app, "Eens")
    assert sum(_voted(evening).values()) == SETS - 1
    _tap_late(app, disagree)
    assert _voted(evening) == {one: -1 if one == ids[0] else int(one in ids[: SETS - 1]) for one in ids}


def test_a_tap_on_a_statement_that_was_hidden_meanwhile_counts_for_nothing(evening: Session) -> None:
    ids = _more(evening, SETS)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    old = next(button for button in app.button if button.label == "Eens")
    for gone in ids[: SETS - 1]:
        with change_store() as db:
            db.execute("UPDATE statements SET state = 'hidden' WHERE id = ?", [gone])
        app.run()
        assert old.key not in _ballot(app)
    _tap_late(app, old)
    assert any("is er niet meer" in one.value for one in app.error)
    with change_store() as db:
        db.execute("UPDATE statements SET state = 'published'")
    assert set(_voted(evening).values()) == {0}


def test_own_votes_are_made_only_when_they_are_looked_at_and_can_be_changed(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    press(app, "Eens")
    voted = next(one.id for one in statements(evening.id) if one.text == "Meer prullenbakken")
    assert f"join.own.{voted}" not in [one.key for one in app.segmented_control]
    app.session_state[f"join.own.s-{evening.id}"] = True
    app.run()
    app.segmented_control(key=f"join.own.{voted}").set_value(-1).run()
    assert tally(evening.id)["disagrees"].tolist() == [1, 0]
    assert tally(evening.id)["agrees"].tolist() == [0, 0]


def test_a_vote_on_a_closed_session_says_so_and_loses_nothing(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    close_session(evening.id)
    press(app, "Eens")
    assert any("gesloten" in one.value for one in (*app.error, *app.info))
    assert tally(evening.id)["agrees"].sum() == 0


def test_a_phone_reads_what_a_threshold_round_came_to_once_it_is_revealed(evening: Session) -> None:
    round_ = add_item(evening.id, "thresholds", "Vanaf wanneer is het druk?")
    show_item(evening.id, round_.id)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert "Wat mensen voorstellen" not in [one.value for one in app.subheader]
    reveal(round_.id, True)
    app.run()
    assert "Wat mensen voorstellen" in [one.value for one in app.subheader]
    assert any("Vanaf 5 laten wij ze zien" in one.value for one in app.markdown)


def test_an_answer_is_kept_once_and_stays_on_screen_when_the_session_closed(evening: Session) -> None:
    item = f"q-{evening.id}"
    from feedback.sessions.sessions import show_item

    show_item(evening.id, item)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    app.text_area[0].set_value("Een bankje bij de Pier")
    press(app, "Versturen")
    assert [r.text for r in responses(item)] == ["Een bankje bij de Pier"]
    assert app.text_area[0].value == ""
    app.text_area[0].set_value("En schaduw")
    close_session(evening.id)
    press(app, "Versturen")
    assert app.text_area[0].value == "En schaduw"
    assert any("gesloten" in one.value for one in app.error)


def test_nearly_the_same_statement_is_pointed_out_before_it_is_sent(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    app.text_area[0].set_value("Meer prullenbakken!!")
    press(app, "Voeg toe")
    assert any("bijna hetzelfde" in one.value for one in app.warning)
    app.text_area[0].set_value("Meer schaduw op het strand")
    press(app, "Voeg toe")
    assert "Meer schaduw op het strand" in [s.text for s in statements(evening.id, "waiting")]


def test_who_did_not_enter_is_shown_the_entrance(evening: Session) -> None:
    app = opened("join", Role.VISITOR)
    assert app.title[0].value == "Meedoen"
    assert not any(button.label == "Eens" for button in app.button)


def test_the_desk_opens_reveals_and_closes(evening: Session) -> None:
    app = opened("sessions", Role.FACILITATOR, session=evening.id)
    assert app.title[0].value == "Sessies"
    press(app, "Toon antwoorden")
    assert agenda(evening.id)[0].revealed
    # Closing sends everybody's phone away: a single touch only asks.
    assert not any(button.label == "Sluit de sessie" for button in app.button)
    assert any("nieuwe code" in one.value for one in app.markdown)
    press(app, "Ja, sluit de sessie")
    assert find_session(evening.id).state == "closed"
    press(app, "Sluit af en maak het verslag")
    assert find_session(evening.id).report == "concept"
    # Adopting asks too, and tells what to look at first.
    assert not any(button.label == "Stel het verslag vast" for button in app.button)
    press(app, "Ja, stel het verslag vast")
    assert find_session(evening.id).report == "adopted"


def test_answers_from_paper_get_the_same_hint_and_wait_for_a_moderator(evening: Session) -> None:
    item = f"q-{evening.id}"
    app = opened("sessions", Role.FACILITATOR, session=evening.id)

    def typed() -> TextArea:
        return [field for field in app.text_area if field.label == "Eén antwoord per regel."][-1]

    typed().set_value("Meer schaduw\nBel Anna de Vries: 06-12345678")
    [one for one in app.button if one.label == "Bewaar deze"][-1].click().run()
    assert responses(item) == []
    (warning,) = [one.value for one in app.warning if "persoonsgegevens" in one.value]
    assert "een telefoonnummer" in warning
    assert typed().value == "Meer schaduw\nBel Anna de Vries: 06-12345678"  # nothing has to be typed again
    typed().set_value("Meer schaduw\nBel mij niet: 06-12345678")
    press(app, "Bewaar zoals het is")
    assert [(kept.text, kept.state, kept.paper) for kept in responses(item)] == [
        ("Bel mij niet: 06-12345678", "waiting", True),
        ("Meer schaduw", "waiting", True),
    ]
    assert any("Een moderator leest ze eerst" in one.value for one in app.info)
    assert typed().value == ""
    for waits in (kept.id for kept in responses(item)):
        assert app.button(key=f"moderation.case.responses.{waits}.publish").label == "Publiceren"
    app.button(key=f"moderation.case.responses.{responses(item)[1].id}.publish").click().run()
    assert [kept.text for kept in responses(item, "published")] == ["Meer schaduw"]


def test_an_item_is_removed_only_after_a_question(evening: Session) -> None:
    item = add_item(evening.id, "question", "Wat vergaten wij?")
    app = opened("sessions", Role.FACILITATOR, session=evening.id)
    assert not any(button.label == "Haal weg" for button in app.button)
    app.button(key=f"sessions.item.{item.id}.remove").click().run()
    assert not app.exception
    assert item.id not in [kept.id for kept in agenda(evening.id)]
    respond(evening.id, f"q-{evening.id}", "Schaduw", person="somebody", response_id=str(uuid4()))
    app.button(key=f"sessions.item.q-{evening.id}.remove").click().run()
    # Said in words that stay where one looks, and not in a toast that goes away.
    assert any("op de agenda" in one.value for one in app.error)
    assert not app.toast


def test_the_desk_makes_a_session() -> None:
    before = len(list_sessions())
    app = opened("sessions", Role.FACILITATOR, lang="en")
    next(field for field in app.text_input if field.label == "Title").set_value("Work on the boulevard")
    press(app, "Make the session")
    assert len(list_sessions()) == before + 1
    assert "Work on the boulevard" in [one.value for one in app.header]


@pytest.mark.parametrize("days", [-1, -400])
def test_a_day_that_is_over_is_asked_about_before_a_session_is_made(days: int) -> None:
    before = len(list_sessions())
    app = opened("sessions", Role.FACILITATOR, lang="en")
    next(field for field in app.text_input if field.label == "Title").set_value("An evening of long ago")
    day = next(field for field in app.date_input if field.label == "Date")
    assert day.value == today()
    day.set_value(day.value + timedelta(days))
    press(app, "Make the session")
    assert len(list_sessions()) == before
    assert any("is over. Was this session held then?" in one.value for one in app.warning)
    assert next(field for field in app.text_input if field.label == "Title").value == "An evening of long ago"
    next(box for box in app.checkbox if box.label == "I mean this day").check()
    press(app, "Make the session")
    assert len(list_sessions()) == before + 1


def test_an_answer_promised_in_the_past_is_asked_about(evening: Session) -> None:
    app = opened("sessions", Role.FACILITATOR, session=evening.id)
    before = len(advices(evening.id))
    next(field for field in app.text_area if field.label == "Het advies").set_value("Meer bankjes")
    due = next(field for field in app.date_input if field.label == "De gemeente belooft een antwoord vóór")
    due.set_value(today() - timedelta(1))
    press(app, "Bewaar het advies")
    assert len(advices(evening.id)) == before
    assert any("meteen te laat" in one.value for one in app.warning)
    due = next(field for field in app.date_input if field.label == "De gemeente belooft een antwoord vóór")
    due.set_value(today() + timedelta(1))
    press(app, "Bewaar het advies")
    assert len(advices(evening.id)) == before + 1


def test_participants_cannot_open_the_desk(evening: Session) -> None:
    app = opened("sessions", Role.PARTICIPANT, sessions=(evening.id,))
    assert not app.title
    assert any("gespreksleider" in one.value for one in app.info)


def test_answers_show_late_ones_first_with_their_history(evening: Session) -> None:
    late = give_advice(evening.id, "Zet containers neer", due=today() - timedelta(3))
    done = give_advice(evening.id, "Laat trams rijden", due=today(), minority="Twee zijn tegen")
    answer_advice(done.id, "study", "We rekenen het door.", due=today())
    answer_advice(done.id, "rejected", "Het is te duur.", answered_by="gemeente")
    app = opened("answers", Role.VISITOR)
    assert "te laat" in app.title[0].value
    assert app.subheader[0].value == late.text
    said = " ".join(one.value for one in app.markdown)
    assert "3 dagen te laat" in said
    assert said.index("Het is te duur") < said.index("We rekenen het door")
    assert "Twee zijn tegen" in said
    assert not any(button.label == "Publiceer het antwoord" for button in app.button)


def test_16_09_a_ready_evening_is_put_on_the_agenda_and_a_colleague_let_in() -> None:
    app = opened("sessions", Role.FACILITATOR)
    next(field for field in app.text_input if field.label == "Titel").set_value("Kennistafel september")
    next(one for one in app.selectbox if one.label == "Begin met").set_value("table")
    press(app, "Maak de sessie")
    made = next(one for one in list_sessions() if one.title == "Kennistafel september")
    items = agenda(made.id)
    assert sum(item.minutes or 0 for item in items) == 45
    voted = next(item for item in items if item.kind == "statements")
    assert len(statements(made.id, "published", item_id=voted.id)) == 3
    assert any("Klaar voor de avond?" in one.label for one in app.expander)
    press(app, "Laat een tweede gespreksleider binnen")
    assert any("/enter/" in one.value for one in app.code)


def test_16_14_no_answer_of_the_municipality_stands_there_before_it_is_chosen(evening: Session) -> None:
    advice = give_advice(evening.id, "Zet containers neer", due=today())
    app = opened("sessions", Role.FACILITATOR, session=evening.id)
    (answer,) = [one for one in app.radio if one.label == "Het antwoord"]
    assert answer.value is None
    next(one for one in app.text_area if one.label == "Omdat …").set_value("Daarom.")
    press(app, "Publiceer het antwoord")
    assert any("Er is niets voor u gekozen" in one.value for one in app.error)
    assert advices(evening.id)[0].answers == ()
    (answer,) = [one for one in app.radio if one.label == "Het antwoord"]
    answer.set_value("partly")
    press(app, "Publiceer het antwoord")
    assert [one.state for one in advices(evening.id)[0].answers] == ["partly"]
    assert advices(evening.id)[0].id == advice.id
