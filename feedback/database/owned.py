"""Which tables hold rows that are somebody's own: what a code shows, changes and erases, and retention lets go of.

Every table with something a participant made has a column ``person`` (a keyed pseudonym, or NULL once the link is
cut) and a text column ``id``. Each module of ``feedback/migrations`` lists its own tables in ``owned``.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Owned:
    """One table with rows of participants.

    ``words`` are the columns with what somebody wrote or chose, which an overview shows. ``search`` names the
    full-text index over the table. With ``keep_row`` erasing empties the texts among the words and the person but
    leaves the row, because rows of others hang on it; otherwise the row goes.

    ``moment`` is the column that says when it was sent; the column ``session`` says in which session, if any.
    ``days`` is how long rows are kept at all (``None``: always, without their person).
    """

    table: str
    words: tuple[str, ...]
    search: str | None = None
    keep_row: bool = False
    moment: str = "sent"
    days: int | None = None
