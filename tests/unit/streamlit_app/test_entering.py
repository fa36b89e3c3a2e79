"""Entering: codes, one-time links, passwords; what a guesser meets, and what the room beside him does not."""

import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feedback.__main__ import main
from feedback.database.store import change_store, open_store, store_path
from feedback.people import audit_log, passwords, sign_ins
from feedback.people.codes import keyed_code, normalised, short_code
from feedback.people.invitations import first_links, invitations, invite, withdraw
from feedback.people.participants import author_of_phone, register
from feedback.people.passwords import check_password, set_password, withdraw_account
from feedback.people.roles import TRUSTED, Role
from feedback.people.sign_ins import come_in as enter
from feedback.people.sign_ins import end, listed
from language import UserError
from streamlit_app.access import permissions
from streamlit_app.access.cookies import BROWSER, VISIT, Entry, opened, visit_value
from streamlit_app.access.own_code import OWN
from streamlit_app.access.visitors import ANYBODY, Visitor, visitor_of
from streamlit_app.entrance import entering, guesses
from streamlit_app.entrance.first_start import print_links

PASSWORD = "vier korte woorden hier"
APP = Starlette(routes=entering.ROUTES)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    monkeypatch.setenv("CSM_LANG", "nl")
    yield
    for throttle in (guesses.BROWSERS, guesses.CODES, guesses.STRANGERS):
        throttle.forget()


def browser() -> TestClient:
    return TestClient(APP, headers={"accept-language": "nl"})


def come_in(client: TestClient, code: str) -> int:
    """Follow the door's own redirects, as a browser does, up to the app; return the last status."""
    answer = client.get(f"/enter/{code}", follow_redirects=False)
    if answer.status_code == 303 and "again=1" in answer.headers["location"]:
        answer = client.get(f"/enter/{answer.headers['location']}", follow_redirects=False)
    if answer.status_code == 200:  # a personal code: the page asks first
        answer = client.post(f"/enter/{code}", follow_redirects=False)
    return int(answer.status_code)


def who(client: TestClient) -> Visitor:
    return visitor_of(client.cookies.get(VISIT))


def test_a_code_lets_in_on_any_device_until_it_is_withdrawn() -> None:
    given, code = invite(Role.KLANKBORD, "Bewonersvereniging", by=Role.FACILITATOR)
    phone, laptop = browser(), browser()
    assert come_in(phone, code) == come_in(laptop, code.upper().replace("-", " ")) == 303
    assert who(phone).person == who(laptop).person
    assert (who(phone).role, who(phone).grant) == (Role.KLANKBORD, given.id)
    request_of = {"cookies": {VISIT: phone.cookies[VISIT]}}
    assert permissions.visitor_of_request(type("R", (), request_of)()).role is Role.KLANKBORD
    withdraw(given.id)
    assert permissions.visitor_of_request(type("R", (), request_of)()).role is Role.VISITOR
    assert come_in(browser(), code) == 404


def test_nothing_readable_of_a_code_is_kept(tmp_path: Path) -> None:
    _, code = invite(Role.PROFESSIONAL, "Reddingsbrigade", by=Role.STEWARD)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("feedback.db*"))
    assert b"Reddingsbrigade" in stored
    assert code.encode() not in stored
    assert all(word.encode() not in stored for word in code.split("-") if len(word) > 6)


def test_a_shared_code_makes_each_browser_another_person_and_stays_below_a_higher_role() -> None:
    session = {"kind": "shared", "session": "s1", "landing": "join?session=s1"}
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.FACILITATOR, code=short_code(), **session)
    first, second = browser(), browser()
    answer = first.get(f"/enter/{code}?lang=en", follow_redirects=False)
    answer = first.get(f"/enter/{answer.headers['location']}", follow_redirects=False)
    assert answer.headers["location"] == "../join?session=s1&lang=en"
    assert come_in(second, code) == 303
    assert who(first).sessions == who(second).sessions == ("s1",)
    assert who(first).person != who(second).person
    _, personal = invite(Role.KLANKBORD, "Ondernemers", by=Role.STEWARD)
    come_in(second, personal)
    member = who(second)
    assert (member.role, member.sessions) == (Role.KLANKBORD, ("s1",))
    come_in(second, code)
    assert replace(who(second), entries=()) == replace(member, entries=())


