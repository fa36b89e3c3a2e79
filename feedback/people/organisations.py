"""The organisations for which people are invited: what one of them may change, another may only read."""

from enum import StrEnum

from language import Language


class Organisation(StrEnum):
    """For which organisation somebody is here; it gives no role by itself."""

    MUNICIPALITY = "municipality"
    POLICE = "police"
    EVENTS = "event-manager"
    TRANSPORT = "transport"
    OTHER = "other"


def organisation_of(text: str | None) -> Organisation | None:
    """Return the organisation with an id; ``None`` for none, and for one that this version does not know."""
    return Organisation(text) if text in tuple(Organisation) else None


def organisation_name(organisation: Organisation, lang: Language) -> str:
    """Return what the organisation is called."""
    names = {
        Organisation.MUNICIPALITY: lang.t("Municipality"),
        Organisation.POLICE: lang.t("Police"),
        Organisation.EVENTS: lang.t("Event manager"),
        Organisation.TRANSPORT: lang.t("Transport"),
        Organisation.OTHER: lang.t("Another organisation"),
    }
    return names[organisation]
