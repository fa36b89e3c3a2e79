"""Contributions: kept once, changed by their author only, found by words, and moderated with a public log."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Literal
from uuid import uuid4

import pytest

from feedback.contributions import FELT, Contribution, change, find, of_person, send
from feedback.moderation import (
    REASONS,
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
from feedback.participants import author_of_phone, author_of_visit, person_by_code
from feedback.sessions import make_session
from language import LANGUAGES, UserError, language

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


def test_a_double_tap_is_one_contribution_and_a_resent_one_has_the_newest_words() -> None:
    author, said = author_of_phone("phone"), _said()
    first = send(said, author)
    assert send(said, author) == first
    assert send(replace(said, text="Heel druk"), author).text == "Heel druk"
    assert [kept.text for kept in of_person(author.person)] == ["Heel druk"]


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
    assert [said.text for said in find("scheveningen", words="BOUL")] == ["Te druk op de boulevard"]
    assert [said.text for said in find("scheveningen", words="cafe gel")] == ["Geluid bij het café"]
    assert len(find("scheveningen", words='"')) == 3
    assert find("scheveningen", words='druk" OR "rustig') == []
    assert find("scheveningen", topic="noise") == []
    assert find("auckland") == []


def test_before_publication_nothing_shows_until_it_is_published() -> None:
    said = send(_said(), author_of_phone("phone"))
    assert find("scheveningen") == []
    assert waiting()[0] == 1
    publish("contributions", said.id, "facilitator")
    assert [kept.id for kept in find("scheveningen")] == [said.id]
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
        hide("contributions", said.id, "rude", "facilitator")
    decision = hide("contributions", said.id, "personal", "facilitator")
    assert cases(("hidden",))[0].id == said.id
    assert [line[1:] for line in public_log()] == [("hide", "personal", 1)]
    undo(decision, "facilitator")
    assert cases()[0].id == said.id
    assert [line.undone for line in decisions()] == [False, True]
    assert [line[1:] for line in public_log()] == [("undo", None, 1)]
    with pytest.raises(UserError, match="cannot be undone"):
        undo(decision, "facilitator")
    with pytest.raises(UserError, match="not there"):
        publish("contributions", "gone", "facilitator")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_reason_has_words(code: str) -> None:
    assert len({reason_text(reason, language(code)) for reason in REASONS}) == len(REASONS)
    assert len(FELT) == 4
