"""Who was sent away while their page was open changes nothing any more, and reads so where they look.

Each act is really played: somebody with an invitation opens a page, the invitation is withdrawn in the database, and
then they press. What a button calls comes before the page looks who is there.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.contributions.contributions import Contribution, send
from feedback.contributions.moderation import hide
from feedback.database.store import change_store, open_store
from feedback.people.invitations import invitations, invite, withdraw
from feedback.people.participants import author_of_phone
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in
from feedback.sessions.advice import give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.responses import responses
from feedback.sessions.sessions import make_session, open_session, reveal, show_item
from feedback.sessions.statements import add_statement
from forecasting.values.adoption import adopt
from forecasting.values.threshold_set import ThresholdSet
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.manage.keys import ManageKey
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.sessions.keys import SessionKey
from tests.apptest import signing_in
from tests.unit.moderators import as_seen

MAIN = str(Path(__file__).parents[2] / "streamlit_app" / "main.py")
REFUSED = "Er is niets veranderd. Uw toegang geldt niet (meer) voor: "
COMPUTED = {"snapshots", "models", "backtest", "cache"}

Press = Callable[[AppTest], None]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def kept(home: Path) -> dict[str, object]:
    """All that is kept but for who may enter and who was refused: rows, and files that are not computed again."""
    with open_store() as db:
        tables = [name for name in db.table_names() if name not in ("access_codes", "sign_ins", "audit_log")]
        rows: dict[str, object] = {name: list(map(tuple, db.execute(f"SELECT * FROM {name}"))) for name in tables}
    files = {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file()
        and not COMPUTED & set(path.parts)
        and not path.name.startswith((".", "feedback.db", "access.jsonl", "acts.jsonl"))
    }
    return rows | files


def said(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.info, *app.error, *app.warning, *app.toast))


class Room:
    """A page on which somebody with a real invitation is at work."""

    def __init__(self, role: Role, page: str, *, sessions: tuple[str, ...] = (), **state: str) -> None:
        seat = {"kind": "shared", "session": sessions[0]} if sessions else {}
        invitation, code = invite(role, "Wijkraad", by=Role.STEWARD, **seat)
        self.grant = invitation.id
        entry = Entry(come_in(code, lambda _role: 3600)[1].id, f"test {role}")
        self.app = AppTest.from_file(MAIN, default_timeout=120)
        self.app.query_params["lang"] = "nl"
        self.app.session_state[signing_in.JAR] = {VISIT: visit_value([entry], 3600)}
        for name, value in state.items():
            self.app.session_state[name] = value
        self.page = page
        self.draw()

    def draw(self) -> None:
        self.app.switch_page(f"../pages/{self.page}.py").run()
        assert not self.app.exception
        assert REFUSED not in said(self.app)

    def press_when_sent_away(self, press: Press, home: Path) -> None:
        press(self.app)  # what is filled in and pressed goes to the server with the run below
        before = kept(home)
        withdraw(self.grant)
        self.app.run()
        assert not self.app.exception
        assert kept(home) == before
        assert REFUSED in said(self.app)

    def come_back(self) -> None:
        with change_store() as db:
            db.execute("UPDATE access_codes SET withdrawn = NULL WHERE id = ?", [self.grant])
        self.app.run()  # what was refused is said above the page once more
        self.draw()


def button(label: str) -> Press:
    def press(app: AppTest) -> None:
        next(one for one in app.button if one.label == label).click()

    return press


def filled(label: str, pressed: str, text: str) -> Press:
    """Return what fills in the field with ``label`` and presses the button of its form."""

    def press(app: AppTest) -> None:
        fields = [*app.text_area, *app.text_input]
        next(one for one in fields if one.label == label).set_value(text)
        button(pressed)(app)

    return press


def keyed(key: str) -> Press:
    return lambda app: app.button(key=key).click() and None


def played(room: Room, presses: list[Press], home: Path) -> None:
    for press in presses:
        room.press_when_sent_away(press, home)
        room.come_back()


def _send(text: str) -> str:
    return send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", text), author_of_phone("a phone")).id


@pytest.fixture
def evening(own_home: Path) -> Iterator[str]:
    made = make_session("Avond aan zee", kind="klankbordgroep", day=date(2026, 8, 4), area="scheveningen").id
    add_item(made, "statements", "Stellingen", item_id="s")
    add_item(made, "question", "Wat mist u?", item_id="q")
    add_statement(made, "Meer prullenbakken", person=None, item_id="s", seed=True)
    open_session(made)
    return made


def test_a_facilitator_who_was_sent_away_does_not_moderate(own_home: Path) -> None:
    waits, hidden = _send("Bel 06-12345678"), _send("Reclame")
    decision = hide(as_seen(hidden), "advertising", "facilitator")

    def choose_after(app: AppTest) -> None:
        next(group for group in app.get("button_group") if group.key == ResponseKey.MODE).set_value("after")

    case = f"moderation.case.contributions.{waits}"

    def hide_for_a_reason(app: AppTest) -> None:
        app.radio(key=f"{case}.reason").set_value("personal").run()
        app.button(key=f"{case}.hide").click()

    presses = [keyed(f"{case}.publish"), hide_for_a_reason, keyed(f"{ResponseKey.UNDO}.{decision}"), choose_after]
    played(Room(Role.FACILITATOR, "moderation"), presses, own_home)


def test_a_facilitator_who_was_sent_away_does_not_run_a_session(own_home: Path, evening: str) -> None:
    presses = [
        button("Toon antwoorden"),
        button("Ja, sluit de sessie"),
        keyed(f"{SessionKey.DESK_ITEM}.q.show"),
        keyed(f"{SessionKey.DESK_ITEM}.q.up"),
        keyed(f"{SessionKey.DESK_ITEM}.q.remove"),
        filled("Stelling om mee te beginnen", "Toevoegen", "Minder auto's"),
        filled("Titel", "Maak de sessie", "Nog een avond"),
        filled("Titel van het punt", "Zet op de agenda", "Rondvraag"),
        filled("Eén antwoord per regel.", "Bewaar deze", "Schaduw"),
        filled("Het advies", "Bewaar het advies", "Zet containers neer"),
        button("Sluit af en maak het verslag"),
    ]
    played(Room(Role.FACILITATOR, "sessions", **{SessionKey.DESK_SESSION: evening}), presses, own_home)


def test_a_facilitator_who_was_sent_away_answers_adopts_and_invites_nobody(own_home: Path, evening: str) -> None:
    give_advice(evening, "Zet containers neer", due=date(2026, 9, 1))
    answer = filled("Omdat …", "Publiceer het antwoord", "Dat doen we.")
    played(Room(Role.FACILITATOR, "answers"), [answer], own_home)

    strict = ThresholdSet(zones={"keizerstraat": (1, 2, 3)})
    adopt(load_area("scheveningen"), strict, body="klankbordgroep", role="facilitator", reason="Zo voelt het.")
    back = filled("Waarom? Iedereen leest dit.", "Vaststellen", "Terug.")
    played(Room(Role.FACILITATOR, "thresholds"), [back], own_home)

    people = Room(Role.FACILITATOR, "manage", **{ManageKey.MANAGE_PART: "people"})
    codes = len(invitations())
    invited = filled("Organisatie of bijeenkomst (geen persoon)", "Maak een code", "Vereniging")
    people.press_when_sent_away(invited, own_home)
    assert len(invitations()) == codes


@pytest.mark.parametrize(
    ("part", "press"),
    [
        ("overview", button("Bewaar de instellingen")),
        ("data", button("Leg het besluit vast")),
        ("events", filled("Evenement", "Zet in de kalender", "Vlootschouw")),
        ("forecast", button("Alleen ophalen")),
        ("backup", button("Maak nu een back-up")),
    ],
)
def test_a_steward_who_was_sent_away_changes_nothing(own_home: Path, part: str, press: Press) -> None:
    room = Room(Role.STEWARD, "manage", **{ManageKey.MANAGE_PART: part})

    def fill_in_and_press(app: AppTest) -> None:
        if part == "overview":
            app.selectbox(key=f"{ManageKey.SEEN_BY}.scheveningen").set_value("professional")
        if part == "data":
            app.radio[-2].set_value("refused")
            app.text_input[0].set_value("gemeenteraad")
            app.text_area[0].set_value("te weinig draagvlak")
        press(app)

    room.press_when_sent_away(fill_in_and_press, own_home)


def test_who_makes_pictures_and_was_sent_away_asks_and_approves_nothing(own_home: Path) -> None:
    asks = Room(Role.COMMUNICATIONS, "studio")
    played(asks, [button("Vraag om goedkeuring")], own_home)
    button("Vraag om goedkeuring")(asks.app)
    asks.app.run()
    approves = Room(Role.PROFESSIONAL, "studio")
    played(approves, [button("Goedkeuren en vrijgeven"), button("Intrekken")], own_home)


def test_who_takes_part_and_was_sent_away_does_not_vote_or_answer(own_home: Path, evening: str) -> None:
    room = Room(Role.PARTICIPANT, "join", sessions=(evening,))
    played(room, [button("Eens")], own_home)
    show_item(evening, "q")
    reveal("q")
    room.draw()
    played(room, [filled("Uw antwoord", "Versturen", "Een bankje")], own_home)
    assert responses("q") == []
