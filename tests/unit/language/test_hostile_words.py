"""Words that nobody sees, or that turn around what stands beside them: they get into nothing that is kept or shown."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.area.area import load_area
from data.area.sources import decision_log, read_sources, record_decision
from data.area.zones import import_zones
from data.connectors import ics
from data.importing.counts.reader import read_counts
from data.importing.events import read_events
from data.tables.opening import open_table
from feedback.contributions.contributions import Contribution, find_contributions, send
from feedback.contributions.exchange import import_contributions
from feedback.contributions.moderation import Mode, set_general_mode
from feedback.database.store import open_store
from feedback.people.invitations import invite
from feedback.people.participants import author_of_phone
from feedback.people.passwords import set_password
from feedback.people.roles import Role
from feedback.sessions.advice import answer_advice, give_advice
from feedback.sessions.agenda import Document, add_item
from feedback.sessions.closing import fill_in
from feedback.sessions.polis_store import import_conversation
from feedback.sessions.responses import respond, type_in
from feedback.sessions.sessions import make_session, open_session
from feedback.sessions.statements import add_statement
from forecasting.values.adoption import adopt, adoptions
from forecasting.values.scenario import Scenario
from forecasting.values.threshold_set import ThresholdSet
from language.visible import one_line, visible
from reports.workbook import Workbook
from tests.unit.data.connectors.test_ical import AREA as ICAL_AREA
from tests.unit.data.connectors.test_ical import CONNECTOR, calendar, event
from tests.unit.polis_export import export
from visuals.studio.layout.brand import read_brand
from visuals.studio.material.order import Order

BAD = ("\u202e", "\u2066", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u0007", "\u0085", "\u007f", "\ue000", "\u200e")
WORD = "Pier" + "".join(BAD) + "gast"
AREA = "scheveningen"
TOWN = """
id = "dorp"
names = {{ nl = "{word}" }}
time_zone = "Europe/Amsterdam"
country = "NL"
measure = "passages"
credit = "{word}"
[clock]
mode = "replay"
moment = 2026-08-03T08:00:00
title = {{ nl = "{word}" }}
[centre]
lat = 52.1
lon = 4.3
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def hidden_in(value: object) -> bool:
    """Whether anything that nobody sees stands in a value, or in its parts, or in how it is written out as JSON."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return any(bad in text or f"\\u{ord(bad):04x}" in text for bad in BAD)


def toml(text: str) -> str:
    """A text as it stands in TOML: control characters have to be written as escapes there."""
    return "".join(f"\\u{ord(one):04x}" if one in BAD else one for one in text)


def table_of(folder: Path, name: str, head: str, row: str) -> Path:
    (folder / name).write_text(f"{head}\n{row}\n", "utf-8")
    return folder / name


def the_area(folder: Path, home: Path) -> object:
    town = home / "areas" / "dorp"
    town.mkdir(parents=True)
    (town / "area.toml").write_text(TOWN.format(word=toml(WORD)), "utf-8")
    (town / "zones.csv").write_text(f"zone_id,name,lat,lon\na,{WORD},52.1,4.3\n", "utf-8")
    source = f'[[source]]\nid = "a"\nkind = "counts"\nprovider = "file"\ntitle = {{ nl = "{toml(WORD)}" }}\n'
    (town / "sources.toml").write_text(source, "utf-8")
    found = load_area("dorp")
    return [
        found.model_dump(),
        [zone.names for zone in found.zones],
        [one.model_dump() for one in read_sources("dorp")],
    ]


def the_decisions(_folder: Path, _home: Path) -> object:
    record_decision(AREA, read_sources(AREA)[0].id, "pending", WORD, WORD)
    adopt(
        load_area(AREA),
        ThresholdSet(zones={"keizerstraat": (1, 2, 3)}),
        body="klankbordgroep",
        role="steward",
        reason=WORD * 3,
    )
    return [[one.model_dump() for one in decision_log(AREA)], [one.model_dump() for one in adoptions(AREA)]]


def the_brand(folder: Path, _home: Path) -> object:
    (folder / "brand.toml").write_text(f'name = "{toml(WORD)}"\n', "utf-8")
    return read_brand(folder / "brand.toml").name


def the_zones(folder: Path, _home: Path) -> object:
    point = {"type": "Point", "coordinates": [4.2, 52.1]}
    found = []
    for properties in ({"zone_id": "a", "name": WORD}, {"zone_id": f"{WORD} (west)", "name": WORD, "name_en": WORD}):
        feature = {"type": "Feature", "properties": properties, "geometry": point}
        for ascii_only in (True, False):
            text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=ascii_only)
            (folder / "zones.geojson").write_text(text, "utf-8")
            found += [zone.model_dump() for zone in import_zones(folder / "zones.geojson", "Europe/Amsterdam").zones]
    return found


def the_events(folder: Path, _home: Path) -> object:
    head, row = "event_id,name,zone_id,start,end,attendance", f"{WORD},{WORD},pier,2026-08-05 12:00,2026-08-05 18:00,9"
    frame = read_events(table_of(folder, "events.csv", head, row), ("pier",), ZoneInfo("Europe/Amsterdam"))
    text = calendar(event("r", "20260902T090000", 4)).replace(b"SUMMARY:", f"SUMMARY:{WORD}".encode())
    feed = ics.parsed([ics._valid(text)], ICAL_AREA, CONNECTOR, datetime(2026, 8, 3, 9, tzinfo=UTC))
    return [frame.astype(str).to_dict(), feed.frame.astype(str).to_dict()]


def the_counts(folder: Path, _home: Path) -> object:
    path = table_of(folder, "counts.csv", f"timestamp,{WORD},kade", "2026-08-05 12:00,1,2\n2026-08-05 13:00,1,2")
    rows = {"timestamp": ["2026-08-05 12:00"] * 2, "zone_id": ["a", WORD], "count": [1.0, 2.0]}
    pq.write_table(pa.table(rows), folder / "counts.parquet")
    opened = open_table(folder / "counts.parquet")
    wide = read_counts(path, ("kade", "Piergast"), ZoneInfo("Europe/Amsterdam"), "present")
    return [wide.frame.astype(str).to_dict(), [column.to_pylist() for column in opened.columns([0, 1])]]


def the_scenario(_folder: Path, _home: Path) -> object:
    moments = {"start": "2026-08-08T12:00", "end": "2026-08-08T18:00"}
    fields = {"version": 1, "events": [{"event_id": "x", "name": WORD, "zone_id": "pier", "attendance": 9, **moments}]}
    whole = Scenario.from_json(json.dumps(fields))
    return [whole.to_json(), Scenario.decode(Scenario.model_validate(fields).encode()).to_json()]


def the_workbook(_folder: Path, _home: Path) -> object:
    titled = Workbook.empty().titled(WORD)
    read = Workbook.model_validate_json(titled.model_dump_json().replace("Piergast", WORD.replace("\u0007", "")))
    moment = datetime(2026, 8, 5, 12, tzinfo=UTC)
    order = Order(area=AREA, template="t", lang="nl", snapshot="s", at=moment, zone="pier", headline=WORD, advice=WORD)
    return [titled.title, read.title, order.headline, order.advice]


def what_people_say(folder: Path, _home: Path) -> object:
    """All that somebody can type goes into one database, so it is looked for in every column of every table."""
    set_general_mode(Mode.AFTER)
    invite(Role.KLANKBORD, WORD, by=Role.STEWARD)
    set_password(WORD, Role.FACILITATOR, "vier losse woorden", by=Role.STEWARD)
    made = make_session(WORD, kind="werkgroep", day=date(2026, 8, 4), area=AREA, place=WORD).id
    add_item(made, "statements", WORD, text=WORD, item_id="s", documents=[Document(WORD, "https://a.example/b")])
    add_item(made, "question", WORD, item_id="q")
    open_session(made)
    add_statement(made, WORD, person="p", item_id="s")
    respond(made, "q", WORD, person="p", response_id="r")
    type_in(made, "q", [WORD])
    advice = give_advice(made, WORD, due=date(2026, 9, 1), supported_by=WORD, minority=WORD).id
    answer_advice(advice, "adopted", WORD, answered_by=WORD)
    fill_in(made, minutes=WORD, organisations=WORD, attended={})
    said = Contribution(str(uuid4()), AREA, "resident", "nl", WORD, cell=WORD, scenario=WORD, snapshot=WORD)
    send(said, author_of_phone("x"))
    import_contributions(table_of(folder, "in.csv", "role,text", f"resident,{WORD}"), load_area(AREA), "nl")
    export(folder, people=8, statements=3)
    for name in ("comments.csv", "summary.csv"):
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("boulevard", WORD).replace("topic,", f"topic,{WORD}"), "utf-8")
    import_conversation(folder, "ingevoerd")
    assert len(find_contributions(AREA)) == 2
    with open_store() as db:
        names = [name for name in db.table_names() if not name.startswith("contributions_search_")]
        return {name: [list(map(str, row)) for row in db.execute(f"SELECT * FROM {name}")] for name in names}


READERS: tuple[Callable[[Path, Path], object], ...] = (
    *(the_area, the_decisions, the_brand, the_zones, the_events, the_counts, the_scenario, the_workbook),
    what_people_say,
)


@pytest.mark.parametrize("read", READERS)
def test_what_nobody_sees_gets_in_nowhere(tmp_path: Path, home: Path, read: Callable[[Path, Path], Any]) -> None:
    found = read(tmp_path, home)
    assert "Pier" in json.dumps(found, ensure_ascii=False, default=str)
    assert not hidden_in(found)


@given(st.text() | st.lists(st.sampled_from((*BAD, "a", " ", "\u200d", "\n", "e\u0301"))).map("".join))
def test_only_what_is_seen_is_left_and_once_is_enough(text: str) -> None:
    assert visible(visible(text)) == visible(text)
    assert not hidden_in(visible(text))
    assert "\n" not in one_line(text)
    assert one_line(text) == one_line(text).strip()


@pytest.mark.parametrize(
    "text", ["Côte d\u2019Azur", "👩\u200d🚒 brandweer", "می\u200cخواهم", "Zürich", "日本", "ə̃", "5 ≠ 6"]
)
def test_what_somebody_means_stays(text: str) -> None:
    assert visible(text) == text
