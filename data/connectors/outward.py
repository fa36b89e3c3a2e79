"""Where a request may go: to the public network, and into an own network only where the steward allowed it.

A source's name is looked up once for each request, redirects included, the address is judged, and the connection is
made to that very address, so that a name which answers differently the second time leads nowhere else.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpx

from language import UserError

_NAT64: Final = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


def is_public(address: Address) -> bool:
    """Return whether an address is one of the public network, also one that only wraps an IPv4 address."""
    if isinstance(address, IPv6Address):
        wrapped = _wrapped(address)
        if wrapped is not None:
            return is_public(wrapped)
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def is_own(address: Address) -> bool:
    """Return whether an address is of this machine or a network of one's own.

    Link-local addresses are not: nothing but machines answers there, such as a cloud's service for its own keys.
    """
    if isinstance(address, IPv6Address) and (wrapped := _wrapped(address)) is not None:
        return is_own(wrapped)
    refused = address.is_link_local or address.is_multicast or address.is_unspecified
    return not refused and (address.is_loopback or (address.is_private and not address.is_reserved))


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else None


def judged(host: str, found: Iterable[str], *, own_network: bool) -> list[str]:
    """Return the addresses that ``host`` has, when a request may go to each of them.

    ``own_network``: whether the steward allows this source an address in a network of one's own. Raises ``UserError``
    when one of them may not be asked.
    """
    addresses = [ip_address(one) for one in found]
    for address in addresses:
        if is_public(address) or (own_network and is_own(address)):
            continue
        if own_network or not is_own(address):
            raise UserError("{host} leads to {address}, which is no address to fetch from.", host=host, address=address)
        raise UserError(
            "{host} leads to {address}, inside a network of your own. If that is meant, write own_network = true "
            "with this source in sources.toml.",
            host=host,
            address=address,
        )
    return [str(address) for address in addresses]


class Outward(httpx.BaseTransport):
    """Sends each request to an address that was judged, and keeps asking for the certificate of the name."""

    def __init__(self, *, own_network: bool) -> None:
        self._own_network = own_network
        self._direct = httpx.HTTPTransport(trust_env=False)
        self._through: dict[str, httpx.HTTPTransport] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises ``UserError`` when its host leads where it may not go."""
        host = request.url.host
        proxy = _proxy(request.url)
        try:
            addresses = judged(host, _looked_up(request.url), own_network=self._own_network)
        except OSError as error:
            if proxy is None:
                raise httpx.ConnectError(str(error), request=request) from error
            addresses = []  # names may be known to the proxy only
        if proxy is not None:
            if proxy not in self._through:
                self._through[proxy] = httpx.HTTPTransport(proxy=proxy, trust_env=False)
            return self._through[proxy].handle_request(request)
        return self._first(request, host, addresses)

    def close(self) -> None:
        """Let go of the connections."""
        for transport in (self._direct, *self._through.values()):
            transport.close()

    def _first(self, request: httpx.Request, host: str, addresses: list[str]) -> httpx.Response:
        """Send the request to the first of the addresses that can be reached."""
        last: httpx.TransportError = httpx.ConnectError(f"{host} has no address", request=request)
        for address in addresses:
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": host},
            )
            try:
                return self._direct.handle_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last = error
        raise last


def _looked_up(url: httpx.URL) -> list[str]:
    found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _proxy(url: httpx.URL) -> str | None:
    """Return the proxy that this machine's administrator set for such an address, if any."""
    proxies = getproxies()
    proxy = proxies.get(url.scheme) or proxies.get("all")
    return None if proxy is None or proxy_bypass(url.host) else proxy
