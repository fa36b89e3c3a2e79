"""The Python that makes a cell's result again, outside the app, from the same snapshot or backtest."""

from forecasting.backtest_result import Backtest
from streamlit_app.context import Context

_PREAMBLE = """\
from datetime import datetime

from data.area import load_area
{scenario_import}from forecasting.snapshot import forecast as forecast_of
from forecasting.snapshots import obtain
from forecasting.store import load_models
from forecasting.threshold_set import ThresholdSet
from language import language
{imports}

area = load_area("{area}")
snapshot = obtain(area, datetime.fromisoformat("{cutoff}"), hours={hours})
assert snapshot.id == "{snapshot}"
forecast = forecast_of(snapshot{scenario})
thresholds = ThresholdSet.decode("{thresholds}").on(load_models(area).thresholds(area))
lang = language("{language}")
"""


def python(context: Context, imports: str, *lines: str) -> str:
    """Return a script that obtains the forecast of this context and then runs ``lines``."""
    preamble = _PREAMBLE.format(
        imports=imports,
        area=context.area.id,
        cutoff=context.snapshot.cutoff.isoformat(),
        hours=len(context.forecast.hours),
        snapshot=context.snapshot.id,
        scenario_import="from forecasting.scenario import Scenario\n" if context.forecast.scenario else "",
        scenario=f', Scenario.decode("{context.forecast.scenario}")' if context.forecast.scenario else "",
        thresholds=context.borders.shown.text,
        language=context.lang.code,
    )
    return preamble + "\n".join(lines) + "\n"


_BACKTEST_PREAMBLE = """\
from data.area import load_area
from forecasting.backtest_result import newest
from language import language
{imports}

area = load_area("{area}")
backtest = newest(area.id)
assert backtest.id == "{backtest}"
lang = language("{language}")
"""


def backtest_python(context: Context, result: Backtest, imports: str, *lines: str) -> str:
    """Return a script that reads the newest backtest of the area and then runs ``lines``."""
    preamble = _BACKTEST_PREAMBLE.format(
        imports=imports, area=context.area.id, backtest=result.id, language=context.lang.code
    )
    return preamble + "\n".join(lines) + "\n"
