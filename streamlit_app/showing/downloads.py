"""Files of figures to take along, in the reader's words; other programs get theirs at the API."""

import streamlit as st

from forecasting.values.forecast import Forecast
from forecasting.values.scenario import Scenario
from streamlit_app.shell import resources
from streamlit_app.shell.context import Context
from visuals.tables.figures import level_figures
from visuals.tables.files import figures_file, file_name
from visuals.tables.readable import Origin
from visuals.words.scenario_sentences import summary


def origin_of(context: Context, forecast: Forecast | None = None) -> Origin:
    """Return where figures of a forecast (by default the one looked at) come from, with its scenario in words."""
    forecast = forecast or context.forecast
    area, lang = context.area, context.lang
    scenario = Scenario.decode(forecast.scenario) if forecast.scenario else None
    words = ", ".join(summary(scenario, area, resources.measures(area.id), lang)) if scenario else ""
    return Origin(area, forecast, words)


def offer_week(context: Context, forecast: Forecast, label: str, key: str) -> None:
    """Show the button for a file with what a forecast expects of every place and hour of its week."""
    name = file_name(context.lang.t("week"), origin_of(context, forecast), context.lang)
    _offer(context, forecast, label, name, key)


def offer_hour(context: Context, hour_index: int, title: str, label: str, key: str) -> None:
    """Show the button for a file with what is expected of every place in one hour, as in the table above it."""
    at = context.forecast.local_hours[hour_index].to_pydatetime()
    name = file_name(title, origin_of(context), context.lang, at=at)
    _offer(context, context.forecast, label, name, key, hour_index)


def _offer(
    context: Context, forecast: Forecast, label: str, name: str, key: str, hour_index: int | None = None
) -> None:
    st.download_button(
        label,
        data=lambda: figures_file(
            level_figures(forecast, context.thresholds, hour_index), origin_of(context, forecast), context.lang
        ),
        file_name=name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )
