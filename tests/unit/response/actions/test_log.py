"""The action log: entered, corrected and struck through, never erased; chained, and verified."""

import json
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from time import process_time
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import Area, load_area
from data.keeping.acts import Actor, carry_out
from data.keeping.real_time import real_now, utc_text
from feedback.database import action_rows
from feedback.database.store import change_store, close_store, store_path
from feedback.people.invitations import invite
from feedback.people.roles import Role
from language import UserError
from response.__main__ import main
from response.actions.chain import canonical, digest, salted, verify
from response.actions.entry import Entry
from response.actions.log import checked, correct, entries, erase_words, history, log, read_entry, strike, verified
from response.actions.practice import logged
from response.status.board import at_work

POLICE = Actor("professional", "police")
TOWN = Actor("professional", "municipality")
WHY = {"information": "Drukte bij de Pier.", "risk": "Gedrang.", "options": "Ook omleiden gewogen."}


@pytest.fixture
def area() -> Area:
    return load_area("scheveningen")


def entry(**fields: Any) -> Entry:
    plain: dict[str, Any] = {
        "id": str(uuid4()),
        "area": "scheveningen",
        "stage": "started",
        "happened": real_now() - timedelta(hours=1),
        "card": "verwachting-delen",
        "zones": ("pier",),
        "texts": dict(WHY),
    }
    return read_entry(plain | fields)


def tamper(sql: str) -> None:
    """Change the file behind the back of the app, as somebody with the machine could."""
    close_store()
    with closing(sqlite3.connect(store_path())) as db:
        for trigger in ("actions_stay_update", "actions_stay_delete"):
            db.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        db.execute(sql)
        db.commit()


def test_who_entered_it_and_when_stand_apart_from_when_it_happened(area: Area) -> None:
    first = entry(happened=real_now() - timedelta(hours=5))
    kept = carry_out(POLICE, None, log, first, area)
    assert (kept.role, kept.organisation, kept.number) == ("professional", "police", 1)
    assert kept.entered - kept.entry.happened > timedelta(hours=4)
    assert kept.entry.texts == WHY
    assert log(first, area) == kept, "sent twice is one"
    assert len(entries("scheveningen")) == 1


def test_what_is_missing_is_marked_and_found(area: Area) -> None:
    log(entry(texts={**WHY, "amount": "4 mensen"}, snapshot="20260803T06-abcdef"), area)
    lacking = log(entry(stage="ended", texts={"information": "Rustig."}), area)
    assert lacking.entry.missing == ("trigger", "until", "risk", "options", "amount", "outcome", "side_effects")
    assert [one.root for one in entries("scheveningen", missing=True)] == [lacking.root]
    done = lacking.entry.model_copy(
        update={
            "until": lacking.entry.happened,
            "snapshot": "x",
            "texts": {**WHY, "information": "Rustig.", "amount": "2", "outcome": "Leeg.", "side_effects": "Geen."},
        }
    )
    correct(lacking.root, done, area)
    assert entries("scheveningen", missing=True) == []