def room(session: str) -> tuple[str, str]:
    """The id and the code of a room."""
    given, code = invite(
        Role.PARTICIPANT, session, by=Role.FACILITATOR, kind="shared", code=short_code(), session=session
    )
    return given.id, code


@pytest.mark.parametrize("first", ["room A", "room B"])
@pytest.mark.parametrize("role", [None, Role.KLANKBORD, Role.STEWARD])
def test_a_code_of_a_room_that_is_withdrawn_ends_what_came_by_it_for_everybody(first: str, role: Role | None) -> None:
    rooms = {"room A": room("room A"), "room B": room("room B")}
    order = [first, *(name for name in rooms if name != first)]
    phones = {name: browser() for name in ("both", "only A", "only B", "both, and a role of their own")}
    own = None
    for name in order:
        for phone in ("both", f"only {name[-1]}", "both, and a role of their own"):
            assert come_in(phones[phone], rooms[name][1]) == 303
        if role and own is None:  # between the two rooms
            own = invite(role, "Eigen", by=Role.STEWARD)[1]
            come_in(phones["both, and a role of their own"], own)
    pseudonym = who(phones["both"]).person
    assert who(phones["both"]).sessions == tuple(order)
    withdraw(rooms["room A"][0])
    assert who(phones["both"]).sessions == ("room B",)
    assert (who(phones["both"]).role, who(phones["both"]).person) == (Role.PARTICIPANT, pseudonym)
    assert who(phones["only A"]) == ANYBODY
    assert who(phones["only B"]).sessions == ("room B",)
    theirs = who(phones["both, and a role of their own"])
    assert (theirs.role, theirs.sessions) == (role or Role.PARTICIPANT, ("room B",))
    # The cookie still names the room that is gone; a code that is entered next does not bring it back.
    third = room("room C")
    come_in(phones["both"], third[1])
    assert who(phones["both"]).sessions == ("room B", "room C")
    withdraw(rooms["room B"][0])
    withdraw(third[0])
    assert who(phones["both"]) == ANYBODY


def test_a_personal_code_that_is_withdrawn_leaves_the_seat_in_the_room() -> None:
    _, code = room("room A")
    given, personal = invite(Role.KLANKBORD, "Bewoners", by=Role.STEWARD)
    phone = browser()
    come_in(phone, code)
    seat = who(phone)
    come_in(phone, personal)
    assert who(phone).role is Role.KLANKBORD
    withdraw(given.id)
    assert replace(who(phone), entries=()) == replace(seat, entries=())


def test_the_same_code_again_is_one_sign_in_and_many_rooms_fit_in_a_cookie() -> None:
    _, code = invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD)
    phone = browser()
    for _ in range(3):
        come_in(phone, code)
    assert len(listed(tuple(Role))) == 1
    for number in range(25):
        assert come_in(phone, room(f"room {number}")[1]) == 303
    assert who(phone).role is Role.FACILITATOR
    assert who(phone).sessions[-1] == "room 24"
    assert len(who(phone).entries) == 20
    assert len(phone.cookies[VISIT]) < 3500


def test_one_sign_in_is_ended_alone_and_only_by_who_may() -> None:
    _, code = invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD)
    _, once = invite(Role.STEWARD, "eerste start", by=Role.STEWARD, kind="once")
    set_password("Gemeente", Role.STEWARD, PASSWORD, by=Role.STEWARD)
    phone, laptop, starter, desk = browser(), browser(), browser(), browser()
    assert [come_in(phone, code), come_in(laptop, code), come_in(starter, once)] == [303] * 3
    desk.get("/enter")
    assert sign_in(desk, "Gemeente", PASSWORD) == 303
    found = listed(tuple(Role))
    assert {(one.kind, one.label, one.sign_in.role) for one in found} == {
        ("password", "Gemeente", Role.STEWARD),
        ("once", "eerste start", Role.STEWARD),
        ("personal", "Gespreksleiding", Role.FACILITATOR),
    }
    end(who(phone).entries[0].sign_in, by=Role.FACILITATOR)
    assert [who(client).role for client in (phone, laptop, starter, desk)] == [
        Role.VISITOR,
        Role.FACILITATOR,
        Role.STEWARD,
        Role.STEWARD,
    ]
    for client in (starter, desk):
        for by in (Role.FACILITATOR, Role.KLANKBORD, Role.VISITOR):
            with pytest.raises(UserError, match="Only a data steward"):
                end(who(client).entries[0].sign_in, by=by)
        end(who(client).entries[0].sign_in, by=Role.STEWARD)
        assert who(client) == ANYBODY
    end("unknown", by=Role.VISITOR)
    assert come_in(phone, code) == 303  # the code itself still stands


