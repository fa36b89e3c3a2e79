"""The real time: the one place where areas and forecasts read it, so that a test can name another moment."""

from datetime import UTC, datetime


def real_now() -> datetime:
    """Return the present moment (UTC), whatever week an area shows."""
    return datetime.now(UTC)
