"""Proposals: from how many people on a place should be called lively, busy and too busy, in somebody's opinion."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("proposals")

owned = (Owned("proposals", words=("role", "zone", "yellow", "orange", "red"), days=2 * 365),)


@migrations()
def proposals(db: Database) -> None:
    """Make the table. A person has one proposal for a zone; who has no code has one for each sheet they fill in."""
    db.execute(
        """
        CREATE TABLE proposals (
            id TEXT PRIMARY KEY,
            person TEXT,
            area TEXT NOT NULL,
            session TEXT,
            zone TEXT NOT NULL,
            role TEXT NOT NULL,
            yellow REAL NOT NULL CHECK (yellow > 0),
            orange REAL NOT NULL CHECK (orange > yellow),
            red REAL NOT NULL CHECK (red > orange),
            sent TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX proposals_by_area ON proposals (area, zone)")
    db.execute("CREATE INDEX proposals_by_person ON proposals (person)")


@migrations()
def paper(db: Database) -> None:
    """Keep which proposals were typed in from a sheet of paper, and from which sheet."""
    db.execute("ALTER TABLE proposals ADD COLUMN sheet TEXT")