def test_who_leaves_takes_the_sign_in_away_so_that_a_copied_cookie_opens_nothing() -> None:
    _, code = invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD)
    phone = browser()
    come_in(phone, code)
    copied = phone.cookies[VISIT]
    assert visitor_of(copied).role is Role.FACILITATOR
    phone.get("/leave", follow_redirects=False)
    assert visitor_of(copied) == ANYBODY
    assert listed(tuple(Role)) == []


def test_entering_a_room_does_not_lengthen_what_came_before() -> None:
    """Who signed in for half a day is out after half a day, whatever code they enter meanwhile."""
    short = sign_ins.begin(Role.FACILITATOR, 60)
    phone = browser()
    phone.cookies.set(VISIT, visit_value([Entry(short.id, "p")], 3600), domain="testserver.local")
    come_in(phone, room("room A")[1])
    assert who(phone).role is Role.FACILITATOR
    with change_store() as db:
        db.execute("UPDATE sign_ins SET until = '2020-01-01T00:00:00Z' WHERE id = ?", [short.id])
    assert (who(phone).role, who(phone).sessions) == (Role.PARTICIPANT, ("room A",))


def test_nothing_of_the_person_is_kept_with_a_sign_in(tmp_path: Path) -> None:
    _, code = room("room A")
    phone = browser()
    come_in(phone, code)
    with open_store() as db:
        (row,) = db.query("SELECT * FROM sign_ins")
    assert set(row) == {"id", "role", "access", "session", "since", "until", "seen", "organisation"}
    person = str(who(phone).person)
    assert all(person.encode() not in path.read_bytes() for path in tmp_path.glob("feedback.db*"))


OTHER_PROCESS = """
import sys
from streamlit_app.access.visitors import visitor_of
for line in sys.stdin:
    print(visitor_of(line.strip()).role.value, flush=True)
"""


def test_what_was_ended_or_withdrawn_is_out_with_the_next_action_on_every_process() -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    with subprocess.Popen([sys.executable, "-c", OTHER_PROCESS], env=env, **pipes) as other:

        def seen(client: TestClient) -> str:
            assert other.stdin
            assert other.stdout
            other.stdin.write(client.cookies[VISIT] + "\n")
            other.stdin.flush()
            return str(other.stdout.readline().strip())

        for stop in ("end", "withdraw", "leave"):
            given, code = invite(Role.FACILITATOR, "Gespreksleiding", by=Role.STEWARD)
            client = browser()
            come_in(client, code)
            assert seen(client) == seen(client) == "facilitator"
            if stop == "leave":
                leaving = client.cookies[VISIT]
                client.get("/leave", follow_redirects=False)
                client.cookies.set(VISIT, leaving, domain="testserver.local")
            elif stop == "end":
                end(who(client).entries[0].sign_in, by=Role.STEWARD)
            else:
                withdraw(given.id)
            assert seen(client) == "visitor"
        assert other.stdin
        other.stdin.close()


def test_the_cookie_is_for_the_server_only() -> None:
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared")
    for address, proxy, secure in (
        ("http://testserver", {}, False),
        ("https://testserver", {}, True),
        ("http://testserver", {"x-forwarded-proto": "https, http"}, True),
    ):
        client = TestClient(APP, headers={"accept-language": "nl"}, client=("127.0.0.1", 1))
        client.get("/enter")
        answer = client.get(f"{address}/enter/{code}", headers=proxy, follow_redirects=False)
        (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith(VISIT)]
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert ("Secure" in cookie) == secure
        assert answer.headers["cache-control"] == "no-store"


