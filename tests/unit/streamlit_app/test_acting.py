"""Who may do what is asked at the moment it is done, for everything in the shell that changes state."""

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from data.keeping.acts import see, version
from feedback.people.invitations import invite, withdraw
from feedback.people.organisations import Organisation
from feedback.people.roles import Role, included
from feedback.people.sign_ins import come_in
from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import find_session, make_session, open_session
from feedback.sessions.stage import stage
from language import LANGUAGES, language
from streamlit_app.access.authority import MAY, SEEN_FIRST
from streamlit_app.access.cookies import VISIT, Entry, visit_value
from streamlit_app.access.permissions import RefusedError
from streamlit_app.access.visitors import Visitor, visitor_of
from streamlit_app.server.routes import ROUTES
from streamlit_app.sessions.presenter.acts import ACTS
from streamlit_app.shell import acting
from streamlit_app.shell.acting import do_as, do_seen_as
from tests.unit.changing import SHELL, asked, changing, modules, read_module, unasked, uncaught

HEAD = """
import streamlit as st
from functools import partial
from feedback.contributions import moderation
from feedback.contributions.moderation import hide, waiting
from language import UserError
from streamlit_app.shell.acting import attempt, attempting, do
from streamlit_app.manage.managing_jobs import update
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def test_everything_that_changes_state_is_done_after_asking_who_acts() -> None:
    shell = modules(SHELL)
    assert [place for module in shell for place in unasked(module)] == []
    done = set().union(*map(asked, shell))
    assert done - set(MAY) == set(), "decide in streamlit_app.access.authority for whom these are"
    handed_out = {name for name in MAY if name.startswith("streamlit_app.manage.managing_backup.")}
    handed_out.add("feedback.people.audit_log.exported")
    assert set(MAY) - done - handed_out == set(), "nobody does these any more"


def test_what_is_refused_never_leaves_a_callback() -> None:
    assert uncaught(modules(SHELL)) == []


def test_who_may_do_what_names_functions_that_are_there() -> None:
    for name in MAY:
        module, _, function = name.rpartition(".")
        found = getattr(import_module(module), function)
        assert f"{found.__module__}.{found.__qualname__}" == name


@pytest.mark.parametrize(
    "name", ["feedback.contributions.moderation.hide", "data.area.clock.set_clock", "streamlit_app.manage.jobs.start"]
)
def test_what_changes_state_is_found_by_what_it_writes(name: str) -> None:
    assert name in changing()
    reading = {
        "feedback.contributions.moderation.cases",
        "data.area.sources.read_sources",
        "feedback.people.codes.keyed",
    }
    assert not reading & changing()


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("st.button('x', on_click=hide, args=(1, 2))", 1),
        ("st.button('x', on_click=lambda: hide(1))", 1),
        ("st.button('x', on_click=partial(moderation.hide, 1))", 1),
        ("def f():\n    moderation.hide(1)", 1),
        ("attempt(lang, lambda: hide(1))", 1),
        ("st.button('x', on_click=attempting(lang, lambda: hide(1)))", 1),
        ("do(waiting, hide)", 1),
        ("do(hide, 1)", 0),
        ("do(hide if x else moderation.publish, 1)", 0),
        ("waiting()", 0),
    ],
)
def test_a_new_act_that_does_not_ask_is_found(code: str, places: int) -> None:
    assert len(unasked(read_module(HEAD + code, "streamlit_app.new"))) == places


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("st.button('x', on_click=lambda: do(hide, 1))", 1),
        ("def f():\n    do(hide, 1)\nst.button('x', on_click=f)", 1),
        ("def g():\n    do(hide, 1)\ndef f():\n    g()\nst.button('x', on_click=partial(f, 1))", 1),
        ("def page():\n    def f():\n        do(hide, 1)\n    st.button('x', on_change=f)", 1),
        ("try:\n    st.button('x', on_click=lambda: do(hide, 1))\nexcept UserError:\n    pass", 1),
        ("@st.fragment\ndef f():\n    do(hide, 1)", 1),
        ("st.button('x', on_click=lambda: attempt(lang, lambda: do(hide, 1)))", 0),
        ("st.button('x', on_click=attempting(lang, lambda: do(hide, 1)))", 0),
        ("def f():\n    try:\n        do(hide, 1)\n    except UserError:\n        pass\nst.button('x', on_click=f)", 0),
        ("def f():\n    try:\n        do(hide, 1)\n    except KeyError:\n        pass\nst.button('x', on_click=f)", 1),
        ("def f():\n    do(hide, 1)\nif st.button('x'):\n    f()", 0),
    ],
)
def test_a_callback_that_would_end_in_a_traceback_is_found(code: str, places: int) -> None:
    assert len(uncaught((read_module(HEAD + code, "streamlit_app.new"),))) == places


def _somebody(role: Role, organisation: Organisation | None = None) -> tuple[Visitor, str]:
    """Return who came in with a role for an organisation, and the id of their invitation."""
    invitation, code = invite(role, "Wijkraad", by=Role.STEWARD, organisation=organisation)
    return visitor_of(_cookie(role, code)), invitation.id


def _cookie(role: Role, code: str) -> str:
    return visit_value([Entry(come_in(code, lambda _role: 3600)[1].id, f"person {role}")], 3600)


EVERYBODY = [(role, None) for role in Role if role is not Role.VISITOR]
FOR_ONE = [(Role.PROFESSIONAL, organisation) for organisation in Organisation]


@pytest.mark.parametrize(("role", "organisation"), [*EVERYBODY, *FOR_ONE])
def test_every_act_is_refused_to_who_may_not_and_to_who_was_sent_away(
    role: Role, organisation: Organisation | None
) -> None:
    who, invitation = _somebody(role, organisation)
    done: list[str] = []
    acts = {}
    for name in MAY:
        # The name is all that is asked for: nothing is really done here.
        def act(_on: str = "", name: str = name) -> None:
            done.append(name)

        act.__module__, _, act.__qualname__ = name.rpartition(".")
        acts[name] = act

    def tried(person: Visitor) -> set[str]:
        done.clear()
        for name, act in acts.items():
            try:
                if name in SEEN_FIRST:
                    do_seen_as(see(str), person, language("nl"), act)
                else:
                    do_as(person, language("nl"), act, "no such session")
            except RefusedError:
                assert name not in done
        return set(done)

    may = {
        name
        for name, rule in MAY.items()
        if included(role) & set(rule.roles)
        and (not rule.organisations or organisation in rule.organisations or role is Role.STEWARD)
    }
    for_all = {name for name, rule in MAY.items() if Role.VISITOR in rule.roles}
    assert tried(who) == may
    withdraw(invitation)
    assert tried(who) == for_all
    assert tried(Visitor()) == for_all


@pytest.mark.parametrize("code", LANGUAGES)
def test_who_is_refused_reads_for_whom_it_is(code: str) -> None:
    def act() -> None:
        raise AssertionError

    act.__module__, act.__qualname__ = "feedback.contributions.moderation", "hide"
    with pytest.raises(RefusedError) as refused:
        do_as(Visitor(Role.KLANKBORD, "k"), language(code), act)
    sentence = refused.value.say(language(code))
    assert {"nl": "Er is niets veranderd", "en": "Nothing was changed"}[code] in sentence
    assert {"nl": "gespreksleider", "en": "facilitator"}[code] in sentence


def test_who_was_sent_away_does_not_steer_the_projector() -> None:
    made = make_session("Avond", kind="werkgroep", day=date(2026, 8, 4), area="scheveningen")
    first, second = (add_item(made.id, "question", title) for title in ("Eerst", "Dan"))
    open_session(made.id)
    who, invitation = _somebody(Role.FACILITATOR)
    client = TestClient(Starlette(routes=ROUTES), cookies={VISIT: visit_value(who.entries, 60)})

    def steer(act: str) -> int:
        seen = version(stage(made.id).part(ACTS[act]))
        sent = client.post(f"/present/{made.id}/now", json={"act": act, "seen": seen}, headers={"x-stage": "1"})
        return int(sent.status_code)

    assert steer("after") == 200
    assert find_session(made.id).item == second.id
    withdraw(invitation)
    assert steer("before") in (403, 409)
    assert find_session(made.id).item == second.id != first.id
    assert steer("reveal") in (403, 409)


def test_a_download_asks_again_when_its_button_is_pressed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from streamlit_app.manage.managing_backup import what_people_said

    (tmp_path / "copy.db").write_bytes(b"words")
    who, invitation = _somebody(Role.STEWARD)
    monkeypatch.setattr(acting, "visitor", lambda: who)
    monkeypatch.setattr(acting.session, "spoken", lambda: language("nl"))
    download = acting.later(what_people_said, tmp_path / "copy.db")
    assert download() == b"words"
    withdraw(invitation)
    with pytest.raises(RefusedError):
        download()
