"""A session on a phone: what is asked of somebody stands on the page itself."""

from collections.abc import Iterator
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.database.store import change_store, open_store
from feedback.people.roles import Role
from feedback.sessions.agenda import add_item
from feedback.sessions.proposals import proposers
from feedback.sessions.rounds.card_views import own_view
from feedback.sessions.rounds.guesses import guess, round_of
from feedback.sessions.rounds.needless import accept
from feedback.sessions.rounds.saturday import play_of
from feedback.sessions.sessions import Session, close_session, make_session, open_session, reveal, show_item
from response.cards.history import read_playbook
from streamlit_app.shell import resources
from streamlit_app.thresholds.keys import ThresholdKey
from tests.apptest.test_session_pages import opened, press


@pytest.fixture
def evening() -> Iterator[Session]:
    made = make_session("Avond op de telefoon", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "thresholds", "Wanneer is het te druk?", target="thresholds?zone=pier", item_id=f"t-{made.id}")
    add_item(made.id, "question", "Wat mist u?", item_id=f"q-{made.id}")
    yield open_session(made.id)
    with change_store() as db:
        db.execute("DELETE FROM proposals")


def test_16_15_a_phone_goes_on_with_the_room_after_an_item_that_cannot_be_shown() -> None:
    made = make_session("Avond zonder verwachting", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    add_item(made.id, "guess", "Wie kent Scheveningen beter?")
    evening = open_session(made.id)
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert any("zonder verwachting" in one.value for one in app.info)
    assert any("uw code" in one.label for one in app.expander)  # what stands below it, and what follows the room


def _proposed(session: Session) -> list[tuple[str, str, float]]:
    with open_store() as db:
        sql = "SELECT zone, role, orange FROM proposals WHERE session = ? ORDER BY sent, rowid"
        return list(db.execute(sql, [session.id]).fetchall())


def _place(app: AppTest) -> str:
    return str(app.subheader[0].value)


def test_16_08_a_threshold_round_goes_from_place_to_place_on_the_page_of_the_session(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    assert _place(app) == "De Pier"  # the agenda named it, so it comes first
    assert "thresholds" not in " ".join(str(one.proto) for one in app.get("link_button"))
    assert any("1 van" in str(one.proto) for one in app.get("progress"))
    assert len(app.get("html")) >= 2  # its pictures
    send = next(one for one in app.button if one.label == "Verstuur, en de volgende plek")
    assert send.disabled
    app.session_state["thresholds.speaks_as"] = "resident"
    app.run()
    app.select_slider(key="thresholds.orange").set_value(60).run()
    press(app, "Verstuur, en de volgende plek")
    second = _place(app)
    assert second != "De Pier"
    press(app, "Sla deze plek over")
    assert _place(app) not in ("De Pier", second)
    press(app, "Verstuur, en de volgende plek")
    ((first, role, threshold), (third, *_)) = _proposed(evening)
    assert (first, role, proposers(evening.id)) == ("pier", "resident", 1)
    assert third not in ("pier", second)
    assert threshold == pytest.approx(app.session_state["workspace"].thresholds.zones["pier"][1])

    show_item(evening.id, f"q-{evening.id}")
    app.run()
    assert app.header[0].value == "Wat mist u?"


def test_16_08_a_round_ends_when_every_place_had_its_turn_and_can_begin_again(evening: Session) -> None:
    app = opened("join", Role.PARTICIPANT, sessions=(evening.id,))
    for _ in range(40):
        if not any(one.label == "Sla deze plek over" for one in app.button):
            break
        press(app, "Sla deze plek over")
    assert any("alle plekken gehad" in one.value for one in app.success)
    assert _proposed(evening) == []
    press(app, "Nog een keer rond")
    assert _place(app) == "De Pier"


def test_16_15_people_guess_at_their_place_and_see_the_forecast_only_when_the_room_does() -> None:
    made = make_session("Wie weet het?", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "guess", "Wie kent Scheveningen beter?")
    area = resources.area("scheveningen")
    here = open_session(made.id, snapshot=resources.issued(area.id, area.now())[0].id)
    app = opened("join", Role.PARTICIPANT, sessions=(here.id,))
    shown = " ".join(one.value for one in app.markdown)
    assert "Hoe druk wordt het op zaterdag 8 augustus" in shown
    app.selectbox(key=f"join.guess.{item.id}").set_value("pier").run()
    pictures = [str(one.proto) for one in app.get("html") if "10 bij 10 meter" in str(one.proto)]
    assert len(pictures) == 1
    press(app, "◆ druk")
    assert any("U schatte: De Pier, ◆ druk" in one.value for one in app.success)
    press(app, "● rustig")
    assert any("U schatte: De Pier, ● rustig" in one.value for one in app.success)
    assert not any("De Pier** (" in one.value for one in app.markdown)
    for number in range(4):
        guess(here.id, item.id, "pier", "yellow", person=f"p{number}", about=round_of(item.id))
    reveal(item.id)
    app.run()
    assert app.subheader[0].value == "Wie wist het beter? zaterdag 8 augustus"
    (line,) = [one.value for one in app.markdown if one.value.startswith("- **De Pier** (5)")]
    assert "de zaal ▲ gezellig druk, de verwachting" in line
    assert line.endswith("geteld: nog niet geteld")
    assert not any(one.label == "◆ druk" for one in app.button)


def test_people_say_how_often_for_nothing_and_read_it_by_role_once_it_is_shown() -> None:
    made = make_session("Wat mag voor niets?", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "needless", "Hoe vaak voor niets?")
    here = open_session(made.id)
    app = opened("join", Role.PARTICIPANT, sessions=(here.id,))
    assert any("Hoe vaak mag het voor niets" in one.value for one in app.markdown)
    assert not any(one.label == "3 keer" for one in app.button)
    app.button_group(key=ThresholdKey.SPEAKS_AS).set_value("resident").run()
    press(app, "3 keer")
    assert any("Uw antwoord: 3 keer. U handelt dan vanaf een kans van 1 op 4." in one.value for one in app.success)
    for number in range(4):
        accept(here.id, item.id, 9, "resident", person=f"p{number}")
    app.run()
    assert not any("1 op 10" in one.value for one in app.markdown)
    reveal(item.id)
    app.run()
    assert any("Bewoner: 9 keer. Dat is handelen vanaf een kans van 1 op 10." in one.value for one in app.markdown)
    close_session(here.id)


def test_a_team_plays_the_saturday_to_its_end() -> None:
    made = make_session("Spelen", kind="kennistafel", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "saturday", "Speel de zaterdag")
    here = open_session(made.id)
    app = opened("join", Role.PARTICIPANT, sessions=(here.id,))
    app.button_group(key=f"join.saturday.{item.id}.team").set_value(2).run()
    assert app.subheader[0].value.startswith("Woensdag 5 augustus")
    assert app.query_params["team"] == "2"
    again = opened(
        "join", Role.PARTICIPANT, sessions=(here.id,), session=here.id, team="2"
    )  # a phone that was reloaded
    assert again.subheader[0].value.startswith("Woensdag 5 augustus")
    for other in ({"team": "99"}, {"team": "x"}, {"session": "elsewhere", "team": "2"}):
        asked = opened("join", Role.PARTICIPANT, sessions=(here.id,), **{"session": here.id, **other})
        assert not asked.checkbox, "nobody chose a team here"
    assert app.checkbox[0].label.startswith(
        "Extra trams naar het Zwarte Pad · zoet (nodigt uit) · €\N{NO-BREAK SPACE}5.000"
    )
    app.checkbox[1].check().run()
    assert play_of(item.id, 2).cards == {"extra-strandopgang"}
    for _ in range(3):
        press(app, "Ga verder naar de volgende dag")
    assert app.subheader[0].value.startswith("Zaterdag 8 augustus")
    press(app, "Kijk hoe het afliep")
    told = " ".join(one.value for one in app.markdown)
    assert "Team 2:" in told
    assert "€\N{NO-BREAK SPACE}1.500" in told
    assert "Nooit handelen:" in told
    assert "Wat er kwam:" in told
    close_session(here.id)


def test_a_room_sees_of_a_card_what_everybody_may_and_nothing_else() -> None:
    area = load_area("scheveningen")
    hidden = next(card for card in read_playbook(area).cards if card.visible == "professionals")
    shared = read_playbook(area).card("vroeg-komen")
    assert shared is not None
    made = make_session("Kaarten", kind="kennistafel", day=date(2026, 8, 4), area="scheveningen")
    item = add_item(made.id, "card", "Past dit hier?", target=shared.id)
    here = open_session(made.id)
    app = opened("join", Role.PARTICIPANT, sessions=(here.id,))
    told = " ".join(str(one.value) for one in (*app.markdown, *app.error, *app.info))
    assert shared.public_text is not None
    assert shared.public_text["nl"] in told
    for secret in (shared.stop["nl"], shared.steps[0]["nl"], shared.side_effects["nl"], shared.decides["nl"]):
        assert secret not in told
    app.get("button_group")[-1].set_value("resident").run()
    press(app, "Dit past hier")
    assert own_view(item.id, _only_person(item.id)) == "yes"
    other = add_item(made.id, "card", "En dit?", target=hidden.id)
    show_item(made.id, other.id)
    app = opened("join", Role.PARTICIPANT, sessions=(here.id,))
    told = " ".join(str(one.value) for one in (*app.markdown, *app.error, *app.info, *app.warning))
    assert hidden.names["nl"] not in told
    assert "niet (meer) voor iedereen" in told
    close_session(here.id)


def _only_person(item: str) -> str:
    with open_store() as db:
        return str(db.execute("SELECT person FROM card_views WHERE item = ?", [item]).fetchone()[0])
