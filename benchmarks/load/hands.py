"""What somebody does on a page beside voting: press, write, and wait for what the room sees."""

from time import monotonic

from streamlit.proto.Element_pb2 import Element
from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.load.phone import Phone
from streamlit_app.access.cookies import VISIT


class Hands(Phone):
    """A phone, or a laptop, of which somebody uses more than the votes."""

    async def look_at(self, name: str, query: str = "") -> None:
        """Open a page that everybody may see; raises as :meth:`vote` does."""
        self._query, self._name = query, name
        await self._open()

    async def look_as(self, cookie: str, name: str, query: str = "") -> None:
        """Open a page as who has a cookie of this app; raises as :meth:`vote` does."""
        self._cookies = {VISIT: cookie}
        await self.look_at(name, query)

    async def draw_anew(self) -> float:
        """Have the whole page drawn again; return the seconds until it is complete. Raises as :meth:`vote` does."""
        return await self._complete()

    async def press(self, key: str) -> float:
        """Press the button with a key; return the seconds until the page is complete. Raises as :meth:`vote` does."""
        button = next(name for name in self._shown if name.endswith(f"-{key}"))
        return await self._complete(WidgetState(id=button, trigger_value=True), fragment=self._shown[button])

    async def write(self, key: str, text: str) -> float:
        """Type in the field of a form and send it; return the seconds until the page is complete, as :meth:`press`."""
        field = self._field(f"{key}.text").text_area.id
        self._widgets[field] = WidgetState(id=field, string_value=text)
        try:
            return await self.press(f"{key}.send")
        finally:
            del self._widgets[field]  # what was sent is not in the field any more

    async def follow(self, key: str) -> float:
        """Wait until the room's page has the button with a key; return the seconds, raising as :meth:`vote` does."""
        start = monotonic()
        await self._until(lambda: any(name.endswith(f"-{key}") for name in self._shown))
        return monotonic() - start

    def _field(self, key: str) -> Element:
        return next(element for name, element in self._fields.items() if name.endswith(f"-{key}"))

    async def _complete(self, *tapped: WidgetState, fragment: str = "") -> float:
        """Ask for a run; return the seconds until it is over, or one of the whole page. Others may end meanwhile."""
        before, start = self._ends(fragment), monotonic()
        await self._run(*tapped, fragment=fragment)
        await self._until(lambda: self._ends(fragment) > before)
        return monotonic() - start

    def _ends(self, fragment: str) -> int:
        return sum(self._ended[one] for one in {"", fragment})
