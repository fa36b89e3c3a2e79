"""How busy it felt so far, beside the forecast that stood then and the counts."""

from datetime import timedelta

import pandas as pd

from data.consent.gate import read
from feedback.contributions.contributions import find_contributions
from forecasting.meaning.perceived import Felt, felt_moments
from forecasting.snapshot.standing import standing_forecasts
from language import UserError
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context

DAYS = 14
"""How far back answers are compared."""

CODE = """\
from datetime import timedelta

from data import read
from feedback import find_contributions
from forecasting import felt_moments, standing_forecasts

since = area.now() - timedelta(days=14)
said = [one for one in find_contributions(area.id) if one.felt and one.hour and one.hour > since]
expected = standing_forecasts(area, [one.hour for one in said])
counts = read(area, "counts", since, area.now() + timedelta(hours=1))
moments = felt_moments(said, expected, counts, area, thresholds)
result = felt_figures(moments, area, lang)
"""
"""The Python that makes the comparison again, after the imports from ``visuals`` and the usual preamble."""


def felt_so_far(context: Context) -> list[Felt]:
    """Return the answers of the last two weeks, each beside what was expected and counted."""
    area, now = context.area, context.area.now()
    said = [
        one for one in find_contributions(area.id) if one.felt and one.hour and now - one.hour < timedelta(days=DAYS)
    ]
    if not said:
        return []
    expected = standing_forecasts(area, [one.hour for one in said if one.hour], obtain=resources.saved)
    try:
        counts = read(area, "counts", now - timedelta(days=DAYS), now + timedelta(hours=1))
    except UserError:
        counts = pd.DataFrame(columns=["zone_id", "hour", "count"])
    return felt_moments(said, expected, counts, area, context.thresholds)
