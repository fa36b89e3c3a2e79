"""Actions: what was done about crowds, as rows that are chained by hashes; their words stand apart and can go."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("actions")

owned = (Owned("action_texts", words=("text",)),)


@migrations()
def actions(db: Database) -> None:
    """Make the tables. Of a row only ``body`` and ``hash`` count; the other columns repeat it, to search by.

    ``person`` and ``session`` of a text are always NULL: nobody's name or pseudonym is kept with what was done.
    """
    db.execute(
        """
        CREATE TABLE actions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            root TEXT NOT NULL,
            area TEXT NOT NULL,
            stage TEXT NOT NULL,
            card TEXT,
            happened TEXT NOT NULL,
            missing INTEGER NOT NULL,
            body TEXT NOT NULL,
            hash TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX actions_by_root ON actions (root, number)")
    db.execute("CREATE INDEX actions_by_area ON actions (area, happened)")
    for change in ("UPDATE", "DELETE"):
        db.execute(
            f"CREATE TRIGGER actions_stay_{change.lower()} BEFORE {change} ON actions "
            "BEGIN SELECT raise(ABORT, 'a row of the action log stays as it is'); END"
        )
    db.execute(
        """
        CREATE TABLE action_texts (
            id TEXT PRIMARY KEY,
            action TEXT NOT NULL,
            field TEXT NOT NULL,
            salt TEXT NOT NULL,
            text TEXT NOT NULL CHECK (length(text) <= 1000),
            person TEXT,
            session TEXT,
            sent TEXT NOT NULL
        )
        """
    )
    db.execute("CREATE INDEX action_texts_by_action ON action_texts (action)")
