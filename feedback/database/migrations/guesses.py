"""Guesses: how busy people think their place gets on a coming day, before the room sees the forecast of it."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("guesses")

owned = (Owned("guesses", words=("zone", "level")),)

# What is asked stays the same once somebody guessed, also when a session is closed and opened again.
ROUNDS = """
CREATE TABLE guess_rounds (
    item TEXT PRIMARY KEY REFERENCES agenda (id) ON DELETE CASCADE,
    snapshot TEXT NOT NULL,
    day TEXT NOT NULL
)
"""

GUESSES = """
CREATE TABLE guesses (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    person TEXT,
    zone TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('green', 'yellow', 'orange', 'red')),
    paper INTEGER NOT NULL DEFAULT 0,
    sent TEXT NOT NULL,
    UNIQUE (item, person)
)
"""


@migrations()
def guesses(db: Database) -> None:
    """Make the tables: a row for each person and item, and what each item asks about."""
    for table in (ROUNDS, GUESSES):
        db.execute(table)
    db.execute("CREATE INDEX guesses_by_session ON guesses (session)")
    db.execute("CREATE INDEX guesses_by_person ON guesses (person)")
