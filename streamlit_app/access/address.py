"""How this app is reached from outside: its address in links for others, and whether a request came over TLS.

A request says itself under which name it came (``Host``), and anybody can say anything there. So links that go to
others begin with the address that is set, or with a name that can only be this machine or its own network.
"""

from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import Scope

from data.area.settings import public_address

_LOCAL: Final = (".local", ".localhost", ".lan", ".home.arpa", ".internal")
_LONGEST: Final = 253


def page_address(request: Request, path: str) -> str:
    """Return the full address of a page of this app for others to open; empty when it is not known.

    The address that is set counts. Without one a name of the own network counts, as in a room with a laptop.
    """
    root = str(request.scope.get("root_path", "")).rstrip("/")
    if address := public_address():
        return f"{address}/{path}"
    host = request.headers.get("host", request.url.netloc)
    return f"{'https' if came_by_tls(request.scope) else 'http'}://{host}{root}/{path}" if is_local(host) else ""


def is_local(netloc: str) -> bool:
    """Return whether a host (with a port or without) can only be this machine or a machine of the own network."""
    try:
        parts = urlsplit(f"//{netloc}")
        name, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return False
    if parts.netloc != netloc or parts.username is not None or parts.path or not name or len(name) > _LONGEST:
        return False
    try:
        address = ip_address(name)
    except ValueError:
        single = "." not in name or name.endswith(_LOCAL)
        return single and port != 0 and all(part.replace("-", "").isalnum() for part in name.split("."))
    return address.is_private or address.is_loopback or address.is_link_local


def came_by_tls(scope: Scope) -> bool:
    """Return whether a request came over TLS: to this server, or to a proxy before it that says so.

    Only a proxy of one's own is believed: one on this machine or its own network, or behind a socket of this machine.
    """
    if public_address().startswith("https://"):
        return True
    said = Headers(scope=scope).get("x-forwarded-proto") if is_own(scope.get("client")) else None
    return (said or str(scope.get("scheme", ""))).split(",")[0].strip().lower() in ("https", "wss")


def is_own(client: tuple[str, int] | None) -> bool:
    """Return whether a request comes from this machine or its own network, as it does from a proxy of one's own."""
    if client is None:  # a socket of this machine
        return True
    try:
        return ip_address(client[0]).is_private
    except ValueError:
        return False
