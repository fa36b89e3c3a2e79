"""The Python that makes a cell's result again, outside the app, from the same snapshot or backtest."""

from dataclasses import dataclass

from forecasting.evaluation.backtest_result import Backtest
from streamlit_app.shell.context import Context


@dataclass(frozen=True)
class Script:
    """Python in two parts: ``setup``, which many results share, and ``steps``, which leave one in ``result``."""

    setup: str
    steps: str

    def __str__(self) -> str:
        return "\n".join(part for part in (self.setup, self.steps) if part)


_SETUP = """\
from data import load_area
from forecasting import {scenario_import}ThresholdSet, default_thresholds, recall
from forecasting import {forecast} as forecast_of
from language import language
from visuals import Outlook

area = load_area("{area}")
snapshot = recall(area, "{snapshot}", hours={hours})
forecast = forecast_of(snapshot{scenario})
usual = default_thresholds(area, {percentiles})
thresholds = ThresholdSet.decode("{thresholds}").on(usual)
lang = language("{language}")
outlook = Outlook(forecast, area, thresholds, lang)
"""


def python(context: Context, imports: str, *lines: str) -> Script:
    """Return a script that obtains the forecast and thresholds of this context and then runs ``lines``."""
    scenario = context.forecast.scenario
    return Script(
        _SETUP.format(
            area=context.area.id,
            hours=len(context.forecast.hours),
            snapshot=context.snapshot.id,
            forecast="forecast" if context.forecast.timing.now else "replayed_forecast",
            scenario_import="Scenario, " if scenario else "",
            scenario=f', Scenario.decode("{scenario}")' if scenario else "",
            percentiles=_percentiles(context),
            thresholds=context.visitor_thresholds.shown.text,
            language=context.lang.code,
        ),
        _steps(imports, lines),
    )


def _percentiles(context: Context) -> str:
    """The thresholds that were learned from counts, as Python: models trained later would bring others."""
    learned = [
        f'    "{zone_id}": ({zone.yellow!r}, {zone.orange!r}, {zone.red!r}),\n'
        for zone_id, zone in context.visitor_thresholds.defaults.zones.items()
        if zone.basis == "percentile"
    ]
    return f"{{\n{''.join(learned)}}}" if learned else "{}"


_BACKTEST_SETUP = """\
from data import load_area
from forecasting import newest_backtest
from language import language

area = load_area("{area}")
backtest = newest_backtest(area.id)
assert backtest.id == "{backtest}"
lang = language("{language}")
"""


def backtest_python(context: Context, result: Backtest, imports: str, *lines: str) -> Script:
    """Return a script that reads the newest backtest of the area and then runs ``lines``."""
    setup = _BACKTEST_SETUP.format(area=context.area.id, backtest=result.id, language=context.lang.code)
    return Script(setup, _steps(imports, lines))


def _steps(imports: str, lines: tuple[str, ...]) -> str:
    return "\n".join((imports, "", *lines, "")) if imports else "\n".join((*lines, ""))
