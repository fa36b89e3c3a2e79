"""What was made ready for a session before it: a phone that reached the app, and sheets that were printed."""

from sqlite_utils import Database, Migrations

migrations = Migrations("preparations")

owned = ()


@migrations()
def preparations(db: Database) -> None:
    """Make the table: one row for each part of a session, with what it was done for."""
    db.execute(
        """
        CREATE TABLE preparations (
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            part TEXT NOT NULL CHECK (part IN ('reached', 'printed')),
            made_for TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (session, part)
        )
        """
    )
