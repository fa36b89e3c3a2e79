"""The app as it would be without freezing what is loaded: only for the comparison in map_rerun.py."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from streamlit_app.app import MIDDLEWARE, SCRIPT, start
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.errors import friendly_error


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    await start()
    yield


app = st.App(SCRIPT, lifespan=_lifespan, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=friendly_error)
