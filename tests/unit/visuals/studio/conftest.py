"""Material for pictures: the practice week with contributions and a session, and an Auckland of likely counts."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest

from data.area.area import load_area
from data.area.sources import read_sources
from feedback.contributions.told import told_about
from feedback.database.store import change_store
from feedback.sessions.agenda import add_item
from feedback.sessions.sessions import make_session, open_session
from forecasting.evaluation.backtest_result import newest_backtest
from language import language
from tests.homes import in_home
from visuals.base.basemap import basemap_of
from visuals.studio.material.gathering import gather
from visuals.studio.material.material import Material, opening
from visuals.studio.material.meeting import meeting_of

TOPICS = ("parking",) * 14 + ("noise",) * 9 + ("traffic",) * 7 + ("waste",) * 6 + ("economy",) * 2 + (None,) * 3
ADDRESS = "https://drukte.voorbeeld.nl"
LONG_NAME = "Wandelpromenade tussen de Vuurtoren en het Zuiderstrandtheater"

Materials = Callable[[str, str], Material]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of users' state for all pictures, with contributions and a session in it."""
    folder = tmp_path_factory.mktemp("studio")
    with in_home(folder):
        with change_store() as db:
            db.table("contributions").insert_all(
                {
                    "id": str(uuid4()),
                    "area": "scheveningen",
                    "role": "resident",
                    "topic": topic,
                    "text": "…",
                    "language": "nl",
                    "state": "published",
                    "sent": f"2026-07-{1 + number % 28:02}T10:00:00Z",
                }
                for number, topic in enumerate(TOPICS)
            )
        meeting = make_session(
            "Hoe druk mag het worden?",
            kind="klankbordgroep",
            day=date(2026, 8, 27),
            area="scheveningen",
            place="Muzee, Neptunusstraat 90",
            name="zomeravond",
        )
        for title in ("Terugblik op het weekend van 8 augustus", "Wanneer is het te druk op de boulevard?", "Advies"):
            add_item(meeting.id, "question", title)
        open_session(meeting.id)
    return folder


@pytest.fixture(scope="module", autouse=True)
def _in_this_home(home: Path) -> Iterator[None]:
    with in_home(home):
        yield


@pytest.fixture(scope="session")
def materials(home: Path, make, zone_thresholds) -> Materials:
    """Return the material of an area in a language; Auckland's counts follow the shape of a likely week."""
    auckland = load_area("auckland")
    forecast = make(auckland, start="2025-11-23 19:00")
    thresholds = zone_thresholds(auckland)
    since = auckland.now()
    index, zone_id = opening(forecast, thresholds, since)
    with in_home(home):
        meeting = meeting_of("scheveningen", "zomeravond", date(2026, 8, 3), ADDRESS)
        practice = {lang: gather("scheveningen", lang) for lang in ("nl", "en")}
        told, tested = told_about("scheveningen"), newest_backtest("scheveningen")

    def of(area_id: str, lang: str) -> Material:
        if area_id == "scheveningen":
            return practice[lang].changed(told=told, meeting=meeting)
        return Material(
            area=auckland,
            lang=language(lang),
            forecast=forecast,
            thresholds=thresholds,
            sources=tuple(read_sources("auckland")),
            basemap=basemap_of("auckland"),
            hour_index=index,
            zone_id=zone_id,
            since=since,
            backtest=tested,
            told=told,
            meeting=meeting,
        )

    return of


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 8, 3, 8, tzinfo=UTC)
