"""Catalogues of texts: English message ids in the code, every other language in ``language/<code>/*.po``.

Catalogues are read once per process from the ``.po`` files themselves, so there is nothing to compile. Each
room keeps its own file; an id stands in one of them only.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from babel import Locale, dates, numbers
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from language.markdown import Markdown, filled
from language.said import saying

LANGUAGES: Final = ("nl", "en")
_FOLDER = Path(__file__).parent
_LOCALES = {"nl": "nl_NL", "en": "en_GB"}

Messages = MappingProxyType[str, tuple[str, ...]]


@dataclass(frozen=True)
class Language:
    """One language: its texts, and how it writes numbers and times.

    Get one with :func:`language`. Instances are immutable and shared between threads.
    """

    code: str
    locale: Locale = field(repr=False)
    _messages: Messages = field(repr=False, compare=False)

    def __reduce__(self) -> tuple[Any, ...]:
        return language, (self.code,)

    def t(self, message: str, /, **values: Any) -> str:
        """Return ``message`` in this language with its ``{fields}`` filled in.

        An id without a translation is shown in English; a test keeps the catalogues complete. What is claimed in the
        values (``language.said``) is claimed in the text.
        """
        text = self._messages.get(message, (message,))[0]
        return saying(text.format(**values), *values.values()) if values else text

    def md(self, message: str, /, **values: Any) -> Markdown:
        """Return ``message`` as Markdown, its values as the words they are (see :func:`language.markdown.filled`)."""
        return filled(self._messages.get(message, (message,))[0], values)

    def n(self, one: str, many: str, n: int, /, **values: Any) -> str:
        """Return the form of the text that fits the number ``n``; ``{n}`` in it is that number, formatted."""
        forms = self._messages.get(one, (one, many))
        return saying(forms[0 if n == 1 else -1].format(n=self.number(n), **values), *values.values())

    def md_n(self, one: str, many: str, n: int, /, **values: Any) -> Markdown:
        """Return what :meth:`n` returns as Markdown, its values as the words they are."""
        forms = self._messages.get(one, (one, many))
        return filled(forms[0 if n == 1 else -1], {"n": self.number(n), **values})

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with this language's separators (``12.000`` in Dutch, ``12,000`` in English)."""
        return _number(float(value), decimals, self.locale)

    def date(self, moment: date | datetime, pattern: str, tz: tzinfo | None = None) -> str:
        """Write a date or moment by a CLDR ``pattern`` such as ``EEEE d MMMM`` or ``HH:mm``.

        ``tz`` is the time zone to show; without it ``moment`` is written as it stands.
        """
        if isinstance(moment, datetime):
            return str(dates.format_datetime(moment, pattern, tzinfo=tz, locale=self.locale))
        return str(dates.format_date(moment, pattern, locale=self.locale))


@lru_cache(maxsize=50_000)
def _number(value: float, decimals: int, locale: Locale) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(numbers.format_decimal(value, format=pattern, locale=locale))


def message_id(message: str, /) -> str:
    """Return ``message``, a text that is said later with ``Language.t``; a test finds it here and sees it translated.

    For tables of choices, so that an id and what it is called stand together once.
    """
    return message


def read_messages(code: str, files: str = "*.po") -> dict[str, tuple[str, ...]]:
    """Read the texts of language ``code`` (all, or those of the named files): message id to its form(s).

    Raises ``ValueError`` when an id stands in two files with different texts.
    """
    messages: dict[str, tuple[str, ...]] = {}
    for path in sorted((_FOLDER / code).glob(files)):
        with path.open("rb") as file:
            catalog = read_po(file, locale=code)
        for message in catalog:
            if not message.id:
                continue
            key, forms = _entry(message)
            if messages.setdefault(key, forms) != forms:
                raise ValueError(f"{path.name}: {key!r} is translated differently in another file")
    return {key: forms for key, forms in messages.items() if all(forms)}


def _entry(message: Message) -> tuple[str, tuple[str, ...]]:
    if isinstance(message.id, str):
        return message.id, (str(message.string or ""),)
    return message.id[0], tuple(form or "" for form in message.string or ())


@cache
def language(code: str) -> Language:
    """Return the language with ``code`` (one of :data:`LANGUAGES`).

    Raises ``KeyError`` for a language without a catalogue.
    """
    locale = Locale.parse(_LOCALES[code])
    return Language(code, locale, MappingProxyType(read_messages(code)))
