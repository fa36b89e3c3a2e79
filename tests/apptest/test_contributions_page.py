"""Responding from the page and from a cell: what is sent, asked first, kept, shown, and never doubled."""

import json
from datetime import UTC, date, datetime
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.people.participants import author_of_phone, person_by_code
from feedback.people.roles import Role
from feedback.sessions.advice import LinkKind, answer_advice, give_advice
from feedback.sessions.sessions import close_session, make_session, open_session
from forecasting.snapshot.snapshot_files import obtain
from streamlit_app.access.allowance import Allowance
from streamlit_app.shell.keys import ShellKey
from tests.apptest.signing_in import sign_in

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def opened(page: str = "contributions", **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    for name, value in {"lang": "nl", **params}.items():
        app.query_params[name] = value
    app.switch_page(f"../pages/{page}.py").run()
    assert not app.exception
    return app


def choose(app: AppTest, key: str, value: str) -> None:
    next(group for group in app.get("button_group") if group.key == key).set_value(value)


def write(app: AppTest, text: str, role: str = "resident", form: str = "say") -> None:
    app.text_area(key=f"form.{form}.text").set_value(text)
    choose(app, f"form.{form}.role", role)
    app.button(key=f"form.{form}.send").click()
    app.run()
    assert not app.exception


def said(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.markdown, *app.error, *app.warning, *app.success, *app.info))


def test_what_is_sent_is_kept_once_with_a_code_that_opens_it() -> None:
    app = opened()
    assert app.title[0].value == "Wat zag u, en wat vindt u?"
    write(app, "Te druk op de boulevard")
    assert "Bedankt" in said(app)
    (kept,) = find_contributions("scheveningen", states=("waiting",))
    assert (kept.text, kept.role, kept.language) == ("Te druk op de boulevard", "resident", "nl")
    assert kept.snapshot == app.query_params["snapshot"][0] or kept.snapshot in app.query_params["snapshot"]
    code = next(block.value for block in app.code if block.value.count("-") == 4)
    assert person_by_code(code) is not None
    app.run()
    assert len(find_contributions("scheveningen", states=("waiting",))) == 1
    app.button(key="form.say.again").click().run()
    assert app.text_area(key="form.say.text").value in (None, "")
    write(app, "En nog iets")
    assert len(find_contributions("scheveningen", states=("waiting",))) == 2


def test_personal_data_are_pointed_out_before_sending_and_never_blocked() -> None:
    app = opened()
    write(app, "Bel mij op 06-12345678, verdomme")
    assert "*06-12345678* (een telefoonnummer)" in said(app)
    assert "een telefoonnummer" in said(app)
    assert find_contributions("scheveningen", states=("waiting",)) == []
    app.button(key="form.say.anyway").click().run()
    assert [kept.text for kept in find_contributions("scheveningen", states=("waiting",))] == [
        "Bel mij op 06-12345678, verdomme"
    ]


def test_bad_input_is_one_sentence_and_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened()
    app.text_area(key="form.say.text").set_value("zonder rol")
    app.button(key="form.say.send").click().run()
    assert "Kies wat u bent" in said(app)
    assert app.text_area(key="form.say.text").value == "zonder rol"

    @wraps(send)
    def full(*_: object, **__: object) -> None:
        from language import UserError

        raise UserError(
            "The disk is full, so nothing could be saved. Your text is still on the screen. "
            "Warn the organisation, and send it again later."
        )

    monkeypatch.setattr("streamlit_app.responses.contribution_form.send", full)
    write(app, "bij een volle schijf")
    assert "De schijf is vol" in said(app)
    assert app.text_area(key="form.say.text").value == "bij een volle schijf"
    monkeypatch.undo()


