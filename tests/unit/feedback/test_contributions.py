"""Contributions: kept once, changed by their author only, found by words, and moderated with a public log."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from threading import Barrier
from typing import Literal
from uuid import uuid4

import pytest

from feedback.contributions.contributions import FELT, Contribution, change, find_contributions, of_person, send
from feedback.contributions.moderation import (
    REASONS,
    DecidedError,
    Mode,
    cases,
    decisions,
    general_mode,
    hide,
    public_log,
    publish,
    reason_text,
    set_general_mode,
    undo,
    waiting,
)
from feedback.database.store import change_store
from feedback.people.participants import author_of_phone, author_of_visit, person_by_code
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement
from feedback.upkeep.erasure import erase_person
from language import LANGUAGES, UserError, language
from tests.unit.moderators import as_seen

HOUR = datetime(2026, 8, 8, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_home(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def _said(text: str = "Druk bij de Pier", **fields) -> Contribution:
    return Contribution(
        **{"id": str(uuid4()), "area": "scheveningen", "role": "resident", "language": "nl", "text": text, **fields}
    )


def _session(moderation: Literal["before", "after"]) -> str:
    day = date(2026, 8, 8)
    return make_session("Avond", kind="werkgroep", day=day, area="scheveningen", moderation=moderation).id


def _opened(moderation: Literal["before", "after"]) -> str:
    return open_session(_session(moderation)).id


def test_a_double_tap_is_one_contribution_and_a_resent_one_has_the_newest_words() -> None:
    author, said = author_of_phone("phone"), _said()
    first = send(said, author)
    assert send(said, author) == first
    assert send(replace(said, text="Heel druk"), author).text == "Heel druk"
    assert [kept.text for kept in of_person(author.person)] == ["Heel druk"]


def test_a_form_sends_the_same_words_once_within_ten_minutes() -> None:
    """A page that lost its connection while it was thanked has its words still, and begins a new form."""
    author, said = author_of_phone("phone"), _said()
    first = send(said, author, once=True)

    def another(**fields: str) -> Contribution:
        return replace(said, id=str(uuid4()), **fields)

    assert send(another(), author, once=True).id == first.id
    assert send(said, author, once=True).id == first.id
    for other in (another(text="Iets anders"), another(role="visitor")):
        assert send(other, author, once=True).id == other.id
    of_another = another()
    assert send(of_another, author_of_phone("other phone"), once=True).id == of_another.id
    with change_store() as db:
        db.execute("UPDATE contributions SET sent = '2026-01-01T00:00:00Z' WHERE id = ?", [first.id])
    later = another()
    assert send(later, author, once=True).id == later.id


def test_nobody_changes_what_another_sent() -> None:
    said = _said()
    send(said, author_of_phone("phone"))
    other = author_of_phone("other phone")
    with pytest.raises(UserError, match="damaged"):
        send(replace(said, text="iets anders"), other)
    with pytest.raises(UserError, match="not there"):
        change(replace(said, text="iets anders"), other.person)


def test_the_code_finds_what_is_ones_own() -> None:
    phone, member = author_of_phone("phone"), author_of_visit("f" * 32)
    send(_said("een"), phone)
    send(_said("twee"), member)
    assert person_by_code(phone.code.upper().replace("-", " ")) == phone.person
    assert person_by_code(member.code) == member.person
    assert person_by_code("duin-duin-duin-duin-duin") is None
    assert [kept.text for kept in of_person(phone.person)] == ["een"]


def test_all_that_was_seen_comes_back() -> None:
    said = _said(
        topic="noise", mood="worried", felt="red", zone="pier", hour=HOUR, cell="week", scenario="abc", snapshot="s1",
        session="x", item="y",
    )  # fmt: skip
    kept = send(said, author_of_phone("phone"))
    assert replace(kept, sent="") == said
    assert kept.sent.endswith("Z")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \u200b\n"}, "Write something"),
        ({"text": "x" * 10_000_000}, "too long"),
        ({"role": "king"}, "'king' is not a value for role"),
        ({"topic": "x" * 10_000_000}, "is not a value for topic"),
        ({"felt": "purple"}, "is not a value for felt"),
        ({"felt": "red"}, "Choose the place and the hour"),
        ({"id": "1; DROP TABLE contributions"}, "damaged"),
        ({"scenario": "x" * 5000}, "damaged"),
    ],
)
def test_bad_input_is_one_clear_sentence(fields: dict, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        send(_said(**fields), author_of_phone("phone"))


def test_words_are_found_by_their_beginning_without_capitals_accents_or_operators() -> None:
    set_general_mode(Mode.AFTER)
    author = author_of_phone("phone")
    for text in ("Te druk op de boulevard", "Geluid bij het café", "Rustig"):
        send(_said(text), author)
    assert [said.text for said in find_contributions("scheveningen", words="BOUL")] == ["Te druk op de boulevard"]
    assert [said.text for said in find_contributions("scheveningen", words="cafe gel")] == ["Geluid bij het café"]
    assert len(find_contributions("scheveningen", words='"')) == 3
    assert find_contributions("scheveningen", words='druk" OR "rustig') == []
    assert find_contributions("scheveningen", topic="noise") == []
    assert find_contributions("auckland") == []


def test_before_publication_nothing_shows_until_it_is_published() -> None:
    said = send(_said(), author_of_phone("phone"))
    assert find_contributions("scheveningen") == []
    assert waiting()[0] == 1
    publish(as_seen(said.id), "facilitator")
    assert [kept.id for kept in find_contributions("scheveningen")] == [said.id]
    assert waiting() == (0, None)
    changed = change(replace(said, text="Toch niet zo druk"), author_of_phone("phone").person)
    assert changed.state == "waiting"


def test_after_publication_it_shows_at_once_and_a_session_has_its_own_setting() -> None:
    open_evening, strict_evening = (_session(mode) for mode in ("after", "before"))
    author = author_of_phone("1")
    assert send(_said(session=open_evening), author).state == "published"
    assert send(_said(session=strict_evening), author).state == "waiting"
    assert send(_said(), author).state == "waiting"
    set_general_mode(Mode.AFTER)
    assert general_mode() is Mode.AFTER
    assert send(_said(), author).state == "published"
    assert send(_said(session=strict_evening), author).state == "waiting"
    assert [case.session for case in cases(session=strict_evening)] == [strict_evening] * 2


def test_hiding_takes_a_reason_and_can_be_undone_once() -> None:
    said = send(_said(), author_of_phone("phone"))
    with pytest.raises(UserError, match="reason from the list"):
        hide(as_seen(said.id), "rude", "facilitator")
    decision = hide(as_seen(said.id), "personal", "facilitator")
    assert cases(("hidden",))[0].id == said.id
    assert [line[1:] for line in public_log()] == [("hide", "personal", 1)]
    undo(decision, "facilitator")
    assert cases()[0].id == said.id
    assert [line.undone for line in decisions()] == [False, True]
    assert [line[1:] for line in public_log()] == [("undo", None, 1)]
    with pytest.raises(UserError, match="cannot be undone"):
        undo(decision, "facilitator")
    with pytest.raises(UserError, match="not there"):
        publish(replace(as_seen(said.id), id="gone"), "facilitator")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_reason_has_words(code: str) -> None:
    assert len({reason_text(reason, language(code)) for reason in REASONS}) == len(REASONS)
    assert len(FELT) == 4


@pytest.mark.parametrize("mine", ["publish", "hide"])
@pytest.mark.parametrize(
    ("theirs", "told"),
    [("publish", "gepubliceerd"), ("hide", "verborgen. Er staan persoonsgegevens in"), ("undo", "teruggedraaid")],
)
def test_what_a_colleague_decided_meanwhile_stays_and_is_told(mine: str, theirs: str, told: str) -> None:
    said = send(_said("Bel Anna de Vries: 06-12345678"), author_of_phone("phone"))
    seen = as_seen(said.id)
    if theirs == "publish":
        publish(seen, "facilitator")
    else:
        decision = hide(seen, "personal", "facilitator")
        if theirs == "undo":
            undo(decision, "steward")
    log, state = public_log(), as_seen(said.id).state
    act = partial(publish, seen) if mine == "publish" else partial(hide, seen, "advertising")
    with pytest.raises(DecidedError) as refused:
        act("facilitator")
    assert f"Een collega besloot al: {told}" in refused.value.say(language("nl"))
    assert "A colleague decided already" in refused.value.say(language("en"))
    assert (public_log(), as_seen(said.id).state) == (log, state)
    # Who looks again sees what was decided, and may decide otherwise.
    hide(as_seen(said.id), "off_topic", "facilitator")
    assert as_seen(said.id).state == "hidden"


@pytest.mark.parametrize("mode", Mode)
def test_what_is_published_is_what_was_seen(mode: Mode) -> None:
    set_general_mode(mode)
    author = author_of_phone("phone")
    said = send(_said("Rustig vandaag"), author)
    seen = as_seen(said.id)
    change(replace(said, text="Bel mij: 06-12345678"), author.person)
    for decide in (lambda: publish(seen, "facilitator"), lambda: hide(seen, "personal", "facilitator")):
        with pytest.raises(UserError, match="changed this text"):
            decide()
    assert decisions() == []
    change(replace(said, text="Rustig vandaag", topic="noise"), author.person)
    publish(seen, "facilitator")
    assert [kept.text for kept in find_contributions("scheveningen")] == ["Rustig vandaag"]


def test_undoing_does_not_publish_words_that_were_written_since() -> None:
    set_general_mode(Mode.AFTER)
    author = author_of_phone("phone")
    said, other = send(_said("Reclame!"), author), send(_said("Ook reclame"), author)
    changed, same = (hide(as_seen(one.id), "advertising", "facilitator") for one in (said, other))
    change(replace(said, text="Bel mij: 06-12345678"), author.person)
    with pytest.raises(UserError, match="decide there"):
        undo(changed, "facilitator")
    assert as_seen(said.id).state == "hidden"
    undo(same, "facilitator")
    assert [kept.text for kept in find_contributions("scheveningen")] == ["Ook reclame"]


def test_what_its_writer_erased_is_not_decided_on() -> None:
    author = author_of_phone("phone")
    said = send(_said(), author)
    statement = add_statement(_opened("before"), "Meer bankjes", person=author.person)
    seen = [as_seen(one) for one in (said.id, statement.id)]
    erase_person(author.person)
    for case in seen:
        with pytest.raises(UserError, match="not there"):
            publish(case, "facilitator")
    assert decisions() == []


@pytest.mark.parametrize("twice", ["publish", "hide"])
def test_of_two_who_decide_at_once_one_is_told(twice: str) -> None:
    said = send(_said(), author_of_phone("phone"))
    seen, start = as_seen(said.id), Barrier(8)

    def decide(number: int) -> bool:
        start.wait()
        try:
            if number % 2 or twice == "publish":
                publish(seen, "facilitator")
            else:
                hide(seen, "personal", "facilitator")
        except DecidedError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(8))) == 1
    assert len(decisions()) == 1
