"""Contributions: what people say about what they saw, and how busy it felt; with a full-text index."""

from sqlite_utils import Database, Migrations

from feedback.database.owned import Owned

migrations = Migrations("contributions")

owned = (
    Owned(
        "contributions",
        words=("text", "role", "topic", "mood", "felt", "zone", "hour"),
        search="contributions_search",
        days=2 * 365,
    ),
)

moderated = ("contributions",)


@migrations()
def contributions(db: Database) -> None:
    """Make the table, its indexes, and the search over its texts.

    The index refers to ``number``: rows without an integer key may be numbered anew by VACUUM.
    """
    db.execute(
        """
        CREATE TABLE contributions (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            person TEXT,
            area TEXT NOT NULL,
            session TEXT,
            item TEXT,
            role TEXT NOT NULL,
            topic TEXT,
            mood TEXT,
            text TEXT NOT NULL DEFAULT '' CHECK (length(text) <= 1000),
            felt TEXT CHECK (felt IN ('green', 'yellow', 'orange', 'red')),
            zone TEXT,
            hour TEXT,
            cell TEXT,
            scenario TEXT,
            snapshot TEXT,
            language TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'hidden')),
            sent TEXT NOT NULL,
            changed TEXT
        )
        """
    )
    for columns in ("area, sent", "person", "session", "state"):
        name = columns.split(",")[0]
        db.execute(f"CREATE INDEX contributions_by_{name} ON contributions ({columns})")
    _searched(db)


def _searched(db: Database) -> None:
    """Make the search over the texts, and what keeps it in step with the table."""
    db.execute(
        """
        CREATE VIRTUAL TABLE contributions_search USING fts5(
            text, content='contributions', content_rowid='number',
            tokenize='unicode61 remove_diacritics 2', prefix='2 3'
        )
        """
    )
    db.execute(
        """
        CREATE TRIGGER contributions_added AFTER INSERT ON contributions BEGIN
            INSERT INTO contributions_search (rowid, text) VALUES (new.number, new.text);
        END
        """
    )
    db.execute(
        """
        CREATE TRIGGER contributions_removed AFTER DELETE ON contributions BEGIN
            INSERT INTO contributions_search (contributions_search, rowid, text)
                VALUES ('delete', old.number, old.text);
        END
        """
    )
    db.execute(
        """
        CREATE TRIGGER contributions_changed AFTER UPDATE OF text ON contributions BEGIN
            INSERT INTO contributions_search (contributions_search, rowid, text)
                VALUES ('delete', old.number, old.text);
            INSERT INTO contributions_search (rowid, text) VALUES (new.number, new.text);
        END
        """
    )
