"""Kinds of place in words."""

from data.area.zone import ZoneKind
from language import Language


def ground_name(kind: ZoneKind, lang: Language) -> str:
    """Return what one stands on at such a place: '10 × 10 metres of beach'."""
    names: dict[ZoneKind, str] = {
        "beach": lang.t("beach"),
        "promenade": lang.t("promenade"),
        "street": lang.t("street"),
        "quay": lang.t("quay"),
        "square": lang.t("square"),
        "sensor": lang.t("street"),
    }
    return names[kind]


def all_of_kind(kind: ZoneKind, lang: Language) -> str:
    """Return the name of all places of a kind together: 'All beaches'."""
    names: dict[ZoneKind, str] = {
        "beach": lang.t("All beaches"),
        "promenade": lang.t("All promenades"),
        "street": lang.t("All streets"),
        "quay": lang.t("All quays"),
        "square": lang.t("All squares"),
        "sensor": lang.t("All counting points"),
    }
    return names[kind]
