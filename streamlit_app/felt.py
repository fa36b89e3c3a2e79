"""How busy it felt so far, beside the forecast of that morning and the counts."""

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from data.gate import read
from feedback.contributions import find
from forecasting.forecast import Forecast
from forecasting.mornings import morning_forecast
from language import UserError
from streamlit_app import resources
from streamlit_app.context import Context
from visuals.felt import Felt, felt_moments

DAYS = 14
"""How far back answers are compared."""

CODE = """\
from datetime import timedelta

from data.gate import read
from feedback.contributions import find
from forecasting.mornings import morning_forecast

said = [one for one in find(area.id) if one.felt and one.hour and area.now() - one.hour < timedelta(days=14)]
days = {one.hour.astimezone(area.tz).date() for one in said}
counts = read(area, "counts", area.now() - timedelta(days=14), area.now())
moments = felt_moments(said, {day: morning_forecast(area, day) for day in days}, counts, area, thresholds)
result = felt_figures(moments, area, lang)
"""
"""The Python that makes the comparison again, after the imports of ``visuals.felt`` and the usual preamble."""


def felt_so_far(context: Context) -> list[Felt]:
    """Return the answers of the last two weeks, each beside what was expected and counted."""
    area, now = context.area, context.area.now()
    said = [one for one in find(area.id) if one.felt and one.hour and now - one.hour < timedelta(days=DAYS)]
    if not said:
        return []
    days = {one.hour.astimezone(area.tz).date() for one in said if one.hour}
    forecasts = {day: found for day in days if (found := _morning(area.id, day)) is not None}
    try:
        counts = read(area, "counts", now - timedelta(days=DAYS), now)
    except UserError:
        counts = pd.DataFrame(columns=["zone_id", "hour", "count"])
    return felt_moments(said, forecasts, counts, area, context.thresholds)


@st.cache_resource(max_entries=30, show_spinner=False)
def _morning(area_id: str, day: date) -> Forecast | None:
    """Return the forecast of a day's morning; ``None`` where there is none."""
    try:
        return morning_forecast(resources.area(area_id), day)
    except UserError:
        return None
