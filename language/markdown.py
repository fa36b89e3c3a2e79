"""Markdown of this project, and the one way by which words of others get into it: as words.

A name in a file, a value of an address and what somebody typed are shown as they were written. They never become a
link, a picture, an icon, a colour, a formula or a heading.
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any, Final
from urllib.parse import quote

_WORD_JOINER: Final = "\u2060"
_ALWAYS: Final = re.compile(r"([\\`*_~$<|\[\]]|&(?=#|\w))")
_LINE_START: Final = re.compile(r"^([ \t\u2060]*)([-+#>=]|\d+(?=[.)]))", re.MULTILINE)
_ARROW: Final = re.compile(r"(?<!\S)([<>~-])(?=(?:->|[-=>])(?:\s|$))")
_COLON: Final = re.compile(r":(?=[^\s\d]|\d+:)")
_INDENT: Final = re.compile(r"^(?: {4}| {0,3}\t)[^\S\n]*", re.MULTILINE)
_TURNS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn around the text that follows them."""
_CODE: Final = re.compile(r"`([^`]*)`")


class Markdown(str):
    """Text in which every mark is meant: joined with plain text, that plain text is escaped."""

    __slots__ = ()

    def __add__(self, other: str, /) -> "Markdown":
        return Markdown(str(self) + str(safe(other)))

    def __radd__(self, other: str, /) -> "Markdown":
        return Markdown(str(safe(other)) + str(self))

    def join(self, parts: Iterable[str], /) -> "Markdown":
        """Join parts; those that are plain text are escaped."""
        return Markdown(str(self).join(str(safe(part)) for part in parts))


def safe(text: str) -> Markdown:
    """Return Markdown as it stands, and plain text escaped."""
    return text if isinstance(text, Markdown) else as_text(text)


def as_text(text: str) -> Markdown:
    """Return Markdown that shows ``text`` as it was written: no markup, links, images, icons or formulas.

    Control characters and those that turn a text around are left out. Icons and links are also looked for after
    Markdown was read, where a backslash does not help: an invisible word joiner keeps them apart.
    """
    escaped = _ARROW.sub(rf"\1{_WORD_JOINER}", _TURNS.sub("", text))
    escaped = _ALWAYS.sub(r"\\\1", escaped)
    escaped = _LINE_START.sub(_at_line_start, escaped)
    escaped = _COLON.sub(rf"\\:{_WORD_JOINER}", escaped)
    escaped = re.sub(r"@(?=\S)", f"@{_WORD_JOINER}", escaped)
    escaped = re.sub(r"(?i)www(?=\.)", lambda found: found[0] + _WORD_JOINER, escaped)
    escaped = _INDENT.sub(lambda indent: "\u00a0" * len(indent[0]), escaped)
    return Markdown(re.sub(r"\n+", lambda gap: "  \n" if len(gap[0]) == 1 else "\n\n", escaped))


def _at_line_start(found: re.Match[str]) -> str:
    indent, mark = found.groups()
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"


def bullets(lines: Iterable[str]) -> Markdown:
    """Return a list of lines; those that are plain text are escaped."""
    return Markdown("\n").join(Markdown(f"- {safe(line)}") for line in lines)


def small(text: str) -> Markdown:
    """Return a text as small grey letters; plain text is escaped."""
    return Markdown(f":gray[:small[{safe(text)}]]")


def bold(text: str) -> Markdown:
    """Return a text in bold; plain text is escaped."""
    return Markdown(f"**{safe(text)}**")


def link(text: str, address: str) -> Markdown:
    """Return a link to an address of this app; plain text is escaped, and nothing in the address ends it."""
    return Markdown(f"[{safe(text)}]({quote(address, safe='/?&=#%+,;~:@')})")


def filled(template: str, values: Mapping[str, Any]) -> Markdown:
    """Return a template of this project, which is Markdown, with its ``{fields}`` filled in as text.

    Numbers keep their format and Markdown stays what it is; everything else is escaped. Between backticks nothing can
    be escaped, so a value with a backtick is shown there without the look of code.
    """
    parts, end = [], 0
    for code in _CODE.finditer(template):
        parts.append(_with(template[end : code.start()], values))
        parts.append(_code(Formatter().vformat(code[1], (), values)))
        end = code.end()
    return Markdown("".join([*parts, _with(template[end:], values)]))


def _with(template: str, values: Mapping[str, Any]) -> str:
    return Formatter().vformat(template, (), {name: _value(value) for name, value in values.items()})


def _value(value: Any) -> Any:
    return value if isinstance(value, int | float) else safe(value if isinstance(value, str) else str(value))


def _code(text: str) -> str:
    return as_text(text) if "`" in text or "\n" in text else f"`{text}`"
