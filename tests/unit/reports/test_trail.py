"""The trail of an advice and of own words: each step from what is stored, the days between, and what it waits for."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from data.area.area import Area, load_area
from data.area.measures import read_measures
from data.keeping.real_time import real_now, real_today
from feedback.contributions.contributions import Contribution, send
from feedback.contributions.moderation import REASONS, hide, publish
from feedback.database.store import change_store
from feedback.people.participants import Author, author_of_phone
from feedback.people.roles import Role
from feedback.sessions.advice import Advice, advices, answer_advice, give_advice
from feedback.sessions.sessions import make_session
from feedback.sessions.statements import add_statement
from feedback.upkeep.erasure import erase_person
from forecasting.values.adoption import adopt
from forecasting.values.threshold_set import ThresholdSet
from language import language
from reports.timeline.happening import Asked
from reports.trail.of_advice import trail_of
from reports.trail.own import own_trails
from reports.trail.step import Step, Trail
from response.actions.log import log, read_entry
from response.cards.history import adopt_card, change_card, read_playbook
from response.effects.adopting import adopt_effect
from response.effects.finding import finding
from response.status.publishing import set_delay
from tests.unit.moderators import as_seen
from tests.unit.response.effects.days_made import world

NL, EN = language("nl"), language("en")
HERE = ZoneInfo("Europe/Amsterdam")
AREA = "scheveningen"
CARD = "borden-spreiden"
PROFESSIONAL = {"role": "professional", "reason": "Zo spraken wij af."}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setattr("response.effects.chance.DRAWN", 499)
    return tmp_path


@pytest.fixture
def area() -> Area:
    return load_area(AREA)


@pytest.fixture
def me() -> Author:
    return author_of_phone("a phone")


def remark(me: Author, text: str = "Te druk bij de Pier") -> str:
    said = send(Contribution(str(uuid4()), AREA, "resident", "nl", text), me).id
    publish(as_seen(said), "facilitator")
    return said


def advised(*links: tuple[str, str], due: date = date(2099, 1, 1)) -> Advice:
    evening = make_session("Avond", kind="klankbordgroep", day=date(2026, 8, 4), area=AREA)
    add_statement(evening.id, "Meer borden helpt", person=None, seed=True, statement_id=f"s-{evening.id}")
    return give_advice(evening.id, "Zet borden neer.", due=due, links=[*links, ("statement", f"s-{evening.id}")])


def ago(table: str, row: str, days: int, column: str = "made") -> None:
    """Let a row be of some days ago, at this hour of the town's own clock, which summer time may have moved since."""
    then = (real_now().astimezone(HERE) - timedelta(days=days)).astimezone(UTC)
    with change_store() as db:
        db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [f"{then:%FT%TZ}", row])


def read(number: int) -> Advice:
    return next(one for one in advices() if one.number == number)


def trail(advice: Advice, area: Area, role: Role = Role.VISITOR) -> Trail:
    return trail_of(read(advice.number), Asked(area, NL, role))


def kinds(found: Trail) -> list[str]:
    return [one.what for one in found.steps]


def test_a_trail_from_remark_to_measured_effect(area: Area, me: Author) -> None:
    said = remark(me)
    ago("contributions", said, 90, "sent")
    advice = advised(("contribution", said))
    ago("advices", advice.id, 71)
    ago("statements", advice.links[1][1], 80, "sent")
    found = trail(advice, area)
    assert kinds(found) == ["remark", "statement", "advice"]
    assert found.gaps() == [0, 10, 9]
    assert found.waiting is not None
    assert (found.waiting.days, found.waiting.late) == (71, False)
    assert found.waiting.text.startswith("Wacht op de gemeente.")

    answer = answer_advice(advice.id, "adopted", "Dat doen wij.", answered_by="Gemeente")
    ago("answers", answer.answers[0].id, 20)
    found = trail(advice, area)
    assert kinds(found)[-1] == "answer"
    assert found.gaps()[-1] == 51
    assert found.waiting is not None
    assert found.waiting.text == "Wacht op een besluit over een kaart of over de grenzen."
    assert found.waiting.days == 20

    card = read_playbook(area).card(CARD)
    assert card is not None
    change_card(area, card.model_copy(update={"lead_hours": 9}), advice=advice.number, **PROFESSIONAL)
    adopt_card(area, CARD, by="Werkgroep", on=date(2026, 8, 1), advice=advice.number, **PROFESSIONAL)
    how = {"body": "klankbordgroep", "role": "facilitator", "reason": "Zo voelt het daar."}
    adopt(area, ThresholdSet(zones={"keizerstraat": (1, 2, 3)}), advice=advice.number, **how)
    found = trail(advice, area, Role.PROFESSIONAL)
    assert kinds(found)[-3:] == ["decision"] * 3
    assert "vastgesteld door Werkgroep" in " ".join(one.text for one in found.steps)
    assert found.waiting is not None
    assert found.waiting.text == "Besloten, maar er is nog niets mee gedaan."

    entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now(), "zones": ["pier"]}
    log(read_entry(entry | {"card": CARD, "texts": {"outcome": "Het werd rustiger."}}), area)
    found = trail(advice, area, Role.PROFESSIONAL)
    assert kinds(found)[-1] == "action"
    assert found.waiting is not None
    assert found.waiting.text.startswith("Wat het deed is nog niet gemeten")

    made = world(area, effect=-0.3)
    known = finding(CARD, made.taken, made.frozen, made.sums, read_playbook(area), read_measures(area))
    adopt_effect(area, known, body="Werkgroep", **PROFESSIONAL)
    found = trail(advice, area, Role.PROFESSIONAL)
    assert kinds(found)[-1] == "effect"
    assert "% minder druk, gemeten op 12 dagen." in found.steps[-1].text
    assert found.waiting is None