def test_without_cookies_nothing_is_looked_up_so_a_link_preview_does_not_use_up_a_link() -> None:
    given, code = invite(Role.STEWARD, "start", by=Role.STEWARD, kind="once")
    for _ in range(3):
        bot = TestClient(APP)
        bot.get(f"/enter/{code}", follow_redirects=False)
    known = browser()
    known.get("/enter")
    assert known.head(f"/enter/{code}", follow_redirects=False).status_code == 200
    answer = TestClient(APP, cookies={}).get(f"/enter/{code}?again=1", follow_redirects=False)
    assert answer.status_code == 400
    assert invitations()[0] == given


def test_a_one_time_link_works_one_time_also_for_two_at_once() -> None:
    _, code = invite(Role.FACILITATOR, "start", by=Role.STEWARD, kind="once")
    got: list[int] = []

    def use() -> None:
        try:
            enter(code, lambda _role: 60)
        except UserError:
            got.append(0)
        else:
            got.append(1)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [0] * 7 + [1]


def test_a_code_whose_time_is_past_is_refused() -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    _, code = invite(Role.PROFESSIONAL, "Politie", by=Role.STEWARD, until=past)
    assert come_in(browser(), code) == 404
    _, code = invite(Role.PROFESSIONAL, "Politie", by=Role.STEWARD, until=past + timedelta(hours=1))
    assert come_in(browser(), code) == 303


@pytest.mark.parametrize("typed", ["", "-", "é", "x" * 5000, "%00", "' OR 1=1 --", "<script>alert(1)</script>"])
def test_a_strange_code_gets_one_sentence(typed: str) -> None:
    client = browser()
    client.get("/enter")
    answer = client.post("/enter", data={"code": typed})
    assert answer.status_code in (200, 404)
    assert "<script>" not in answer.text
    if answer.status_code == 404:
        assert "komt u niet binnen" in answer.text


def test_only_a_steward_makes_facilitators_and_labels_are_no_persons() -> None:
    with pytest.raises(UserError, match="Only a data steward"):
        invite(Role.FACILITATOR, "x", by=Role.FACILITATOR)
    for label in ("", "   ", "a" * 81, "jan@example.org", "\u200b"):
        with pytest.raises(UserError, match="Not a person"):
            invite(Role.KLANKBORD, label, by=Role.STEWARD)
    invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, code="kbvdmz")
    with pytest.raises(UserError, match="in use"):
        invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, code="KBV DMZ")


def test_a_guesser_is_held_and_the_room_is_not() -> None:
    """A thousand guesses a minute from one browser, and as many from a new one each time; 30 people beside them."""
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", code=short_code())
    _, long_code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared")
    guesser = browser()
    seen = [come_in(guesser, short_code()) for _ in range(40)]
    assert seen[:10] == [404] * 10
    assert set(seen[10:]) == {429}
    assert come_in(guesser, code) == 429
    assert [come_in(browser(), code) for _ in range(10)] == [303] * 10

    known = browser()
    come_in(known, code)
    seen = [come_in(browser(), short_code()) for _ in range(100)]
    assert 429 in seen[60:]
    assert [come_in(browser(), long_code) for _ in range(10)] == [303] * 10
    assert come_in(known, code) == 303
    waiting = browser()
    waiting.get("/enter")
    answer = waiting.get(f"/enter/{code}")
    assert answer.status_code == 429
    (seconds,) = re.findall(r'http-equiv="refresh" content="(\d+)"', answer.text)
    assert int(seconds) <= guesses.PATIENCE + 1


def test_who_waited_while_codes_are_guessed_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _, code = invite(Role.PARTICIPANT, "Avond", by=Role.STEWARD, kind="shared", code=short_code())
    for _ in range(70):
        guesses.STRANGERS.wrong("all")
    waiting = browser()
    assert come_in(waiting, code) == 429
    monkeypatch.setattr(guesses, "PATIENCE", 0)
    assert come_in(waiting, code) == 303


