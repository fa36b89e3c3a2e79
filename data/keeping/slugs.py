"""Ids made of names that people write: letters, digits and hyphens."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

LONGEST: Final = 64


def slug(text: str, longest: int = LONGEST) -> str:
    """Return ``text`` as small letters, digits and hyphens ('Town Hall (West)': 'town-hall-west'); may be empty."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-")


def slugs(texts: Iterable[str], taken: Iterable[str] = ()) -> dict[str, str]:
    """Return an id for each text, no two the same and none of ``taken``; those that would collide get a number."""
    used = set(taken)
    found: dict[str, str] = {}
    for text in texts:
        if text in found:
            continue
        base = slug(text, LONGEST - 6) or "zone"
        number, one = 2, base
        while one in used:
            number, one = number + 1, f"{base}-{number}"
        used.add(one)
        found[text] = one
    return found
