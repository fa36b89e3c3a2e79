"""One moment as a visitor meets it: link, table, file, address for programs, picture and sentence say the same."""

import csv
import io
import re
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, expect

from data.area.area import load_area
from forecasting.training.model_files import load_models
from language import language
from language.plain import rounded
from tests.browser.looking import WAIT, visit

NL = language("nl")
LINK = "lang=nl&area=scheveningen&zone=strand-pier&at=2026-08-08T13:00Z&view=levels"


def test_link_table_file_address_picture_and_sentence_agree(page: Page, app: str) -> None:
    with urlopen(f"{app}/api/areas/scheveningen/forecast.csv") as answer:
        rows = [row for row in csv.DictReader(io.TextIOWrapper(answer, "utf-8")) if row["zone_id"] == "strand-pier"]
    (at,) = [row for row in rows if row["hour"] == "2026-08-08T15:00:00+02:00"]
    low, expected, high = (int(rounded(float(at[name]))) for name in ("q10", "q50", "q90"))
    area = load_area("scheveningen")
    red = load_models(area).thresholds(area).zones["strand-pier"].red
    too_busy = [
        int(row["hour"][11:13]) for row in rows if row["hour"].startswith("2026-08-08") and float(row["q50"]) >= red
    ]
    hours = f"te druk van {too_busy[0]} tot {too_busy[-1] + 1} uur"
    assert too_busy == list(range(too_busy[0], too_busy[-1] + 1))

    visit(page, f"{app}/map?{LINK}")
    said = page.get_by_text(re.compile(f"te druk bij Pierstrand: tussen .* {NL.number(low)} en {NL.number(high)} "))
    expect(said).to_be_visible()
    chance = re.search(r"\d+ op 10", said.inner_text())
    assert chance

    with page.expect_download() as saved:
        page.get_by_role("button", name="Deze tabel als CSV").click()
    (line,) = [one for one in Path(saved.value.path()).read_text("utf-8-sig").split("\n") if "Pierstrand" in one]
    assert line.split(";")[3:9] == ["15:00", "te druk", str(low), str(expected), str(high), chance[0]]

    # What is drawn on a canvas stands in it for screen readers too.
    table = page.get_by_test_id("stDataFrame").locator("canvas [role=row]").filter(has_text="Pierstrand")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    expect(table).to_have_count(1, timeout=WAIT)
    cells = table.locator("[role=gridcell]").all_text_contents()
    assert cells[:2] == ["Pierstrand", "■ te druk"]
    assert cells[2:6] == [*map(str, (expected, low, high)), chance[0]]

    visit(page, f"{app}/?{LINK}")
    moment = page.get_by_text("wordt het te druk bij Pierstrand").locator("..").filter(has_text=f"Zaterdag {hours}")
    expect(moment).to_be_visible()
    expect(page.locator(f"path[aria-label^='Pierstrand, zaterdag {hours}']")).to_have_count(1, timeout=WAIT)