def test_the_same_wrong_code_is_throttled_over_all_browsers() -> None:
    seen = [come_in(browser(), "duin-duin-duin-duin-duin") for _ in range(12)]
    assert seen == [404] * 10 + [429] * 2


def sign_in(client: TestClient, name: str, password: str, **headers: str) -> int:
    return client.post(
        "/enter", data={"name": name, "password": password}, headers=headers, follow_redirects=False
    ).status_code


def test_a_password_lets_in_until_it_is_changed_or_withdrawn() -> None:
    account = set_password("Gemeente", Role.FACILITATOR, PASSWORD, by=Role.FACILITATOR)
    client = browser()
    assert sign_in(client, "Gemeente", PASSWORD) == 400  # no cookie yet: the form sets it
    client.get("/enter")
    assert sign_in(client, "gemeente", "iets anders helemaal") == 403
    assert sign_in(client, "niemand", PASSWORD) == 403
    assert sign_in(client, "gemeente", PASSWORD, **{"sec-fetch-site": "cross-site"}) == 403
    assert sign_in(client, "gemeente", PASSWORD, origin="https://elsewhere.example") == 403
    assert who(client).role is Role.VISITOR
    assert sign_in(client, " gemeente ", PASSWORD, origin="http://testserver") == 303
    assert (who(client).role, who(client).grant) == (Role.FACILITATOR, account.id)
    with pytest.raises(UserError, match="taken"):
        set_password("gemeente", Role.FACILITATOR, PASSWORD + "x", by=Role.FACILITATOR)
    other = set_password("gemeente", Role.FACILITATOR, PASSWORD + "x", by=Role.FACILITATOR, own=account.id)
    assert who(client).role is Role.VISITOR
    assert sign_in(client, "gemeente", PASSWORD + "x") == 303
    assert who(client).grant == other.id
    withdraw_account(other.id)
    assert who(client).role is Role.VISITOR
    with pytest.raises(UserError, match="do not match"):
        check_password("gemeente", PASSWORD + "x")
    client.get("/leave")
    assert who(client).role is Role.VISITOR


@pytest.mark.parametrize("password", ["", "kort", "aaaaaaaaaaaaaaaa", "gemeente den haag", "x" * 201])
def test_an_easy_password_is_refused(password: str) -> None:
    with pytest.raises(UserError, match="at least 12"):
        set_password("Gemeente Den Haag", Role.STEWARD, password, by=Role.STEWARD)


def test_a_stranger_cannot_keep_the_owner_of_an_account_out() -> None:
    set_password("Gemeente", Role.STEWARD, PASSWORD, by=Role.STEWARD)
    owner = browser()
    owner.get("/enter")
    assert sign_in(owner, "Gemeente", PASSWORD) == 303
    for _ in range(10):
        guesses.CODES.wrong(entering.keyed("known account", "gemeente")[:16])
    stranger = browser()
    stranger.get("/enter")
    assert sign_in(stranger, "Gemeente", PASSWORD) == 429
    assert sign_in(owner, "Gemeente", PASSWORD) == 303


