"""What people think of a card of the playbook: whether it fits here."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("card_views")

owned = (Owned("card_views", words=("fits", "role")),)

VIEWS = """
CREATE TABLE card_views (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    person TEXT,
    role TEXT NOT NULL,
    fits TEXT NOT NULL CHECK (fits IN ('yes', 'other', 'no')),
    sent TEXT NOT NULL,
    UNIQUE (item, person)
)
"""


@migrations()
def card_views(db: Database) -> None:
    """Make the table: a row for each person and item."""
    db.execute(VIEWS)
    db.execute("CREATE INDEX card_views_by_session ON card_views (session)")
    db.execute("CREATE INDEX card_views_by_person ON card_views (person)")
