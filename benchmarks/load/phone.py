"""One phone in a room: it enters by code and then speaks Streamlit's own protocol, as the page in a browser does.

It sends what the browser sends (the first run, what it kept, each vote, the fragment's automatic runs) and reads every
message that the server sends back. It draws nothing, and it does not fetch the scripts and fonts of the page.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Collection
from contextlib import suppress
from http.cookiejar import CookieJar, DefaultCookiePolicy
from http.cookies import SimpleCookie
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit
from uuid import uuid4

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from streamlit_app.access.cookies import VISIT
from streamlit_app.responses.keys import ResponseKey
from streamlit_app.shell.keys import ShellKey

PATIENCE = 30.0
"""Seconds after which somebody with a phone gives up."""

_AGENT = "Mozilla/5.0 (Linux; Android 16) Mobile"
_VOTE = f"{ResponseKey.JOIN}.vote."
_COMPLETE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
_LET_GO = 2.0
_FINISHED = (*_COMPLETE, ForwardMsg.FINISHED_EARLY_FOR_RERUN)
"""A run of which the end was not sent before the next one began says this; what it drew is on the page all the same."""


def one_client() -> httpx.AsyncClient:
    """Return a client that all phones share: it makes one TLS context, and keeps no cookie of any of them.

    It lets go of a connection before the server does, which may close it in the moment it is used again: a browser
    then asks once more.
    """
    nobodys = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(
        verify=False,
        trust_env=False,
        cookies=nobodys,
        timeout=PATIENCE,
        headers={"User-Agent": _AGENT},
        limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=_LET_GO),
    )


class Phone:
    """A phone that shows the page of its room; ``polls`` and ``faults`` count what happened on it.

    ``said`` are the warnings and errors that it showed.
    """

    def __init__(self, web: httpx.AsyncClient, address: str, code: str, *, compression: str | None = None) -> None:
        self._compression = compression
        self.polls = 0
        self.faults = 0
        self.said: list[str] = []
        self._web, self._address, self._code = web, address, code
        self._cookies: dict[str, str] = {}
        self._query, self._page, self._name = "", "", ""
        self._widgets: dict[str, WidgetState] = {}
        self._drawn: dict[tuple[int, ...], tuple[str, str, int]] = {}
        self._runs, self._running = 0, frozenset[str]()
        self._shown: dict[str, str] = {}
        self._fields: dict[str, Element] = {}
        self._ended: Counter[str] = Counter()
        self._changed = asyncio.Condition()
        self._closed = False
        self._timers: dict[str, asyncio.Task[None]] = {}
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None

    async def enter(self) -> None:
        """Come in by the code and open the page of the room, also again; raises as :meth:`vote` does."""
        await self._put_down()
        address = await self._come_in()
        self._query, self._name = address.query, address.path.strip("/")
        await self._open()

    async def come_back(self) -> None:
        """Open the page again after its connection was lost, as a browser does: first ask whether anybody is there."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(httpx.HTTPError):
                    answer = await self._web.get(f"{self._address}/_stcore/health", headers={"Cookie": self._cookie()})
                    self._take_cookies(answer)
                    if answer.status_code == 200:
                        break
                await asyncio.sleep(0.1)
        await self._put_down()
        await self._open()

    @property
    def query(self) -> str:
        """What its address says after the question mark."""
        return self._query

    @property
    def connected(self) -> bool:
        """Whether its connection stands."""
        return self._socket is not None and not self._closed

    async def _put_down(self) -> None:
        """Close the page and forget what it showed, not who this is."""
        await self.leave()
        self._closed, self._drawn, self._shown = False, {}, {}
        self._widgets, self._ended = {}, Counter()

    async def _open(self) -> None:
        address = urlsplit(self._address)
        self._socket = await connect(
            f"ws://{address.netloc}/_stcore/stream",
            subprotocols=["streamlit"],
            additional_headers={"Cookie": self._cookie()},
            origin=self._address,
            user_agent_header=_AGENT,
            compression=self._compression,
            max_size=None,
            proxy=None,
            open_timeout=PATIENCE,
        )
        self._reading = asyncio.create_task(self._read(self._socket))
        await self._run(name=self._name)
        await self._until(lambda: bool(self._ended))

    async def vote(self, value: int) -> float | None:
        """Tap on a vote for the statement that is shown; return the seconds until the page showed what comes next.

        ``None`` when there is no statement to vote on. Raises ``OSError``: ``TimeoutError`` after ``PATIENCE``, or
        ``ConnectionError`` when the server closed the page.
        """
        button = next((name for name in self._shown if name.endswith(f".{value}") and _VOTE in name), None)
        if button is None:
            return None
        start = monotonic()
        await self._run(WidgetState(id=button, trigger_value=True), fragment=self._shown[button])
        await self._until(lambda: button not in self._shown)
        return monotonic() - start

    async def hear(self, words: str) -> None:
        """Wait until it shows a warning or an error with these words; raises as :meth:`vote` does."""
        await self._until(lambda: any(words in one for one in self.said))

    async def leave(self) -> None:
        """Close the page."""
        self._stop_polling(*self._timers)
        if self._socket is None or self._reading is None:
            return
        await self._socket.close()
        await self._reading

    async def lose(self) -> None:
        """Lose the connection without a goodbye, as a phone that is locked."""
        self._stop_polling(*self._timers)
        assert self._socket is not None
        assert self._reading is not None
        self._socket.transport.abort()
        await self._reading

    async def _come_in(self) -> SplitResult:
        url = f"{self._address}/enter/{self._code}"
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = await self._web.get(url, headers={"Cookie": self._cookie()} if self._cookies else {})
                self._take_cookies(answer)
                if answer.status_code == 429:
                    await asyncio.sleep(float(answer.headers["Retry-After"]))
                elif answer.is_redirect:
                    url = urljoin(url, answer.headers["location"])
                elif answer.status_code == 200 and VISIT in self._cookies:
                    return urlsplit(url)
                else:
                    raise RuntimeError(f"the code did not let anybody in: {answer.status_code}")

    def _take_cookies(self, answer: httpx.Response) -> None:
        for line in answer.headers.get_list("set-cookie"):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}

    def _cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    async def _run(self, *tapped: WidgetState, name: str = "", fragment: str = "", unasked: bool = False) -> None:
        """Ask for a run of the script, or of one fragment of it, with the state of all widgets."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.page_name = self._query, self._page, name
        asked.fragment_id, asked.is_auto_rerun = fragment, unasked
        asked.context_info.timezone, asked.context_info.locale = "Europe/Amsterdam", "nl-NL"
        asked.context_info.timezone_offset, asked.context_info.url = -120, f"{self._address}/{self._name}"
        asked.widget_states.widgets.extend([*self._widgets.values(), *tapped])
        assert self._socket is not None
        try:
            await self._socket.send(message.SerializeToString())
        except ConnectionClosed as error:
            raise ConnectionError("the server closed the page") from error

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for data in socket:
                assert isinstance(data, bytes)
                await self._take(ForwardMsg.FromString(data))
        except ConnectionClosed:
            pass
        finally:
            self._closed = True
            async with self._changed:
                self._changed.notify_all()

    async def _until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: self._closed or seen())
        if self._closed:
            raise ConnectionError("the server closed the page")

    async def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._page = message.new_session.page_script_hash
            self._begin(message.metadata.run.fragment_ids)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            place = tuple(message.metadata.delta_path)
            await self._draw(place, message.delta.new_element, message.delta.fragment_id)
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "page_not_found":
            self.faults += 1
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._poll(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "stop_auto_rerun":
            self._stop_polling(*message.stop_auto_rerun.fragment_ids)
        elif kind == "script_finished" and message.script_finished in _FINISHED:
            if message.script_finished in _COMPLETE:
                self._tidy()
                self._ended.update(self._running or {""})
            async with self._changed:
                self._shown = {name: fragment for name, fragment, _ in self._drawn.values()}
                self._changed.notify_all()

    def _begin(self, fragments: Collection[str]) -> None:
        """Begin to draw: all of the page, or only these fragments."""
        self._runs, self._running = self._runs + 1, frozenset(fragments)
        if not fragments:
            self._stop_polling(*self._timers)

    def _tidy(self) -> None:
        """Take away what a run that came to its end did not draw again: of the page, or of its fragments."""
        for place, (_, fragment, run) in list(self._drawn.items()):
            if run < self._runs and (not self._running or fragment in self._running):
                del self._drawn[place]

    async def _draw(self, place: tuple[int, ...], element: Element, fragment: str) -> None:
        """Draw an element in the place of what was there, as a browser does while a run goes on."""
        kind = element.WhichOneof("type")
        self._drawn.pop(place, None)
        if kind == "button":
            self._drawn[place] = (element.button.id, fragment, self._runs)
        elif kind == "text_area":
            self._fields[element.text_area.id] = element
        elif kind == "exception":
            self.faults += 1
        elif kind == "alert" and element.alert.format in (element.alert.ERROR, element.alert.WARNING):
            self.faults += element.alert.format == element.alert.ERROR
            self.said.append(element.alert.body)
        elif kind == "bidi_component" and element.bidi_component.id.endswith(f"-{ShellKey.PHONE}"):
            await self._tell(element.bidi_component.id)

    async def _tell(self, component: str) -> None:
        """Say once what the phone keeps, as the script of ``streamlit_app.shell.phone`` does."""
        if component not in self._widgets:
            kept = {"kept": {"identity": uuid4().hex, "drafts": {}}}
            self._widgets[component] = WidgetState(id=component, json_value=json.dumps(kept))
            await self._run()

    def _poll(self, fragment: str, seconds: float) -> None:
        """Run a fragment from time to time from now on. When it does so already, its clock goes on as it was."""

        async def ask() -> None:
            with suppress(ConnectionError):
                while True:
                    await asyncio.sleep(seconds)
                    self.polls += 1
                    await self._run(fragment=fragment, unasked=True)

        if fragment not in self._timers:
            self._timers[fragment] = asyncio.create_task(ask())

    def _stop_polling(self, *fragments: str) -> None:
        for fragment in fragments:
            if fragment in self._timers:
                self._timers.pop(fragment).cancel()
