"""What people told us: how many contributions, and about what; fewer than five are never shown apart."""

from datetime import date

import pandas as pd

from feedback.contributions.naming import topic_name
from feedback.contributions.small_cells import K
from feedback.contributions.told import Told
from language import Language
from language.plain import joined
from language.said import fact, tells
from visuals.base.palette import INK, QUIET_INK
from visuals.studio.layout.boxes import Box
from visuals.studio.layout.sheet import Rect, Sheet
from visuals.studio.material.material import Material
from visuals.studio.panels.charts import read_below
from visuals.studio.panels.frame import Framed
from visuals.studio.words.message import Message
from visuals.studio.words.wording import headline_words

_ROW = 92
_TALL = 0.7
"""A panel that is higher than this part of its width is that of a poster, on which rows are higher."""


def message(material: Material) -> Message:
    """Return how many contributions there are and what most are about; of too few, an invitation to send one."""
    lang, told = material.lang, material.told
    advice = material.words.advice or lang.t("Tell us what you see. We read every contribution.")
    origin = lang.t(
        "Published contributions, counted on {day}. They come from the people who took part, not from everybody.",
        day=lang.date(material.since, "d MMMM y", material.area.tz),
    )
    if told is None:
        headline = headline_words(material, lang.t("What do you see in {area}?", area=material.area.name(lang)))
        alt = f"{headline} {_too_few(material)} {advice}"
        return Message(
            kicker=lang.t("Take part"), headline=headline, advice=advice, alt=alt, shows="people", origin=origin
        )
    headline = headline_words(material, _headline(material, told))
    first, last = (lang.date(date.fromisoformat(day), "d MMMM y") for day in (told.first, told.last))
    counted = [
        fact(lang.t("{topic}: {n}", topic=_topic_words(topic, lang), n=lang.number(n)), "people")
        for topic, n in told.topics
    ]
    return Message(
        kicker=lang.t("What you told us, {first} to {last}", first=first, last=last),
        headline=headline,
        advice=advice,
        alt=f"{headline}. {'; '.join(counted)}.",
        shows="people",
        origin=origin,
        figures=pd.DataFrame([{"topic": topic or "other", "contributions": n} for topic, n in told.topics]),
    )


@tells("people")
def _too_few(material: Material) -> str:
    return material.lang.t(
        "Fewer than {n} contributions were published so far. We show them when there are more, so that nobody can be "
        "recognised.",
        n=K,
    )


@tells("people")
def _headline(material: Material, told: Told) -> str:
    lang = material.lang
    named = [_topic_words(topic, lang) for topic, _ in told.topics if topic not in {None, "other"}][:2]
    if not named:
        return lang.t("{n} contributions from you", n=lang.number(told.total))
    return lang.t(
        "{n} contributions, most about {topics}",
        n=lang.number(told.total),
        topics=joined([name.lower() for name in named], lang),
    )


def _draw(sheet: Sheet, box: Box, material: Material, _message: Message) -> None:
    u, lang, told = sheet.unit, material.lang, material.told
    if told is None:
        size = (52 if box.height > _TALL * box.width else 40) * u
        sheet.label(_too_few(material), box.inset(0, 20 * u), size, INK, weight=600)
        return
    reading = lang.t(
        "Bar: number of contributions. Topics of fewer than {n} are counted together.", n=fact(K, "setting")
    )
    rest = read_below(sheet, box, reading)
    height = min(rest.height / len(told.topics), _ROW * u * (1.6 if rest.height > _TALL * rest.width else 1))
    names = min(0.34 * rest.width, 360 * u)
    number = 90 * u
    most = max(n for _, n in told.topics)
    for line, (topic, n) in enumerate(told.topics):
        strip = Box(rest.x, rest.y + line * height, rest.width, height)
        sheet.label(_topic_words(topic, lang), strip.left(names - 12 * u), 29 * u, INK, weight=600, lines=2)
        room = strip.width - names - number
        bar = Box(strip.x + names, strip.y + 0.16 * height, max(room * n / most, 4 * u), 0.68 * height)
        fill = material.brand.colours.accent if topic else QUIET_INK
        sheet.put(Rect(bar, fill, radius=8 * u))
        count = Box(bar.right + 14 * u, strip.y, number - 14 * u, height)
        sheet.label(lang.number(n), count, 31 * u, INK, weight=700, lines=1)


FRAMED = Framed(_draw)


def _topic_words(topic: str | None, lang: Language) -> str:
    return topic_name(topic, lang) if topic else lang.t("Other topics")
