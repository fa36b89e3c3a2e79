"""Following what was done with advices without giving an e-mail address: RSS, and promised days in a calendar."""

import datetime as dt
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from icalendar import Calendar, Event

from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, answer_name
from language import Language


def rss(advices: Sequence[Advice], lang: Language, *, page: str) -> bytes:
    """Return advices and answers as an RSS 2.0 feed, the latest first.

    ``page`` is the address of the public page, or empty.
    """
    feed = Element("rss", version="2.0")
    channel = SubElement(feed, "channel")
    _text(channel, "title", lang.t("What was done with it?"))
    if page:
        _text(channel, "link", page)
    _text(channel, "description", lang.t("Advice of residents and entrepreneurs, and what the municipality answered."))
    _text(channel, "language", lang.code)
    for made, key, title, text in sorted(_news(advices, lang), reverse=True):
        item = SubElement(channel, "item")
        _text(item, "title", title)
        # Readers of feeds take a description for HTML.
        _text(item, "description", escape(text))
        if page:
            _text(item, "link", page)
        SubElement(item, "guid", isPermaLink="false").text = key
        _text(item, "pubDate", format_datetime(dt.datetime.fromisoformat(made)))
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def calendar(advices: Sequence[Advice], lang: Language, *, page: str) -> bytes:
    """Return the days on which answers are promised as an iCalendar file of whole-day events."""
    file = Calendar()
    file.add("prodid", "-//crowd-notebook//answers//NL")
    file.add("version", "2.0")
    file.add("x-wr-calname", lang.t("What was done with it?"))
    for advice in advices:
        if advice.promised is None:
            continue
        event = Event()
        event.add("uid", f"{advice.id}@crowd-notebook")
        event.add("dtstamp", dt.datetime.fromisoformat(advice.answers[0].made if advice.answers else advice.made))
        event.add("dtstart", advice.promised)
        event.add("summary", lang.t("Answer promised to advice {number}", number=advice.number))
        event.add("description", f"{excerpt(advice.text, 300)}\n{page}".strip())
        file.add_component(event)
    ready: bytes = file.to_ical()
    return ready


def _news(advices: Sequence[Advice], lang: Language) -> Iterator[tuple[str, str, str, str]]:
    for advice in advices:
        name = lang.t("Advice {number}", number=advice.number)
        yield advice.made, advice.id, f"{name}: {excerpt(advice.text)}", advice.text
        for answer in advice.answers:
            yield answer.made, answer.id, f"{name}: {answer_name(answer.state, lang)}", answer.text


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
