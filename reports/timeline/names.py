"""The names of what a line of the timeline is about: its places, and who did it."""

from data.area.area import Area
from feedback.people.roles import Role, role_name
from language import Language
from language.said import tells
from reports.timeline.happening import Happening


@tells("area")
def places(one: Happening, area: Area, lang: Language) -> list[str]:
    """Return the names of its places; of one that the area has not got any more its id."""
    known = set(area.zone_ids)
    return [area.zone(zone).name(lang) if zone in known else zone for zone in one.zones]


def who(by: str | None, lang: Language) -> str:
    """Return which role did it; the app itself, or a body that is named in the text, where none did."""
    if not by:
        return lang.t("the app, or a body")
    return role_name(Role(by), lang) if by in set(Role) else by
