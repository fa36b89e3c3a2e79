"""How much somebody unknown may ask for, by what it costs: by browser where one is known, and generously by address.

A room shares one address, so an address has room for a hundred people and more; a program that asks without end is
told when to come back. Addresses are kept in memory only, as keyed hashes, and forgotten when they have been quiet.
"""

from collections import OrderedDict
from ipaddress import IPv6Address, ip_address
from math import ceil
from threading import Lock
from time import monotonic
from typing import Final

from starlette.requests import Request

from feedback.people.codes import keyed
from streamlit_app.access.address import is_own
from streamlit_app.access.browsers import browser_of

_REMEMBERED: Final = 20_000


class Allowance:
    """What each key may spend: ``most`` at once, and ``each_second`` again as time goes on."""

    def __init__(self, most: float, each_second: float) -> None:
        self._most, self._each_second = most, each_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def spend(self, key: str, cost: float) -> int:
        """Spend ``cost`` of what ``key`` has; return 0, or, having spent nothing, the seconds until there is enough."""
        with self._lock:
            now = monotonic()
            left, at = self._left.get(key, (self._most, now))
            left = min(self._most, left + (now - at) * self._each_second)
            enough = left >= min(cost, self._most) - 1e-6  # what rounding takes
            self._left[key] = (max(0.0, left - cost) if enough else left, now)
            self._left.move_to_end(key)
            if len(self._left) > _REMEMBERED:
                self._left.popitem(last=False)
            return 0 if enough else ceil((min(cost, self._most) - left) / self._each_second)

    def forget(self) -> None:
        """Let everybody have all again."""
        with self._lock:
            self._left.clear()


def address_of(request: Request) -> str:
    """Return a keyed hash of the network that a request comes from; behind a proxy of one's own, what that says.

    Of what a proxy says only the last address counts, which it added itself. All of one IPv6 network is one.
    """
    peer = request.client.host if request.client else ""
    named = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return keyed("address", _network(named if named and is_own(request.scope.get("client")) else peer))[:32]


def browser_key(request: Request) -> str | None:
    """Return what tells a browser that the app knows from others, or ``None``."""
    browser = browser_of(request)
    return f"browser {browser.id}" if browser is not None else None


def _network(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> 64)
    return str(getattr(address, "ipv4_mapped", None) or address)
