"""Access: codes that let people in with a role, and the passwords of facilitators and stewards. No names of people."""

from sqlite_utils import Database, Migrations

migrations = Migrations("access")


@migrations()
def access_codes(db: Database) -> None:
    """Make the table of codes; ``label`` names an organisation or meeting, never a person."""
    db.execute(
        """
        CREATE TABLE access_codes (
            id TEXT PRIMARY KEY,
            code_hash TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('shared', 'personal', 'once')),
            label TEXT NOT NULL DEFAULT '',
            session TEXT,
            landing TEXT NOT NULL DEFAULT '',
            made TEXT NOT NULL,
            made_by TEXT NOT NULL,
            until TEXT,
            used TEXT,
            withdrawn TEXT
        )
        """
    )
    db.execute("CREATE INDEX access_codes_by_session ON access_codes (session)")


@migrations()
def accounts(db: Database) -> None:
    """Make the table of accounts that have a password (argon2)."""
    db.execute(
        """
        CREATE TABLE accounts (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            role TEXT NOT NULL CHECK (role IN ('facilitator', 'steward')),
            password_hash TEXT NOT NULL,
            made TEXT NOT NULL,
            withdrawn TEXT
        )
        """
    )


@migrations()
def sign_ins(db: Database) -> None:
    """Make the table of who is in: ``access`` is the code or account they came in by, none for their organisation."""
    db.execute(
        """
        CREATE TABLE sign_ins (
            id TEXT PRIMARY KEY,
            role TEXT NOT NULL,
            access TEXT,
            session TEXT,
            since TEXT NOT NULL,
            until TEXT NOT NULL
        )
        """
    )


@migrations()
def sign_ins_seen(db: Database) -> None:
    """Add when somebody was last here, of roles that are out when they were not here for a while."""
    db.execute("ALTER TABLE sign_ins ADD COLUMN seen TEXT")
    db.execute("UPDATE sign_ins SET seen = since")


@migrations()
def organisations(db: Database) -> None:
    """Keep for which organisation a code or account was given out, and by which somebody is in."""
    for table in ("access_codes", "accounts", "sign_ins"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN organisation TEXT")