def test_at_most_two_passwords_are_computed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = 0, 0, threading.Lock()
    real = passwords._hasher().verify

    class Slow:
        def verify(self, known: str, password: str) -> bool:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            try:
                return real(known, password)
            finally:
                with lock:
                    now -= 1

    set_password("Gemeente", Role.STEWARD, PASSWORD, by=Role.STEWARD)
    monkeypatch.setattr(passwords, "_hasher", Slow)
    threads = [threading.Thread(target=check_password, args=("Gemeente", PASSWORD)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == passwords.AT_ONCE


def test_a_form_of_ten_megabytes_is_not_read() -> None:
    client = browser()
    client.get("/enter")
    answer = client.post("/enter", content=b"code=" + b"x" * 10_000_000)
    assert answer.status_code == 404


def test_the_first_start_prints_links_that_let_the_first_two_in(capsys: pytest.CaptureFixture[str]) -> None:
    print_links()
    first = dict(re.findall(r"als (\w+): http://localhost:\d+/enter/([a-z-]+)", capsys.readouterr().out))
    print_links()
    second = dict(re.findall(r"als (\w+): http://localhost:\d+/enter/([a-z-]+)", capsys.readouterr().out))
    assert set(first) == set(second) == {"gespreksleider", "databeheerder"}
    steward = browser()
    assert come_in(steward, first["databeheerder"]) == 404  # a later start ends earlier links
    assert come_in(steward, second["databeheerder"]) == 303
    assert who(steward).role is Role.STEWARD
    assert set(first_links(TRUSTED, "start")) == {Role.FACILITATOR}
    store_path().chmod(0o400)


def test_the_command_line_gives_out_lists_and_withdraws(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["invite", "--role", "steward", "--label", "Gemeente"]) == 0
    (code,) = re.findall(r"/enter/([a-z-]+)", capsys.readouterr().out)
    client = browser()
    assert come_in(client, code) == 303
    assert main(["access"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.split("\t")[1:] == ["databeheerder", "once", "Gemeente", "gesloten"]
    assert main(["withdraw", line.split("\t")[0]]) == 0
    assert main(["withdraw", "nothing"]) == 2
    assert listed(tuple(Role)) == []
    assert BROWSER in client.cookies
    assert keyed_code("a", code) != keyed_code("b", code)


def test_a_wrong_code_is_in_the_log_without_the_code_and_a_guesser_cannot_fill_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit_log, "_told", None)
    now = [1000.0]
    monkeypatch.setattr(audit_log, "monotonic", lambda: now[0])
    for number in range(30):
        assert come_in(browser(), f"duin-lepel-zeil-kaars-{number}") in (404, 429)
    (line,) = audit_log.lines(("refusal",))
    assert (line.act, line.outcome, line.role, line.target) == ("sign_ins.come_in", "refused", "visitor", None)
    assert "lepel" not in str(line)
    now[0] += 61
    come_in(browser(), "nog-een-verkeerde-code-hier")
    assert len(audit_log.lines(("refusal",))) == 1, "another process noted the same within the minute"


def test_16_10_a_code_to_see_ones_own_words_leads_there_when_it_is_typed_at_the_entrance() -> None:
    anna = author_of_phone("anna" * 8)
    with change_store() as db:
        register(db, anna)
    client = browser()
    typed = anna.code.upper().replace("-", " ")
    answer = client.post("/enter", data={"code": typed}, follow_redirects=False)  # no cookie yet
    while answer.status_code == 303 and "/privacy" not in answer.headers["location"]:
        answer = client.get(f"/enter/{answer.headers['location'].removeprefix('enter/')}", follow_redirects=False)
    assert answer.status_code == 200  # a link to it asks first, as every code of one person does
    answer = client.post("/enter", data={"code": typed}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "./privacy")
    words = normalised(anna.code)
    assert words not in normalised(answer.headers["location"])  # no address holds the code
    carried = opened(OWN, client.cookies[OWN])
    assert carried is not None
    assert normalised(carried["code"]) == words
    assert who(client) == ANYBODY  # it opens nothing else
    assert come_in(client, "duin-lepel-zeil-kaars-mossel") == 404


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ("studio?approve=0123456789ab", "studio?approve=0123456789ab&lang=nl"),
        ("join", "join?lang=nl"),
        ("studio?approve=../x", "?lang=nl"),
        ("//elsewhere.nl", "?lang=nl"),
        ("studio?approve=0123456789ab&lang=en", "?lang=nl"),
    ],
)
def test_16_11_who_must_come_in_first_comes_out_where_they_wanted_to_go(wanted: str, where: str) -> None:
    _, code = invite(Role.COMMUNICATIONS, "Gemeente", by=Role.STEWARD)
    client = browser()
    page = client.get("/enter", params={"to": wanted, "lang": "nl"})
    (action,) = set(re.findall(r'action="([^"]+)"', page.text))
    answer = client.post(f"/{unescape(action)}", data={"code": code}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"./{where}")
    other = re.search(r'href="(enter\?lang=en[^"]*)"', page.text)
    assert other is not None
    kept = client.get(f"/{unescape(other[1])}").text
    assert ("to=" in kept) == (where != "?lang=nl")
