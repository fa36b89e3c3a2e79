"""How much somebody unknown may ask for, by what it costs: by browser where one is known, and generously by address.

A room shares one address, so an address has room for a hundred people and more; a program that asks without end is
told when to come back. All processes count together. What is left to somebody stands there until it is whole again,
which takes minutes; an address under a name that is another one each day, and that nobody can lead back to it.
"""

import sqlite3
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import monotonic
from typing import Final

from starlette.requests import Request

from streamlit_app.access import counted
from streamlit_app.access.address import is_own
from streamlit_app.access.browsers import browser_of
from streamlit_app.access.day_names import name_of_today

_REMEMBERED: Final = 20_000


class Allowance:
    """What each key may spend: ``most`` at once, and ``each_second`` again as time goes on.

    ``name`` tells what is spent here from what is spent elsewhere. A moment that lies ahead is from before the machine
    was started anew, and void.
    """

    def __init__(self, name: str, most: float, each_second: float) -> None:
        self._name, self._most, self._each_second = name, most, each_second
        self._short: dict[str, tuple[float, float]] = {}

    def spend(self, key: str, cost: float) -> int:
        """Spend ``cost`` of what ``key`` has; return 0, or, having spent nothing, the seconds until there is enough.

        Who must wait is remembered here, so that a program that goes on asking is answered without a look at the file.
        """
        cost = min(cost, self._most)
        if cost <= 0:
            return 0
        until, dearest = self._short.get(key, (0.0, 0.0))
        if cost >= dearest and 0 < (known := until - monotonic()) <= self._most / self._each_second:
            return ceil(known)
        rest = counted.together(lambda db: self._spent(db, key, cost))
        if rest <= 0:
            return 0
        if len(self._short) > _REMEMBERED:
            self._short.clear()
        self._short[key] = monotonic() + rest, cost
        return ceil(rest)

    def _spent(self, db: sqlite3.Connection, key: str, cost: float) -> float:
        """Spend within a transaction, or return the seconds until there is enough."""
        now = monotonic()
        slowest = self._most / self._each_second
        db.execute("DELETE FROM allowances WHERE name = ? AND whole <= ?", [self._name, now])
        db.execute("DELETE FROM allowances WHERE name = ? AND whole > ?", [self._name, now + slowest + 1])
        sql = "SELECT rest, at FROM allowances WHERE name = ? AND key = ? AND at <= ?"
        rest, at = db.execute(sql, [self._name, key, now]).fetchone() or (self._most, now)
        rest = min(self._most, rest + (now - at) * self._each_second)
        if rest < cost - 1e-6:  # what rounding takes
            return float((cost - rest) / self._each_second)
        rest = max(0.0, rest - cost)
        row = [self._name, key, rest, now, now + (self._most - rest) / self._each_second]
        db.execute("INSERT OR REPLACE INTO allowances (name, key, rest, at, whole) VALUES (?, ?, ?, ?, ?)", row)
        return 0.0

    def forget(self) -> None:
        """Let everybody have all again."""
        self._short.clear()
        counted.together(lambda db: db.execute("DELETE FROM allowances WHERE name = ?", [self._name]))


def address_of(request: Request) -> str:
    """Return the name of today of the network that a request comes from: see :func:`network_name`."""
    return network_name(request.client.host if request.client else None, request.headers.get("x-forwarded-for", ""))


def network_name(peer: str | None, forwarded: str) -> str:
    """Return the name of today of a network: of ``peer``, or of what a proxy of one's own says in ``forwarded``.

    Of what a proxy says only the last address counts, which it added itself. All of one IPv6 network is one.
    """
    named = forwarded.rpartition(",")[2].strip()
    own = is_own(None if peer is None else (peer, 0))
    return name_of_today(_network(named if named and own else peer or ""))


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
