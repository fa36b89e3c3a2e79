"""How each role voted on a statement, counted when its session closed; what few people said is added up before."""

from sqlite_utils import Database, Migrations

migrations = Migrations("votes_by_role")

# Nobody can be found in these counts, so they are nobody's own, and stay when the link to persons is cut.
owned = ()


@migrations()
def votes_by_role(db: Database) -> None:
    """Make the table: a row for each statement and role; the empty role is all who are not told of by themselves."""
    db.execute(
        """
        CREATE TABLE votes_by_role (
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            statement TEXT NOT NULL REFERENCES statements (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            agrees INTEGER NOT NULL,
            disagrees INTEGER NOT NULL,
            passes INTEGER NOT NULL,
            PRIMARY KEY (session, statement, role)
        )
        """
    )
