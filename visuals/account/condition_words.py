"""Conditions and wishes in words: their kind, state and review, and what they govern."""

from collections.abc import Mapping
from datetime import date

from language import Language
from language.said import tells
from response.conditions.condition import Condition, Governed, Governs, Kind, State, Wish, WishState


def kind_name(kind: Kind, lang: Language) -> str:
    """Return what a kind of condition is called."""
    names: dict[Kind, str] = {
        "ethical": lang.t("ethical"),
        "legal": lang.t("legal"),
        "economic": lang.t("economic"),
        "technical": lang.t("technical"),
    }
    return names[kind]


def state_name(state: State, lang: Language) -> str:
    """Return how a condition stands."""
    names: dict[State, str] = {
        "open": lang.t("not decided yet"),
        "met": lang.t("met"),
        "broken": lang.t("broken"),
        "withdrawn": lang.t("withdrawn"),
    }
    return names[state]


def governed_name(what: Governed, lang: Language) -> str:
    """Return what a kind of thing that conditions govern is called."""
    names: dict[Governed, str] = {
        "source": lang.t("source"),
        "page": lang.t("page"),
        "card": lang.t("card of the playbook"),
        "publication": lang.t("publication"),
        "part": lang.t("part of the playbook"),
    }
    return names[what]


def governs_text(one: Governs, names: Mapping[tuple[Governed, str], str], lang: Language) -> str:
    """Return one thing that is governed, by the name that people know it by."""
    return f"{governed_name(one.what, lang)} '{names.get((one.what, one.id), one.id)}'"


@tells("condition")
def review_text(condition: Condition, today: date, lang: Language) -> str:
    """Say when a condition is looked at again, and that the day is near or has passed."""
    if condition.review is None:
        return ""
    day = lang.date(condition.review, "d MMMM y")
    due = condition.due(today)
    if due == "overdue":
        return lang.t("{day}. That day has passed: look at it again. Nothing is switched off by this.", day=day)
    if due == "soon":
        left = (condition.review - today).days
        return lang.n("{day}, in {n} day", "{day}, in {n} days", left, day=day)
    return day


def condition_lines(
    condition: Condition, names: Mapping[tuple[Governed, str], str], today: date, lang: Language
) -> list[tuple[str, str]]:
    """Return what is known of a condition, each with its heading. What nobody filled in is absent."""
    governs = "; ".join(governs_text(one, names, lang) for one in condition.governs)
    lines = [
        (lang.t("Set by"), condition.session),
        (lang.t("Who looks after it"), condition.owner),
        (lang.t("What shows that it is met"), condition.proof_text(lang)),
        (lang.t("Looked at again on"), review_text(condition, today, lang)),
        (lang.t("It governs"), governs),
    ]
    if condition.decided is not None:
        day = lang.date(condition.decided.at, "d MMMM y")
        lines.append((lang.t("Decided by"), f"{condition.decided.by}, {day}: {condition.decided.reason}"))
    return [(heading, text) for heading, text in lines if text]


def wish_state_name(state: WishState, lang: Language) -> str:
    """Return what became of a wish."""
    names: dict[WishState, str] = {
        "asked": lang.t("asked, no answer yet"),
        "accepted": lang.t("accepted"),
        "built": lang.t("built"),
        "refused": lang.t("refused"),
    }
    return names[state]


def wish_kind_name(wish: Wish, lang: Language) -> str:
    """Return whether it is a goal or a function."""
    return lang.t("goal") if wish.kind == "goal" else lang.t("function")
