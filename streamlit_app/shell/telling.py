"""Telling on the spot that the database cannot be used now, so that the rest of a page goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from feedback.database.unavailable import UnavailableError
from language.markdown import safe
from streamlit_app.shell import logs, session


@contextmanager
def told_on_the_spot(title: str = "") -> Iterator[None]:
    """Say in one sentence, where the block would have stood, that what people say is not at hand; the page goes on.

    ``title`` is that of the page, where the block is what would have given it one.
    """
    try:
        yield
    except UnavailableError as error:
        logs.log_unavailable("the database cannot be used", error)
        if title:
            st.title(safe(title), anchor=False)
        st.warning(error.md(session.spoken()), icon=":material/cloud_off:")
