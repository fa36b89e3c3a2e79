"""Which zone of an area a text in somebody's file means."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from data.keeping.slugs import slug
from language import UserError

_SHOWN: Final = 10


class Places:
    """The zones of an area as files may call them: by their id, in any case, or by what else they are called.

    ``called`` are other texts for zones (their names, or their ids in the files they came from). A text that fits two
    zones means neither.
    """

    def __init__(self, zone_ids: Sequence[str], called: Mapping[str, str] | None = None) -> None:
        self.ids = tuple(zone_ids)
        self._at = {zone_id: place for place, zone_id in enumerate(self.ids)}
        exact = {**(called or {}), **{zone_id: zone_id for zone_id in self.ids}}
        self._exact = {text: self._at[zone_id] for text, zone_id in exact.items()}
        self._alike: dict[str, int | None] = {}
        for text, place in self._exact.items():
            for form in {slug(text), text.casefold()} - {""}:
                self._alike[form] = place if self._alike.get(form, place) == place else None

    def find(self, text: str) -> int | None:
        """Return the place (its index in ``ids``) that ``text`` means, or ``None``."""
        if text in self._exact:
            return self._exact[text]
        alike = self._alike.get(text.casefold())
        return alike if alike is not None else self._alike.get(slug(text))


def unknown_zones(file: str, names: Iterable[str]) -> UserError:
    """Return the error about places that the area does not have."""
    return UserError(
        "{file} has zones that the zones file does not have: {zones}. Add them there or leave them out.",
        file=file,
        zones=some(sorted(names)),
    )


def some(names: Sequence[str]) -> str:
    """Join names, of many the first."""
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
