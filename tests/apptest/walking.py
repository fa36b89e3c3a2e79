"""Walks the app as a process of its own: asks addresses and opens pages with the cookie that each line it reads names.

``python -m tests.apptest.walking`` answers each line (JSON: what, with which cookie) with one of its own.
"""

import json
import sys

import streamlit as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.navigation.page import StreamlitPage
from streamlit.testing.v1 import AppTest, local_script_runner

from streamlit_app.access.cookies import VISIT
from streamlit_app.server.routes import ROUTES
from streamlit_app.shell.context import open_area
from tests.apptest.signing_in import JAR
from tests.apptest.waiting import without_asking
from tests.unit.changing import ROOT


def fetched(path: str, cookie: str) -> int:
    """Return which status an address answers."""
    cookies = {VISIT: cookie} if cookie else {}
    client = TestClient(Starlette(routes=ROUTES), cookies=cookies, follow_redirects=False)
    return int(client.get(path).status_code)


def opened(area: str, urls: list[str], cookie: str) -> list[str | None]:
    """Return the area that each page shows where a link names ``area``; ``None`` where the page is refused.

    What a page itself does is for its own tests.
    """
    app = AppTest.from_file(str(ROOT / "streamlit_app" / "main.py"), default_timeout=120)
    app.session_state[JAR] = {VISIT: cookie} if cookie else {}
    app.query_params["area"] = area
    found: list[str | None] = []
    for url in urls:
        app.query_params["area"] = area
        app.switch_page(f"../pages/{url}.py").run()
        assert not app.exception
        found.append(app.title[0].value if app.title else None)
    return found


if __name__ == "__main__":
    local_script_runner.require_widgets_deltas = without_asking
    StreamlitPage.run = lambda _page: st.title(open_area().id)  # type: ignore[method-assign]
    for line in sys.stdin:
        what, *more, cookie = json.loads(line)
        answer = fetched(more[0], cookie) if what == "fetch" else opened(more[0], more[1], cookie)
        print(json.dumps(answer), flush=True)
