"""The real time: the one place where areas and forecasts read it, so that a test can name another moment."""

from datetime import UTC, datetime
from typing import Final

_SECONDS: Final = "%Y-%m-%dT%H:%M:%SZ"


def real_now() -> datetime:
    """Return the present moment (UTC), whatever week an area shows."""
    return datetime.now(UTC)


def utc_text(moment: datetime | None = None) -> str:
    """Return a moment (aware; default: this one) as files and the database hold it: UTC, ISO 8601, to the second.

    Later moments come later in the alphabet.
    """
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime(_SECONDS)
