"""What sources, pages, cards and publications are called where conditions name them."""

from data.area.area import Area
from data.area.sources import read_sources
from data.area.zone import in_language
from language import Language
from response.conditions.condition import ALWAYS_ON, PICTURES, WHO_IS_THERE, Governed
from streamlit_app.playbook.weeks import playbook_of
from streamlit_app.shell.navigation import ENTRIES


def governed_names(area: Area, lang: Language) -> dict[tuple[Governed, str], str]:
    """Return all that a condition can govern in an area, with its name."""
    found: dict[tuple[Governed, str], str] = {}
    for source in read_sources(area.id):
        found["source", source.id] = in_language(source.title, lang)
    for entry in ENTRIES:
        if entry.url not in ALWAYS_ON:
            found["page", entry.url] = lang.t(entry.title)
    for card in playbook_of(area).cards:
        found["card", card.id] = card.name(lang)
    found["publication", PICTURES] = lang.t("Pictures for press and street")
    found["part", WHO_IS_THERE] = lang.t("Who is there")
    return found
