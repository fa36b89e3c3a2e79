"""The one way out to the network: small, patient within bounds, and suspicious of what comes back."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Generic, TypeVar

import httpx

from data.connectors.outward import Outward
from data.keeping.home import home, written_whole
from language import UserError

_LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
_AGAIN: Final = {408, 425, 429, 500, 502, 503, 504}
_REDIRECTS: Final = 3
_KEPT: Final = timedelta(days=2)

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What is asked of the network at most: seconds, megabytes (unpacked), tries, and the age of the cache."""

    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0
    megabytes: float = 100.0
    tries: int = 3
    backoff: float = 1.0
    cache_minutes: float = 50.0


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What a source answered, parsed, and when (UTC) it did."""

    value: T
    at: datetime


class Client:
    """Fetches addresses over https (plain http from this machine only), within :class:`Limits`.

    With ``own_network`` it may also ask this machine and networks of one's own (``data.connectors.outward``).
    An answer is kept on disk (``cache`` in users' state) once it could be parsed, and used again while it is young.
    """

    def __init__(self, limits: Limits | None = None, cache: Path | None = None, *, own_network: bool = False) -> None:
        self._limits = limits or Limits()
        self._cache = cache or home() / "cache"
        self._own_network = own_network

    def reaching(self, *, own_network: bool) -> "Client":
        """Return a client like this one that may, or may not, ask addresses of this machine and an own network."""
        return Client(self._limits, self._cache, own_network=own_network)

    def get(
        self, url: str, parse: Callable[[bytes], T], params: Mapping[str, str | int | float] | None = None
    ) -> Answer[T]:
        """Return what ``url`` answers, parsed.

        Tries again with growing pauses when the source is slow, gone or in trouble. Raises ``UserError`` in one
        sentence when it stays so, when the address is not https, leads into a network that may not be asked, sends
        elsewhere or answers too much, and whatever ``parse`` raises.
        """
        try:
            address = httpx.URL(url)
            address = address.copy_merge_params(dict(params)) if params else address
        except httpx.InvalidURL as error:
            raise UserError(
                "'{url}' is not an address. Write it like https://example.org/counts.csv.", url=url
            ) from error
        _check(address)
        about = f"{address}{' own' if self._own_network else ''}"
        kept = self._cache / f"{hashlib.sha256(about.encode()).hexdigest()}.answer"
        if (young := self._young(kept)) is not None:
            return Answer(parse(kept.read_bytes()), young)
        at = datetime.now(UTC)
        content = self._patiently(address)
        value = parse(content)
        self._keep(kept, content)
        return Answer(value, at)

    def _young(self, kept: Path) -> datetime | None:
        if not kept.exists():
            return None
        at = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
        return at if datetime.now(UTC) - at < timedelta(minutes=self._limits.cache_minutes) else None

    def _keep(self, kept: Path, content: bytes) -> None:
        with written_whole(kept) as temporary:
            temporary.write_bytes(content)
        oldest = (datetime.now(UTC) - _KEPT).timestamp()
        for path in self._cache.glob("*.answer"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)

    def _patiently(self, address: httpx.URL) -> bytes:
        deadline = time.monotonic() + self._limits.total
        for attempt in range(self._limits.tries):
            try:
                return self._once(address, deadline)
            except _TryAgain as trouble:
                last = trouble.error
                if attempt + 1 < self._limits.tries:
                    time.sleep(min(self._limits.backoff * 4**attempt, max(deadline - time.monotonic(), 0)))
        raise last

    def _once(self, address: httpx.URL, deadline: float) -> bytes:
        limits = self._limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        try:
            with httpx.Client(timeout=timeout, transport=Outward(own_network=self._own_network)) as client:
                for _ in range(_REDIRECTS + 1):
                    with client.stream("GET", address, headers={"User-Agent": "crowd-notebook"}) as response:
                        if response.is_redirect:
                            address = _followed(address, response)
                            continue
                        if response.status_code in _AGAIN:
                            raise _TryAgain(_refused(address, response.status_code))
                        if not response.is_success:
                            raise _refused(address, response.status_code)
                        return self._body(address, response, deadline)
        except httpx.TimeoutException as error:
            raise _TryAgain(_slow(address)) from error
        except httpx.TransportError as error:
            gone = UserError(
                "{host} cannot be reached, or broke off. Check the network, or try again later.", host=address.host
            )
            raise _TryAgain(gone) from error
        except httpx.DecodingError as error:
            raise UserError("{host} answers with damaged data. Try again later.", host=address.host) from error
        raise UserError("{host} keeps sending on to other addresses. Check the address.", host=address.host)

    def _body(self, address: httpx.URL, response: httpx.Response, deadline: float) -> bytes:
        body = bytearray()
        for chunk in response.iter_bytes():  # as they come: a chunk size would wait for slow ones to fill it
            body += chunk
            if len(body) > self._limits.megabytes * 2**20:
                raise UserError(
                    "{host} answers with more than {limit} MB. Check the address.",
                    host=address.host,
                    limit=f"{self._limits.megabytes:g}",
                )
            if time.monotonic() > deadline:
                raise _TryAgain(_slow(address))
        return bytes(body)


class _TryAgain(Exception):  # noqa: N818 - not an error: it says that another try may help
    def __init__(self, error: UserError) -> None:
        self.error = error
        super().__init__(str(error))


def _check(address: httpx.URL) -> None:
    if address.scheme != "https" and not (address.scheme == "http" and address.host in _LOOPBACK):
        raise UserError("The address of {host} is not https. Use an address that is.", host=address.host or address)


def _followed(address: httpx.URL, response: httpx.Response) -> httpx.URL:
    target = address.join(response.headers.get("location", ""))
    if (target.scheme, target.host, target.port) != (address.scheme, address.host, address.port):
        raise UserError(
            "{host} sends on to {other}. If that is right, use that address in sources.toml.",
            host=address.host,
            other=target.host or target,
        )
    return target


def _refused(address: httpx.URL, status: int) -> UserError:
    return UserError(
        "{host} answers with error {status}. Check the address, or try again later.", host=address.host, status=status
    )


def _slow(address: httpx.URL) -> UserError:
    return UserError("{host} takes too long to answer. Try again later.", host=address.host)
