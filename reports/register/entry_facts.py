"""What only an organisation knows of an entry in the algorithm register: the area's ``register.toml``.

All else is made from what the app knows. What nobody filled in stays visibly empty.
"""

from typing import Final, Literal

from pydantic import Field

from data.area.zone import Names, Strict
from data.keeping.home import find
from data.keeping.toml_file import read_model

FILE: Final = "register.toml"

Status = Literal["In ontwikkeling", "In gebruik", "Buiten gebruik"]
PublicationCategory = Literal["Hoog-risico AI-systeem", "Impactvolle algoritmes", "Overige algoritmes"]


class Law(Strict):
    """A law or decision that the use rests on, with where it can be read."""

    title: str
    link: str


class EntryFacts(Strict):
    """Facts for the register. ``confirmed_by``: the body that confirmed them; without it they are a proposal."""

    organization: str = ""
    contact: str = ""
    website: str = ""
    status: Status = "In ontwikkeling"
    begin: str = ""
    end: str = ""
    themes: tuple[str, ...] = ()
    publication_category: PublicationCategory | None = None
    provider: str = ""
    source_code: str = ""
    processing_register: str = ""
    lawful_basis: Names = Field(default_factory=dict)
    laws: tuple[Law, ...] = ()
    assessments: tuple[Law, ...] = ()
    assessments_why: Names = Field(default_factory=dict)
    confirmed_by: str = ""


def read_entry_facts(area_id: str) -> EntryFacts:
    """Return what an area's file says; nothing when there is none. Raises ``UserError`` when it is wrong."""
    path = find(area_id, FILE)
    return read_model(EntryFacts, path) if path else EntryFacts()
