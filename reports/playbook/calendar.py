"""The week ahead as a calendar: an event for each card and day, with an alarm before it must be decided.

An event keeps its id from forecast to forecast, so a calendar that reads the file again changes what it has. What an
earlier forecast called for and this one does not is told as cancelled.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from response.cards.card import text_in
from response.week.ahead import Use, WeekAhead
from response.week.public_week import PublicUse
from response.week.withdrawn import Withdrawn
from visuals.base.outlook import Outlook
from visuals.playbook.card_words import actors_words, adopted_words
from visuals.playbook.use_words import decide_sentence, use_sentence
from visuals.words.amounts import marks

EARLY: Final = timedelta(hours=1)
"""How long before it must be decided the alarm goes."""

_EPOCH: Final = datetime(2020, 1, 1, tzinfo=UTC)


def week_calendar(
    week: WeekAhead, outlook: Outlook, off: Sequence[Withdrawn] = (), *, actor: str | None = None
) -> bytes:
    """Return what is called for (of one ``actor`` or all) and what is ``off`` again, as an iCalendar file."""
    lang, file = outlook.lang, _file(outlook)
    for use in week.uses:
        if use.met and (actor is None or actor in use.card.actors):
            file.add_component(_event(use, week, outlook))
    for one in off:
        if actor is None or actor in one.card.actors:
            event = _begun(one.card.id, one.day, week, outlook)
            event.add("summary", lang.t("Not needed any more: {card}", card=one.card.name(lang)))
            event.add("dtstart", one.start.astimezone(UTC))
            event.add("dtend", one.end.astimezone(UTC))
            event.add("status", "CANCELLED")
            file.add_component(event)
    ready: bytes = file.to_ical()
    return ready


def public_calendar(uses: Sequence[PublicUse], week: WeekAhead, outlook: Outlook) -> bytes:
    """Return what everybody may know as an iCalendar file of whole days."""
    lang, file = outlook.lang, _file(outlook)
    for use in uses:
        event = _begun(use.card.id, use.day, week, outlook)
        name = use.card.names.get(lang.code) or next(iter(use.card.names.values()))
        event.add("summary", name if use.card.adopted else lang.t("{card} (an example, not adopted)", card=name))
        event.add("description", text_in(use.card.text, lang))
        event.add("dtstart", use.day)
        event.add("status", "TENTATIVE")
        event.add("transp", "TRANSPARENT")
        file.add_component(event)
    ready: bytes = file.to_ical()
    return ready


def event_id(card_id: str, day: date, area_id: str) -> str:
    """Return the id of a card on a day, the same from forecast to forecast."""
    return f"{card_id}-{day:%Y%m%d}-{area_id}@crowd-notebook"


def _file(outlook: Outlook) -> Calendar:
    lang, file = outlook.lang, Calendar()
    file.add("prodid", "-//crowd-notebook//playbook//NL")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    name = f"{lang.t('Playbook')} · {outlook.area.name(lang)}"
    mark = marks(outlook.forecast, lang)
    file.add("x-wr-calname", f"{mark} · {name}" if mark else name)
    file.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    return file


def _event(use: Use, week: WeekAhead, outlook: Outlook) -> Event:
    lang, card = outlook.lang, use.card
    start, end = use.span
    event = _begun(card.id, use.day, week, outlook)
    event.add("summary", card.name(lang))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", end.astimezone(UTC))
    event.add("status", "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("location", outlook.area.zone(use.first.zone_id).name(lang))
    lines = [
        marks(outlook.forecast, lang),
        f"{actors_words(card, week.playbook, lang)} · {adopted_words(card, lang)}",
        use_sentence(use, outlook),
        decide_sentence(use, lang),
        *(f"{number}. {text_in(step, lang)}" for number, step in enumerate(card.steps, 1)),
        f"{lang.t('Stop rule')}: {text_in(card.stop, lang)}",
    ]
    event.add("description", "\n".join(line for line in lines if line))
    if use.state != "late":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{card.name(lang)}: {decide_sentence(use, lang)}")
        alarm.add("trigger", (use.first.decide_by - EARLY).astimezone(UTC))
        event.add_component(alarm)
    return event


def _begun(card_id: str, day: date, week: WeekAhead, outlook: Outlook) -> Event:
    """Return an event with its id, and how new it is: the hour of the forecast, and the version of the playbook."""
    event, made = Event(), week.forecast.cutoff.astimezone(UTC)
    event.add("uid", event_id(card_id, day, outlook.area.id))
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", int((made - _EPOCH) / timedelta(hours=1)) + week.playbook.version)
    return event
