"""What came on paper, typed in fast: votes by letter, statements, thresholds; and how many people that were."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import uuid4

from data.keeping.real_time import utc_text
from feedback.contributions.naming import ROLES
from feedback.database.store import change_store, open_store
from feedback.sessions.proposals import ThresholdCounts
from feedback.sessions.statements import LENGTH, insert_statement, one_line, read_statement, statements
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
                    "paper": 1,
                }
                for statement, value in sheet
            )
    return len(sheets)


def type_in_statements(session_id: str, item_id: str, lines: list[str]) -> int:
    """Keep statements that people wrote on their sheets; returns how many wait for a moderator. All of them, or none.

    Moderators look at them as at those of phones. Raises ``UserError`` that names the line that does not fit.
    """
    waiting = 0
    with change_store() as db:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            fresh = str(uuid4())
            try:
                text = one_line(line, LENGTH)
                insert_statement(db, fresh, session_id, text, person=None, item_id=item_id, seed=False)
            except UserError as error:
                raise UserError("Line {line}: {what}", line=number, what=error) from error
            waiting += read_statement(db, fresh).state == "waiting"
    return waiting


def type_in_thresholds(session_id: str, area: str, sheets: Sequence[tuple[str, Mapping[str, ThresholdCounts]]]) -> int:
    """Keep the thresholds that people wrote down, each sheet with its role, by zone; returns how many sheets.

    All of them, or none. Raises ``UserError`` when a role does not exist or thresholds do not rise.
    """
    with change_store() as db:
        for role, zones in sheets:
            if role not in ROLES:
                raise UserError("Say first what you are.")
            sheet = str(uuid4())
            for zone, (yellow, orange, red) in zones.items():
                if not 0 < yellow < orange < red:
                    raise UserError("These thresholds must rise: lively, then busy, then too busy.")
                row = {"id": str(uuid4()), "area": area, "session": session_id, "zone": zone, "role": role}
                counts = {"yellow": yellow, "orange": orange, "red": red}
                db.table("proposals").insert({**row, **counts, "sent": utc_text(), "sheet": sheet})
    return len(sheets)


def on_paper(session_id: str) -> int:
    """Return how many people took part on paper: as many as there were sheets of the item with the most of them."""
    counted = """
        SELECT count(*) FROM responses WHERE session = :id AND paper GROUP BY item
        UNION ALL SELECT count(DISTINCT ballot) FROM votes JOIN statements ON statements.id = votes.statement
            WHERE votes.session = :id AND votes.paper GROUP BY statements.item
        UNION ALL SELECT count(DISTINCT sheet) FROM proposals WHERE session = :id
        UNION ALL SELECT count(*) FROM guesses WHERE session = :id AND paper GROUP BY item
        UNION ALL SELECT count(*) FROM needless WHERE session = :id AND paper GROUP BY item
    """
    with open_store() as db:
        return max((int(row[0]) for row in db.execute(counted, {"id": session_id})), default=0)
