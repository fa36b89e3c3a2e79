"""Security headers for every answer, an answer when all else fails, and the language of the page shell.

The policy allows what this app itself serves and, where an area uses them, the map tiles of the Dutch
government. Scripts come from the app only; the few inline ones are named by their hash.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from language import LANGUAGES, language
from streamlit_app.access.address import came_by_tls
from streamlit_app.shell import logs

TILES: Final = "https://service.pdok.nl"

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}

FRAMED_ANYWHERE: Final = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors *"
"""The policy of what others may put in a frame: it holds a picture and words, and does nothing."""

_REFUSED: Final = 400

ONLY_TLS: Final = "max-age=31536000"
"""For a year the browser comes back over TLS only. Other names of the same domain are not spoken for."""


def _hash(script: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _inline_scripts() -> Iterable[str]:
    index = Path(streamlit.__file__).parent / "static" / "index.html"
    yield from re.findall(r"<script>(.*?)</script>", index.read_text("utf-8"), re.DOTALL)


@cache
def content_security_policy() -> str:
    """Return the content security policy of all pages."""
    hashes = " ".join(_hash(script) for script in _inline_scripts())
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' blob: {hashes}",
            "style-src 'self' 'unsafe-inline'",
            f"img-src 'self' data: blob: {TILES}",
            "font-src 'self' data:",
            f"connect-src 'self' data: blob: {TILES}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


def preferred_language(query: str, accept: str) -> str:
    """Return the language of a first page: the link's, else the browser's first known one, else Dutch."""
    named = QueryParams(query).get("lang")
    if named in LANGUAGES:
        return named
    for entry in accept.split(","):
        code = entry.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return LANGUAGES[0] if not accept else "en"


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer, also to a connection that is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        accepted = False
        by_tls = scope["type"] in ("http", "websocket") and came_by_tls(scope)

        async def send_with_headers(message: Message) -> None:
            nonlocal accepted
            kind = message["type"]
            accepted = accepted or kind == "websocket.accept"
            if kind == "websocket.close" and not accepted and "websocket.http.response" in scope.get("extensions", {}):
                # Refused by itself, the server would answer without any header of ours.
                await send_with_headers({"type": "websocket.http.response.start", "status": 403, "headers": []})
                await send({"type": "websocket.http.response.body", "body": b""})
                return
            if kind in ("http.response.start", "websocket.http.response.start"):
                _add_headers(message, by_tls=by_tls)
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _add_headers(message: Message, *, by_tls: bool) -> None:
    headers = MutableHeaders(scope=message)
    if by_tls:
        headers.setdefault("Strict-Transport-Security", ONLY_TLS)
    framed = headers.get("content-security-policy") == FRAMED_ANYWHERE
    for name, value in HEADERS.items():
        if not (framed and name == "X-Frame-Options"):
            headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", content_security_policy())
    if message.get("status", 200) >= _REFUSED:  # who may not see it now may do so after entering a code
        headers.setdefault("Cache-Control", "no-store")
    if headers.get("server"):
        del headers["server"]


class LastResort:
    """ASGI middleware that answers what nobody foresaw: one sentence, and in the log where it went wrong.

    Without it the server would write the whole error to its log, with what people typed in it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_and_note)
        except ClientDisconnect:
            return
        except Exception as error:
            logs.log_error("request failed", error)
            if begun:
                return
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1011})
                return
            accept = Headers(scope=scope).get("accept-language", "")
            lang = language(preferred_language(scope["query_string"].decode("latin-1"), accept))
            sentence = lang.t("Something went wrong on our side. Try again, or go back.")
            await PlainTextResponse(sentence, 500)(scope, receive, send)


class PageLanguage:
    """ASGI middleware that sets ``<html lang>`` of the page shell, which Streamlit fixes to English."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; only an uncompressed HTML page is changed."""
        if scope["type"] != "http" or "text/html" not in Headers(scope=scope).get("accept", ""):
            await self.app(scope, receive, send)
            return
        accept = Headers(scope=scope).get("accept-language", "")
        code = preferred_language(scope["query_string"].decode("latin-1"), accept)
        held: Message | None = None

        async def send_in_language(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html"):
                    held = message
                    return
            elif held is not None and message["type"] == "http.response.body":
                body = message.get("body", b"").replace(b'<html lang="en"', f'<html lang="{code}"'.encode(), 1)
                await send(held)
                held = None
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, send_in_language)
