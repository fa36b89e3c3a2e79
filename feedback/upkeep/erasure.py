"""Erasing: rows, search index and write-ahead log; pending until nothing is left anywhere, then a receipt.

A deleted word can survive in the search index, in free pages, and in the log as long as somebody reads. So erasing
rebuilds the index (``optimize``) and the file (``VACUUM``) and empties the log; it is complete when SQLite says that
the log was emptied and the index agrees with the table. Until then it is pending, and tried again.

The ledger beside the database lists the ids of erased rows, no content: a backup that is put back is purged by it.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlite_utils import Database

from data.keeping import ledger
from data.keeping.real_time import utc_text
from feedback.database.own_rows import owned_tables
from feedback.database.owned import Owned
from feedback.database.store import change_store, forget_pages, open_store
from feedback.upkeep import aside
from language import UserError

Rows = Mapping[str, Sequence[str]]
"""Ids of rows by table."""

_LEDGER: Final = "erasures"

_ATTEMPT: Final = 2.0
"""Seconds to wait for others in one attempt to complete."""


@dataclass(frozen=True)
class Receipt:
    """What remains of an erasure: its id, when it was asked for and completed (UTC, ISO 8601), how many rows."""

    id: str
    asked: str
    rows: int
    state: str
    completed: str | None


def erase_person(person: str) -> Receipt:
    """Erase all that one person made, and the person; return the receipt (pending when others are still reading)."""
    with change_store() as db:
        rows: dict[str, list[str]] = {}
        for owned in owned_tables():
            sql = f"SELECT id FROM {owned.table} WHERE person = ?"  # noqa: S608
            if ids := [str(row[0]) for row in db.execute(sql, [person])]:
                rows[owned.table] = ids
        receipt = _erase(db, rows)
        db.execute("DELETE FROM participants WHERE person = ?", [person])
    finish_erasures()
    return read_receipt(receipt)


def erase_rows(rows: Rows, *, person: str | None = None) -> Receipt:
    """Erase single rows (of ``person``, when one is named).

    Raises ``UserError`` when one of them is not there or not theirs.
    """
    with change_store() as db:
        tables = {owned.table for owned in owned_tables()}
        for table, ids in rows.items():
            whose = "" if person is None else " AND person = ?"
            for row_id in ids:
                sql = f"SELECT 1 FROM {table} WHERE id = ?{whose}"  # noqa: S608
                values = [row_id] if person is None else [row_id, person]
                if table not in tables or db.execute(sql, values).fetchone() is None:
                    raise UserError("There is nothing here with number {id}.", id=row_id)
        receipt = _erase(db, rows)
    finish_erasures()
    return read_receipt(receipt)


def finish_erasures(path: Path | None = None) -> bool:
    """Try to complete what is pending; return whether nothing is pending any more.

    A reader that is still open, or a writer at work, leaves it pending. What lies aside, such as a damaged database,
    cannot be searched and so goes whole.
    """
    with open_store(path, patience=_ATTEMPT) as db:
        pending = [row[0] for row in db.execute("SELECT id FROM erasures WHERE state = 'pending'")]
    if not pending:
        return True
    try:
        with open_store(path, patience=_ATTEMPT) as db:
            if not _scrubbed(db):
                return False
            aside.remove()
            for receipt in pending:
                db.execute("UPDATE erasures SET state = 'complete', completed = ? WHERE id = ?", [utc_text(), receipt])
        forget_pages(path)
    except (UserError, OSError):
        return False
    return True


def _scrubbed(db: Database) -> bool:
    """Rebuild index and file and empty the log; return whether nothing of what was deleted can be left."""
    for owned in owned_tables():
        if owned.search:
            db.execute(f"INSERT INTO {owned.search} ({owned.search}) VALUES ('optimize')")  # noqa: S608
    db.execute("VACUUM")
    busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy and not leftovers(db)


def leftovers(db: Database) -> list[str]:
    """Return where erased words could still be: free pages, or an index that knows words its table does not hold.

    Words are not needed for this check, so that it can be made at any time.
    """
    found = [] if db.execute("PRAGMA freelist_count").fetchone()[0] == 0 else ["free pages"]
    for owned in owned_tables():
        if owned.search and not _agrees(db, owned.search):
            found.append(owned.search)
    return found


def receipts(*, pending_only: bool = False) -> list[Receipt]:
    """Return the receipts, newest first."""
    where = "WHERE state = 'pending'" if pending_only else ""
    sql = f"SELECT id, asked, rows, state, completed FROM erasures {where} ORDER BY asked DESC"  # noqa: S608
    with open_store() as db:
        return [Receipt(*row) for row in db.execute(sql)]


def read_receipt(receipt_id: str) -> Receipt:
    """Return one receipt. Raises ``UserError`` when there is none with this id."""
    for receipt in receipts():
        if receipt.id == receipt_id:
            return receipt
    raise UserError("There is nothing here with number {id}.", id=receipt_id)


def replay(path: Path | None = None) -> int:
    """Erase again what the ledger lists from a backup that is put back; return how many rows were still there.

    Their receipts are pending: other files may still hold the words.
    """
    purged = 0
    with change_store(path) as db:
        known = {owned.table: owned for owned in owned_tables()}
        for line in ledger.read(_LEDGER):
            count = sum(_remove(db, known[table], ids) for table, ids in line["rows"].items() if table in known)
            sql = (
                "INSERT INTO erasures (id, asked, rows, state) VALUES (?, ?, ?, 'pending') "
                "ON CONFLICT (id) DO UPDATE SET state = 'pending', completed = NULL WHERE ?"
            )
            db.execute(sql, [line["id"], line["asked"], sum(map(len, line["rows"].values())), count > 0])
            purged += count
        db.execute(f"DELETE FROM participants WHERE {no_rows_of_theirs()}")  # noqa: S608
    with open_store(path) as db:
        _scrubbed(db)
    return purged


def no_rows_of_theirs() -> str:
    """Return the SQL condition on ``participants`` that nothing is left of them."""
    return " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {owned.table} AS o WHERE o.person = participants.person)"  # noqa: S608
        for owned in owned_tables()
    )


def trim_ledger(before: str) -> int:
    """Drop the lines of the ledger from before a moment (UTC, ISO 8601), which no backup can need any more."""
    with change_store():  # nobody adds a line meanwhile
        return ledger.trim(_LEDGER, "asked", before)


def _erase(db: Database, rows: Rows) -> str:
    """Write the ledger, then take the rows away and write the receipt; returns the receipt's id.

    The ledger comes first: what is in it and still in the database can be erased again, the reverse is lost.
    """
    receipt, asked, count = str(uuid4()), utc_text(), sum(map(len, rows.values()))
    ledger.append(_LEDGER, {"id": receipt, "asked": asked, "rows": {t: list(ids) for t, ids in rows.items()}})
    known = {owned.table: owned for owned in owned_tables()}
    for table, ids in rows.items():
        _remove(db, known[table], ids)
    db.execute("INSERT INTO erasures (id, asked, rows, state) VALUES (?, ?, ?, 'pending')", [receipt, asked, count])
    return receipt


def _remove(db: Database, owned: Owned, ids: Sequence[str]) -> int:
    """Take rows away, or empty them where others hang on them; return how many held something."""
    removed = 0
    for row_id in ids:
        if owned.keep_row:
            texts = {name: kind for name, kind in db[owned.table].columns_dict.items() if name in owned.words}
            emptied = ", ".join([*(f"{name} = ''" for name, kind in texts.items() if kind is str), "person = NULL"])
            held = " OR ".join([*(f"{name} <> ''" for name, kind in texts.items() if kind is str), "person NOT NULL"])
            sql = f"UPDATE {owned.table} SET {emptied} WHERE id = ? AND ({held})"  # noqa: S608
        else:
            sql = f"DELETE FROM {owned.table} WHERE id = ?"  # noqa: S608
        removed += db.execute(sql, [row_id]).rowcount
    return removed


def _agrees(db: Database, search: str) -> bool:
    try:
        db.execute(f"INSERT INTO {search} ({search}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except sqlite3.DatabaseError:
        return False
    return True
