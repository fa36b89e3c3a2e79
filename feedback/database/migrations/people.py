"""Participants: a pseudonym and the keyed hash of the code with which they find their own things again."""

from sqlite_utils import Database, Migrations

migrations = Migrations("people")


@migrations()
def participants(db: Database) -> None:
    """Make the table of participants."""
    db.execute(
        """
        CREATE TABLE participants (
            person TEXT PRIMARY KEY,
            code_hash TEXT NOT NULL UNIQUE,
            made TEXT NOT NULL
        )
        """
    )
