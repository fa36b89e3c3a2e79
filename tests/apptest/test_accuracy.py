"""The page that says how good forecasts were: both sides in both languages, and what to run where nothing is tested."""

import pytest

from forecasting.evaluation.backtest_result import Backtest, Warnings, newest_backtest
from forecasting.training.model_files import MODEL_VERSION
from tests.apptest.test_pages import MARK, headings, opened

CELLS = ("verdict", "outcomes", "reliability", "warning", "came", "unknown")


@pytest.mark.parametrize(
    ("lang", "right", "missed"),
    [("nl", "drukke momenten klopten", "zagen wij niet aankomen"), ("en", "came true", "did not see coming")],
)
def test_the_page_says_hits_and_misses(lang: str, right: str, missed: str) -> None:
    app = opened("accuracy", lang=lang)
    (title,) = (heading.value for heading in app.title)
    assert MARK[lang] not in title  # it is said once, above
    assert any(MARK[lang] in warning.value for warning in app.warning)
    said = " ".join(text.value for text in app.markdown)
    assert right in said
    assert missed in said
    assert {"nl": "Kloppen de kansen?", "en": "Do the chances hold?"}[lang] in headings(app)
    assert len(app.dataframe) == 1


def test_the_shipped_result_is_small_and_practice_data() -> None:
    from data.keeping.home import SHIPPED

    result = newest_backtest("scheveningen")
    assert result is not None
    assert result.simulated
    assert (SHIPPED / "scheveningen" / "backtest" / "result.json").stat().st_size <= 200_000
    assert result.moments.came == result.moments.seen + result.moments.missed


@pytest.mark.parametrize(("version", "said"), [("1", True), (MODEL_VERSION, False)])
def test_a_test_of_earlier_models_says_so(version: str, said: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    result = newest_backtest("scheveningen")
    assert result is not None
    older = result.model_copy(update={"model_version": version})
    monkeypatch.setattr("forecasting.evaluation.backtest_result.newest_backtest", lambda _: older)
    app = opened("accuracy", lang="en")
    assert any("made before" in info.value for info in app.info) == said


def test_an_area_without_a_test_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forecasting.evaluation.backtest_result.newest_backtest", lambda _: None)
    app = opened("accuracy", lang="nl")
    assert "nog niet getoetst" in " ".join(info.value for info in app.info)
    assert any("python -m forecasting backtest --area scheveningen" in one.value for one in app.markdown)


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


def with_warnings(result: Backtest) -> Backtest:
    """The shipped result with warnings of which the sums are easy to see."""
    many, few = tuple(range(18, 0, -2)), tuple(range(9, 0, -1))
    return result.model_copy(
        update={
            "warnings": (
                Warnings(zone="pier", came=20, seen=many, given=many, right=few),
                Warnings(zone="keizerstraat", came=4, seen=(4, 4, 3, 3, 2, 2, 1, 1, 0), given=few, right=(0,) * 9),
            )
        }
    )


def test_an_earlier_warning_catches_more_and_is_more_often_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = newest_backtest("scheveningen")
    assert shipped is not None
    monkeypatch.setattr("forecasting.evaluation.backtest_result.newest_backtest", lambda _: with_warnings(shipped))
    app = opened("accuracy", lang="nl")
    assert "Bij welke kans waarschuwt u?" in headings(app)

    def said() -> str:
        return " ".join(text.value for text in app.markdown)

    assert "Waarschuwt u vanaf 5 op 10, dan had u 12 van de 24 drukke momenten zien aankomen, en 12 gemist." in said()
    assert "U had 15 keer gewaarschuwd, waarvan 10 keer voor niets." in said()
    app.select_slider(key="accuracy.warn_from").set_value(1).run()
    assert "Waarschuwt u vanaf 2 op 10, dan had u 20 van de 24 drukke momenten zien aankomen, en 4 gemist." in said()
    app.selectbox(key="accuracy.warn_where").set_value("keizerstraat").run()
    assert "4 van de 4 drukke momenten zien aankomen, en 0 gemist" in said()
    assert "Dit zijn weinig momenten" in said()
    app.session_state["warning.how"] = True
    app.run()
    (script,) = (block.value for block in app.code)
    names: dict[str, object] = {}
    exec(compile(script, "cell", "exec"), names)
    assert names["result"] is not None
