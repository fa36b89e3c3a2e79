"""Authors without an account: a pseudonym in the database, and a code with which they find their own things again."""

from dataclasses import dataclass
from typing import Final

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.database.store import open_store
from feedback.people.codes import code_of, keyed_code, pseudonym

_PURPOSE: Final = "mine"


@dataclass(frozen=True)
class Author:
    """Who sends something: the pseudonym that is kept with it, and the code that finds it again (never kept)."""

    person: str
    code: str


def author_of_phone(identity: str) -> Author:
    """Return the author behind the random identity that a browser made and keeps."""
    return Author(pseudonym(identity), code_of(f"phone {identity}"))


def author_of_visit(person: str) -> Author:
    """Return the author behind the pseudonym of somebody who entered a code of a session or an invitation."""
    return Author(person, code_of(f"visit {person}"))


def register(db: Database, author: Author) -> None:
    """Let the author's code find what carries their pseudonym. Doing it again changes nothing."""
    db.execute(
        "INSERT INTO participants (person, code_hash, made) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [author.person, keyed_code(_PURPOSE, author.code), utc_text()],
    )


def person_by_code(code: str) -> str | None:
    """Return the pseudonym whose things a code opens, however it was typed; ``None`` when there is none."""
    with open_store() as db:
        sql = "SELECT person FROM participants WHERE code_hash = ?"
        found = db.execute(sql, [keyed_code(_PURPOSE, code[:200])]).fetchone()
    return None if found is None else str(found[0])
