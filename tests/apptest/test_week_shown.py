"""A week that is not the one that comes says so with its year on every page, and is never called the coming one."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.area.area import load_area
from data.area.clock import set_clock
from data.keeping import real_time
from streamlit_app.shell import context
from tests.apptest.test_pages import headings, opened

PAGES = [
    ("today", "nl"),
    ("today", "en"),
    ("map", "nl"),
    ("thresholds", "en"),
    ("scenarios", "nl"),
    ("accuracy", "en"),
]
COMING = re.compile(
    r"komende week|deze week|vandaag|morgen\b|gisteren|komende zaterdag|afgelopen zaterdag|"
    r"coming week|this week|\btoday\b|tomorrow|yesterday|next saturday|last saturday",
    re.IGNORECASE,
)
REAL = {
    "nl": "**Dit is een week uit november 2025, met echte tellingen.** U ziet wat er toen werd verwacht voor "
    "24 t/m 30 november 2025, niet wat er nu wordt verwacht.",
    "en": "**This is a week from November 2025, with real counts.** You see what was expected then for "
    "24 to 30 November 2025, not what is expected now.",
}


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the real time be a moment of choice."""

    def freeze(moment: datetime) -> None:
        monkeypatch.setattr(real_time, "real_now", lambda: moment)

    return freeze


@pytest.fixture
def live(home: Path) -> Iterator[None]:
    """Auckland follows the real clock."""
    set_clock(load_area("auckland"), None)
    yield
    (home / "areas" / "auckland" / "area.toml").unlink()


def texts(app: AppTest) -> list[str]:
    shown = (*app.title, *app.header, *app.markdown, *app.warning, *app.info, *app.caption, *app.expander)
    said = [getattr(one, "value", None) or getattr(one, "label", "") for one in shown]
    charts = [chart.proto.spec for chart in app.get("vega_lite_chart")]
    return [*said, *charts]


def warnings(app: AppTest) -> list[str]:
    return [warning.value for warning in app.warning]


@pytest.mark.parametrize(("page", "lang"), PAGES)
def test_a_replayed_week_of_real_counts_says_so(page: str, lang: str) -> None:
    app = opened(page, lang=lang, area="auckland")
    assert warnings(app) == [REAL[lang]]
    assert not [text for text in texts(app) if COMING.search(text)]
    if page == "today":
        assert {"nl": "De week van 24 t/m 30 november 2025", "en": "The week of 24 to 30 November 2025"}[
            lang
        ] in headings(app)
    if page == "map":
        assert re.match(r".* november 2025, ", headings(app)[0], re.IGNORECASE)
    assert not context.shows_now()


@pytest.mark.parametrize(("page", "lang"), PAGES)
def test_a_practice_week_is_said_once_with_its_year(page: str, lang: str) -> None:
    app = opened(page, lang=lang)
    (said,) = [warning for warning in warnings(app) if "3 t/m 9 augustus 2026" in warning or "3 to 9 August" in warning]
    assert said.startswith(("**OEFENGEGEVENS · Oefenweek Zomerpiek.**", "**DEMO DATA · Practice week Summer Peak.**"))
    assert not [text for text in texts(app) if COMING.search(text)]


def test_a_phone_that_takes_part_reads_it_in_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit_app.notebook.header.narrow", lambda: True)
    assert warnings(opened("join", lang="nl", area="auckland")) == [
        "**Dit is een week uit november 2025, met echte tellingen.**"
    ]
    assert warnings(opened("join", lang="nl")) == ["**OEFENGEGEVENS.** Een verzonnen week van 3 t/m 9 augustus 2026."]


@pytest.mark.usefixtures("live")
def test_a_week_that_comes_is_called_so_and_has_no_banner(it_is: Callable[[datetime], None]) -> None:
    it_is(datetime(2025, 11, 24, 22, tzinfo=UTC))
    app = opened("today", lang="nl", area="auckland")
    assert warnings(app) == []
    assert "De komende week: 25 november t/m 1 december 2025" in headings(app)
    seen = app.query_params["snapshot"]

    it_is(datetime(2025, 11, 29, 22, tzinfo=UTC))
    later = opened("today", lang="nl", area="auckland", snapshot=seen)
    assert warnings(later) == [
        "**Dit is een oude verwachting, van 25 november 2025.** U ziet wat er toen werd verwacht voor 25 november t/m "
        "1 december 2025, niet wat er nu wordt verwacht."
    ]
    assert "De week van 25 november t/m 1 december 2025" in headings(later)
    assert not [text for text in texts(later) if COMING.search(text)]


@pytest.mark.usefixtures("live")
def test_a_forecast_from_old_counts_says_until_when_they_are(it_is: Callable[[datetime], None]) -> None:
    it_is(datetime(2026, 2, 10, 22, tzinfo=UTC))
    for page in ("today", "thresholds"):
        app = opened(page, lang="nl", area="auckland")
        assert warnings(app) == [
            "**De nieuwste tellingen zijn van 1 januari 2026.** De verwachting voor 11 t/m 17 februari 2026 steunt op "
            "oude tellingen."
        ]
        assert not [text for text in texts(app) if COMING.search(text)]
        assert page != "today" or "De week van 11 t/m 17 februari 2026" in headings(app)


def week_said(monday: str) -> AppTest:
    app = opened("said", lang="nl", area="auckland")
    app.query_params["monday"] = monday
    app.run()
    assert not app.exception
    return app


def test_a_week_that_was_is_told_at_an_address_that_stays() -> None:
    today = opened("today", lang="nl", area="auckland")
    assert "Over de week van 10 t/m 16 november 2025 zeiden wij …" in headings(today)
    (link,) = [text.value for text in today.markdown if "Vast adres van deze uitspraken" in text.value]
    assert "said?area=auckland&monday=2025-11-10&lang=nl" in link
    page = week_said("2025-11-10")
    on_today = [text.value for text in today.markdown if "Wij zeiden:" in text.value]
    assert len(on_today) == 3
    assert [text.value for text in page.markdown if "Wij zeiden:" in text.value] == on_today
    assert page.query_params["monday"] in ("2025-11-10", ["2025-11-10"])


@pytest.mark.parametrize("monday", ["2024-01-01", "2024-01-04", "gisteren", "9999-12-31"])
def test_a_week_of_which_nothing_was_kept_says_so(monday: str) -> None:
    app = week_said(monday)
    said = " ".join(text.value for text in app.markdown)
    assert ("geen verwachting bewaard" in said) == monday.startswith("2024")
