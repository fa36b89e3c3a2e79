"""What stands on every page about forecasts while an area has none yet."""

import streamlit as st

from data.area.area import Area
from feedback.people.roles import Role
from forecasting.snapshot.unknown import NothingKnownError
from forecasting.training.model_files import NotTrainedError
from language.markdown import Markdown, small
from streamlit_app.access.permissions import may
from streamlit_app.shell import session
from streamlit_app.shell.navigation import PAGES


def without_forecast(area: Area, error: NothingKnownError) -> None:
    """Say that nothing is known in the forecast, and why."""
    lang = session.spoken()
    st.title(lang.md("There is no forecast of {area} yet", area=area.name(lang)), anchor=False)
    st.markdown(error.md(lang))
    st.markdown(lang.t("Choose another area at the top."))
    if may(Role.STEWARD):
        st.markdown(lang.t("What was counted, and when, is on the page 'Manage'."))
        st.page_link(PAGES / "manage.py", label=lang.t("Manage"), icon=":material/arrow_forward:")


def untrained(area: Area, error: NotTrainedError) -> None:
    """Say that there is no forecast, what the visitor can do, and how a steward and who runs the app make one."""
    lang = session.spoken()
    st.title(lang.md("There is no forecast of {area} yet", area=area.name(lang)), anchor=False)
    st.markdown(lang.t("First the app has to learn from the counts of this area. Choose another area at the top."))
    if may(Role.STEWARD):
        st.markdown(lang.t("You can let it learn now, on the page 'Manage', under 'Forecast'."))
        st.page_link(PAGES / "manage.py", label=lang.t("Manage"), icon=":material/arrow_forward:")
    command = Markdown(f"`{error.values['command']}`")
    st.markdown(small(lang.md("For whoever runs this app: {command}", command=command)))
