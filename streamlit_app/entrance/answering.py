"""What somebody at the entrance gets to see: the page with the form and a sentence, or the way into the app."""

import re
from math import ceil
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from feedback.database.unavailable import UnavailableError
from language import LANGUAGES, Language, language
from streamlit_app.access.permissions import visitor_of_request
from streamlit_app.entrance.enter_page import enter_page
from streamlit_app.shell import logs
from streamlit_app.shell.bodies import short_body
from streamlit_app.shell.security import preferred_language


def reader(request: Request) -> Language:
    """Return the language of who asks: that of the address, else that of the browser."""
    return language(preferred_language(request.url.query, request.headers.get("accept-language", "")))


async def no_cookies(request: Request) -> Response:
    """Say that nobody can be let in without cookies."""
    sentence = reader(request).t("Your browser refuses cookies. Allow them for this app, then try again.")
    return await page(request, 400, sentence)


async def unavailable(request: Request, error: UnavailableError, code: str = "") -> Response:
    """Say that codes cannot be looked up now; it is no wrong attempt."""
    logs.log_unavailable("nobody can enter", error)
    sentence = reader(request).t(
        "We cannot look that up right now. It does not count as a wrong attempt. Try again in a minute. If it "
        "keeps failing, tell the organisation."
    )
    return await page(request, 503, sentence, code=code)


def to_the_app(request: Request, base: str, landing: str) -> Response:
    """Lead into the app: to the page of an invitation, or to where somebody wanted to go; ``base`` stands before it."""
    named = request.query_params.get("lang")
    page, _, query = (landing or wanted_page(request)).partition("?")
    both = "&".join(part for part in (query, f"lang={named}" if named in LANGUAGES else "") if part)
    answer = RedirectResponse(f"{base}{page}{'?' + both if both else ''}", 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def wanted_page(request: Request) -> str:
    """Return where somebody wanted to go when they were asked for a code: a page, or the one picture to decide on."""
    wanted = request.query_params.get("to", "")
    return wanted if re.fullmatch(r"[a-z]+(\?approve=[0-9a-f]{12})?", wanted) else ""


async def throttled(request: Request, wait: float) -> Response:
    """Say how many seconds to wait after too many wrong attempts."""
    sentence = reader(request).n(
        "Too many wrong attempts. Try again in {n} second.",
        "Too many wrong attempts. Try again in {n} seconds.",
        ceil(wait),
    )
    return await page(request, 429, sentence, wait=wait)


async def page(
    request: Request,
    status: int,
    sentence: str = "",
    *,
    again: int = 0,
    code: str = "",
    wait: float = 0,
    confirm: bool = False,
) -> Response:
    """Return the page with the form. ``confirm`` only asks to go on; ``again``: it asks anew after so many seconds."""
    role = (await run_in_threadpool(visitor_of_request, request)).role
    html = enter_page(
        reader(request),
        sentence=sentence,
        role=role,
        code=code,
        again=again,
        base=base(request),
        confirm=confirm,
        to=wanted_page(request),
    )
    answer = HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
    if wait or again:
        answer.headers["Retry-After"] = str(ceil(max(wait, again)))
    return answer


def base(request: Request) -> str:
    """Return how relative addresses begin below this one."""
    return "../" * len(request.path_params) + ("../" if "ticket" in request.path_params else "")


def same_site(request: Request) -> bool:
    """Return whether a form was sent from this app itself, as browsers say it in one of two headers."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def fields(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent; none when it cannot be read."""
    try:
        body = (await short_body(request)).decode("utf-8", "replace")
        return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True, max_num_fields=20).items()}
    except ValueError:
        return {}
