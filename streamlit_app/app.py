"""The entry: ``streamlit run streamlit_app/app.py`` serves the app and its plain web addresses."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware

from data.keeping.home import home
from feedback.database.store import close_store
from language.errors import name_folders
from streamlit_app.entrance import first_start, sign_on
from streamlit_app.server import warmup
from streamlit_app.server.caretaker import keep_copies, take_care
from streamlit_app.server.inner_addresses import InnerAddresses
from streamlit_app.server.known_theme import keep_theme
from streamlit_app.server.leading import leads
from streamlit_app.server.routes import ROUTES
from streamlit_app.server.upload_guard import UploadGuard
from streamlit_app.shell import logs
from streamlit_app.shell.errors import friendly_error
from streamlit_app.shell.security import LastResort, PageLanguage, SecurityHeaders
from streamlit_app.showing import basemaps

SCRIPT = Path(__file__).with_name("main.py")
MIDDLEWARE = [
    Middleware(SecurityHeaders),
    Middleware(LastResort),
    Middleware(InnerAddresses),
    Middleware(UploadGuard),
    Middleware(PageLanguage),
]


async def start() -> None:
    """Do what the first visitor would otherwise wait for, and find out beside it whether tiles can be reached."""
    logs.set_up()
    keep_theme()
    name_folders({str(home()): "var", str(Path(__file__).parents[1]): "."})
    Thread(target=basemaps.probe_tiles, daemon=True).start()
    await asyncio.to_thread(_greet)
    await asyncio.to_thread(warmup.warm_up)
    logs.log("ready")


def _greet() -> None:
    """Print the links of the first start; of several processes only the one that leads: new links end earlier ones."""
    try:
        first = leads()
    except OSError as error:
        logs.log_error("nobody can lead", error)
        return
    if first:
        first_start.print_links()


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    await start()
    # What is loaded by now never becomes garbage, so no collection has to go through it
    # (docs/decisions/0003-garbage-collection.md).
    gc.collect()
    gc.freeze()
    tasks = [asyncio.create_task(care) for care in (take_care(), keep_copies())]
    yield
    for task in tasks:
        task.cancel()
    close_store()


# Streamlit finds the app by this very form: a variable that is assigned st.App(…).
app = st.App(
    SCRIPT,
    secrets=sign_on.auth_secrets(),
    lifespan=_lifespan,
    routes=ROUTES,
    middleware=MIDDLEWARE,
    on_script_error=friendly_error,
)
