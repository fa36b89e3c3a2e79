"""Which rows are somebody's own: what a code shows, changes and erases, and what retention lets go of.

Every table with something a participant made has a column ``person`` (a keyed pseudonym, or NULL once the link is
cut) and a text column ``id``. Each module of ``feedback/migrations`` lists its own tables in ``owned``.
"""

from dataclasses import dataclass

from feedback.migrations import subjects


@dataclass(frozen=True)
class Owned:
    """One table with rows of participants.

    ``words`` are the columns with what somebody wrote or chose, which an overview shows. ``search`` names the
    full-text index over the table. With ``keep_row`` erasing empties the words and the person but leaves the row,
    because rows of others hang on it; otherwise the row goes.
    """

    table: str
    words: tuple[str, ...]
    search: str | None = None
    keep_row: bool = False


def owned_tables() -> tuple[Owned, ...]:
    """Return the tables with rows of participants, of all subjects."""
    return tuple(owned for subject in subjects() for owned in getattr(subject, "owned", ()))
