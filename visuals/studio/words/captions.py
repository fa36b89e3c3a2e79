"""Words that go with a picture: an alternative text, and a caption for each channel."""

from typing import Final, Literal

from language import Language
from language.said import fact, together
from visuals.studio.material.material import Material
from visuals.studio.words.colophon import moment_words, short_code
from visuals.studio.words.message import Message
from visuals.words.amounts import demo_mark
from visuals.words.rests_on import rests_text
from visuals.words.timing_words import week_mark

Channel = Literal["alt", "instagram", "short", "facebook", "website", "screen"]
CHANNELS: Final[tuple[Channel, ...]] = ("alt", "instagram", "short", "facebook", "website", "screen")

SHORT: Final = 280
"""Characters that a short message may have (Mastodon takes more, others do not)."""


def channel_name(channel: Channel, lang: Language) -> str:
    """Return what a channel is called."""
    names: dict[Channel, str] = {
        "alt": lang.t("Alternative text"),
        "instagram": lang.t("Instagram"),
        "short": lang.t("Short message (280 characters)"),
        "facebook": lang.t("Facebook"),
        "website": lang.t("Website and newsletter"),
        "screen": lang.t("Screen in the street"),
    }
    return names[channel]


def captions(material: Material, message: Message) -> dict[Channel, str]:
    """Return the words for each channel. Made-up data, a week that is not now, a
    correction and a scenario are named in every one of them."""
    lang, mark = material.lang, marks_of(material, message)
    chance = together((message.chance, "."), "") if message.chance else ""
    until = lang.t("Valid until {until}.", until=moment_words(message.until, material)) if message.until else ""
    made_of = lang.t(
        "Forecast of {made}. Code {code}.",
        made=moment_words(material.forecast.cutoff, material),
        code=short_code(material.forecast.snapshot_id),
    )
    until, origin = fact(until, "setting"), message.origin or fact(made_of, "setting")
    rest = rests_text(material.forecast, material.area, lang) if message.shows == "forecast" else ""
    headline, kicker = _sentence(message.headline), together((message.kicker, "."), "")
    on = fact(lang.t("Look for yourself: {link}", link=material.link), "setting") if material.link else ""
    tag = "#" + "".join(part for part in material.area.name(lang).title() if part.isalnum())
    marked_kicker, marked_headline = _together(mark, kicker), _together(mark, headline)
    return {
        "alt": alternative_text(material, message),
        "instagram": together(
            (_together(mark, message.kicker), headline, chance, message.advice, until, on, tag), "\n\n"
        ),
        "short": _short([marked_kicker, headline, chance, message.advice, until], on),
        "facebook": together((marked_kicker, headline, chance, message.advice, until, on)),
        "website": together((marked_headline, kicker, chance, message.advice, origin, rest, until, on)),
        "screen": together((marked_headline, message.advice)),
    }


def marks_of(material: Material, message: Message) -> str:
    """Return what no text of a picture goes without: made-up data, a week that is not now, a correction, a scenario."""
    lang = material.lang
    marks = (
        demo_mark(material.forecast, lang),
        week_mark(material.forecast, lang) if message.shows == "forecast" else "",
        lang.t("CORRECTION") if material.corrects else "",
        message.mark,
    )
    return " · ".join(word for word in marks if word)


def alternative_text(material: Material, message: Message) -> str:
    """Return the whole picture in words, with its marks."""
    return _together(marks_of(material, message), message.alt)


def _short(parts: list[str], on: str) -> str:
    """Return as many parts as fit; what to do goes before the rest, the last named are left out first.

    ``on``, where to look on, always stays.
    """
    kept, room = [part for part in parts if part], SHORT - (len(on) + 1 if on else 0)
    while len(kept) > 1 and len(" ".join(kept)) > room:
        # The place and hour stay; chance and validity are on the picture too.
        kept.pop(2 if len(kept) > 3 else -1)
    text = together(kept)
    text = text if len(text) <= room else text[: room - 1] + "…"
    return together((text, on))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else together((text, "."), "")


def _together(mark: str, text: str) -> str:
    return together((mark, text), " · ")
