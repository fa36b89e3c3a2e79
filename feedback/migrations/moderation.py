"""Moderation: before or after publication, in general or per session, and the log of what was decided."""

from sqlite_utils import Database, Migrations

migrations = Migrations("moderation")


@migrations()
def moderation(db: Database) -> None:
    """Make the tables of settings and decisions."""
    db.execute(
        """
        CREATE TABLE moderation_modes (
            scope TEXT PRIMARY KEY,
            mode TEXT NOT NULL CHECK (mode IN ('before', 'after')),
            since TEXT NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE moderation_log (
            id TEXT PRIMARY KEY,
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