def test_a_correction_strikes_through_and_says_why(area: Area) -> None:
    kept = carry_out(TOWN, None, log, entry(), area)
    more = kept.entry.model_copy(update={"texts": {**WHY, "outcome": "Het werd rustiger."}})
    assert correct(kept.root, more, area).reason == "", "what is only added contradicts nothing"
    other = more.model_copy(
        update={"zones": ("strandweg-noord",) if "strandweg-noord" in area.zone_ids else area.zone_ids[:1]}
    )
    with pytest.raises(UserError, match="why it is corrected"):
        correct(kept.root, other, area)
    carry_out(POLICE, None, correct, kept.root, other, area, reason="Het was de andere plek.")
    told = history(kept.root)
    assert [one.entry.zones for one in told] == [("pier",), ("pier",), other.zones]
    assert [one.organisation for one in told] == ["municipality", None, "police"]
    (newest,) = entries("scheveningen")
    assert newest.reason == "Het was de andere plek."
    with pytest.raises(UserError, match="Nothing is different"):
        correct(kept.root, other, area, reason="nog eens")
    strike(kept.root, reason="Het ging niet door.")
    assert entries("scheveningen")[0].struck
    with pytest.raises(UserError, match="struck through"):
        correct(kept.root, kept.entry, area, reason="toch wel")
    with pytest.raises(UserError, match="struck through"):
        strike(kept.root, reason="nog eens")
    assert verified().broken is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"until": real_now() - timedelta(hours=2)}, "before the start"),
        ({"happened": real_now() + timedelta(hours=1)}, "still to come"),
        ({"stage": "not-done", "happened": real_now() + timedelta(days=1)}, "still to come"),
        ({"stage": "ended", "until": real_now() + timedelta(hours=3)}, "still to come"),
        ({"zones": ("gesloopt",)}, "'gesloopt' is not part"),
        ({"card": None}, "Choose a card"),
        ({"card": None, "texts": {"what": " \n "}}, "Choose a card"),
        ({"texts": {"what": "x" * 601}}, "not right"),
        ({"zones": ()}, "at least one place"),
        ({"happened": datetime(2026, 8, 1)}, "'happened'"),
        ({"id": "1"}, "'id'"),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_nothing_is_kept(area: Area, fields: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        log(entry(**fields), area)
    assert entries("scheveningen") == []


def test_what_is_planned_may_lie_ahead(area: Area) -> None:
    ahead = entry(stage="planned", happened=real_now() + timedelta(days=3), until=real_now() + timedelta(days=4))
    assert checked(ahead, area) == ahead


def test_a_place_that_has_gone_since_does_not_take_its_entries_along(area: Area) -> None:
    log(entry(zones=area.zone_ids[:2]), area)
    assert entries("scheveningen")[0].entry.zones == area.zone_ids[:2]
    with pytest.raises(UserError, match="There is no entry"):
        history(str(uuid4()))


def test_erasing_words_leaves_the_chain_whole(area: Area) -> None:
    kept, other = log(entry(texts={**WHY, "what": "Hekken bij mevrouw Jansen"}), area), log(entry(), area)
    correct(kept.root, kept.entry.model_copy(update={"texts": WHY | {"what": "Hekken"}}), area, reason="Geen naam.")
    head = verified().head
    receipt = erase_words(kept.root)
    assert (receipt.state, receipt.rows) == ("complete", 9)
    assert b"Jansen" not in store_path().read_bytes()
    found = verified()
    assert (found.broken, found.erased, found.head) == (None, 9, head)
    assert {one.entry.zones for one in history(kept.root)} == {("pier",)}
    assert history(kept.root)[0].erased == ("information", "options", "risk", "what")
    assert history(other.root)[0].entry.texts == WHY
    with pytest.raises(UserError, match="no words"):
        erase_words(kept.root)


@pytest.mark.parametrize(
    ("sql", "first", "fault"),
    [
        ("UPDATE actions SET body = replace(body, 'pier', 'kade') WHERE number = 2", 2, "body"),
        ("UPDATE actions SET happened = '2020-01-01T00:00:00Z' WHERE number = 3", 3, "columns"),
        ("UPDATE actions SET area = 'auckland' WHERE number = 3", 3, "columns"),
        ("DELETE FROM actions WHERE number = 2", 3, "before"),
        ("UPDATE actions SET number = 9 WHERE number = 4", 9, "before"),
        ("UPDATE action_texts SET text = 'Niets aan de hand.' WHERE field = 'risk'", 1, "words"),
        (
            "INSERT INTO action_texts (id, action, field, salt, text, sent) "
            "SELECT 'new', id, 'outcome', 's', 'Verzonnen', '2026' FROM actions WHERE number = 3",
            3,
            "words",
        ),
    ],
)
def test_the_first_row_that_was_changed_is_named_and_the_log_goes_on(
    area: Area, sql: str, first: int, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(4):
        log(entry(), area)
    assert main(["verify", "--lang", "en"]) == 0
    assert "4 rows, all as they were written." in capsys.readouterr().out
    tamper(sql)
    found = verified()
    assert (found.broken, found.fault) == (first, fault)
    assert main(["verify", "--lang", "nl"]) == 1
    assert f"Regel {first} van het logboek" in capsys.readouterr().out
    log(entry(), area)
    assert len(entries("scheveningen")) >= 3


def test_a_body_with_the_hash_made_anew_breaks_the_next_row(area: Area) -> None:
    for _ in range(3):
        log(entry(), area)
    body = action_rows.chain()[1].body.replace("pier", "kade")
    tamper(f"UPDATE actions SET body = '{body}', hash = '{digest(body)}' WHERE number = 2")
    assert (verified().broken, verified().fault) == (3, "before")


def test_the_app_itself_cannot_change_a_row(area: Area) -> None:
    log(entry(), area)
    for sql in ("UPDATE actions SET card = NULL", "DELETE FROM actions"):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it is"), change_store() as db:
            db.execute(sql)


def test_what_follows_from_the_log_is_computed_anew_when_the_log_changed_and_only_then(area: Area) -> None:
    empty = action_rows.head()
    first = log(entry(), area)
    added = action_rows.head()
    invite(Role.KLANKBORD, "Wijkraad", by=Role.STEWARD)
    assert action_rows.head() == added != empty
    correct(first.root, first.entry.model_copy(update={"zones": area.zone_ids[-1:]}), area, reason="Niet de Pier.")
    corrected = action_rows.head()
    erase_words(first.root)
    assert len({empty, added, corrected, action_rows.head()}) == 4


def test_two_organisations_that_write_at_once_lose_nothing(area: Area) -> None:
    begin = threading.Barrier(4)

    def write(actor: Actor) -> None:
        begin.wait()
        for _ in range(10):
            carry_out(actor, None, log, entry(), area)

    writers = [threading.Thread(target=write, args=(actor,)) for actor in (POLICE, TOWN) * 2]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert [row.number for row in action_rows.chain()] == list(range(1, 41))
    assert (verified().rows, verified().broken) == (40, None)
    assert {one.organisation for one in entries("scheveningen")} == {"police", "municipality"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_a_hash_of_words_tells_them_apart_and_needs_its_salt(one: str, other: str) -> None:
    assert (salted("a", one) == salted("a", other)) == (one == other)
    assert salted("a", one) != salted("b", one)


@given(st.dictionaries(st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=9)))
def test_one_value_is_written_out_one_way(values: dict[str, Any]) -> None:
    turned = dict(reversed(values.items()))
    assert canonical(values) == canonical(turned)
    assert json.loads(canonical(values)) == values
    with pytest.raises(ValueError, match="whole"):
        canonical({**values, "x": [1.5]})


def test_ten_thousand_rows_are_verified_and_read_within_their_limits(area: Area) -> None:
    """The limits are on the processor's time of this process: how long others keep the machine busy is not asked."""
    log(entry(), area)
    (row,), (texts,) = action_rows.chain(), action_rows.texts().values()
    rows, words, before = [], {}, ""
    for number in range(1, 10_001):
        body = json.loads(row.body) | {"number": number, "before": before, "id": str(number), "root": str(number)}
        written = canonical(body)
        rows.append(
            action_rows.ActionRow(
                **{**vars(row), "number": number, "id": str(number), "root": str(number)}
                | {"body": written, "hash": digest(written)}
            )
        )
        words[str(number)] = texts
        before = rows[-1].hash
    begun = process_time()
    found = verify(rows, words)
    assert (found.rows, found.broken) == (10_000, None)
    assert process_time() - begun < 2


def test_the_first_of_ten_thousand_entries_are_read_within_the_time_of_a_page(area: Area) -> None:
    log(entry(), area)
    (row,), words = action_rows.chain(), action_rows.texts()
    (texts,) = words.values()
    with change_store() as db:
        for number in range(2, 10_001):
            happened = utc_text(real_now() - timedelta(hours=number))
            again = {**vars(row), "number": number, "id": str(number), "root": str(number), "happened": happened}
            db.execute(f"INSERT INTO actions VALUES ({', '.join(':' + name for name in again)})", again)
            for text in texts:
                kept = [f"{number}.{text.field}", str(number), text.field, text.salt, text.text, happened]
                db.execute(
                    "INSERT INTO action_texts (id, action, field, salt, text, sent) VALUES (?, ?, ?, ?, ?, ?)", kept
                )
    begun = process_time()
    found = logged(area, most=21)
    lacking = logged(area, missing=True, stages=("started",), most=21)
    active = at_work(area.id)
    assert process_time() - begun < 0.1
    assert len(found) == len(lacking) == 21
    assert len(active) > 100


def test_the_log_is_verified_without_what_fits_and_forecasts() -> None:
    """Loading that takes longer than going through ten thousand entries."""
    code = "import sys\nfrom response.__main__ import main\nmain(['verify'])\nprint(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'response.actions.chain'" in loaded
    assert "'scipy'" not in loaded
    assert "'forecasting.snapshot'" not in loaded
