"""What of a text is seen: whatever comes in goes through here, so that nothing kept hides or turns around what it says.

Control characters, marks of direction, zero-width characters, halves of surrogates and what Unicode keeps for private
use are left out; nothing is taken away that somebody meant to say.
"""

import re
import unicodedata
from typing import Any, Final

JOINERS: Final = "\u200c\u200d"
"""Zero-width characters that emoji and some scripts are made with; kept between two visible characters only."""

_HIDDEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn"}
_LOOSE: Final = re.compile(rf"(?<!\S)[{JOINERS}]+|[{JOINERS}]+(?!\S)")


def visible(text: str) -> str:
    """Return a text without what nobody sees; ends of lines and tabs stay."""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LOOSE.sub("", "".join(character for character in text if _is_seen(character)))


def one_line(text: str) -> str:
    """Return a name or title as it is kept: what is seen of it, on one line, with single spaces."""
    return " ".join(visible(text).split())


def seen_in(value: Any) -> Any:
    """Return what was read from a file, with only what is seen of each text and key in it."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {seen_in(key): seen_in(one) for key, one in value.items()}
    if isinstance(value, list):
        return [seen_in(one) for one in value]
    return value


def may_hide(text: str | bytes) -> bool:
    """Return whether a JSON text could hold what nobody sees, in letters or as an escape: most do not."""
    return not text.isascii() or (b"\\" in text if isinstance(text, bytes) else "\\" in text)


def _is_seen(character: str) -> bool:
    return character in "\n\t" or character in JOINERS or unicodedata.category(character) not in _HIDDEN
