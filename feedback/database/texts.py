"""Words of others, made harmless when they come in.

Nothing is taken away that somebody meant to say: only characters that nobody sees or that turn a text around.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from language import UserError

LONGEST: Final = 1000
"""Characters of a contribution."""

_JOINERS: Final = "\u200c\u200d"
"""Zero-width characters that emoji and some scripts are made with; kept between two visible characters only."""


def clean(text: str, *, longest: int = LONGEST) -> str:
    """Return a text as it is kept: normalised (NFC), without invisible characters, at most two empty lines.

    Raises ``UserError`` when it is longer than ``longest`` characters, before doing any work on it.
    """
    if len(text) > longest * 4:
        raise _too_long(longest, len(text))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(character for character in text if _is_kept(character))
    text = re.sub(rf"(?<!\S)[{_JOINERS}]+|[{_JOINERS}]+(?!\S)", "", text)
    text = re.sub(r"[^\S\n]+$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if len(text) > longest:
        raise _too_long(longest, len(text))
    return text


def excerpt(text: str, longest: int = 80) -> str:
    """Return the beginning of a text on one line, cut at a word."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0] + " …"


def search_words(wanted: str, *, most: int = 8) -> Sequence[str]:
    """Return the words to search for in what somebody typed; no character has a special meaning."""
    return re.findall(r"\w+", wanted[: LONGEST // 4])[:most]


def _is_kept(character: str) -> bool:
    if character == "\n" or character in _JOINERS:
        return True
    # Cc: control characters and NUL. Cf: marks of direction, zero width and byte order. Cs: halves of surrogates.
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or character == "\t"


def _too_long(longest: int, length: int) -> UserError:
    return UserError(
        "This text is too long: {length} characters. It may have {longest}.", length=length, longest=longest
    )
