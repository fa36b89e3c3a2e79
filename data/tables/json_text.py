"""JSON as files have it: in whatever Unicode it is written, and refused when it is nested or odd beyond use."""

import json
from typing import Any, Final

from data.keeping.from_outside import parsed

_NAMES: Final = {"utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32"}


def parsed_json(data: bytes) -> tuple[Any, str]:
    """Return what a JSON text holds, and the name of the character set it is written in.

    Raises ``ValueError`` when it is no JSON: also for lists in lists without end, and for NaN and Infinity, which
    JSON does not know.
    """
    encoding = json.detect_encoding(data)
    try:
        text, name = data.decode(encoding), _NAMES[encoding.removesuffix("-sig")[:6].rstrip("-")]
    except UnicodeDecodeError:
        if not encoding.startswith("utf-8"):
            raise
        text, name = data.decode("cp1252"), "Windows-1252"
    return parsed(text, finite=True), name
