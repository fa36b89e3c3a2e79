"""A workbook keeps what was seen, in order; its ids cannot be guessed; who reads cannot write."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import nbformat
import pandas as pd
import pytest
from lxml import html

from data.keeping import real_time
from language import UserError, language
from language.markdown import as_text
from reports import workbook_store as store
from reports.kept_python import earlier_sentence
from reports.kept_week import kept_week
from reports.markdown import as_html
from reports.notebook import notebook
from reports.workbook import MOST_RESULTS, MOST_ROWS, Figures, Kept, Picture, Workbook
from reports.workbook_html import workbook_html

NL = language("nl")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fea7358199"
    "0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))
    return tmp_path


def kept(title: str, **fields: object) -> Kept:
    values = {
        "language": "nl",
        "cell": "week",
        "page": "today",
        "address": {"area": "scheveningen"},
        "area": "scheveningen",
        "area_name": "Scheveningen",
        "snapshot": "20260803T06-abcdef012345",
        "simulated": True,
        "title": title,
        "why": "Waarom",
        "method": "Zo **gerekend**.",
        "origin": "Verwachting `x`.",
        "sources": ("**Bron** (maker)",),
        "said": ("- Zaterdag wordt het druk",),
        "pictures": (Picture.of(PNG, "Een plaatje", PNG),),
        "figures": Figures.of(pd.DataFrame({"zone_id": ["pier"], "q50": [1234.56]})),
        "setup": "numbers = [1, 2]",
        "code": "result = sum(numbers)",
    }
    return Kept.model_validate(values | fields)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 8, 4, tzinfo=UTC), ""),
        (datetime(2026, 8, 20, tzinfo=UTC), "Week uit augustus 2026"),
        (datetime(2027, 8, 3, tzinfo=UTC), "Week uit augustus 2026"),
    ],
)
def test_a_result_that_grew_old_says_of_which_week_it_is(
    now: datetime, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(real_time, "real_now", lambda: now)
    made = kept("Alle plekken", origin="Verwachting `20260803T06-abcdef012345`.", simulated=False)
    assert kept_week(made, NL) == said
    assert kept_week(kept("Een toets", origin="Backtest `x`."), NL) == ""
    assert kept_week(made.model_copy(update={"title": "De week van 3 t/m 9 augustus 2026"}), NL) == ""
    workbook = Workbook.empty().adding(made)
    page = html.fromstring(workbook_html(workbook, NL, ZoneInfo("Europe/Amsterdam")))
    assert [line.text_content() for line in page.find_class("demo")] == ([said] if said else [])
    assert (f"**{said}**" in notebook(workbook, NL)) == bool(said)


def titles(edit_id: str) -> list[str]:
    return [one.title for one in store.load(edit_id).kept]


def test_results_keep_their_order_and_can_be_moved_noted_and_removed() -> None:
    edit_id = store.begin()
    for title in "abc":
        store.change(edit_id, lambda book, title=title: book.adding(kept(title)))
    first, _, last = (one.id for one in store.load(edit_id).kept)
    store.change(edit_id, lambda book: book.moving(last, -1))
    assert titles(edit_id) == ["a", "c", "b"]
    store.change(edit_id, lambda book: book.moving(last, -9))
    assert titles(edit_id) == ["c", "a", "b"]
    store.change(edit_id, lambda book: book.noting(first, "  kijk  ").without(last).titled(" Warm weekend "))
    book = store.load(edit_id)
    assert (titles(edit_id), book.kept[0].note, book.title) == (["a", "b"], "kijk", "Warm weekend")
    assert book.kept[0].pictures[0].png == PNG
    assert book.kept[0].figures.rows == (("pier", "1235"),)


def test_whoever_reads_cannot_write_nor_find_out_how() -> None:
    edit_id = store.begin()
    read_id = store.read_id_of(edit_id)
    assert len(edit_id) == len(read_id) == 33  # 160 bits in base 32
    assert store.load(read_id) == store.load(edit_id)
    for forbidden in (lambda: store.change(read_id, lambda book: book), lambda: store.delete(read_id)):
        with pytest.raises(UserError, match="not change it"):
            forbidden()
    files = "".join(path.name + path.read_text() for path in (Path(os.environ["CSM_HOME"]) / "workbooks").iterdir())
    assert read_id in files
    assert edit_id not in files
    assert edit_id[1:] not in files


@pytest.mark.parametrize("damaged", ["", "x", "w../../secret", "r" + "a" * 31, "w" + "A" * 32, "r" + "1" * 32])
def test_a_damaged_link_is_one_sentence(damaged: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        store.load(damaged)


def test_a_workbook_that_is_gone_or_newer_is_one_sentence(home: Path) -> None:
    with pytest.raises(UserError, match="not here"):
        store.load("r" + "a" * 32)
    edit_id = store.begin()
    path = next((home / "workbooks").glob("*.json"))
    path.write_text(path.read_text().replace('"version":1', '"version":2'))
    with pytest.raises(UserError, match="newer"):
        store.load(edit_id)


def test_limits_are_said() -> None:
    full = Workbook.empty().model_copy(update={"kept": tuple(kept(str(i)) for i in range(MOST_RESULTS))})
    with pytest.raises(UserError, match="full"):
        full.adding(kept("one more"))
    with pytest.raises(UserError, match="too long"):
        full.noting(full.kept[0].id, "x" * 2001)
    with pytest.raises(UserError, match="too long"):
        full.titled("x" * 121)
    with pytest.raises(UserError, match="too large"):
        Picture.of(b"x" * 1_000_001, "")
    figures = Figures.of(pd.DataFrame({"n": range(5000)}))
    assert (len(figures.rows), figures.total) == (MOST_ROWS, 5000)


def test_two_that_change_at_once_follow_each_other() -> None:
    edit_id = store.begin()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda i: store.change(edit_id, lambda book: book.adding(kept(str(i)))), range(24)))
    assert sorted(titles(edit_id), key=int) == [str(i) for i in range(24)]


def test_a_copy_stands_apart_and_old_ones_are_forgotten(home: Path) -> None:
    edit_id = store.begin()
    store.change(edit_id, lambda book: book.adding(kept("a")))
    copied = store.copy(store.read_id_of(edit_id))
    store.change(copied, lambda book: book.without(book.kept[0].id))
    assert (titles(edit_id), titles(copied)) == (["a"], [])
    path = home / "workbooks" / f"{store.read_id_of(edit_id)}.json"
    long_ago = (datetime.now(UTC) - store.KEPT_FOR - timedelta(days=1)).timestamp()
    os.utime(path, (long_ago, long_ago))
    store.forget_old(datetime.now(UTC))
    assert not path.exists()
    assert titles(copied) == []


def test_results_of_areas_that_somebody_may_not_see_are_left_out() -> None:
    book = Workbook.empty().adding(kept("open")).adding(kept("shut", area="secret"))
    assert [one.title for one in book.seen_by(["scheveningen"]).kept] == ["open"]


def test_the_page_stands_alone_and_shows_nothing_as_markup() -> None:
    evil = kept("<script>alert(1)</script>", note="<img src=x onerror=alert(1)>", said=("<b>vet</b> **dik**",))
    text = workbook_html(Workbook.empty().titled("<i>t</i>").adding(evil).adding(kept("b")), NL, ZoneInfo("UTC"))
    page = html.document_fromstring(text)
    assert page.get("lang") == "nl"
    assert not page.xpath("//script | //i | //b | //link | //iframe | //*[@onerror]")
    assert [heading.tag for heading in page.xpath("//h1 | //h2 | //h3")] == ["h1", "h2", "h2"]
    assert page.xpath("//h2")[0].text == "1. <script>alert(1)</script>"
    assert [image.get("alt") for image in page.xpath("//img")] == ["Een plaatje"] * 2
    assert all(
        address.startswith(("data:image/png;base64,", "#")) for address in page.xpath("//@src | //@srcset | //@href")
    )
    assert page.xpath("//picture/source/@media") == ["screen and (max-width: 40rem)"] * 2
    assert page.xpath("//th/@scope") == ["col"] * 4
    assert page.xpath("//strong")[0].text == "dik"
    assert "OEFENGEGEVENS" in page.xpath("//title")[0].text


def test_the_notebook_is_valid_and_shares_what_results_have_in_common() -> None:
    book = Workbook.empty().adding(kept("a", note="*let op*")).adding(kept("b"))
    book = book.adding(kept("c", setup="numbers = [5]"))
    made = nbformat.reads(notebook(book, NL), as_version=4)
    nbformat.validate(made)
    tags = [tag for cell in made.cells for tag in cell.metadata.get("tags", [])]
    assert tags == ["setup", "result", "result", "setup", "result"]
    about = made.cells[2]
    assert "OEFENGEGEVENS" in about.source
    assert r"> \*let op\*" in about.source
    assert "attachment:1-1.png" in about.source
    assert set(about.attachments) == {"1-1.png"}


def test_a_result_that_spoils_what_it_shares_does_not_spoil_the_next() -> None:
    book = Workbook.empty().adding(kept("a", code="numbers = [9]\nresult = numbers")).adding(kept("b"))
    made = nbformat.reads(notebook(book, NL), as_version=4)
    names: dict[str, object] = {}
    for cell in made.cells:
        if {"setup", "result"} & set(cell.metadata.get("tags", [])):
            exec(cell.source, names)
    assert names["result"] == 3


def test_what_people_type_is_shown_as_typed() -> None:
    assert as_html(as_text("*a* <b> [x](y) # 1. `c`")).strip() == "<p>*a* &lt;b&gt; [x](y) # 1. `c`</p>"
    assert as_html(":gray[:small[waarom [x]]] daarom").strip() == "<p>waarom [x] daarom</p>"


@pytest.mark.parametrize(
    "fields",
    [
        {"setup": "from data.area import load_area", "code": "result = 1"},
        {"code": "from visuals.no_such_module import week\nresult = week"},
        {"code": "from visuals import week\nresult = week(forecast, area, thresholds, lang, zone_id='pier')"},
        {"code": "from visuals import week\nresult = week(outlook, zone='pier')"},
        {"setup": "from forecasting import no_such_name", "code": "result = 1"},
    ],
)
def test_python_of_an_earlier_version_says_so_in_the_notebook(fields: dict[str, str]) -> None:
    result = kept("Oud", kept_at=datetime(2026, 3, 4, 12, tzinfo=UTC), **fields)
    made = notebook(Workbook.empty().model_copy(update={"kept": (result,)}), NL)
    assert "geschreven door de versie van 4 maart 2026" in made


def test_python_that_runs_says_nothing_of_versions() -> None:
    code = "from visuals import week\nresult = week(outlook, zone_id='pier', **more)"
    assert earlier_sentence(kept("Nu", code=code), NL) == ""
    assert earlier_sentence(kept("Nu", code="from visuals import week\nresult = week(outlook, zone_id='x')"), NL) == ""
