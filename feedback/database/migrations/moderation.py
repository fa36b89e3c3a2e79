"""Moderation: general settings, and the log of what was decided."""

from sqlite_utils import Database, Migrations

migrations = Migrations("moderation")


@migrations()
def moderation(db: Database) -> None:
    """Make the tables of settings and decisions."""
    db.execute(
        """
        CREATE TABLE settings (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL,
            since TEXT NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE moderation_log (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            subject TEXT NOT NULL,
            target TEXT NOT NULL,
            act TEXT NOT NULL CHECK (act IN ('publish', 'hide', 'undo')),
            reason TEXT,
            before TEXT NOT NULL,
            undoes TEXT REFERENCES moderation_log (id),
            role TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX moderation_log_by_target ON moderation_log (subject, target)")
