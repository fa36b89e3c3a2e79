"""Trials: plans that were frozen before their first day, and the days on which somebody broke off."""

from sqlite_utils import Database, Migrations

migrations = Migrations("trials")


@migrations()
def trials(db: Database) -> None:
    """Make the tables. A plan that is frozen can be neither changed nor deleted; nobody's name stands in either."""
    db.execute(
        """
        CREATE TABLE trials (
            id TEXT PRIMARY KEY,
            area TEXT NOT NULL,
            frozen TEXT NOT NULL,
            role TEXT NOT NULL,
            organisation TEXT,
            plan TEXT NOT NULL,
            hash TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX trials_by_area ON trials (area, frozen)")
    db.execute(
        """
        CREATE TABLE trial_breaks (
            id TEXT PRIMARY KEY,
            trial TEXT NOT NULL REFERENCES trials (id),
            day TEXT NOT NULL,
            reason TEXT NOT NULL CHECK (length(reason) <= 600),
            role TEXT NOT NULL,
            organisation TEXT,
            at TEXT NOT NULL,
            UNIQUE (trial, day)
        )
        """
    )
    for table in ("trials", "trial_breaks"):
        for change in ("UPDATE", "DELETE"):
            db.execute(
                f"CREATE TRIGGER {table}_stay_{change.lower()} BEFORE {change} ON {table} "
                "BEGIN SELECT raise(ABORT, 'what was frozen of a trial stays as it is'); END"
            )
