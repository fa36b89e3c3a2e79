"""What a room thinks of a card of the playbook, in words."""

from collections.abc import Sequence

from feedback.contributions.naming import role_name
from feedback.sessions.rounds.card_views import RoleViews
from language import Language
from language.said import tells


def fits_name(fits: str, lang: Language) -> str:
    """Return what a choice is called."""
    names = {
        "yes": lang.t("This fits here"),
        "other": lang.t("It fits, if something changes"),
        "no": lang.t("This does not fit here"),
    }
    return names[fits]


def card_question(lang: Language) -> str:
    """Ask it."""
    return lang.t("Does this fit here? What would you do differently?")


@tells("people")
def views_sentences(found: Sequence[RoleViews], lang: Language) -> list[str]:
    """Say by role how many think that a card fits."""
    if not found:
        return [lang.t("Fewer than five people answered. We show answers from five on.")]
    return [
        lang.t(
            "{who} ({count}): {yes} say it fits, {other} if something changes, {no} say it does not.",
            who=role_name(group.role, lang) if group.role else lang.t("Other, or not said"),
            count=group.n,
            yes=group.yes,
            other=group.other,
            no=group.no,
        )
        for group in found
    ]
