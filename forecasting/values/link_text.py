"""What people made, as text that fits in a link: base64url without padding, whatever it is that they made."""

import base64
from typing import Final

LONGEST: Final = 20_000
"""Characters: a longer one does not fit in a link everywhere."""


def to_link(text: str) -> str:
    """Return a text as it stands in a link; the same text is always the same."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def from_link(code: str) -> str:
    """Return the text that :func:`to_link` was given; white space, where a letter broke the link, is passed over.

    Raises ``ValueError`` when it is too long, or anything else than base64url of UTF-8.
    """
    if len(code) > LONGEST:
        raise ValueError("too long")
    code = "".join(code.split())
    return base64.b64decode(code + "=" * (-len(code) % 4), altchars=b"-_", validate=True).decode()
