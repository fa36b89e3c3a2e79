"""What a card says, as it stands on it: kinds, when it is for use, how much it takes, and whether it was adopted."""

from collections.abc import Iterator

from data.area.area import Area
from language import Language
from language.plain import chance, joined
from language.said import tells
from response.cards.actors import actor_name
from response.cards.card import Amount, Card, Kind, Playbook, Taste, Texts, TriggerLevel, Visible, text_in
from visuals.words.kinds import all_of_kind


def card_kind(kind: Kind, lang: Language) -> str:
    """Return what sort of thing a card does."""
    names: dict[Kind, str] = {
        "inform": lang.t("inform"),
        "spread": lang.t("spread over time"),
        "route": lang.t("show another way"),
        "room": lang.t("make room"),
        "dose": lang.t("limit access"),
        "staff": lang.t("put people there"),
        "enforce": lang.t("enforce"),
        "communicate": lang.t("tell people"),
    }
    return names[kind]


def taste_name(taste: Taste, lang: Language) -> str:
    """Return whether a card invites or restricts."""
    return lang.t("sweet (invites)") if taste == "sweet" else lang.t("sour (restricts)")


def visible_name(visible: Visible, lang: Language) -> str:
    """Return who sees a card."""
    return lang.t("everybody sees it") if visible == "everybody" else lang.t("only professionals see it")


def adopted_words(card: Card, lang: Language) -> str:
    """Say which body adopted a card and when, or that it is an example."""
    if card.adopted is None:
        return lang.t("example, not adopted")
    return lang.t("adopted by {who} on {day}", who=card.adopted.by, day=lang.date(card.adopted.on, "d MMMM y"))


def actors_words(card: Card, playbook: Playbook, lang: Language) -> str:
    """Name who carries out a card."""
    return joined([actor_name(actor, playbook, lang) for actor in card.actors], lang)


def level_or_worse(level: TriggerLevel, lang: Language) -> str:
    """Return a level with those above it: 'busy or too busy'."""
    names: dict[TriggerLevel, str] = {
        "yellow": lang.t("lively or busier"),
        "orange": lang.t("busy or too busy"),
        "red": lang.t("too busy"),
    }
    return names[level]


def stretch(hours: int, lang: Language) -> str:
    """Return how long at least: 'at least 3 hours in a row'."""
    return lang.n("at least one hour", "at least {n} hours in a row", hours)


@tells("card")
def trigger_words(card: Card, area: Area, lang: Language) -> str:
    """Say when a card is for use."""
    trigger = card.trigger
    names = [all_of_kind(kind, lang).lower() for kind in trigger.places.kinds]
    names += [area.zone(zone).name(lang) for zone in trigger.places.zones if zone in area.zone_ids]
    return lang.t(
        "At {places}: {level} for {stretch}, with a chance of at least {chance}.",
        places=joined(names, lang),
        stretch=stretch(trigger.hours, lang),
        level=level_or_worse(trigger.level, lang),
        chance=chance(trigger.chance, lang),
    )


@tells("card")
def amount_words(amount: Amount, lang: Language) -> str:
    """Say from how much to how much."""
    if amount.low == amount.high:
        return lang.number(amount.low)
    return lang.t("{low} to {high}", low=lang.number(amount.low), high=lang.number(amount.high))


@tells("card")
def lead_words(card: Card, lang: Language) -> str:
    """Say how long beforehand it must be decided: in days from two days on."""
    hours = card.lead_hours
    if hours >= 48 and hours % 24 == 0:
        return lang.n("{n} day beforehand", "{n} days beforehand", hours // 24)
    return lang.n("{n} hour beforehand", "{n} hours beforehand", hours)


def card_lines(card: Card, playbook: Playbook, area: Area, lang: Language) -> list[tuple[str, str]]:
    """Return all that stands on a card: headings with their text, as for a table or a print."""
    return [(heading, text) for heading, text in _lines(card, playbook, area, lang) if text]


def _lines(card: Card, playbook: Playbook, area: Area, lang: Language) -> Iterator[tuple[str, str]]:
    def said(texts: Texts | None) -> str:
        return "" if texts is None else text_in(texts, lang)

    yield lang.t("Who does it"), actors_words(card, playbook, lang)
    yield lang.t("Who decides"), said(card.decides)
    yield lang.t("By what authority"), said(card.basis) or lang.t("not known")
    yield lang.t("When"), trigger_words(card, area, lang)
    yield lang.t("To decide"), lead_words(card, lang)
    yield lang.t("Steps"), " ".join(f"{number}. {text_in(step, lang)}" for number, step in enumerate(card.steps, 1))
    yield lang.t("Stop rule"), said(card.stop)
    yield lang.t("Side effects"), said(card.side_effects)
    yield lang.t("People needed"), "" if card.people is None else amount_words(card.people, lang)
    yield lang.t("Cost a day, in euros"), "" if card.cost is None else amount_words(card.cost, lang)
    yield lang.t("How it is undone"), said(card.undone)
    if card.message is not None:
        told = f"{said(card.message.sender)}, {said(card.message.channel)}: {said(card.message.text)}"
        yield lang.t("Message"), told
    yield lang.t("For everybody"), said(card.public_text) if card.visible == "everybody" else ""
    yield lang.t("Source"), said(card.source)
