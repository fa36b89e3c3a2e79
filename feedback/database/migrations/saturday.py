"""Playing a frozen day: which cards teams chose, and how far each of them is."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("saturday")

owned = (Owned("saturday_choices", words=("team", "card")),)

CHOICES = """
CREATE TABLE saturday_choices (
    id TEXT PRIMARY KEY,
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    team INTEGER NOT NULL CHECK (team BETWEEN 1 AND 12),
    card TEXT NOT NULL,
    person TEXT,
    sent TEXT NOT NULL,
    UNIQUE (item, team, card)
)
"""

# How far a team is belongs to nobody alone: it stays when somebody erases what they chose.
TEAMS = """
CREATE TABLE saturday_teams (
    item TEXT NOT NULL REFERENCES agenda (id) ON DELETE CASCADE,
    team INTEGER NOT NULL CHECK (team BETWEEN 1 AND 12),
    moment INTEGER NOT NULL,
    PRIMARY KEY (item, team)
)
"""


@migrations()
def saturday(db: Database) -> None:
    """Make the tables: a row for each card that a team chose, and one for each team."""
    for table in (CHOICES, TEAMS):
        db.execute(table)
    db.execute("CREATE INDEX saturday_choices_by_session ON saturday_choices (session)")
    db.execute("CREATE INDEX saturday_choices_by_person ON saturday_choices (person)")
