"""Mending a statement: its words while nobody voted, a correction that is shown afterwards; several put on at once."""

import re
from typing import Final
from uuid import uuid4

from data.keeping.real_time import utc_text
from feedback.database.store import change_store, open_store
from feedback.sessions.statements import LENGTH, Statement, insert_statement, must_be_new, one_line, read_statement
from language import UserError

MOST: Final = 60
"""Statements that can be pasted at once."""


def voted_on(session_id: str) -> frozenset[str]:
    """Return the ids of the statements of a session that somebody voted on."""
    with open_store() as db:
        sql = "SELECT DISTINCT statement FROM votes WHERE session = ?"
        return frozenset(row[0] for row in db.execute(sql, [session_id]))


def change_statement(statement_id: str, text: str) -> Statement:
    """Change a facilitator's own statement. Once somebody voted on it, what they voted on stays to be read beside it.

    Raises ``UserError`` when it is empty, too long, there already, gone, or was written by somebody in the room.
    """
    text = one_line(text, LENGTH)
    with change_store() as db:
        before = read_statement(db, statement_id)
        if not before.seed:
            raise UserError("Somebody in the room wrote this statement, so only they can change it.")
        if text == before.text:
            return before
        must_be_new(db, before.session, text, but=statement_id)
        change: dict[str, str | None] = {"text": text}
        if db.table("votes").count_where("statement = ?", [statement_id]):
            first = before.first_text or before.text
            change |= {"first_text": "" if first == text else first, "corrected": None if first == text else utc_text()}
        db.table("statements").update(statement_id, change)
        return read_statement(db, statement_id)


def remove_statement(statement_id: str) -> None:
    """Take a facilitator's own statement away. Raises ``UserError`` once somebody voted on it."""
    with change_store() as db:
        before = read_statement(db, statement_id)
        if not before.seed:
            raise UserError("Somebody in the room wrote this statement. You can hide it, with a reason.")
        if db.table("votes").count_where("statement = ?", [statement_id]):
            raise UserError("People voted on this statement, so it stays. Correct it, or hide it with a reason.")
        db.execute("DELETE FROM statements WHERE id = ?", [statement_id])


def begin_with_several(session_id: str, lines: list[str], item_id: str) -> int:
    """Add a facilitator's own statements to an item, one a line: all of them, or none. Returns how many.

    Empty lines, and numbers and dashes at the beginning, are passed over. Raises ``UserError``
    that names the line that does not fit.
    """
    worded = [(number, text) for number, line in enumerate(lines, 1) if (text := _without_mark(line))]
    if len(worded) > MOST:
        raise UserError("These are {n} statements. Put at most {most} on at once.", n=len(worded), most=MOST)
    with change_store() as db:
        for number, text in worded:
            try:
                line = one_line(text, LENGTH)
                insert_statement(db, str(uuid4()), session_id, line, person=None, item_id=item_id, seed=True)
            except UserError as error:
                raise UserError("Line {line}: {what}", line=number, what=error) from error
    return len(worded)


def _without_mark(line: str) -> str:
    return re.sub(r"^\s*(?:\d{1,2}[.)]\s+|[-*•–]\s+)", "", line).strip()
