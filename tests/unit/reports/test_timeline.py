"""One timeline of everything: each act is told by a kind, each role reads what is theirs, and nothing is typed."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from uuid import uuid4
from xml.etree import ElementTree

import pytest

from data.area.area import Area, load_area
from data.area.measures import read_measures
from data.area.sources import read_sources, record_decision, record_stance
from data.keeping.home import area_home
from data.keeping.real_time import real_now, real_today
from data.upkeep.fetch_status import Failure, SourceStatus, write_status
from feedback.people.roles import Role
from feedback.sessions.advice import advices, answer_advice, give_advice
from feedback.sessions.advice_mending import withdraw_answer
from feedback.sessions.closing import adopt as adopt_report
from feedback.sessions.closing import fill_in
from feedback.sessions.rehearsal import begin_rehearsal
from feedback.sessions.sessions import make_session, open_session
from forecasting.evaluation.told_week import ToldWeek, Unsaid, told_mondays, told_week
from forecasting.meaning.claims import Happened
from forecasting.training.model_files import load_models
from forecasting.values.adoption import adopt, go_back
from forecasting.values.threshold_set import ThresholdSet
from language import UserError, language
from reports.picture_register import Person, approve, ask, publish
from reports.timeline.files import timeline_csv, timeline_feed, timeline_table
from reports.timeline.gathering import chosen, timeline
from reports.timeline.happening import Asked, Happening
from reports.timeline.kinds import KINDS
from response.actions.log import log, read_entry
from response.cards.history import adopt_card, change_card, read_playbook
from response.conditions.agreed_history import decide_condition, put_condition, put_wish
from response.conditions.condition import Condition, Wish
from response.costs.case_history import change_case, read_case
from response.effects.adopting import adopt_effect
from response.effects.finding import finding
from response.progress.plan import Telling, UseDecision
from response.progress.plan_history import decide_use, put_telling
from response.status.publishing import set_delay
from response.trials.running import break_off, freeze, read_plan
from streamlit_app.access.authority import MAY
from tests.unit.response.effects.days_made import ZONES, world
from visuals.studio.material.order import Order
from visuals.studio.words.message import Message

NL, EN = language("nl"), language("en")
AREA = "scheveningen"
SECRET = "Alleen voor collega's."
WHY = {"reason": SECRET}

NOT_TOLD = {
    "what people say or keep for themselves": """
        feedback.contributions.contributions.send feedback.contributions.contributions.change
        feedback.upkeep.erasure.erase_person feedback.upkeep.erasure.erase_rows
        feedback.sessions.proposals.propose feedback.sessions.proposals.withdraw
        feedback.sessions.preparing.note_reached
        reports.workbook_store.add reports.workbook_store.begin reports.workbook_store.change
        reports.workbook_store.copy reports.workbook_store.delete
        feedback.sessions.rounds.guesses.guess feedback.sessions.rounds.guesses.type_in
        feedback.sessions.rounds.needless.accept feedback.sessions.rounds.needless.type_in
        feedback.sessions.rounds.saturday.choose feedback.sessions.rounds.saturday.go_on
        feedback.sessions.rounds.card_views.judge
        feedback.sessions.responses.respond feedback.sessions.responses.type_in
        feedback.sessions.sessions.join feedback.sessions.statements.add_statement feedback.sessions.statements.vote
        feedback.sessions.paper.type_in_thresholds feedback.sessions.paper.type_in_statements
        feedback.sessions.paper.type_in_votes feedback.sessions.rounds.saturday.type_in""",
    "who is where at this moment: gone after a day": """
        response.status.presence.say_there response.status.presence.answer_there""",
    "how a session is prepared and led: its report tells of it": """
        feedback.sessions.agenda.add_item feedback.sessions.agenda.change_item feedback.sessions.agenda.move_item
        feedback.sessions.agenda.remove_item feedback.sessions.closing.fill_in
        feedback.sessions.door.open_door feedback.sessions.door.shut_door
        feedback.sessions.mending.change_session feedback.sessions.mending.copy_session
        feedback.sessions.mending.remove_session feedback.sessions.rehearsal.begin_rehearsal
        feedback.sessions.rehearsal.end_rehearsal feedback.sessions.wording.begin_with_several
        feedback.sessions.wording.change_statement feedback.sessions.wording.remove_statement
        feedback.sessions.preparing.note_printed feedback.sessions.sessions.close_session
        feedback.sessions.sessions.make_session feedback.sessions.sessions.reveal feedback.sessions.sessions.show_item
        feedback.sessions.sessions.start_timer feedback.sessions.sessions.stop_timer
        feedback.sessions.statements.begin_with""",
    "words that are mended: the line of what they are about has the new ones": """
        feedback.sessions.advice_mending.change_advice feedback.sessions.advice_mending.change_answer
        feedback.sessions.advice_mending.remove_advice response.actions.log.erase_words""",
    "who may come in, and what moderators and stewards keep: the audit log tells of it": """
        feedback.people.invitations.invite feedback.people.invitations.withdraw
        feedback.contributions.moderation.hide feedback.contributions.moderation.publish
        feedback.contributions.moderation.set_general_mode feedback.contributions.moderation.undo
        feedback.people.passwords.set_password feedback.people.passwords.withdraw_account
        feedback.people.sign_ins.end reports.brand_keeping.keep_brand reports.brand_keeping.remove_brand
        data.upkeep.adding.add_area data.area.clock.set_access data.area.clock.set_clock
        data.upkeep.delivering.take_in data.upkeep.earlier.put_back data.upkeep.event_calendar.save_calendar
        data.upkeep.event_proposals.propose_event data.upkeep.event_proposals.withdraw_event
        data.upkeep.event_proposals.accept_event data.upkeep.event_proposals.refuse_event
        response.status.publishing.set_delay
        data.area.settings.set_default_area feedback.people.audit_log.exported feedback.upkeep.backup.backup
        feedback.upkeep.restoring.restore streamlit_app.manage.jobs.start
        streamlit_app.manage.managing_backup.all_areas streamlit_app.manage.managing_backup.what_people_said""",
}
"""Acts of which the timeline does not tell, and why."""


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Area]:
    """An area in which something of every kind happened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("response.effects.chance.DRAWN", 499)
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        found = load_area(AREA)
        expected(found)
        decided(found)
        agreed(found)
        talked()
        done(found)
        yield found


