"""Following what was done with advices without giving an e-mail address: RSS, and promised days in a calendar."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from xml.etree.ElementTree import Element, SubElement, tostring

from icalendar import Calendar, Event

from feedback.database.texts import excerpt
from feedback.sessions.advice import Advice, answer_name
from language import Language


@dataclass(frozen=True)
class News:
    """One item of a feed: its moment, lasting id, title, words, and the address (may be empty) where it is read."""

    made: dt.datetime
    key: str
    title: str
    text: str
    page: str


def rss(advices: Sequence[Advice], lang: Language, *, page: str) -> bytes:
    """Return advices and answers as an RSS 2.0 feed, the latest first.

    ``page`` is the address of the public page, or empty.
    """
    about = lang.t("Advice of residents and entrepreneurs, and what the municipality answered.")
    return news_feed(lang.t("What was done with it?"), about, _news(advices, lang, page), lang, page=page)


def news_feed(title: str, about: str, news: Iterable[News], lang: Language, *, page: str) -> bytes:
    """Return news as an RSS 2.0 feed, the latest first."""
    feed = Element("rss", version="2.0")
    channel = SubElement(feed, "channel")
    _text(channel, "title", title)
    if page:
        _text(channel, "link", page)
    _text(channel, "description", about)
    _text(channel, "language", lang.code)
    for one in sorted(news, key=lambda one: (one.made, one.key), reverse=True):
        item = SubElement(channel, "item")
        _text(item, "title", one.title)
        # Readers of feeds take a description for HTML.
        _text(item, "description", escape(one.text))
        if one.page:
            _text(item, "link", one.page)
        SubElement(item, "guid", isPermaLink="false").text = one.key
        _text(item, "pubDate", format_datetime(one.made))
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


def _news(advices: Sequence[Advice], lang: Language, page: str) -> Iterator[News]:
    for advice in advices:
        name = lang.t("Advice {number}", number=advice.number)
        made = dt.datetime.fromisoformat(advice.made)
        yield News(made, advice.id, f"{name}: {excerpt(advice.text)}", advice.text, page)
        for answer in advice.answers:
            made = dt.datetime.fromisoformat(answer.made)
            yield News(made, answer.id, f"{name}: {answer_name(answer.state, lang)}", answer.text, page)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
