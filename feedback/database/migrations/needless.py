"""How often people accept that is acted for nothing, to prevent that it is once too late."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("needless")

owned = (Owned("needless", words=("times", "role")),)

NEEDLESS = """
CREATE TABLE needless (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    person TEXT,
    role TEXT NOT NULL,
    times INTEGER NOT NULL CHECK (times BETWEEN 0 AND 99),
    paper INTEGER NOT NULL DEFAULT 0,
    sent TEXT NOT NULL,
    UNIQUE (item, person)
)
"""


@migrations()
def needless(db: Database) -> None:
    """Make the table: a row for each person and item."""
    db.execute(NEEDLESS)
    db.execute("CREATE INDEX needless_by_session ON needless (session)")
    db.execute("CREATE INDEX needless_by_person ON needless (person)")
