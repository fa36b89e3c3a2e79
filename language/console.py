"""The language of commands and of what a server prints when it starts."""

import os

from language.catalogue import LANGUAGES


def console_language() -> str:
    """Return the language that ``CSM_LANG`` or ``LANG`` names, else Dutch."""
    wanted = (os.environ.get("CSM_LANG") or os.environ.get("LANG") or "nl")[:2]
    return wanted if wanted in LANGUAGES else "nl"
