"""Privacy: receipts of erasures and proofs of retention."""

from sqlite_utils import Database, Migrations

migrations = Migrations("privacy")


@migrations()
def privacy(db: Database) -> None:
    """Make the tables. None of them holds words or persons."""
    db.execute(
        """
        CREATE TABLE erasures (
            id TEXT PRIMARY KEY,
            asked TEXT NOT NULL,
            rows INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('pending', 'complete')),
            completed TEXT
        )
        """
    )
    db.execute(
        """
        CREATE TABLE retentions (
            id TEXT PRIMARY KEY,
            at TEXT NOT NULL,
            rule TEXT NOT NULL,
            done INTEGER NOT NULL,
            left_over INTEGER NOT NULL
        )
        """
    )