def expected(area: Area) -> None:
    for hour in ("06", "07"):
        folder = area_home(AREA) / "snapshots" / f"20260803T{hour}-abcdef"
        folder.mkdir(parents=True)
        (folder / "snapshot.json").write_text("{}")
    failure = Failure.of(UserError("Choose csv or rss."), datetime(2026, 8, 1, 5, tzinfo=UTC))
    mended = SourceStatus(last_failure=failure, last_success=failure.at + timedelta(hours=1))
    write_status(AREA, {"practice-weather": SourceStatus(last_failure=failure), "practice-counts": mended})


def decided(area: Area) -> None:
    source = read_sources(AREA)[0].id
    record_stance(AREA, source, "tno", "agrees_if", why="Als het elk jaar wordt bekeken.")
    record_decision(AREA, source, "approved", "Kennistafel", "Er is over gesproken.")
    how = {"body": "klankbordgroep", "role": "facilitator", "reason": "Zo voelt het daar."}
    adopt(area, ThresholdSet(zones={"keizerstraat": (1, 2, 3)}), **how)
    go_back(area, 0, **how)
    known = read_playbook(area).cards
    first = next(one for one in known if one.visible == "everybody")
    second = next(one for one in known if one.visible != "everybody")
    change_card(area, first.model_copy(update={"lead_hours": 40}), role="professional", **WHY)
    adopt_card(area, first.id, by="Veiligheidsoverleg", on=date(2026, 8, 1), role="professional", **WHY)
    adopt_card(area, second.id, by="Geheim overleg", on=date(2026, 8, 1), role="professional", **WHY)
    change_case(area, read_case(area).model_copy(update={"horizon": 20}), role="steward", **WHY)
    made, playbook = world(area, effect=-0.3), read_playbook(area)
    found = finding("borden-spreiden", made.taken, made.frozen, made.sums, playbook, read_measures(area))
    adopt_effect(area, found, body="Werkgroep", role="professional", **WHY)


