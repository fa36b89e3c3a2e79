"""Words of others, made harmless when they come in.

Nothing is taken away that somebody meant to say: only characters that nobody sees or that turn a text around.
"""

import re
from collections.abc import Sequence
from typing import Final

from language import UserError
from language.visible import visible

LONGEST: Final = 1000
"""Characters of a contribution."""


def clean(text: str, *, longest: int = LONGEST) -> str:
    """Return a text as it is kept: normalised (NFC), without invisible characters, at most two empty lines.

    Raises ``UserError`` when it is longer than ``longest`` characters, before doing any work on it.
    """
    if len(text) > longest * 4:
        raise _too_long(longest, len(text))
    text = re.sub(r"[^\S\n]+$", "", visible(text), flags=re.MULTILINE)
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


def _too_long(longest: int, length: int) -> UserError:
    return UserError(
        "This text is too long by {over} characters: it has {length}, and may have {longest}.",
        over=length - longest,
        length=length,
        longest=longest,
    )
