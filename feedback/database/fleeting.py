"""Which tables hold rows that live for some hours only: they are let go of every minute, and are in no backup."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fleeting:
    """One table whose rows go ``hours`` after the moment (UTC, ISO 8601) in their column ``at``.

    Each module of ``feedback/database/migrations`` lists its own tables in ``fleeting``, in the order in which they go.
    """

    table: str
    hours: int
