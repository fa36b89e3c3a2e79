"""What a first visit costs in bytes: Today, the map after it, and Today again, in a real browser behind the proxy.

What is counted is what comes over the wire: a relay between the browser and the proxy counts it, websocket included.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.browser.ensure_browser import FLAGS, find
from tests.browser.looking import PHONE, settled, visit
from tests.browser.serving import behind_proxy

BLOCK = 65536


class Counted:
    """A relay on this machine: ``address``, and the ``received`` bytes that came through it from the server."""

    def __init__(self) -> None:
        self.address = ""
        self.received = 0

    def since(self, before: int) -> int:
        """Return how many bytes came since there were ``before``."""
        return self.received - before


@contextmanager
def counting(server: str) -> Iterator[Counted]:
    """Relay what goes to and comes from a server at ``http://host:port``, and count what comes."""
    there, counted, loop = urlsplit(server), Counted(), asyncio.new_event_loop()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, count: bool) -> None:
        with suppress(ConnectionError):
            while block := await reader.read(BLOCK):
                counted.received += len(block) * count
                writer.write(block)
                await writer.drain()
        writer.close()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection(there.hostname, there.port)
        await asyncio.gather(pass_on(reader, to_server, count=False), pass_on(from_server, writer, count=True))

    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    relay = asyncio.run_coroutine_threadsafe(asyncio.start_server(accept, "127.0.0.1", 0), loop).result()
    counted.address = f"http://127.0.0.1:{relay.sockets[0].getsockname()[1]}"
    try:
        yield counted
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


def measure_first_visit() -> dict[str, float]:
    """Return the kilobytes of a first visit to Today, of the map after it, and of Today once more, on a phone."""
    with (
        TemporaryDirectory() as home,
        behind_proxy(Path(home), 2) as (server, _),
        counting(server) as counted,
        sync_playwright() as playing,
    ):
        browser = playing.chromium.launch(executable_path=find(), args=FLAGS)
        context = browser.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]
        took, begun = {}, 0
        for name, address in (("today", "today"), ("map", "map?at=2026-08-08T13:00Z"), ("again", "today")):
            page = context.new_page()
            begun = counted.received
            visit(page, f"{counted.address}/{address}")
            settled(page)
            took[f"{name}_kb"] = round(counted.since(begun) / 1024, 1)
            page.close()
        browser.close()
    return took
