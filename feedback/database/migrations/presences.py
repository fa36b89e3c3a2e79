"""Presences: which function is where now, as an organisation says it, and what others answer. Gone after a day."""

from sqlite_utils import Database, Migrations

from feedback.database.fleeting import Fleeting

migrations = Migrations("presences")

fleeting = (Fleeting("presence_answers", hours=24), Fleeting("presences", hours=24))
"""An answer goes with what it answers, and after as many hours by itself."""


@migrations()
def presences(db: Database) -> None:
    """Make the tables. There is no room in them for a unit, a number, a person or free words."""
    db.execute(
        """
        CREATE TABLE presences (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            area TEXT NOT NULL,
            zone TEXT NOT NULL,
            function TEXT NOT NULL,
            there INTEGER NOT NULL CHECK (there IN (0, 1)),
            organisation TEXT NOT NULL,
            at TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX presences_by_area ON presences (area, at)")
    db.execute(
        """
        CREATE TABLE presence_answers (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            presence TEXT NOT NULL REFERENCES presences (id) ON DELETE CASCADE,
            answer TEXT NOT NULL CHECK (answer IN ('seen', 'right', 'otherwise')),
            organisation TEXT NOT NULL,
            at TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX presence_answers_by_presence ON presence_answers (presence)")
