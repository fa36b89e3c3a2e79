"""Votes on paper, typed in fast: one line a sheet, one letter a statement."""

import secrets
from typing import Final
from uuid import uuid4

from data.keeping.real_time import utc_text
from feedback.database.store import change_store
from feedback.sessions.statements import statements
from language import UserError

LETTERS: Final = {"e": 1, "a": 1, "+": 1, "o": -1, "d": -1, "w": 0, "p": 0, "?": 0}
"""Eens/agree, oneens/disagree, weet niet/pass. Anything of ``BLANK`` stands for a statement that was left open."""
BLANK: Final = ".-_"


def type_in_votes(session_id: str, item_id: str, lines: list[str]) -> int:
    """Keep the votes of sheets, each a line such as ``eeow.``; returns how many sheets. All of them, or none.

    The letters are in the order of the sheet. Raises ``UserError`` that names the line that does not fit.
    """
    shown = [s for s in statements(session_id, "published", item_id=item_id) if s.text]
    sheets = []
    for number, line in enumerate(lines, 1):
        letters = "".join(line.lower().split())
        if not letters:
            continue
        if len(letters) != len(shown):
            raise UserError(
                "Line {line} has {n} letters; the sheet has {all} statements.",
                line=number,
                n=len(letters),
                all=len(shown),
            )
        strange = next((letter for letter in letters if letter not in LETTERS and letter not in BLANK), None)
        if strange is not None:
            raise UserError("Line {line}: '{letter}' is none of e, o, w and a dot.", line=number, letter=strange)
        sheets.append([(s.id, LETTERS[letter]) for s, letter in zip(shown, letters, strict=True) if letter in LETTERS])
    with change_store() as db:
        for sheet in sheets:
            ballot = secrets.token_hex(8)
            db.table("votes").insert_all(
                {
                    "id": str(uuid4()),
                    "session": session_id,
                    "statement": statement,
                    "ballot": ballot,
                    "vote": value,
                    "sent": utc_text(),
                }
                for statement, value in sheet
            )
    return len(sheets)
