"""The real time: the one place where areas and forecasts read it, so that a test can name another moment."""

from datetime import UTC, date, datetime, tzinfo
from typing import Final

_SECONDS: Final = "%Y-%m-%dT%H:%M:%SZ"


def real_now() -> datetime:
    """Return the present moment (UTC), whatever week an area shows."""
    return datetime.now(UTC)


def real_today(tz: tzinfo) -> date:
    """Return which day it is, where ``tz`` is the time: never that of the server's own time zone."""
    return real_now().astimezone(tz).date()


def day_of(text: str, tz: tzinfo) -> date:
    """Return the local day of a moment as :func:`utc_text` writes it."""
    return datetime.fromisoformat(text).astimezone(tz).date()


def utc_text(moment: datetime | None = None) -> str:
    """Return a moment (aware; default: this one) as files and the database hold it: UTC, ISO 8601, to the second.

    Later moments come later in the alphabet.
    """
    return (moment or datetime.now(UTC)).astimezone(UTC).strftime(_SECONDS)
