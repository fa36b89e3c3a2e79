"""The Python that makes a cell's result again, outside the app, from the same snapshot."""

from streamlit_app.context import Context

_PREAMBLE = """\
from datetime import datetime

from data.area import load_area
from forecasting.snapshot import forecast as forecast_of
from forecasting.snapshots import obtain
from forecasting.store import load_models
from language import language
{imports}

area = load_area("{area}")
snapshot = obtain(area, datetime.fromisoformat("{cutoff}"), hours={hours})
assert snapshot.id == "{snapshot}"
forecast = forecast_of(snapshot)
thresholds = load_models(area).thresholds(area)
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
        language=context.lang.code,
    )
    return preamble + "\n".join(lines) + "\n"