def test_who_comes_from_where_too_much_comes_from_is_told_when_to_send(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = len(find_contributions("scheveningen", states=("waiting",)))
    app = opened()
    monkeypatch.setattr("streamlit_app.access.writing_costs.OF_ADDRESS", Allowance("none", 0.5, 0.01))
    write(app, "de laatste die nog paste")
    app.button(key="form.say.again").click().run()
    write(app, "de vijfhonderdste")
    assert "verstuur het over" in said(app)
    assert app.text_area(key="form.say.text").value == "de vijfhonderdste"
    assert len(find_contributions("scheveningen", states=("waiting",))) == kept + 1
    monkeypatch.undo()


def test_how_busy_it_felt_takes_place_hour_and_level(tmp_path: Path) -> None:
    app = opened(zone="pier")
    assert app.selectbox(key="form.felt.zone").value == "pier"
    choose(app, "form.felt.role", "visitor")
    app.button(key="form.felt.send").click().run()
    assert "Kies hoe druk het was" in said(app)
    choose(app, "form.felt.felt", "red")
    app.button(key="form.felt.send").click().run()
    assert not app.exception
    (kept,) = find_contributions("scheveningen")
    assert (kept.felt, kept.zone, kept.text) == ("red", "pier", "")
    assert kept.hour is not None


def test_a_cell_takes_along_what_was_looked_at() -> None:
    app = opened("today", zone="pier", at="2026-08-08T13:00Z")
    app.session_state["form.week.open"] = True
    app.run()
    write(app, "Dit klopt niet", form="cell-week")
    (kept,) = find_contributions("scheveningen", states=("waiting",))
    assert (kept.zone, kept.hour, kept.cell) == ("pier", datetime(2026, 8, 8, 13, tzinfo=UTC), "today#week")


def test_the_list_shows_words_as_words_finds_them_and_tells_no_more_than_five_share() -> None:
    set_general_mode(Mode.AFTER)
    texts = ["<script>alert(1)</script> **vet** :material/home: $x$", *(f"Geluid op het plein {n}" for n in range(6))]
    for text in texts:
        role = "police" if "script" in text else "resident"
        contribution = Contribution(str(uuid4()), "scheveningen", role, "nl", text, zone="pier")
        send(contribution, author_of_phone(text))
    app = opened()
    shown = said(app)
    assert "\\<script>" in shown
    assert "**vet**" not in shown
    assert "Politie" not in shown
    app.text_input(key="contributions.search").set_value("gelu").run()
    assert "6 reacties" in said(app)
    assert "script" not in said(app)


def test_the_python_of_the_comparison_runs() -> None:
    set_general_mode(Mode.AFTER)
    app = opened()
    app.session_state["felt.how"] = True
    app.run()
    (script,) = (block.value for block in app.code)
    names: dict[str, object] = {}
    exec(compile(script, "cell", "exec"), names)
    assert names["result"] is not None


def test_an_answer_stands_with_the_contribution_it_concerns() -> None:
    set_general_mode(Mode.AFTER)
    said_id = send(
        Contribution(str(uuid4()), "scheveningen", "resident", "nl", "Meer bankjes"), author_of_phone("a")
    ).id
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen").id
    links: list[tuple[LinkKind, str]] = [("contribution", said_id)]
    advice = give_advice(session, "Zet bankjes op de boulevard", due=date(2026, 9, 1), links=links)
    assert "Een antwoord komt vóór 1 september 2026" in said(opened())
    answer_advice(advice.id, "partly", "Er komen er drie.", answered_by="gemeente")
    assert "Het antwoord: **" in said(opened())


def test_a_facilitator_is_told_on_every_page_that_something_waits() -> None:
    send(Contribution(str(uuid4()), "scheveningen", "resident", "nl", "Druk"), author_of_phone("a"))
    for role, told in ((Role.FACILITATOR, True), (Role.VISITOR, False)):
        app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
        app.query_params["lang"] = "nl"
        sign_in(app, role).run()
        assert ("1 tekst wacht op een moderator" in said(app)) == told


def test_what_a_participant_sends_belongs_to_the_open_session_they_entered() -> None:
    session = make_session("Avond", kind="werkgroep", day=date(2026, 8, 8), area="scheveningen").id
    open_session(session)
    for closed in (False, True):
        if closed:
            close_session(session)
        app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
        app.query_params["lang"] = "nl"
        sign_in(app, Role.PARTICIPANT, sessions=(session,)).switch_page("../pages/contributions.py").run()
        write(app, f"gesloten: {closed}")
    kept = find_contributions("scheveningen", states=("waiting",))
    assert {one.text: one.session for one in kept} == {"gesloten: False": session, "gesloten: True": None}


def test_how_it_felt_is_a_hint_where_thresholds_are_discussed() -> None:
    area = load_area("scheveningen")
    obtain(area, area.now())  # so that a forecast stands
    hour = area.now().astimezone(UTC)
    for number in range(5):
        felt = Contribution(str(uuid4()), "scheveningen", "visitor", "nl", felt="red", zone="pier", hour=hour)
        send(felt, author_of_phone(str(number)))
    assert "5 van de 5 antwoorden was het drukker dan verwacht" in said(opened("thresholds"))
    assert "5 van de 5 antwoorden was het drukker dan verwacht" in said(opened())


@pytest.mark.parametrize("kept", [{"felt": "red", "zone": "pier"}, {"felt": "red", "zone": "pier", "text": "Vol"}])
def test_an_answer_of_which_nothing_was_heard_is_sent_again_under_its_own_id(kept: dict[str, str]) -> None:
    own_id = str(uuid4())
    app = opened()
    # As the browser tells it to a server that was started again.
    app.session_state[ShellKey.KEPT] = {
        "identity": "a" * 32,
        "drafts": {"felt": {"id": own_id, "role": "visitor", **kept}},
    }
    app.run()
    app.button(key="form.felt.send").click().run()
    (sent,) = find_contributions("scheveningen", states=("waiting", "published"))
    assert (sent.id, sent.felt, sent.zone) == (own_id, "red", "pier")


def test_words_that_stand_in_the_field_still_are_sent_again_under_their_own_id() -> None:
    own_id = str(uuid4())
    app = opened("contributions")
    drafts = {"say": {"id": own_id, "role": "resident", "typed": True}}
    app.session_state[ShellKey.KEPT] = {"identity": "a" * 32, "drafts": drafts}
    app.run()
    app.text_area(key="form.say.text").set_value("Het stond vol").run()
    app.button(key="form.say.send").click().run()
    (sent,) = find_contributions("scheveningen", states=("waiting", "published"))
    assert sent.id == own_id


def told(app: AppTest) -> dict[str, Any]:
    """What the page tells the browser to keep; nothing where it asks nothing of it."""
    components = [one.proto for one in app.get("bidi_component") if one.proto.id.endswith(f"-{ShellKey.PHONE}")]
    return json.loads(components[0].json) if components else {}


@pytest.mark.parametrize(("page", "form"), [("contributions", "say"), ("today", "cell-week")])
def test_who_chooses_a_role_and_sends_at_once_is_remembered_and_leaves_no_draft(page: str, form: str) -> None:
    app = opened(page)
    if page == "today":
        assert told(app) == {}
        app.session_state["form.week.open"] = True
        app.run()
    own_id = app.session_state[f"form.{form}.id"]
    write(app, "Te warm voor een jas", role="entrepreneur", form=form)  # role and button in one and the same run
    assert (told(app)["role"], told(app)["sent"]) == ("entrepreneur", {form: [own_id]})
    # The run with the thanks may have been cut short by the next tap: it is told on whatever page comes then.
    app.switch_page("../pages/accuracy.py").run()
    assert (told(app)["role"], told(app)["sent"]) == ("entrepreneur", {form: [own_id]})


def test_who_wants_to_be_forgotten_is_asked_nothing_afterwards() -> None:
    app = opened()
    write(app, "Vergeet mij")
    app.switch_page("../pages/privacy.py").run()
    next(button for button in app.button if str(button.key).endswith(".forget")).click().run()
    assert told(app)["forget"]
    app.switch_page("../pages/accuracy.py").run()
    assert told(app) == {}