def agreed(area: Area) -> None:
    condition = Condition.model_validate({"id": "mine", "texts": {"nl": "Niemand wordt gevolgd."}, "kind": "ethical"})
    put_condition(area, condition, role="steward", **WHY)
    decide_condition(area, "mine", "met", by="Werkgroep ethiek", role="steward", reason="Het is nagekeken.")
    wish = {"id": "bench", "texts": {"nl": "Meer banken."}, "kind": "goal", "asked_by": "Wijkraad"}
    put_wish(area, Wish.model_validate(wish), role="steward", **WHY)
    told = {"id": "in", "day": "2026-08-01", "texts": {"nl": "Intern bericht."}, "audience": "team", "channel": "mail"}
    sent = {"reach": "internal", "sent": "2026-08-01"}
    put_telling(area, Telling.model_validate(told | sent), role="steward", **WHY)
    use = {"outcome": "no go", "by": "Stuurgroep", "on": "2026-09-01", "reason": "Eerst een zomer proberen."}
    decide_use(area, UseDecision.model_validate(use), role="steward", **WHY)


def talked() -> None:
    evening = make_session("Avond over de Pier", kind="klankbordgroep", day=date(2026, 8, 4), area=AREA)
    open_session(evening.id)
    fill_in(evening.id, minutes="Het ging over de Pier.", organisations="", attended={})
    adopt_report(evening.id)
    given = give_advice(evening.id, "Zet een extra bord neer.", due=real_today(load_area(AREA).tz) - timedelta(days=3))
    answered = answer_advice(given.id, "adopted", "Dat doen wij.")
    withdraw_answer(given.id, answered.answers[0].id)
    make_session("Alleen voorbereid", kind="werkgroep", day=date(2026, 8, 5), area=AREA)
    tried = make_session("Generale repetitie", kind="werkgroep", day=date(2026, 8, 5), area=AREA)
    begin_rehearsal(tried.id)
    elsewhere = make_session("Avond in Auckland", kind="werkgroep", day=date(2026, 8, 5), area="auckland")
    open_session(elsewhere.id)
    give_advice(elsewhere.id, "Iets over Auckland.", due=date(2026, 9, 1))


def done(area: Area) -> None:
    order = Order(
        area=AREA, template="levels-map", lang="nl", snapshot="20260803T06-abcdef", zone="pier",
        at=datetime(2026, 8, 5, 12, tzinfo=UTC),
    )  # fmt: skip
    drawn = Message("Woensdag", "Rustig bij de Pier", "Een kaart.")
    ask(order, drawn, Person(Role.COMMUNICATIONS, "a"))
    approve(order.id, Person(Role.COMMUNICATIONS, "b"))
    publish(order.id, "website", Person(Role.COMMUNICATIONS, "a"))
    entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now() - timedelta(days=2)}
    set_delay(area, 0, role="steward", **WHY)
    log(read_entry(entry | {"zones": ["pier"], "texts": {"what": "Hekken bij de Pier"}}), area)
    public = next(one for one in read_playbook(area).cards if one.visible == "everybody")
    for stage, outcome in (("started", ""), ("ended", "Het werd rustiger."), ("ended", "")):
        words = {"outcome": outcome, "information": SECRET}
        shown = {"id": str(uuid4()), "stage": stage, "card": public.id, "zones": ["keizerstraat"], "texts": words}
        log(read_entry(entry | shown), area)
    days = tuple(real_today(area.tz) + timedelta(days=one) for one in range(1, 9))
    plan = {
        "id": str(uuid4()), "area": AREA, "question": "Helpen de borden?", "card": "borden-spreiden", "zones": ZONES,
        "parts": (2,), "matters": 0.1, "days": days, "seed": "4711", "stop": "Als het te druk wordt.",
        "agreed": "Klankbordgroep",
    }  # fmt: skip
    made = freeze(read_plan(plan), area, read_playbook(area))
    break_off(made.plan.id, days[0], reason="Er was een storm.")


