"""The action log in words: stages, what an entry says, what it lacks, and what a correction changed."""

from collections.abc import Iterator
from datetime import datetime

from data.area.area import Area
from feedback.people.audit_words import who_text
from language import Language
from language.plain import joined
from language.said import fact, tells
from response.actions.entry import TEXT_FIELDS, Logged, Stage
from response.cards.card import Playbook


def stage_name(stage: Stage, lang: Language) -> str:
    """Return how far something is."""
    names: dict[Stage, str] = {
        "planned": lang.t("planned"),
        "decided": lang.t("decided"),
        "started": lang.t("started"),
        "ended": lang.t("ended"),
        "not-done": lang.t("deliberately not done"),
    }
    return names[stage]


def field_name(field: str, lang: Language) -> str:
    """Return what a part of an entry is called."""
    names = {
        "stage": lang.t("How far along is it?"),
        "card": lang.t("Card"),
        "zones": lang.t("Places"),
        "happened": lang.t("When it happened"),
        "until": lang.t("Until when"),
        "trigger": lang.t("Which forecast was the reason"),
        "what": lang.t("What it was"),
        "information": lang.t("What you knew"),
        "risk": lang.t("Which risk you saw"),
        "options": lang.t("Which options you weighed"),
        "amount": lang.t("How much was used"),
        "outcome": lang.t("What came of it"),
        "side_effects": lang.t("What else it did"),
        "reason": lang.t("Why it was corrected"),
    }
    return names[field]


@tells("action")
def action_name(one: Logged, playbook: Playbook, lang: Language) -> str:
    """Return what was done: the card, or the words that say it."""
    card = playbook.card(one.entry.card) if one.entry.card else None
    if card is not None:
        return card.name(lang)
    return one.entry.card or one.entry.texts.get("what") or lang.t("words erased")


@tells("action")
def places_words(one: Logged, area: Area, lang: Language) -> str:
    """Name the places; one that the area has not got any more by its id, and it says so."""
    known = set(area.zone_ids)
    names = [
        area.zone(zone).name(lang) if zone in known else lang.t("{zone} (not a place any more)", zone=zone)
        for zone in one.entry.zones
    ]
    return joined(names, lang)


@tells("action")
def moment_words(moment: datetime, area: Area, lang: Language) -> str:
    """Return a moment in the time of the area: '8 Aug 2026, 14:05'."""
    return lang.date(moment, "d MMM y, HH:mm", area.tz)


def entry_title(one: Logged, playbook: Playbook, area: Area, lang: Language) -> str:
    """Return an entry on one line: how far, what, where and when; one of the practice world says so first."""
    mark = f"{lang.t('DEMO DATA')} · " if one.entry.practice else ""
    return fact(
        f"{mark}{stage_name(one.entry.stage, lang)} · {action_name(one, playbook, lang)} · "
        f"{places_words(one, area, lang)} · {moment_words(one.entry.happened, area, lang)}",
        "action",
    )


def entered_words(one: Logged, area: Area, lang: Language) -> str:
    """Say by whom, as a role of an organisation, and when an entry was written down."""
    return lang.t(
        "Row {number}, written down by: {who}, on {moment}.",
        number=fact(one.number, "action"),
        who=who_text(one.role, one.organisation, lang),
        moment=moment_words(one.entered, area, lang),
    )


def missing_words(one: Logged, lang: Language) -> str:
    """Name what an entry lacks; empty when it lacks nothing."""
    missing = () if one.struck else one.entry.missing
    if not missing:
        return ""
    return lang.t("Still missing: {what}.", what=joined([field_name(name, lang).lower() for name in missing], lang))


def entry_lines(one: Logged, playbook: Playbook, area: Area, lang: Language) -> Iterator[tuple[str, str]]:
    """Yield what an entry says: the name of each part, and what stands there."""
    entry = one.entry
    yield field_name("stage", lang), stage_name(entry.stage, lang)
    yield field_name("card", lang) if entry.card else field_name("what", lang), action_name(one, playbook, lang)
    yield field_name("zones", lang), places_words(one, area, lang)
    yield field_name("happened", lang), moment_words(entry.happened, area, lang)
    if entry.until is not None:
        yield field_name("until", lang), moment_words(entry.until, area, lang)
    if entry.snapshot:
        yield field_name("trigger", lang), fact(entry.snapshot, "action")
    for name in TEXT_FIELDS:
        if name in one.erased:
            yield field_name(name, lang), lang.t("words erased")
        elif entry.texts.get(name) and not (name == "what" and not entry.card):
            yield field_name(name, lang), fact(entry.texts[name], "action")


def changes(
    before: Logged, after: Logged, playbook: Playbook, area: Area, lang: Language
) -> list[tuple[str, str, str]]:
    """Return what a correction changed: the name of each part, what stood there (if anything), and what does now."""
    old, new = (dict(entry_lines(one, playbook, area, lang)) for one in (before, after))
    names = [name for name in (*old, *(name for name in new if name not in old)) if name != field_name("reason", lang)]
    return [(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)]
