"""The page that says how good forecasts were: both sides in both languages, and what to run where nothing is tested."""

import pytest

from forecasting.backtest_result import newest
from tests.apptest.test_pages import MARK, headings, opened

CELLS = ("verdict", "outcomes", "reliability", "came", "unknown")


@pytest.mark.parametrize(
    ("lang", "right", "missed"),
    [("nl", "drukke momenten klopten", "zagen wij niet aankomen"), ("en", "came true", "did not see coming")],
)
def test_the_page_says_hits_and_misses(lang: str, right: str, missed: str) -> None:
    app = opened("accuracy", lang=lang)
    (title,) = (heading.value for heading in app.title)
    assert title.startswith(MARK[lang])
    said = " ".join(text.value for text in app.markdown)
    assert right in said
    assert missed in said
    assert {"nl": "Kloppen de kansen?", "en": "Do the chances hold?"}[lang] in headings(app)
    assert len(app.dataframe) == 1


def test_the_shipped_result_is_small_and_practice_data() -> None:
    from data.home import SHIPPED

    result = newest("scheveningen")
    assert result is not None
    assert result.simulated
    assert (SHIPPED / "scheveningen" / "backtest" / "result.json").stat().st_size <= 100_000
    assert result.moments.came == result.moments.seen + result.moments.missed


def test_an_area_without_a_test_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forecasting.backtest_result.newest", lambda _: None)
    app = opened("accuracy", lang="nl")
    assert "python -m forecasting backtest --area scheveningen" in " ".join(info.value for info in app.info)


def test_the_python_of_every_cell_runs() -> None:
    app = opened("accuracy", lang="en")
    for cell in CELLS:
        app.session_state[f"{cell}.how"] = True
    app.run()
    found = [block.value for block in app.code]
    assert len(found) == len(CELLS)
    for script in found:
        names: dict[str, object] = {}
        exec(compile(script, "cell", "exec"), names)
        assert names["result"] is not None
