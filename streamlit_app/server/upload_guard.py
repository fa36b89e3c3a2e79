"""Stands before Streamlit's address for files: nothing comes in that no page asked for or that has no room."""

import re
from collections.abc import Sequence
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from feedback.people.roles import Role, has_any
from language import Language, language
from streamlit_app.access.permissions import role_of_request
from streamlit_app.shell.security import preferred_language
from streamlit_app.shell.uploads import MB, Offer, held, manager_of_files, register

OF_VISITORS: Final = 20 * MB
"""Bytes of the files of all who need no role together: small ones, which are read at once."""
OF_ALL: Final = 300 * MB
"""Bytes of all files together."""
MOST_FILES: Final = 6
"""Files of one session."""
_AROUND: Final = 64 * 1024
"""Bytes that a form may have around a file."""
_ADDRESS: Final = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+/?$")


class _TooLargeError(Exception):
    """More comes than was announced or may come."""


class UploadGuard:
    """ASGI middleware that lets in only files that a page asked for, and not more than there is room for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = _ADDRESS.search(scope["path"]) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        lang = language(preferred_language(scope["query_string"].decode("latin-1"), headers.get("accept-language", "")))
        role = await run_in_threadpool(role_of_request, Request(scope))
        offers = [offer for offer in register.of(found[1]) if has_any(role, offer.roles)]
        manager = manager_of_files()
        if not offers or manager is None:
            await _refuse(403, lang.t("A file can be sent only from a page that asks for one."))(scope, receive, send)
            return
        largest = max(offers, key=lambda offer: offer.bytes)
        announced = headers.get("content-length", "")
        expected = int(announced) if announced.isdecimal() and len(announced) < 16 else largest.bytes + _AROUND
        refusal = _make_room(manager, found[1], offers, expected, lang)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        try:
            await self._take_in(scope, receive, send, expected, _too_large(largest, lang))
        finally:
            with register.lock:
                register.coming[found[1]] -= expected
                if not register.coming[found[1]]:
                    del register.coming[found[1]]

    async def _take_in(
        self, scope: Scope, receive: Receive, send: Send, expected: int, refusal: PlainTextResponse
    ) -> None:
        """Pass the request on, and break off as soon as more comes than was announced."""
        came, begun = 0, False

        async def counted() -> Message:
            nonlocal came
            message = await receive()
            came += len(message.get("body", b""))
            if came > expected:
                raise _TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except _TooLargeError:
            if not begun:
                await refusal(scope, receive, send)


def _make_room(
    manager: MemoryUploadedFileManager, session_id: str, offers: Sequence[Offer], expected: int, lang: Language
) -> PlainTextResponse | None:
    """Set ``expected`` bytes apart for a session, or return why there is no room for them."""
    largest = max(offers, key=lambda offer: offer.bytes)
    if expected > largest.bytes + _AROUND:
        return _too_large(largest, lang)
    with register.lock:
        mine, files = held(manager, [session_id])
        # One that is replaced may go only after the other came.
        if files >= MOST_FILES or mine + expected > sum(offer.bytes + _AROUND for offer in offers) + largest.bytes:
            return _refuse(413, lang.t("This page cannot hold more files. Remove a file first."))
        everybody = {*manager.file_storage, *register.coming}
        visitors = {one for one in everybody if _needs_no_role(one)}
        sharing, room = (visitors, OF_VISITORS) if _needs_no_role(session_id) else (everybody, OF_ALL)
        if held(manager, sharing)[0] + expected > room:
            refusal = _refuse(503, lang.t("Many files are being sent right now. Try again in a minute."))
            refusal.headers["Retry-After"] = "60"
            return refusal
        register.coming[session_id] = register.coming.get(session_id, 0) + expected
    return None


def _needs_no_role(session_id: str) -> bool:
    return all(Role.VISITOR in offer.roles for offer in register.offers.get(session_id, {}).values())


def _too_large(largest: Offer, lang: Language) -> PlainTextResponse:
    return _refuse(413, lang.t("This file is too large. It may be {n} MB here.", n=largest.bytes // MB))


def _refuse(status: int, sentence: str) -> PlainTextResponse:
    return PlainTextResponse(sentence, status)
