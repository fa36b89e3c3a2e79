"""The week ahead as documents: the same figures in each, a calendar that is read back, and nothing hidden outside."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from html import escape
from pathlib import Path

import pytest
from docx import Document
from icalendar import Calendar

from data.area.area import load_area
from forecasting.snapshot.snapshot_files import obtain
from language import UserError
from reports.__main__ import main
from reports.playbook.briefing import MOST_CARDS
from reports.playbook.calendar import EARLY, event_id, public_calendar, week_calendar
from reports.playbook.formats import as_csv, as_json, as_text, public_json, public_text
from reports.playbook.gathering import taken_back
from reports.playbook.printed import week_page
from reports.playbook.whose import of_kind
from response.cards.card import Card, Playbook
from response.cards.history import change_card, read_playbook
from response.week.ahead import WeekAhead, seen_at, week_ahead
from response.week.mine import needed_first, of_actor, of_business, places_of
from response.week.public_week import public_uses
from response.week.withdrawn import Withdrawn
from visuals.base.outlook import Outlook
from visuals.playbook.use_words import decide_sentence, use_title
from visuals.studio.material.gathering import gather

SECRETS = ("decide", "stop", "trigger", "lead", "people", "cost", "steps", "state", "chance", "besluit", "stopregel")


@pytest.fixture(scope="module")
def outlook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outlook]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSM_HOME", str(tmp_path_factory.mktemp("home")))
        yield gather("scheveningen", "nl")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def week(outlook: Outlook) -> WeekAhead:
    return of(outlook, read_playbook(outlook.area))


def of(outlook: Outlook, playbook: Playbook) -> WeekAhead:
    now = seen_at(outlook.forecast, outlook.area)
    return week_ahead(playbook, outlook.forecast, outlook.thresholds, outlook.area, now)


def events(content: bytes) -> list[Calendar]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("actor", [None, "horeca", "politie"])
def test_table_json_and_calendar_have_the_same_figures(week: WeekAhead, outlook: Outlook, actor: str | None) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(week, outlook, actor))))
    told = json.loads(as_json(week, outlook, actor))
    assert rows
    assert all(row["data"] == "DEMO DATA" for row in rows)
    assert [row["decide_by"] for row in rows] == [row["decide_by"] for row in told["week"]]
    assert [float(row["chance"]) for row in rows] == [row["chance"] for row in told["week"]]
    assert {row["card"] for row in rows} <= {card["id"] for card in told["cards"]}
    if actor is not None:
        assert all(actor in row["actors"].split() for row in rows)
    called = {(row["card"], row["day"]): row["decide_by"] for row in reversed(rows) if row["met"] == "True"}
    found = events(week_calendar(week, outlook, actor=actor))
    assert {str(one["UID"]) for one in found} == {
        event_id(use.card.id, use.day, "scheveningen")
        for use in week.uses
        if use.met and (use.card.id, use.day.isoformat()) in called
    }
    by_id = {str(one["UID"]): one for one in found}
    for use in week.uses:
        one = by_id.get(event_id(use.card.id, use.day, "scheveningen"))
        if one is None:
            continue
        assert called[use.card.id, use.day.isoformat()] == use.first.decide_by.isoformat()
        assert one.decoded("DTSTART") == use.span[0].astimezone(UTC)
        assert one.decoded("DTEND") == use.span[1].astimezone(UTC)
        (alarm,) = one.walk("VALARM")
        assert alarm.decoded("TRIGGER") == (use.first.decide_by - EARLY).astimezone(UTC)
        assert "OEFENGEGEVENS" in str(one["DESCRIPTION"])
    assert as_text(week, outlook, actor).count("voorbeeld, niet vastgesteld") == len(
        [use for use in week.uses if actor in (None, *use.card.actors)]
    )


def test_a_newer_forecast_changes_its_events_and_cancels_what_is_off(week: WeekAhead, outlook: Outlook) -> None:
    first = {str(one["UID"]): one for one in events(week_calendar(week, outlook))}
    later = replace(outlook.forecast, cutoff=outlook.forecast.cutoff + timedelta(hours=1))
    gone = next(use for use in week.uses if use.met)
    off = [Withdrawn(gone.card, gone.day, *gone.span)]
    others = tuple(card for card in week.playbook.cards if card.id != gone.card.id)
    fewer = of(replace(outlook, forecast=later), Playbook(cards=others))
    again = {str(one["UID"]): one for one in events(week_calendar(fewer, outlook, off))}
    stayed = set(first) & set(again)
    assert len(stayed) > 10
    assert all(int(again[uid]["SEQUENCE"]) > int(first[uid]["SEQUENCE"]) for uid in stayed)
    cancelled = [one for one in again.values() if str(one["STATUS"]) == "CANCELLED"]
    assert [str(one["UID"]) for one in cancelled] == [event_id(gone.card.id, gone.day, "scheveningen")]
    assert str(cancelled[0]["UID"]) in first


def test_a_card_that_was_changed_takes_its_events_back(outlook: Outlook, week: WeekAhead) -> None:
    area = outlook.area
    gone = next(use for use in week.uses if use.met)
    stricter = gone.card.trigger.model_copy(update={"hours": 24, "chance": 1.0})
    changed = gone.card.model_copy(update={"trigger": stricter})
    change_card(area, changed, role="professional", reason="Afgesproken in het overleg.")
    now = of(outlook, read_playbook(area))
    off = taken_back(now, area, outlook.thresholds)
    assert (gone.card.id, gone.day) in {(one.card.id, one.day) for one in off}
    assert {one.card.id for one in off} == {gone.card.id}


def test_what_an_earlier_forecast_called_for_is_taken_back(outlook: Outlook, home: Path) -> None:
    area = load_area("scheveningen")
    earlier = obtain(area, area.now(), 168)
    playbook, calm = read_playbook(area), outlook.forecast
    calm = replace(
        calm,
        snapshot_id="newer",
        cutoff=calm.cutoff + timedelta(hours=6),
        paths=calm.paths * 0.01,
        quantiles=calm.quantiles * 0.01,
    )
    now = week_ahead(playbook, calm, outlook.thresholds, area, seen_at(calm, area))
    assert now.uses == ()
    off = taken_back(now, area, outlook.thresholds)
    assert off
    assert all(one.day in now.days for one in off)
    assert earlier.id in {path.name for path in (home / "areas" / area.id / "snapshots").iterdir()}


def hidden(card: Card) -> set[str]:
    """All words on a card that are not public, in both languages."""
    public = {*card.names.values(), *(card.public_text or {}).values()}
    texts = [card.decides, card.stop, *card.steps, card.side_effects, card.undone, card.source]
    texts += [card.message.text, card.message.sender, card.message.channel] if card.message else []
    return {text for one in texts for text in one.values() if len(text) > 20} - public


def test_nothing_hidden_is_in_what_everybody_gets(week: WeekAhead, outlook: Outlook) -> None:
    uses = public_uses(week)
    assert uses
    made = {
        "json": public_json(uses, week, outlook),
        "ics": re.sub(r"\r\n ", "", public_calendar(uses, week, outlook).decode()),
        "text": public_text(uses, outlook),
    }
    secret = {card.id for card in week.playbook.cards if card.visible == "professionals"}
    assert secret
    for form, text in made.items():
        for card in week.playbook.cards:
            assert not [words for words in hidden(card) if words in text], (form, card.id)
            assert card.id not in secret or (card.id not in text and card.names["nl"] not in text), (form, card.id)
        keys = re.findall(r'"(\w+)":', text) if form == "json" else []
        assert not {key for key in keys for word in SECRETS if word in key}
        assert "VALARM" not in text
    assert {str(one["STATUS"]) for one in events(public_calendar(uses, week, outlook))} == {"TENTATIVE"}


def test_one_page_to_print_has_the_table_and_the_cards(week: WeekAhead, outlook: Outlook) -> None:
    page = week_page(of_actor(week, "horeca"), outlook, "Horeca", "pier").decode()
    assert page.count("<tr>") == 1 + 7 * 3
    assert "OEFENGEGEVENS" in page
    assert "Horeca · De Pier" in page
    assert "Stopregel" in page


def test_the_command_prints_each_form_and_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    for form, begins in (("text", "OEFENGEGEVENS"), ("csv", "card,"), ("ics", "BEGIN:VCALENDAR"), ("json", "{")):
        assert main(["week", "--area", "scheveningen", "--actor", "horeca", "--format", form, "--lang", "nl"]) == 0
        assert capsys.readouterr().out.startswith(begins)
    assert main(["week", "--area", "scheveningen", "--actor", "niemand", "--lang", "nl"]) == 2
    assert "niemand die 'niemand' heet" in capsys.readouterr().err
    assert main(["week", "--area", "scheveningen", "--public", "--lang", "nl"]) == 0
    assert "voorbeeld, niet vastgesteld" in capsys.readouterr().out
    assert main(["week", "--area", "scheveningen", "--public", "--format", "csv", "--lang", "nl"]) == 2
    assert "geen tabel" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "place"),
    [("strandtent", "strand-noord"), pytest.param("winkel", "keizerstraat", marks=pytest.mark.soak), ("kiosk", None)],
)
def test_the_week_of_a_kind_of_business_is_that_of_its_place_in_each_form(
    outlook: Outlook, week: WeekAhead, kind: str, place: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    business = next(one for one in week.playbook.businesses if one.id == kind)
    there = place or needed_first(week, places_of(business, week, outlook.area))
    mine = of_business(week, business, there)
    assert mine.uses
    printed = {}
    for form in ("text", "csv", "ics", "json"):
        words = ["week", "--area", "scheveningen", "--business", kind, "--format", form, "--lang", "nl"]
        assert main([*words, *(["--place", place] if place else [])]) == 0
        printed[form] = capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO(printed["csv"])))
    assert [(row["card"], row["day"], float(row["chance"])) for row in rows] == [
        (one.card.id, one.day.isoformat(), round(one.chance, 4)) for one in mine.moments
    ]
    assert {row["zone_id"] for row in rows} == {there}
    assert [one["chance"] for one in json.loads(printed["json"])["week"]] == [float(row["chance"]) for row in rows]
    called = {event_id(use.card.id, use.day, "scheveningen") for use in mine.uses if use.met}
    assert {str(one["UID"]) for one in events(printed["ics"].encode()) if one["STATUS"] != "CANCELLED"} == called
    name = business.names["nl"], outlook.area.zone(there).name(outlook.lang)
    assert " · ".join(name) in printed["text"]
    assert all(decide_sentence(use, outlook.lang) in printed["text"] for use in mine.uses)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--business", "snackbar"), "geen soort zaak die 'snackbar' heet"),
        (("--business", "strandtent", "--place", "keizerstraat"), "is er niet op 'keizerstraat'"),
        (("--place", "pier"), "welk soort zaak"),
        (("--business", "strandtent", "--public"), "voor iedereen hetzelfde"),
        (("--actor", "horeca", "--public"), "voor iedereen hetzelfde"),
    ],
)
def test_a_week_that_is_nobodys_is_refused(
    words: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["week", "--area", "scheveningen", *words, "--lang", "nl"]) == 2
    assert said in capsys.readouterr().err


def test_a_kind_of_business_without_cards_is_told_so_and_not_that_there_is_no_playbook(
    outlook: Outlook, week: WeekAhead
) -> None:
    hotel = next(one for one in week.playbook.businesses if one.id == "hotel")
    none = hotel.model_copy(update={"actor": "niemand"})
    said = as_text(of_business(week, none, "pier"), outlook, who="Hotel · De Pier")
    assert "geen draaiboek" not in said
    assert "Hotel · De Pier" in said
    with pytest.raises(UserError, match="no kind of business"):
        of_kind("hotel", None, replace(week, playbook=Playbook()), outlook)


def test_the_briefing_is_the_week_on_one_sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {form: tmp_path / f"briefing.{form}" for form in ("html", "docx")}
    for form, file in files.items():
        words = ["briefing", "--area", "scheveningen", "--format", form, "--out", str(file), "--lang", "nl"]
        assert main(words) == 0
        assert str(file) in capsys.readouterr().out
    page = files["html"].read_text("utf-8")
    told = Document(str(files["docx"]))
    typed = "\n".join(
        [one.text for one in told.paragraphs] + [c.text for t in told.tables for r in t.rows for c in r.cells]
    )
    for heading in (
        "Wat er verwacht wordt",
        "Kaarten, en voor wanneer u besluit",
        "Weer en evenementen",
        "Wat er veranderde",
    ):
        assert heading in page
        assert heading in typed
    assert "OEFENGEGEVENS" in page
    assert "OEFENGEGEVENS" in typed
    assert "size: A4" in page
    week = gather("scheveningen", "nl")
    called = [use for use in of(week, read_playbook(week.area)).uses if use.met]
    rows = re.findall(r"<tr><td>(.*?)</td>", page)
    assert rows == [escape(use_title(use, week.lang)) for use in called[:MOST_CARDS]]
    assert decide_sentence(called[0], week.lang) in typed
    for said in (page, typed):  # what holds for every card, once
        assert said.count("voorbeeld, niet vastgesteld") == 1
        assert "draaiboek versie 0." in said
    assert (f"Op de pagina staan er nog {len(called) - MOST_CARDS}" in page) == (len(called) > MOST_CARDS + 1)
