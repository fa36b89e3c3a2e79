"""What a visitor sees when something fails: one sentence, never a traceback."""

import streamlit as st

from feedback.database.unavailable import UnavailableError
from streamlit_app.shell import logs
from streamlit_app.shell.session import spoken


def friendly_error(error: Exception) -> bool:
    """Show a sentence in the visitor's language and log where the error happened; returns True: it is shown."""
    if isinstance(error, UnavailableError):  # in a button or a part that is drawn anew by itself
        logs.log_unavailable("the database cannot be used", error)
        st.warning(error.md(spoken()), icon=":material/cloud_off:")
        return True
    logs.log_error("page failed", error)
    st.error(
        spoken().t("Something went wrong on our side. What you entered is kept. Reload the page to try again."),
        icon=":material/error:",
    )
    return True
