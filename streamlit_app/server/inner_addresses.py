"""What Streamlit offers beside the app: figures of the server for nobody outside, and files for who has their page."""

from ipaddress import ip_address
from typing import Final, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import Runtime

from data.area.settings import gives_metrics
from feedback.people.roles import Role
from streamlit_app.access.address import is_local
from streamlit_app.access.cookies import VISIT
from streamlit_app.access.permissions import visitor_of_request
from streamlit_app.access.visitors import Visitor, visitor_of

_METRICS: Final = "/_stcore/metrics"
_MEDIA: Final = "/media/"
_STREAMLITS_OWN: Final = "/static"
"""Before ``/media/``: the letters that Streamlit itself brings, which are the same for everybody."""
_SEEN_BY_ALL: Final = "private, immutable, max-age=86400"
"""A picture's address is a hash of it. Who takes another file to a computer of others leaves nothing in its browser."""
_PASSED_ON: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")


class InnerAddresses:
    """ASGI middleware that answers as if there were nothing: metrics from outside, and files made for others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            path = scope["path"]
            hidden = _METRICS in path and not _from_this_machine(scope)
            before, made, _ = path.partition(_MEDIA)
            if made and not hidden and not before.endswith(_STREAMLITS_OWN):
                whose = await run_in_threadpool(_whose, Request(scope), path)
                hidden, send = whose == "others", _kept(send, by_all=whose == "everybody")
            if hidden:
                await PlainTextResponse("Not found", 404, headers={"Cache-Control": "no-store"})(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _from_this_machine(scope: Scope) -> bool:
    """Return whether a program on this machine asks itself, and the steward lets it; a proxy asks for somebody else."""
    headers, client = Headers(scope=scope), scope.get("client")
    if not gives_metrics() or client is None or any(name in headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(client[0]).is_loopback and is_local(headers.get("host", ""))
    except ValueError:
        return False


def _kept(send: Send, *, by_all: bool) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if not by_all:
                headers["Cache-Control"] = "no-store"
            elif message["status"] < 300 and headers.get("content-type", "").startswith("image/"):
                headers["Cache-Control"] = _SEEN_BY_ALL
        await send(message)

    return sent


def _whose(request: Request, path: str) -> Literal["everybody", "asker", "others"]:
    """Return for whom a file was made: everybody, who asks (and perhaps others), or only others.

    A file on the page of somebody who came in with a role is given to the browser that came in with them, as long as
    that stands. Of a page that lost its connection nobody is known; it gets its files when it is back. What a button
    makes when it is pressed stands on no page: its address is a hash of what is in it, is told to the page that asked,
    and goes as soon as any page is drawn anew.
    """
    file_id = path.rpartition(_MEDIA)[2].partition(".")[0]
    if not _on_a_page(file_id):
        return "asker"
    owners = _owners(file_id)
    if any(owner.role is Role.VISITOR and owner.known for owner in owners):
        return "everybody"
    mine = {entry.sign_in for entry in visitor_of_request(request).entries}
    return "asker" if any(mine & {entry.sign_in for entry in owner.entries} for owner in owners) else "others"


def _on_a_page(file_id: str) -> bool:
    if not Runtime.exists():
        return False
    kept = list(Runtime.instance().media_file_mgr._files_by_session_and_coord.values())
    return any(file_id in places.values() for places in kept)


def _owners(file_id: str) -> list[Visitor]:
    """Return who has the file on their page: by the cookie that came with the connection of that page."""
    if not Runtime.exists():
        return []
    runtime = Runtime.instance()
    found = []
    for session_id, places in list(runtime.media_file_mgr._files_by_session_and_coord.items()):
        if file_id not in places.values():
            continue
        client = runtime.get_client(session_id)
        if client is not None:
            context = client.client_context
            found.append(visitor_of(context.cookies.get(VISIT) if context is not None else None))
    return found
