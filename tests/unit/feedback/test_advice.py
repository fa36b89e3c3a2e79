"""Advice is answered by a day, with all that was said before, and can be followed without an e-mail address."""

import datetime as dt
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from icalendar import Calendar

from feedback.contributions.moderation import cases, publish
from feedback.contributions.role_counts import published_roles
from feedback.sessions.advice import Advice, advices, advices_on, answer_advice, give_advice
from feedback.sessions.agenda import add_item
from feedback.sessions.closing import adopt, counted_roles, fill_in
from feedback.sessions.follow import calendar, rss
from feedback.sessions.responses import own_responses, respond, responses, type_in
from feedback.sessions.sessions import Session, close_session, join, make_session, open_session
from language import UserError, language
from tests.unit.moderators import as_seen

DAY = dt.date(2026, 8, 4)
NL = language("nl")


@pytest.fixture(autouse=True)
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    made = make_session("Klankbordavond", kind="klankbordgroep", day=DAY, area="scheveningen")
    add_item(made.id, "question", "Wat mist u?", item_id="question")
    return open_session(made.id)


def given(session: Session, **fields: object) -> Advice:
    return give_advice(session.id, "Zet meer toiletten neer.", due=DAY, **fields)


def test_an_advice_is_overdue_after_its_day_until_it_is_answered(session: Session) -> None:
    advice = given(session, supported_by="12 van de 14", minority="Twee ondernemers vrezen geluid.")
    assert not advice.overdue(DAY)
    assert advice.overdue(DAY + dt.timedelta(1))
    studied = answer_advice(advice.id, "study", "We rekenen het door.", due=DAY + dt.timedelta(30))
    assert not studied.overdue(DAY + dt.timedelta(30))
    assert studied.overdue(DAY + dt.timedelta(31))
    final = answer_advice(advice.id, "rejected", "Niet, want er is geen riool.", answered_by="wethouder")
    assert final.promised is None
    assert [answer.state for answer in final.answers] == ["rejected", "study"]


def test_a_double_tap_is_one_advice_and_one_answer(session: Session) -> None:
    for _ in range(2):
        advice = given(session, advice_id="a")
        answer_advice("a", "adopted", "Dat doen we.", answer_id="x")
    assert advice.number == 1
    assert len(advices()) == 1
    assert len(advices()[0].answers) == 1


def test_an_answer_needs_a_reason_and_study_needs_a_day(session: Session) -> None:
    advice = given(session)
    with pytest.raises(UserError, match="few words"):
        answer_advice(advice.id, "rejected", "  ")
    with pytest.raises(UserError, match="which day"):
        answer_advice(advice.id, "study", "Wij kijken ernaar.")


def test_a_contribution_finds_the_answer_that_concerns_it(session: Session) -> None:
    advice = given(session, links=[("contribution", "c1"), ("statement", "s1"), ("statement", "s1")])
    assert [a.id for a in advices_on("contribution", "c1")] == [advice.id]
    assert advices_on("contribution", "c2") == []


def test_feeds_tell_answers_and_promised_days(session: Session) -> None:
    first = given(session)
    second = give_advice(session.id, "Laat <b>trams</b> & bussen vaker rijden.", due=DAY)
    answer_advice(first.id, "adopted", "Dat doen we.")
    feed = fromstring(rss(advices(), NL, page="https://example.org/answers"))
    titles = [item.findtext("title") for item in feed.iter("item")]
    assert len(titles) == 3
    assert "Advies 1: overgenomen" in titles
    assert any("<b>trams</b> & bussen" in (title or "") for title in titles)
    (event,) = Calendar.from_ical(calendar(advices(), NL, page="https://example.org/answers")).walk("VEVENT")
    assert event["dtstart"].dt == DAY
    assert str(second.number) in event["summary"]


def test_answers_come_in_once_and_moderators_look_at_those_of_paper_too(session: Session) -> None:
    for sent_as in ("r1", "r1", "r-of-a-page-that-came-back"):
        respond(session.id, "question", "Een bankje", person="a", response_id=sent_as)
    assert [r.text for r in own_responses("question", "a")] == ["Een bankje"]
    assert responses("question", "published") == []
    typed = type_in(session.id, "question", ["Schaduw", " ", "Bel Jan: 06-12345678"])
    assert [(answer.text, answer.state, answer.paper) for answer in typed] == [
        ("Schaduw", "waiting", True),
        ("Bel Jan: 06-12345678", "waiting", True),
    ]
    assert responses("question", "published") == []
    assert {case.id for case in cases(session=session.id)} == {"r1", *(answer.id for answer in typed)}
    publish(as_seen(typed[0].id), "facilitator")
    assert [answer.text for answer in responses("question", "published")] == ["Schaduw"]
    close_session(session.id)
    assert [answer.state for answer in type_in(session.id, "question", ["Later getypt"])] == ["waiting"]
    with pytest.raises(UserError, match="still on the screen"):
        respond(session.id, "question", "Te laat", person="a", response_id="r2")


def test_paper_follows_the_setting_of_its_session_and_stays_on_its_agenda(session: Session) -> None:
    after = make_session("Avond", kind="werkgroep", day=DAY, area="scheveningen", moderation="after")
    add_item(after.id, "question", "Wat mist u?", item_id="other")
    assert [answer.state for answer in type_in(after.id, "other", ["Schaduw"])] == ["published"]
    with pytest.raises(UserError, match="no longer on the agenda"):
        type_in(session.id, "other", ["Water"])
    assert responses("question") == []


def test_a_report_goes_from_concept_to_adopted_and_then_stays(session: Session) -> None:
    with pytest.raises(UserError, match="closing form"):
        adopt(session.id)
    filled = fill_in(session.id, minutes="Goed gesprek.", organisations="Bewonersgroep", attended={"bewoner": 9})
    assert (filled.state, filled.report, filled.attended) == ("closed", "concept", {"bewoner": 9})
    assert adopt(session.id).report == "adopted"
    with pytest.raises(UserError, match="adopted"):
        fill_in(session.id, minutes="Anders", organisations="", attended={})


def test_roles_of_few_are_not_told_nor_to_be_subtracted(session: Session) -> None:
    for person in range(7):
        join(session.id, f"p{person}", "bewoner" if person < 6 else "politie")
    assert counted_roles(session.id) == {"bewoner": 6, "politie": 1}
    assert published_roles({"bewoner": 9, "ondernemer": 6, "politie": 2}) == {"bewoner": 9, "": 8}
    assert published_roles({"bewoner": 9, "politie": 3, "boa": 2}) == {"bewoner": 9, "": 5}
    assert published_roles({"politie": 3}) == {"": 3}
