"""The parties of an area: who they are, what each answers for, and whose agreement to sources is asked.

They stand in the area's ``partners.toml``: organisations and groups, never persons. An area without that file has none.
"""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from pydantic import Field

from data.area.zone import Names, Strict, in_language
from data.keeping.home import find
from data.keeping.toml_file import read_model
from language import Language, UserError

FILE: Final = "partners.toml"
PARTNER_ID: Final = r"^[a-z0-9][a-z0-9-]{0,39}$"


class Partner(Strict):
    """A party: what it ``answers_for``, and whether it is asked to agree to sources (``agrees``)."""

    id: str = Field(pattern=PARTNER_ID)
    names: Names = Field(min_length=1)
    answers_for: Names = Field(default_factory=dict)
    agrees: bool = False

    def name(self, lang: Language) -> str:
        """Return what it is called."""
        return in_language(self.names, lang)


class WorkPackage(Strict):
    """A part of the project, with the ids of its parties."""

    id: str = Field(pattern=PARTNER_ID)
    names: Names = Field(min_length=1)
    partners: tuple[str, ...] = ()

    def name(self, lang: Language) -> str:
        """Return what it is called."""
        return in_language(self.names, lang)


class Partners(Strict):
    """All parties of an area, and the work packages that they share."""

    partner: tuple[Partner, ...] = ()
    package: tuple[WorkPackage, ...] = ()

    def find(self, partner_id: str) -> Partner | None:
        """Return the party with this id."""
        return next((one for one in self.partner if one.id == partner_id), None)

    @property
    def asked(self) -> tuple[Partner, ...]:
        """The parties whose agreement to sources is asked."""
        return tuple(one for one in self.partner if one.agrees)


def read_partners(area_id: str) -> Partners:
    """Return the parties of an area; none when it has no file of them. Raises ``UserError`` when it is wrong."""
    path = find(area_id, FILE)
    return _read(path, path.stat().st_mtime_ns) if path else Partners()


def check_packages(area_id: str, packages: Iterable[str]) -> tuple[str, ...]:
    """Return ids of work packages, each once and in order. Raises ``UserError`` for one that the area does not name."""
    wanted = set(packages)
    known = [one.id for one in read_partners(area_id).package] if wanted else []
    for one in sorted(wanted - set(known)):
        raise UserError("There is no work package '{package}' in partners.toml.", package=one)
    return tuple(one for one in known if one in wanted)


@lru_cache(maxsize=16)
def _read(path: Path, _written: int) -> Partners:
    return read_model(Partners, path)
