"""One browser at the door: what tells it from others, and the cookies that an answer gives it."""

from dataclasses import dataclass
from secrets import token_hex
from time import time
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from streamlit_app.access.address import came_by_tls
from streamlit_app.access.cookies import BROWSER, opened, signed

REMEMBERED: Final = 90 * 86_400
"""Seconds that a browser is known."""


@dataclass(frozen=True)
class Browser:
    """One browser: a random id, since when it is known, and in which accounts it has been (keyed names).

    ``known`` says that it came in by a right code before.
    """

    id: str
    since: float
    known: bool = False
    accounts: tuple[str, ...] = ()


def browser_of(request: Request) -> Browser | None:
    """Return which browser sent the request; ``None`` for one that was not here before."""
    fields = opened(BROWSER, request.cookies.get(BROWSER))
    if fields is None:
        return None
    return Browser(fields["id"], fields["since"], fields["known"], tuple(fields["accounts"]))


def new_browser() -> Browser:
    """Return a browser that was not here before."""
    return Browser(token_hex(16), time())


def is_secure(request: Request) -> bool:
    """Return whether the browser came over https, also when a proxy stands between."""
    return came_by_tls(request.scope)


def set_cookie(answer: Response, request: Request, name: str, value: str, seconds: int) -> None:
    """Let an answer set a cookie that only the server reads."""
    answer.set_cookie(name, value, max_age=seconds, httponly=True, samesite="lax", secure=is_secure(request))


def with_browser(answer: Response, request: Request, browser: Browser) -> Response:
    """Return the answer with the cookie of this browser."""
    fields: dict[str, Any] = {
        "id": browser.id,
        "since": browser.since,
        "known": browser.known,
        "accounts": browser.accounts,
        "until": time() + REMEMBERED,
    }
    set_cookie(answer, request, BROWSER, signed(BROWSER, fields), REMEMBERED)
    answer.headers["Cache-Control"] = "no-store"
    return answer
