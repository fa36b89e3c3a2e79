"""The audit log: who did what and when. No names of people, no codes, no addresses."""

from sqlite_utils import Database, Migrations

migrations = Migrations("audit")


@migrations()
def audit_log(db: Database) -> None:
    """Make the table; its lines cannot be changed, and go only by retention."""
    db.execute(
        """
        CREATE TABLE audit_log (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            at TEXT NOT NULL,
            act TEXT NOT NULL,
            target TEXT,
            outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'outdated')),
            role TEXT NOT NULL,
            organisation TEXT,
            access TEXT,
            means TEXT NOT NULL CHECK (means IN ('browser', 'command line'))
        )
        """
    )
    db.execute("CREATE INDEX audit_log_by_at ON audit_log (at)")
    db.execute(
        "CREATE TRIGGER audit_log_stays BEFORE UPDATE ON audit_log "
        "BEGIN SELECT raise(ABORT, 'a line of the audit log does not change'); END"
    )
