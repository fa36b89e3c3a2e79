"""The presenter view: a plain page for the projector, which asks every few seconds what the room is to see.

It is no Streamlit page, so that it stays still, is legible at ten metres, and costs the server next to nothing
(docs/decisions/0020-presenter-view.md). Only facilitators may open it, and steer it.
"""

from functools import cache
from html import escape
from pathlib import Path
from typing import Final

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from data.keeping.from_outside import parsed
from feedback.people.roles import Role, has_any
from feedback.sessions.sessions import find_session
from feedback.sessions.stage import stage
from language import Language, UserError, language
from streamlit_app.access.permissions import role_of_request, visitor_of_request
from streamlit_app.sessions.presenter.acts import ACTS, steer
from streamlit_app.sessions.presenter.shown import shown
from streamlit_app.shell.bodies import short_body
from streamlit_app.shell.security import preferred_language

FILES: Final = Path(__file__).with_name("files")
KINDS: Final = {".css": "text/css", ".js": "text/javascript"}


async def view(request: Request) -> Response:
    """Give the page for the projector."""
    return await _page(request, "stage", files="files")


async def remote(request: Request) -> Response:
    """Give the remote control, for the facilitator's own screen: the projector shows no buttons."""
    return await _page(request, "remote", files="../files")


async def _page(request: Request, name: str, files: str) -> Response:
    lang = _reader(request)
    try:
        _only_facilitators(request)
        session = await run_in_threadpool(find_session, request.path_params["session_id"])
    except UserError as error:
        return HTMLResponse(f'<!doctype html><html lang="{lang.code}"><p>{escape(error.say(lang))}</p>', 403)
    facts = {"lang": lang.code, "title": escape(session.title), "files": files}
    body = _file(f"{name}.html").format(
        session=escape(session.id), qr=escape(lang.t("Scan this with your phone")), **facts
    )
    page = _file("page.html").format(name=name, body=body, **facts)
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


async def now(request: Request) -> Response:
    """Say what the room is to see (GET), after doing one of the presenter's acts (POST)."""
    lang, here = _reader(request), request.path_params["session_id"]
    try:
        _only_facilitators(request)
        if request.method == "POST":
            # No other site can send this header along, so none can steer the projector.
            if "x-stage" not in request.headers:
                return JSONResponse({"error": lang.t("Open this form in the app itself and try again.")}, 403)
            act = await _act(request)
            if act is None:
                return JSONResponse({"error": lang.t("This form is damaged. Reload the page and send it again.")}, 400)
            await run_in_threadpool(steer, visitor_of_request(request), here, *act, lang)
        seen = await run_in_threadpool(stage, here)
        return JSONResponse(await run_in_threadpool(shown, seen, request, lang), headers={"Cache-Control": "no-store"})
    except UserError as error:
        return JSONResponse({"error": error.say(lang)}, 409)


async def file(request: Request) -> Response:
    """Give the page's style, script or typeface."""
    name = request.path_params["name"]
    if name == "sans.woff2":
        return Response(_font(), media_type="font/woff2", headers={"Cache-Control": "max-age=86400"})
    if Path(name).suffix not in KINDS or not (FILES / name).is_file():
        return Response(status_code=404)
    return Response(_file(name), media_type=KINDS[Path(name).suffix], headers={"Cache-Control": "max-age=600"})


@cache
def _file(name: str) -> str:
    return (FILES / name).read_text("utf-8")


@cache
def _font() -> bytes:
    """The typeface of the whole app, which comes with Streamlit."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "media"
    return next(folder.glob("SourceSansVF-Upright*.woff2")).read_bytes()


def _reader(request: Request) -> Language:
    return language(preferred_language(request.url.query, request.headers.get("accept-language", "")))


def _only_facilitators(request: Request) -> None:
    if not has_any(role_of_request(request), (Role.FACILITATOR,)):
        raise UserError("Only a facilitator can open this. Enter your code first.")


async def _act(request: Request) -> tuple[str, str] | None:
    """Return which act a request asks for, and on which version; ``None`` when it asks for none of them."""
    try:
        asked = parsed(await short_body(request))
    except ValueError:
        return None
    act, seen = (asked.get("act"), asked.get("seen")) if isinstance(asked, dict) else (None, None)
    return (act, seen) if isinstance(act, str) and act in ACTS and isinstance(seen, str) else None


ROUTES: Final = [
    Route("/present/files/{name}", file, methods=["GET"]),
    Route("/present/{session_id}", view, methods=["GET"]),
    Route("/present/{session_id}/remote", remote, methods=["GET"]),
    Route("/present/{session_id}/now", now, methods=["GET", "POST"]),
]
