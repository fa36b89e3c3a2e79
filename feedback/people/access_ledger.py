"""The ledger of access: which codes were used up, ended or withdrawn, so that no backup brings them to life again.

It holds ids of codes and accounts, no codes. A line is on the disk before what it tells is acknowledged.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from data.keeping import ledger
from data.keeping.real_time import utc_text
from feedback.database.store import change_store

Act = Literal["used", "ended", "withdrawn"]

_LEDGER: Final = "access"
_REPLAY: Final[Mapping[Act, tuple[str, ...]]] = {
    "used": ("UPDATE access_codes SET used = :at WHERE id = :id AND used IS NULL",),
    "ended": ("UPDATE access_codes SET until = :at WHERE id = :id AND (until IS NULL OR until > :at)",),
    "withdrawn": (
        "UPDATE access_codes SET withdrawn = :at WHERE id = :id AND withdrawn IS NULL",
        "UPDATE accounts SET withdrawn = :at WHERE id = :id AND withdrawn IS NULL",
    ),
}


def note(act: Act, ids: Iterable[str], *, at: str | None = None) -> None:
    """Write down that codes or accounts were used up, ended or withdrawn. Call it inside ``change_store``.

    ``at`` (UTC, ISO 8601) is when that holds from, if not from now on.
    """
    at = at or utc_text()
    ledger.append(_LEDGER, *({"id": one, "act": act, "at": at} for one in ids))


def replay(path: Path) -> None:
    """Use up, end and withdraw again, in a backup that is put back, what the ledger lists."""
    with change_store(path) as db:
        for line in ledger.read(_LEDGER):
            for sql in _REPLAY.get(line["act"], ()):
                db.execute(sql, {"id": line["id"], "at": line["at"]})


def trim_ledger(before: str) -> int:
    """Drop the lines from before a moment (UTC, ISO 8601); return how many those were."""
    with change_store():  # nobody adds a line meanwhile
        return ledger.trim(_LEDGER, "at", before)