@pytest.fixture(scope="module")
def week(area: Area) -> ToldWeek:
    monday = told_mondays(area, area.now())[0]
    found = told_week(area, monday, load_models(area).thresholds(area), area.now())
    assert found is not None
    quiet = found.told[0]
    hours, limits = quiet.claim.spans[:1], quiet.claim.zone_thresholds[:1]
    one_place = replace(quiet.claim, zone_ids=("pier",), zone_thresholds=limits, spans=hours)
    busy = replace(one_place, what="reaches", level="orange")
    came = replace(quiet, claim=busy, chance=None, corrected=None, came=Happened("orange", 900.0, hours, 0))
    missed = replace(came, claim=replace(busy, zone_ids=("keizerstraat",)), came=Happened("green", 9.0, (), 0))
    unsaid = Unsaid(replace(one_place, zone_ids=("visafslag",)), came.came)
    return replace(found, told=(came, missed), unsaid=unsaid)


@pytest.fixture(scope="module")
def by_role(area: Area, week: ToldWeek) -> dict[Role, list[Happening]]:
    return {role: timeline(Asked(area, NL, role, (week,))) for role in Role}


def words(found: list[Happening]) -> str:
    return "\n".join(f"{one.text} | {one.why}" for one in found)


def test_every_act_is_told_or_it_says_why_not() -> None:
    told = [act for kind in KINDS for act in kind.acts]
    silent = [act for acts in NOT_TOLD.values() for act in acts.split()]
    assert len(set(told)) == len(told)
    assert not set(told) & set(silent)
    assert set(told) <= set(MAY)
    assert not set(MAY) - {*told, *silent}


def test_something_of_every_kind_is_found_and_put_in_order(by_role: dict[Role, list[Happening]]) -> None:
    found = by_role[Role.STEWARD]
    assert {one.kind for one in found} == {kind.id for kind in KINDS}
    assert all(earlier.at >= later.at for earlier, later in pairwise(found))
    assert len({one.key for one in found}) == len(found)
    assert all(one.at.tzinfo is not None and one.text for one in found)


def test_what_happened_is_told_in_words(by_role: dict[Role, list[Happening]]) -> None:
    said = words(by_role[Role.STEWARD])
    for one in (
        "Er zijn 2 verwachtingen gemaakt van de week erna.",
        "mag gebruikt worden. Besluit van: Kennistafel. | Er is over gesproken.",
        "instemming als. | Als het elk jaar wordt bekeken."
        if "instemming als" in said
        else "Als het elk jaar wordt bekeken.",
        "Andere grenzen tussen de niveaus zijn vastgesteld door de klankbordgroep. | Zo voelt het daar.",
        "Eerdere grenzen tussen de niveaus gelden weer",
        "is vastgesteld door Veiligheidsoverleg.",
        "het effect is op 12 dagen gemeten en vastgesteld door Werkgroep.",
        "Er kwam een voorwaarde bij: Niemand wordt gevolgd.",
        "zegt Werkgroep ethiek: Niemand wordt gevolgd. | Het is nagekeken.",
        "Gevraagd door Wijkraad: Meer banken.",
        "mag niet gebruikt worden. Besluit van: Stuurgroep. | Eerst een zomer proberen.",
        "Er was een sessie van de klankbordgroep: Avond over de Pier.",
        "Het verslag van 'Avond over de Pier' is vastgesteld.",
        "Zet een extra bord neer.",
        "Een antwoord op advies 1 is ingetrokken.",
        "Op de beloofde dag was er nog geen antwoord op advies 1.",
        "Het beeld 'Rustig bij de Pier' is gepubliceerd.",
        "Hekken bij de Pier",
        "de dagen zijn geloot: Helpen de borden?",
        "Helpen de borden? | Er was een storm.",
        "1 van 2 kwam uit.",
        "druk bij De Pier",
        "Het werd niet druk.",
        "Dit zeiden wij niet",
        "kon niet worden opgehaald.",
    ):
        assert one in said
    assert said.count("kon niet worden opgehaald.") == 1, "what was mended since is no failure any more"


def test_what_is_prepared_rehearsed_or_elsewhere_is_not_told(by_role: dict[Role, list[Happening]]) -> None:
    said = words(by_role[Role.STEWARD])
    for one in ("Alleen voorbereid", "Generale repetitie", "Auckland"):
        assert one not in said


