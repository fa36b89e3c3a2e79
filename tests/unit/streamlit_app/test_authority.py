"""Who acts is known, on what they saw, and it is written down: the one gate, attacked from browser and machine."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import pandas as pd
import pytest

from data.area import clock, investigations, settings, sources, stances
from data.area.area import load_area
from data.area.effects import FILE as EFFECTS
from data.area.effects import effect_decisions
from data.area.measures import read_measures
from data.keeping.acts import OWNER, ChangedError, files, see
from data.keeping.home import area_home
from data.keeping.real_time import real_now
from data.upkeep import earlier, event_calendar, event_proposals
from feedback.contributions.contributions import Contribution, change, own_words, send
from feedback.contributions.moderation import Mode, general_mode, hide, publish, set_general_mode
from feedback.database.own_rows import rows_by
from feedback.database.store import change_store, open_store
from feedback.people import audit_log, invitations, passwords, sign_ins
from feedback.people.invitations import invite
from feedback.people.organisations import Organisation
from feedback.people.participants import author_of_phone
from feedback.people.roles import Role
from feedback.people.sign_ins import come_in
from feedback.sessions import (
    advice,
    advice_mending,
    agenda,
    closing,
    door,
    mending,
    rehearsal,
    sessions,
    stage,
    wording,
)
from feedback.sessions.statements import add_statement, begin_with, statements, vote, votes_of
from feedback.upkeep.erasure import erase_person, erase_rows
from forecasting.values import adoption
from forecasting.values.threshold_set import ThresholdSet
from language import language
from reports import picture_register, workbook_store
from response.actions import log as action_log
from response.cards import history
from response.conditions import agreed_history
from response.conditions.condition import Condition, Wish
from response.costs import case_history
from response.effects import adopting
from response.effects.finding import finding
from response.progress import plan_history
from response.progress.plan import Meeting, Result, Telling, UseDecision
from response.status import publishing
from streamlit_app.access import authority
from streamlit_app.access.authority import MAY, SEEN_FIRST, Rule
from streamlit_app.access.cookies import Entry, visit_value
from streamlit_app.access.permissions import RefusedError
from streamlit_app.access.visitors import Visitor, visitor_of
from streamlit_app.shell.acting import do_as, do_seen_as
from tests.unit.changing import modules, read_module, unasked
from tests.unit.moderators import as_seen
from tests.unit.response.effects.days_made import world
from visuals.studio.material.order import Order
from visuals.studio.words.message import Message

NL = language("nl")
AREA = "scheveningen"
COMMANDS = (
    "data.__main__",
    "forecasting.__main__",
    "forecasting.commands_sealed",
    "forecasting.commands_thresholds",
    "feedback.commands.",
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def somebody(role: Role, organisation: Organisation | None = None, session: str | None = None) -> Visitor:
    """Somebody who came in by an invitation of their own."""
    seat: dict[str, Any] = {"kind": "shared", "session": session} if session else {}
    _, code = invite(role, "Wijkraad", by=Role.STEWARD, organisation=organisation, **seat)
    return visitor_of(visit_value([Entry(come_in(code, lambda _role: 3600)[1].id, f"p {role}")], 3600))


def evening() -> str:
    made = sessions.make_session("Avond", kind="werkgroep", day=date(2026, 8, 4), area=AREA).id
    for number in (1, 2):
        agenda.add_item(made, "statements", f"Punt {number}", item_id=f"item{number}-{made}")
    return made


def test_every_command_of_the_machine_passes_the_gate() -> None:
    found = [
        module
        for module in modules(("data", "forecasting", "feedback"))
        if module.name in COMMANDS or module.name.startswith(COMMANDS[-1])
    ]
    assert len(found) > 6
    # Functions of the commands themselves are judged by what they call.
    assert [place for module in found for place in unasked(module) if not place.split()[1].startswith(COMMANDS)] == []
    new = read_module("from data.area.clock import set_clock\nset_clock(1, None)", "data.__main__")
    assert len(unasked(new)) == 1


def _rows() -> dict[str, list[tuple[Any, ...]]]:
    with open_store() as db:
        return {
            name: list(map(tuple, db.execute(f"SELECT * FROM {name}")))
            for name in db.table_names()
            if name != "audit_log"
        }


def _state(home: Path) -> object:
    kept = {
        str(path): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file() and not path.name.startswith((".", "feedback.db", "access.jsonl", "acts.jsonl"))
    }
    return kept, _rows()


def _decided(made: str) -> str:
    sessions.close_session(made)
    closing.fill_in(made, minutes="x", organisations="", attended={})
    return made


def _calendar() -> pd.DataFrame:
    area = load_area(AREA)
    row = [
        [None, "Vlootschouw", area.zone_ids[0], pd.Timestamp("2026-08-05 12:00"), pd.Timestamp("2026-08-05 18:00"), 9]
    ]
    return pd.DataFrame(row, columns=list(event_calendar.COLUMNS))


def _stricter(limit: int) -> ThresholdSet:
    return ThresholdSet(zones={"keizerstraat": (1, 2, limit)})


HOW: dict[str, Any] = {"body": "klankbordgroep", "role": "steward", "reason": "Zo voelt het daar."}

Case = tuple[Callable[..., object], tuple[Any, ...], dict[str, Any], Callable[[], object], Callable[[], object]]
"""An act with what it is given, how a page reads what it is about, and what a colleague does meanwhile."""


def _session_cases() -> dict[str, Case]:
    made, other, shut, closed = evening(), evening(), evening(), _decided(evening())
    sessions.open_session(other)
    sessions.open_session(shut)
    door.shut_door(shut)
    given = advice.give_advice(made, "Zet containers neer", due=date(2026, 9, 1)).id
    order = lambda: [item.id for item in agenda.agenda(made)]  # noqa: E731
    moved = lambda: agenda.move_item(f"item1-{made}", 1)  # noqa: E731
    read = lambda one: lambda: sessions.find_session(one)  # noqa: E731
    form: dict[str, Any] = {"minutes": "anders", "organisations": "", "attended": {}}
    answered = lambda: advice.answer_advice(given, "rejected", "Nee, want.")  # noqa: E731
    return {
        "feedback.sessions.agenda.move_item": (agenda.move_item, (f"item2-{made}", -1), {}, order, moved),
        "feedback.sessions.agenda.remove_item": (agenda.remove_item, (f"item2-{made}",), {}, order, moved),
        "feedback.sessions.advice.answer_advice": (
            advice.answer_advice, (given, "adopted", "Ja, want."), {}, lambda: advice.advices(made), answered
        ),
        "feedback.sessions.closing.fill_in": (
            closing.fill_in, (closed,), form, read(closed), lambda: closing.fill_in(closed, **form | {"minutes": "y"})
        ),
        "feedback.sessions.closing.adopt": (
            closing.adopt, (closed,), {}, read(closed), lambda: closing.fill_in(closed, **form | {"minutes": "z"})
        ),
        **_mending_cases(made, given),
        "feedback.sessions.door.shut_door": (
            door.shut_door, (other,), {}, read(other), lambda: door.shut_door(other)
        ),
        "feedback.sessions.door.open_door": (
            door.open_door, (shut,), {}, read(shut), lambda: door.open_door(shut)
        ),
        "feedback.sessions.sessions.open_session": (
            sessions.open_session, (made,), {}, read(made), lambda: sessions.close_session(made)
        ),
        "feedback.sessions.sessions.close_session": (
            sessions.close_session, (other,), {}, read(other), lambda: sessions.close_session(other)
        ),
    }  # fmt: skip


def _mending_cases(made: str, given: str) -> dict[str, Case]:
    """Acts that mend: a colleague mended, wiped, adopted or withdrew the very same thing a moment before."""
    form: dict[str, Any] = {"minutes": "anders", "organisations": "", "attended": {}}
    told: dict[str, Any] = {"title": "Anders", "kind": "werkgroep", "day": date(2026, 8, 4), "place": "",
                            "moderation": Mode.BEFORE}  # fmt: skip
    adopted, tried, tried_too, own = _decided(evening()), evening(), evening(), evening()
    closing.adopt(adopted)
    rehearsal.begin_rehearsal(tried_too)
    item, texts = f"item1-{made}", lambda: [s.text for s in statements(own)]
    first = begin_with(own, "Meer prullenbakken", f"item1-{own}").id
    reply = advice.answer_advice(advice.give_advice(own, "Doe iets", due=date(2026, 9, 1)).id, "study", "Wij rekenen.",
                                 due=date(2026, 9, 1))  # fmt: skip
    session_ = lambda one: lambda: sessions.find_session(one)  # noqa: E731
    corrected = lambda: wording.change_statement(first, "Veel meer prullenbakken")  # noqa: E731
    rewritten = lambda: advice_mending.change_advice(given, "Anders", due=date(2026, 9, 2))  # noqa: E731
    answer = (reply.id, reply.answers[0].id)
    replied = lambda: advice_mending.change_answer(*answer, "rejected", "Toch niet.")  # noqa: E731
    rectified = lambda: closing.rectify(adopted, "Een getal klopte niet.", **form)  # noqa: E731
    renamed = lambda: mending.change_session(own, **told)  # noqa: E731
    here, there = "feedback.sessions.", lambda: advice.advices()
    return {
        f"{here}agenda.change_item": (agenda.change_item, (item,), {"title": "x"}, lambda: agenda.find_item(item),
                                      lambda: agenda.change_item(item, title="y")),
        f"{here}advice_mending.change_advice": (
            advice_mending.change_advice, (given, "x"), {"due": date(2026, 9, 3)}, there, rewritten
        ),
        f"{here}advice_mending.remove_advice": (advice_mending.remove_advice, (given,), {}, there, rewritten),
        f"{here}advice_mending.change_answer": (
            advice_mending.change_answer, (*answer, "adopted", "Ja."), {}, there, replied
        ),
        f"{here}advice_mending.withdraw_answer": (advice_mending.withdraw_answer, answer, {}, there, replied),
        f"{here}closing.rectify": (closing.rectify, (adopted, "Nog iets."), form, session_(adopted), rectified),
        f"{here}closing.withdraw_report": (
            closing.withdraw_report, (adopted, "Het klopt niet."), {}, session_(adopted),
            lambda: closing.withdraw_report(adopted, "Een collega zag het ook."),
        ),
        f"{here}mending.change_session": (mending.change_session, (own,), told, session_(own), renamed),
        f"{here}mending.remove_session": (mending.remove_session, (tried,), {}, session_(tried),
                                          lambda: rehearsal.begin_rehearsal(tried)),
        f"{here}rehearsal.begin_rehearsal": (rehearsal.begin_rehearsal, (own,), {}, session_(own), renamed),
        f"{here}rehearsal.end_rehearsal": (rehearsal.end_rehearsal, (tried_too,), {}, session_(tried_too),
                                           lambda: rehearsal.end_rehearsal(tried_too)),
        f"{here}wording.change_statement": (wording.change_statement, (first, "x"), {}, texts, corrected),
        f"{here}wording.remove_statement": (wording.remove_statement, (first,), {}, texts, corrected),
    }  # fmt: skip


def _people_cases() -> dict[str, Case]:
    one = invite(Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)[0].id
    entered = sign_ins.begin(Role.KLANKBORD, 3600).id
    account = passwords.set_password("Balie", Role.FACILITATOR, "vier losse woorden", by=Role.STEWARD).id
    return {
        "feedback.people.invitations.withdraw": (
            invitations.withdraw, (one,), {}, invitations.invitations, lambda: invitations.withdraw(one)
        ),
        "feedback.people.passwords.withdraw_account": (
            passwords.withdraw_account, (account,), {}, passwords.accounts, lambda: passwords.withdraw_account(account)
        ),
        "feedback.people.passwords.set_password": (
            passwords.set_password, ("Balie", Role.FACILITATOR, "nog vier andere woorden"), {"by": Role.STEWARD},
            passwords.accounts,
            lambda: passwords.set_password("Balie", Role.FACILITATOR, "van een collega dus", by=Role.STEWARD),
        ),
        "feedback.people.sign_ins.end": (
            sign_ins.end, (entered,), {"by": Role.STEWARD}, lambda: _is_in(entered),
            lambda: sign_ins.end(entered, by=Role.STEWARD),
        ),
        "feedback.contributions.moderation.set_general_mode": (
            set_general_mode, (Mode.BEFORE,), {}, general_mode, lambda: set_general_mode(Mode.AFTER)
        ),
    }  # fmt: skip


def _room_cases() -> dict[str, Case]:
    made = evening()
    sessions.open_session(made)
    here, other = (f"item{number}-{made}" for number in (1, 2))
    shown, name = lambda: stage.shown_item(made), "feedback.sessions.sessions"
    clock, answers = (lambda part=part: stage.part_of(made, part) for part in ("timer", "answers"))
    return {
        f"{name}.show_item": (
            sessions.show_item, (made, here), {}, shown, lambda: sessions.show_item(made, other)
        ),
        f"{name}.reveal": (sessions.reveal, (here, True), {}, answers, lambda: sessions.reveal(here)),
        f"{name}.start_timer": (sessions.start_timer, (here, 5), {}, clock, lambda: sessions.start_timer(here, 3)),
        f"{name}.stop_timer": (sessions.stop_timer, (here,), {}, clock, lambda: sessions.start_timer(here, 3)),
    }  # fmt: skip


def _own_cases() -> dict[str, Case]:
    me = author_of_phone("a phone")
    said = send(Contribution(str(uuid4()), AREA, "resident", "nl", "Te druk"), me)
    words, all_mine = lambda: own_words(said.id, me.person), lambda: rows_by([me.person])
    other = lambda: change(replace(said, text="Anders"), me.person)  # noqa: E731
    book = workbook_store.begin()
    title = lambda: workbook_store.load(book).title  # noqa: E731
    name = lambda text: lambda book: book.titled(text)  # noqa: E731
    renamed = lambda: workbook_store.change(book, name("Hunne"))  # noqa: E731
    return {
        "feedback.contributions.contributions.change": (
            change, (replace(said, text="Mijn tekst"), me.person), {}, words, other
        ),
        "feedback.upkeep.erasure.erase_rows": (
            erase_rows, ({"contributions": [said.id]},), {"person": me.person}, words, other
        ),
        "feedback.upkeep.erasure.erase_person": (erase_person, (me.person,), {}, all_mine, other),
        "reports.workbook_store.change": (workbook_store.change, (book, name("Mijne")), {}, title, renamed),
        "reports.workbook_store.delete": (workbook_store.delete, (book,), {}, title, renamed),
    }  # fmt: skip


def _playbook_cases() -> dict[str, Case]:
    area, why = load_area(AREA), {"role": "professional", "reason": "Afgesproken in het overleg."}
    first, second = history.read_playbook(area).cards[:2]
    history.change_card(area, second.model_copy(update={"lead_hours": second.lead_hours + 1}), **why)
    changed, name = first.model_copy(update={"lead_hours": 1}), "response.cards.history"
    known = lambda: history.revisions(AREA)  # noqa: E731
    meanwhile = first.model_copy(update={"lead_hours": 2})
    colleague = lambda: history.change_card(area, meanwhile, **why)  # noqa: E731
    adopted = {"by": "Werkgroep", "on": date(2026, 9, 1)} | why
    return {
        f"{name}.change_card": (history.change_card, (area, changed), why, known, colleague),
        f"{name}.adopt_card": (history.adopt_card, (area, first.id), adopted, known, colleague),
        f"{name}.back_to": (history.back_to, (area, 0), why, known, colleague),
    }


def _log_cases() -> dict[str, Case]:
    area, name, root = load_area(AREA), "response.actions.log", str(uuid4())
    first = action_log.read_entry(
        {"id": root, "area": AREA, "stage": "started", "happened": real_now(), "zones": ["pier"],
         "texts": {"what": "Hekken"}}
    )  # fmt: skip
    action_log.log(first, area)
    fresh = first.model_copy(update={"texts": {"what": "Hekken", "amount": "4"}})
    theirs = first.model_copy(update={"texts": {"what": "Hekken", "risk": "Gedrang"}})
    known = lambda: action_log.history(root)  # noqa: E731
    colleague = lambda: action_log.correct(root, theirs, area)  # noqa: E731
    return {
        f"{name}.correct": (action_log.correct, (root, fresh, area), {"reason": "Vergeten."}, known, colleague),
        f"{name}.strike": (action_log.strike, (root,), {"reason": "Ging niet door."}, known, colleague),
    }


def _proposal_cases() -> dict[str, Case]:
    area, name = load_area(AREA), "data.upkeep.event_proposals"
    event = {"name": "Vlootschouw", "zone_id": area.zone_ids[0], "attendance": 9}
    on = {"start": datetime(2026, 8, 5, 12), "end": datetime(2026, 8, 5, 18)}
    made = event_proposals.propose_event(area, event | on).id
    known = lambda: event_proposals.find_proposal(AREA, made)  # noqa: E731
    refused = lambda: event_proposals.refuse_event(made, area, "Het is er al vol.")  # noqa: E731
    back = lambda: event_proposals.withdraw_event(made, area)  # noqa: E731
    return {
        f"{name}.accept_event": (event_proposals.accept_event, (made, area), {}, known, back),
        f"{name}.refuse_event": (event_proposals.refuse_event, (made, area, "Te druk dan."), {}, known, back),
        f"{name}.withdraw_event": (event_proposals.withdraw_event, (made, area), {}, known, refused),
    }


def _costs_cases() -> dict[str, Case]:
    area, why = load_area(AREA), {"role": "steward", "reason": "Afgesproken in het overleg."}
    case, name = case_history.read_case(area), "response.costs.case_history"
    case_history.change_case(area, case.model_copy(update={"horizon": 20}), **why)
    known = lambda: case_history.case_revisions(AREA)  # noqa: E731
    colleague = lambda: case_history.change_case(area, case.model_copy(update={"horizon": 21}), **why)  # noqa: E731
    mine, confirmed = case.model_copy(update={"horizon": 22}), {"by": "Financiën", "on": date(2026, 9, 1)} | why
    return {
        f"{name}.change_case": (case_history.change_case, (area, mine), why, known, colleague),
        f"{name}.confirm_rate": (case_history.confirm_rate, (area, case.rates[0]), confirmed, known, colleague),
        f"{name}.earlier_case": (case_history.earlier_case, (area, 0), why, known, colleague),
    }


def _investigation_cases() -> dict[str, Case]:
    weather, events = "practice-weather", "practice-events"
    for source in (weather, events):
        sources.record_decision(AREA, source, "pending", "raad", "te vroeg")
    allow, end = investigations.allow_test, investigations.end_leave
    said = {"why": "Eerst zien.", "session": "Overleg van mei"}
    known = lambda: investigations.investigation_log(AREA)  # noqa: E731
    if not known():
        allow(AREA, weather, "Werkgroep ethiek", **said)
    colleague = lambda: end(AREA, weather, "Werkgroep ethiek", why="Toch liever niet.")  # noqa: E731
    given = lambda: allow(AREA, events, "Werkgroep ethiek", **said)  # noqa: E731
    name = "data.area.investigations"
    return {
        f"{name}.allow_test": (allow, (AREA, events, "Werkgroep ethiek"), said, known, colleague),
        f"{name}.end_leave": (end, (AREA, weather, "Werkgroep ethiek"), {"why": "Toch niet."}, known, given),
    }


def _effect_cases() -> dict[str, Case]:
    area, name = load_area(AREA), "response.effects.adopting"
    made, playbook = world(area, effect=-0.3), history.read_playbook(area)
    found = finding("borden-spreiden", made.taken, made.frozen, made.sums, playbook, read_measures(area))
    why = {"body": "Werkgroep", "role": "professional", "reason": "Afgesproken in het overleg."}
    trams = "extra-trams"
    adopting.adopt_effect(area, replace(found, measure=trams), **why)
    known = lambda: effect_decisions(AREA)  # noqa: E731
    withdrawn = lambda: adopting.withdraw_effect(area, trams, **why)  # noqa: E731
    used = lambda: adopting.adopt_effect(area, found, **why)  # noqa: E731
    return {
        f"{name}.adopt_effect": (adopting.adopt_effect, (area, found), why, known, withdrawn),
        f"{name}.withdraw_effect": (adopting.withdraw_effect, (area, trams), why, known, used),
    }


def _conditions_cases() -> dict[str, Case]:
    area, why = load_area(AREA), {"role": "steward", "reason": "Afgesproken in het overleg."}
    name, known = "response.conditions.agreed_history", lambda: agreed_history.agreed_revisions(AREA)
    mine = Condition.model_validate({"id": "mine", "texts": {"nl": "Niemand wordt gevolgd."}, "kind": "ethical"})
    wish = Wish.model_validate({"id": "bench", "texts": {"nl": "Meer banken."}, "kind": "goal", "asked_by": "Wijkraad"})
    agreed_history.put_condition(area, mine, **why)
    other = mine.model_copy(update={"owner": "Werkgroep"})
    colleague = lambda: agreed_history.put_condition(area, other, **why)  # noqa: E731
    return {
        f"{name}.put_condition": (agreed_history.put_condition, (area, mine), why, known, colleague),
        f"{name}.put_wish": (agreed_history.put_wish, (area, wish), why, known, colleague),
        f"{name}.decide_condition": (
            agreed_history.decide_condition, (area, "mine", "met"), {"by": "Werkgroep"} | why, known, colleague
        ),
    }  # fmt: skip


def _progress_cases() -> dict[str, Case]:
    area, why = load_area(AREA), {"role": "steward", "reason": "Afgesproken in het overleg."}
    name, known = "response.progress.plan_history", lambda: plan_history.plan_revisions(AREA)
    text = {"nl": "Een verslag."}
    result = Result.model_validate({"id": "mine", "package": "wp1", "texts": text})
    meeting = Meeting.model_validate({"id": "met", "day": "2026-09-01", "name": "Samen", "packages": ["wp1", "wp2"]})
    telling = {"id": "told", "day": "2026-09-01", "texts": text, "audience": "de buurt", "channel": "krant"}
    told = Telling.model_validate(telling | {"reach": "external"})
    use = UseDecision.model_validate(
        {"outcome": "no go", "by": "Stuurgroep", "on": "2026-09-01", "reason": "Te vroeg nu."}
    )
    other = Result.model_validate({"id": "theirs", "package": "wp1", "texts": text})
    colleague = lambda: plan_history.put_result(area, other, **why)  # noqa: E731
    given = {"put_result": result, "put_meeting": meeting, "put_telling": told, "decide_use": use}
    acts = {act: getattr(plan_history, act) for act in given}
    return {f"{name}.{act}": (acts[act], (area, one), why, known, colleague) for act, one in given.items()}


def _publishing_cases() -> dict[str, Case]:
    area, why = load_area(AREA), {"role": "steward", "reason": "Afgesproken in het overleg."}
    known = lambda: publishing.publishing_revisions(AREA)  # noqa: E731
    colleague = lambda: publishing.set_delay(area, 2, **why)  # noqa: E731
    return {"response.status.publishing.set_delay": (publishing.set_delay, (area, 24), why, known, colleague)}


def _is_in(sign_in: str) -> bool:
    return sign_in in {one.sign_in.id for one in sign_ins.listed(tuple(Role))}


def _area_cases() -> dict[str, Case]:
    area = load_area(AREA)
    adoption.adopt(area, _stricter(3), **HOW)
    known = lambda: adoption.adoptions(AREA)  # noqa: E731
    source = sources.read_sources(AREA)[0].id
    decided = lambda: sources.record_decision(AREA, source, "pending", "raad", "te vroeg")  # noqa: E731
    here = lambda: load_area(AREA)  # noqa: E731
    return {
        "data.area.clock.set_clock": (
            clock.set_clock, (area, None), {}, here, lambda: clock.set_access(area, "session")
        ),
        "data.area.clock.set_access": (
            clock.set_access, (area, "professional"), {}, here, lambda: clock.set_access(area, "public")
        ),
        "data.area.settings.set_default_area": (
            settings.set_default_area, (AREA,), {}, settings.default_area, lambda: settings.set_default_area("auckland")
        ),
        "data.area.sources.record_decision": (
            sources.record_decision, (AREA, source, "refused", "raad", "nee"), {}, lambda: sources.read_sources(AREA),
            decided,
        ),
        "data.area.sources.record_stance": (
            sources.record_stance, (AREA, source, "tno", "agrees"), {}, lambda: stances.stance_log(AREA),
            lambda: sources.record_stance(AREA, source, "tno", "objects", why="te vroeg"),
        ),
        "forecasting.values.adoption.adopt": (
            adoption.adopt, (area, _stricter(9)), HOW, known, lambda: adoption.adopt(area, _stricter(5), **HOW)
        ),
        "forecasting.values.adoption.go_back": (
            adoption.go_back, (area, 0), HOW, known, lambda: adoption.adopt(area, _stricter(7), **HOW)
        ),
    }  # fmt: skip


def refused_as_old(name: str, case: Case, home: Path) -> None:
    act, args, kwargs, read, colleague = case
    roles, organisation = MAY[name].roles, next(iter(MAY[name].organisations), None)
    who = somebody(roles[0], organisation) if roles[0] is not Role.VISITOR else Visitor()
    seen = see(read)
    colleague()
    before = _state(home)
    with pytest.raises(ChangedError) as refused:
        do_seen_as(seen, who, NL, act, *args, **kwargs)
    own = not MAY[name].logged
    assert ("op een andere pagina of telefoon" if own else "Een collega") in refused.value.say(NL)
    assert _state(home) == before, name
    if own:
        assert audit_log.lines(("refusal",), most=1) == [], "what people say for themselves is not in the log"
        return
    last = audit_log.lines(most=1)[0]
    assert (last.act, last.outcome, last.access) == (".".join(name.split(".")[-2:]), "outdated", who.grant)


def test_what_a_colleague_decided_is_not_overwritten(home: Path) -> None:
    tried = set()
    for cases in (
        _own_cases,
        _session_cases,
        _room_cases,
        _people_cases,
        _area_cases,
        _playbook_cases,
        _log_cases,
        _proposal_cases,
        _costs_cases,
        _investigation_cases,
        _effect_cases,
        _conditions_cases,
        _progress_cases,
        _publishing_cases,
    ):
        for name in list(cases()):
            refused_as_old(name, cases_anew(cases, name), home)
            tried.add(name)
    others = ("reports.picture_register", "data.upkeep.earlier", "data.upkeep.event_calendar")
    elsewhere = {name for name in SEEN_FIRST if name.startswith(others)}
    assert tried | elsewhere == SEEN_FIRST


def cases_anew(cases: Callable[[], dict[str, Case]], name: str) -> Case:
    with change_store() as db:
        for table in ("access_codes", "accounts", "advices", "answers", "contributions"):
            db.execute(f"DELETE FROM {table}")
    (load := adoption._path(AREA)).unlink(missing_ok=True)
    assert not load.exists()
    kept = (history.HISTORY, case_history.HISTORY, agreed_history.HISTORY, plan_history.HISTORY)
    for file in (*kept, stances.LOG, investigations.LOG, EFFECTS, event_proposals.LOG, "events.csv"):
        (area_home(AREA) / file).unlink(missing_ok=True)
    return cases()[name]


def test_a_calendar_and_a_copy_that_a_colleague_changed_stay(home: Path) -> None:
    (home / "areas" / "dorp").mkdir(parents=True)
    (home / "areas" / "dorp" / "area.toml").write_text(
        'id = "dorp"\nnames = { nl = "Dorp" }\ntime_zone = "Europe/Amsterdam"\ncountry = "NL"\nmeasure = "passages"\n'
        "[centre]\nlat = 52.1\nlon = 4.3\n"
    )
    (home / "areas" / "dorp" / "zones.csv").write_text("zone_id,name,lat,lon\na,A,52.1,4.3\n")
    area, who = load_area("dorp"), somebody(Role.STEWARD)
    first = _calendar().assign(zone_id="a")
    event_calendar.save_calendar(area, first, agreed_by="raad")
    event_calendar.save_calendar(area, first.assign(attendance=10))
    drawn, copies = see(files, "dorp", "events.csv"), see(earlier.earlier, area)
    copy = earlier.earlier(area)[0]
    event_calendar.save_calendar(area, first.assign(attendance=11))
    before = files("dorp", "events.csv")
    with pytest.raises(ChangedError):
        do_seen_as(drawn, who, NL, event_calendar.save_calendar, area, first.assign(attendance=12))
    with pytest.raises(ChangedError):
        do_seen_as(copies, who, NL, earlier.put_back, area, copy)
    assert files("dorp", "events.csv") == before
    fresh = see(files, "dorp", "events.csv")
    do_seen_as(fresh, who, NL, event_calendar.save_calendar, area, first.assign(attendance=12))
    assert files("dorp", "events.csv") != before


def test_two_decisions_on_two_sources_do_not_stand_in_each_others_way() -> None:
    who = somebody(Role.STEWARD)
    first, second = (one.id for one in sources.read_sources(AREA)[:2])
    mine = see(sources.find_source, AREA, second)
    sources.record_decision(AREA, first, "refused", "raad", "nee")
    do_seen_as(mine, who, NL, sources.record_decision, AREA, second, "pending", "raad", "later")
    with pytest.raises(ChangedError):
        do_seen_as(mine, who, NL, sources.record_decision, AREA, second, "refused", "raad", "toch")
    assert [one.decision for one in sources.read_sources(AREA)[:2]] == ["refused", "pending"]


def test_a_text_that_a_moderator_looked_at_can_still_be_erased() -> None:
    me = author_of_phone("a phone")
    said = send(Contribution(str(uuid4()), AREA, "resident", "nl", "Te druk"), me)
    seen = see(own_words, said.id, me.person)
    hide(as_seen(said.id), "threat", "facilitator")
    do_seen_as(seen, Visitor(), NL, erase_rows, {"contributions": [said.id]}, person=me.person)
    assert own_words(said.id, me.person) is None


PERSONS = {
    name: picture_register.Person(role, name) for name, role in (("a", Role.COMMUNICATIONS), ("b", Role.PROFESSIONAL))
}


def _picture() -> tuple[Order, Message]:
    chance = pd.DataFrame({"chance": [0.7]})
    order = Order(
        area=AREA,
        template="levels-map",
        lang="nl",
        snapshot="s",
        zone="pier",
        at=pd.Timestamp("2026-08-05 12:00", tz="UTC"),
    )
    return order, Message("Oefening", "Druk bij de Pier", "Een kaart", chance="Kans 7 op 10", figures=chance)


def test_a_picture_that_a_colleague_dealt_with_stays_as_it_is(home: Path) -> None:
    order, message = _picture()
    log, act = home / "pictures" / "log.jsonl", picture_register
    of = lambda: act.find_entry(order.id)  # noqa: E731
    asked = lambda: act.ask(order, message, PERSONS["a"])  # noqa: E731
    ready = lambda: (asked(), act.approve(order.id, PERSONS["b"]))  # noqa: E731
    back = lambda: act.withdraw(order.id, PERSONS["b"])  # noqa: E731
    other = replace(message, headline="Rustig bij de Pier")
    twice = lambda: act.publish(order.id, "instagram", PERSONS["b"])  # noqa: E731
    cases = {
        "ask": (lambda: None, asked, (order, other, PERSONS["b"])),
        "approve": (asked, lambda: act.ask(order, other, PERSONS["a"]), (order.id, PERSONS["b"])),
        "publish": (ready, twice, (order.id, "krant", PERSONS["a"])),
        "refuse": (asked, lambda: act.ask(order, other, PERSONS["a"]), (order.id, "Te somber", PERSONS["b"])),
        "withdraw": (ready, back, (order.id, PERSONS["a"])),
    }
    assert {f"reports.picture_register.{name}" for name in cases} == {one for one in SEEN_FIRST if "picture" in one}
    for name, (first, colleague, given) in cases.items():
        log.unlink(missing_ok=True)
        first()
        seen = see(of)
        colleague()
        before = log.read_bytes()
        with pytest.raises(ChangedError):
            do_seen_as(seen, somebody(Role.COMMUNICATIONS), NL, getattr(act, name), *given)
        assert log.read_bytes() == before, name
        do_seen_as(see(of), somebody(Role.COMMUNICATIONS), NL, getattr(act, name), *given)
        assert log.read_bytes() != before, name


def test_looking_changing_and_noting_are_one_transaction(home: Path) -> None:
    made, who = evening(), somebody(Role.FACILITATOR)

    def broken(item_id: str) -> None:
        agenda.move_item(item_id, 1)
        raise OSError("the disk")

    def killed(item_id: str) -> None:
        with change_store() as db:
            db.execute("DELETE FROM agenda WHERE id = ?", [item_id])
            raise OSError("the disk")

    for act, noted in ((killed, ["begun"]), (broken, ["begun", "done"])):
        act.__module__, act.__qualname__ = "feedback.sessions.agenda", "move_item"
        with pytest.raises(OSError, match="the disk"):
            do_seen_as(see(agenda.agenda, made), who, NL, act, f"item1-{made}")
        assert sorted(one.outcome for one in audit_log.lines() if one.act == "agenda.move_item") == noted
    assert len(agenda.agenda(made)) == 2


def test_an_act_that_needs_what_was_seen_is_not_done_without() -> None:
    with pytest.raises(ValueError, match="version"):
        do_as(somebody(Role.FACILITATOR), NL, sessions.close_session, evening())


@pytest.mark.parametrize("organisation", [None, *Organisation])
def test_what_one_organisation_may_write_another_may_only_read(
    organisation: Organisation | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def close_the_quay() -> str:
        return "closed"

    name = f"{close_the_quay.__module__}.{close_the_quay.__qualname__}"
    rule = Rule((Role.PROFESSIONAL,), (Organisation.POLICE, Organisation.MUNICIPALITY))
    monkeypatch.setitem(authority.MAY, name, rule)
    who = somebody(Role.PROFESSIONAL, organisation)
    assert who.organisation == organisation
    if organisation in rule.organisations:
        assert do_as(who, NL, close_the_quay) == "closed"
    else:
        with pytest.raises(RefusedError):
            do_as(who, NL, close_the_quay)
    assert do_as(somebody(Role.STEWARD), NL, close_the_quay) == "closed"
    with pytest.raises(RefusedError):
        do_as(somebody(Role.COMMUNICATIONS, Organisation.POLICE), NL, close_the_quay)


def test_who_sits_in_one_session_does_not_vote_in_another() -> None:
    here, there = evening(), evening()
    for made in (here, there):
        sessions.open_session(made)
        add_statement(made, "Meer banken", person=None, item_id=f"item1-{made}", seed=True, statement_id=f"s-{made}")
    who = somebody(Role.PARTICIPANT, session=here)
    do_as(who, NL, vote, f"s-{here}", 1, person="p")
    with pytest.raises(RefusedError):
        do_as(who, NL, vote, f"s-{there}", 1, person="p")
    with pytest.raises(RefusedError):
        do_as(who, NL, sessions.join, there, "p")
    assert (len(votes_of(here, "p")), len(votes_of(there, "p"))) == (1, 0)
    do_as(somebody(Role.FACILITATOR), NL, vote, f"s-{there}", 1, person="f")


def test_two_moderators_never_overwrite_each_other() -> None:
    made = evening()
    sessions.open_session(made)
    add_statement(made, "Minder muziek", person="p", item_id=f"item1-{made}", statement_id="said")
    first, second = somebody(Role.FACILITATOR), somebody(Role.FACILITATOR)
    seen = as_seen("said")
    do_as(first, NL, publish, seen, "facilitator")
    with pytest.raises(ChangedError, match="decided already"):
        do_as(second, NL, hide, seen, "threat", "facilitator")
    assert [(one.act, one.outcome, one.access) for one in audit_log.lines(("decision", "refusal"))] == [
        ("moderation.hide", "outdated", second.grant),
        ("moderation.publish", "done", first.grant),
    ]


def test_the_machine_acts_as_its_owner_and_is_known_to(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for module, arguments in (
        ("feedback", ["invite", "--role", "klankbord", "--label", "Wijkraad"]),
        ("data", ["clock", "--area", AREA, "--live"]),
        ("feedback", ["backup"]),
    ):
        assert import_module(f"{module}.__main__").main(arguments) == 0
    found = audit_log.lines()
    assert {one.act for one in found} == {"invitations.invite", "clock.set_clock", "backup.backup"}
    assert {(one.role, one.means, one.outcome) for one in found} == {(OWNER.role, "command line", "done")}
    assert next(one.target for one in found if one.act == "clock.set_clock") == AREA


def test_a_version_is_of_what_is_shown() -> None:
    value = [1]
    seen = see(lambda: value)
    assert seen.stands
    value.append(2)
    assert not seen.stands