def test_everybody_reads_what_was_published_of_what_was_done(area: Area) -> None:
    advice = advised()
    answer_advice(advice.id, "adopted", "Dat doen wij.")
    set_delay(area, 0, **PROFESSIONAL)
    public = next(one for one in read_playbook(area).cards if one.visible == "everybody")
    adopt_card(area, public.id, by="Werkgroep", on=date(2026, 8, 1), advice=advice.number, **PROFESSIONAL)
    entry = {"id": str(uuid4()), "area": AREA, "stage": "ended", "happened": real_now(), "zones": ["pier"]}
    inside = {"outcome": "Het werd rustiger.", "risk": "Alleen voor collega's."}
    log(read_entry(entry | {"card": public.id, "until": real_now(), "texts": inside}), area)
    found = trail(advice, area)
    assert kinds(found)[-2:] == ["decision", "action"]
    assert found.steps[-1].why == "Het werd rustiger."
    assert "collega" not in str(found)


def test_everybody_reads_a_trail_without_what_is_for_professionals(area: Area) -> None:
    advice = advised()
    answer_advice(advice.id, "partly", "Voor een deel.")
    card = read_playbook(area).card(CARD)
    assert card is not None
    inside = {"visible": "professionals", "public_text": None}
    change_card(area, card.model_copy(update=inside), advice=advice.number, **PROFESSIONAL)
    entry = {"id": str(uuid4()), "area": AREA, "stage": "started", "happened": real_now(), "zones": ["pier"]}
    log(read_entry(entry | {"card": CARD}), area)
    found = trail(advice, area)
    said = " ".join(f"{one.text} {one.why}" for one in found.steps)
    assert "Een kaart van het draaiboek is veranderd." in said
    assert card.name(NL) not in said
    assert "Zo spraken wij af." not in said
    assert "action" not in kinds(found)
    assert found.waiting is None, "whether something was done is for professionals to know"
    assert card.name(NL) in " ".join(one.text for one in trail(advice, area, Role.FACILITATOR).steps)


@pytest.mark.parametrize(("late", "state"), [(3, None), (3, "study"), (-3, None)])
def test_a_late_answer_is_said_to_be_late(area: Area, late: int, state: str | None) -> None:
    due = real_today(area.tz) - timedelta(days=late)
    advice = advised(due=due)
    ago("advices", advice.id, 30)
    if state:
        reply = answer_advice(advice.id, "study", "Wij rekenen.", due=due)
        ago("answers", reply.answers[0].id, 10)
    waiting = trail(advice, area).waiting
    assert waiting is not None
    assert waiting.late == (late > 0)
    assert waiting.days == (10 if state else 30)


def test_what_was_rejected_waits_for_nothing(area: Area) -> None:
    advice = advised()
    answer_advice(advice.id, "rejected", "Nee, want het past niet.")
    assert trail(advice, area).waiting is None


def test_what_is_hidden_or_erased_is_no_step(area: Area, me: Author) -> None:
    hidden, kept = remark(me, "Weg ermee"), remark(author_of_phone("another"), "Blijft staan")
    advice = advised(("contribution", hidden), ("contribution", kept))
    assert kinds(trail(advice, area)).count("remark") == 2
    hide(as_seen(hidden), next(iter(REASONS)), "facilitator")
    assert ["Blijft staan" in one.text for one in trail(advice, area).steps if one.what == "remark"] == [True]
    erase_person(author_of_phone("another").person)
    assert kinds(trail(advice, area)) == ["statement", "advice"]


def test_own_words_lead_to_what_became_of_them(area: Area, me: Author) -> None:
    first, second = remark(me, "Te druk bij de Pier"), remark(me, "Te weinig banken")
    ago("contributions", second, 12, "sent")
    other = remark(author_of_phone("another"), "Van iemand anders")
    advised(("contribution", first), ("contribution", other))
    found = own_trails(me.person, Asked(area, NL))
    assert [kinds(one) for one in found] == [["remark", "advice"], ["remark"]]
    assert "Van iemand anders" not in str(found)
    assert found[1].waiting is not None
    assert (found[1].waiting.text, found[1].waiting.days) == ("Er is nog geen advies dat hierop steunt.", 12)
    assert own_trails(me.person, Asked(load_area("auckland"), NL)) == []
    erase_person(me.person)
    assert own_trails(me.person, Asked(area, NL)) == []


def test_gaps_are_whole_days_whatever_the_hour() -> None:
    moments = [datetime(2026, 8, 1, 23, 59, tzinfo=UTC), datetime(2026, 8, 2, 0, 1, tzinfo=UTC)]
    assert Trail(tuple(Step("remark", one, "x") for one in moments)).gaps() == [0, 1]
    assert Trail(()).gaps() == []