def test_each_role_reads_what_is_theirs(by_role: dict[Role, list[Happening]]) -> None:
    for role in (Role.VISITOR, Role.PARTICIPANT, Role.KLANKBORD, Role.COMMUNICATIONS):
        said = words(by_role[role])
        for inside in (SECRET, "Geheim overleg", "Hekken bij de Pier", "Intern bericht", "Kies csv of rss."):
            assert inside not in said, (role, inside)
        assert "is vastgesteld door Veiligheidsoverleg." in said
        assert "kon niet worden opgehaald." in said
        assert ("is goedgekeurd" in said) == (role is Role.COMMUNICATIONS)
    professional = words(by_role[Role.PROFESSIONAL])
    for inside in (SECRET, "Geheim overleg", "Hekken bij de Pier", "Intern bericht", "is goedgekeurd"):
        assert inside in professional
    assert "Kies csv of rss." not in professional
    assert "Kies csv of rss." in words(by_role[Role.FACILITATOR])
    for role, found in by_role.items():
        shown = {one.key for one in by_role[Role.VISITOR] if one.kind != "actions"}
        assert shown <= {one.key for one in found}, role


def test_everybody_reads_what_is_published_of_actions_and_nothing_else(by_role: dict[Role, list[Happening]]) -> None:
    (one,) = chosen(by_role[Role.VISITOR], kinds=["actions"])
    assert one.text.endswith(" · Keizerstraat")
    assert (one.why, one.zones, one.by, one.timed, one.page) == (
        "Het werd rustiger.",
        ("keizerstraat",),
        None,
        False,
        "",
    )
    assert len(chosen(by_role[Role.PROFESSIONAL], kinds=["actions"], zone="keizerstraat")) > 1


def test_a_part_of_it_can_be_chosen(by_role: dict[Role, list[Happening]]) -> None:
    found = by_role[Role.STEWARD]
    assert chosen(found) == found
    assert {one.kind for one in chosen(found, kinds=["trials", "costs"])} == {"trials", "costs"}
    at_the_pier = chosen(found, zone="pier")
    assert at_the_pier
    assert all("pier" in one.zones for one in at_the_pier)
    assert {one.by for one in chosen(found, by="communications")} == {"communications"}
    assert {one.by for one in chosen(found, by="")} == {None}
    assert chosen(found, since=real_now() + timedelta(minutes=1)) == []
    last = max(one.known for one in found)
    assert words(chosen(found, since=last.replace(microsecond=900_000))), "noted to the second, so perhaps after it"
    since = chosen(found, since=real_now() - timedelta(days=1), kinds=["actions", "forecasts"])
    assert "Hekken bij de Pier" in words(since), "it happened two days ago, and was written down just now"
    assert "forecasts" not in {one.kind for one in since}


def test_it_goes_along_as_a_table_and_is_followed_as_a_feed(area: Area, by_role: dict[Role, list[Happening]]) -> None:
    found = by_role[Role.VISITOR]
    rows = list(csv.DictReader(StringIO(timeline_csv(found))))
    assert [one["kind"] for one in rows] == [one.kind for one in found]
    assert all(datetime.fromisoformat(one["at"]).tzinfo for one in rows)
    sheet = timeline_table(found, area, NL).decode("utf-8-sig").splitlines()
    assert sheet[0] == "Dag;Tijd;Soort;Wat er gebeurde;Waarom;Plekken;Door wie"
    evil = [replace(found[0], text="=cmd()", why="+1")]
    assert "'=cmd()" in timeline_csv(evil)
    feed = ElementTree.fromstring(timeline_feed(found, area, EN, base="https://druk.example/"))
    items = feed.findall("channel/item")
    assert len(items) == min(len(found), 100)
    links = {str(one.findtext("link")) for one in items}
    assert f"https://druk.example/answers?area={AREA}#reports" in links
    assert all(one.startswith("https://druk.example/") for one in links)
    assert "link" not in {one.tag for one in ElementTree.fromstring(timeline_feed(found, area, EN, base=""))[0]}


def test_an_area_of_which_nothing_is_known_has_no_more_than_its_sources(area: Area) -> None:
    assert {one.kind for one in timeline(Asked(load_area("auckland"), EN, Role.STEWARD))} <= {
        "sources",
        "sessions",
        "answers",
    }
    assert advices()
