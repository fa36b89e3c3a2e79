"""What the week ahead asks: each use of a card in sentences, its expected effect, and what everybody may know."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from data.area.measures import Measure
from data.area.zone import in_language
from language import Language
from language.plain import chance, joined
from language.said import fact, together
from response.cards.card import Card, text_in
from response.cards.public import PublicCard
from response.week.ahead import State, Use
from response.week.effects import Effect
from response.week.public_week import PublicUse
from visuals.base.outlook import Outlook
from visuals.playbook.card_words import level_or_worse, stretch
from visuals.words.claim_words import chance_of, places_of, said
from visuals.words.hours import between_hours, capitalised, clock

_NAMED: Final = 3
"""Of sweet cards that go before a sour one so many are named."""


def state_name(state: State, lang: Language) -> str:
    """Return what to do about something now."""
    names: dict[State, str] = {
        "late": lang.t("too late to be in time"),
        "today": lang.t("decide today"),
        "watch": lang.t("keep an eye on"),
        "nothing": lang.t("nothing to do"),
    }
    return names[state]


def use_sentence(use: Use, outlook: Outlook) -> str:
    """Say how likely a card is needed on its day, at which place first, and between which hours."""
    lang, first = outlook.lang, use.first
    return said(
        lang.t(
            "At {place} the chance is {chance} that it is {level} for {stretch}, {span}.",
            place=places_of(first.claim, outlook.area, lang),
            chance=chance_of(first.claim, lang),
            level=level_or_worse(first.card.trigger.level, lang),
            stretch=stretch(first.card.trigger.hours, lang),
            span=between_hours(first.start, first.end, lang),
        ),
        first.claim,
    )


def elsewhere_sentence(use: Use, outlook: Outlook) -> str:
    """Name the other places at which the card is called for as well; empty when there are none."""
    lang = outlook.lang
    others = [one for one in use.moments[1:] if one.met == use.met]
    if not others:
        return ""
    return lang.t(
        "Also at {places}.", places=joined([places_of(one.claim, outlook.area, lang) for one in others], lang)
    )


def decide_sentence(use: Use, lang: Language) -> str:
    """Say by when to decide, or what is still open."""
    first = use.first
    if not first.met:
        return lang.t(
            "Nothing to decide yet: the card asks for a chance of {chance}.",
            chance=fact(chance(first.card.trigger.chance, lang), "card"),
        )
    values = {"day": _day(first.decide_by.date(), lang), "hour": said(clock(first.decide_by.hour, lang), first.claim)}
    if first.state == "late":
        return lang.t("Too late to be in time: it had to be decided on {day}, before {hour}.", **values)
    if first.state == "today":
        return lang.t("Decide today, before {hour}.", hour=values["hour"])
    return lang.t("Decide on {day} at the latest, before {hour}.", **values)


def card_effect(effect: Effect, outlook: Outlook) -> str:
    """Say what a card is expected to do at the place that decides, with its range, and on what that rests."""
    lang, after = outlook.lang, effect.after
    place = said(places_of(effect.before, outlook.area, lang), effect.before, after)
    values = {
        "place": place,
        "before": _hours(effect.before.value, lang),
        "after": _hours(after.value, lang),
        "level": level_or_worse(effect.use.card.trigger.level, lang),
    }
    told = (
        lang.t("At {place} that makes no difference in hours: {before} are {level}.", **values)
        if values["before"] == values["after"]
        else lang.t("Then {after} instead of {before} hours are {level} at {place}.", **values)
    )
    spread = lang.t(
        "8 times out of 10 it is {low} to {high}.",
        low=said(_hours(after.low, lang), after),
        high=said(_hours(after.high, lang), after),
    )
    return together([told, spread, _rests(effect.measure, lang)])


def _rests(measure: Measure, lang: Language) -> str:
    """Say whether an effect is an assumption, or on how many days it was measured and who adopted it."""
    if measure.assumed:
        return lang.t("This effect is an assumption.")
    return f"{fact(in_language(measure.source, lang), 'action')}."


def together_sentences(
    excluded: Sequence[Card], stronger: Sequence[Card], sweet: Sequence[Card], lang: Language
) -> list[str]:
    """Say which other cards of that day do not go with a card, which strengthen it, and which to try before it."""
    found = []
    if sweet:
        found.append(lang.t("Sweet before sour: first try for example {cards}.", cards=_names(sweet[:_NAMED], lang)))
    if excluded:
        found.append(lang.t("Does not go together with {cards}.", cards=_names(excluded, lang)))
    if stronger:
        found.append(lang.t("Works better together with {cards}.", cards=_names(stronger, lang)))
    return found


def use_title(use: Use, lang: Language) -> str:
    """Return the day and name of a use, as a heading."""
    return f"{capitalised(lang.date(use.day, 'EEEE d MMMM'))} · {use.card.name(lang)}"


def public_sentence(uses: Sequence[PublicUse], lang: Language) -> str:
    """Say what is done on the first day on which anything is, as far as everybody may know; empty when nothing is."""
    if not uses:
        return ""
    day = uses[0].day
    of_day = [use for use in uses if use.day == day]
    values = {"day": _day(day, lang), "what": " ".join(text_in(use.card.text, lang) for use in of_day[:2])}
    if all(use.card.adopted for use in of_day[:2]):
        return lang.t("What is done on {day}: {what}", **values)
    return lang.t("What could be done on {day} (an example, not adopted): {what}", **values)


def _names(cards: Sequence[Card], lang: Language) -> str:
    return joined([f"‘{card.name(lang)}’" for card in cards], lang)


def _day(day: date, lang: Language) -> str:
    return lang.date(day, "EEEE d MMMM")


def _hours(value: float | None, lang: Language) -> str:
    return lang.number(round(value or 0))


def public_lines(uses: Sequence[PublicUse], lang: Language) -> list[str]:
    """Return a line for each public card: on which days, what it means for people, and whether it is an example."""
    cards: dict[str, PublicCard] = {use.card.id: use.card for use in uses}
    lines = []
    for card in cards.values():
        on = [lang.date(use.day, "EEE d MMM") for use in uses if use.card.id == card.id]
        told = f"{capitalised(joined(on, lang))}: {text_in(card.text, lang)}"
        lines.append(told if card.adopted else f"{told} ({lang.t('example, not adopted')})")
    return lines
