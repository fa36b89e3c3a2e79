"""Retention: what is let go of, when, and the proof that it was.

- Who wrote what: the link between a person and words is cut 30 days after the report of the session was adopted,
  or a year after sending. Until then people can see, change and erase what is theirs; the date is announced.
- Words: contributions two years after they were sent.
- Which function is where: after a day, looked at every minute.
- Codes of people of whom nothing is left, and sign-ins that are over, at once; decisions, receipts and the ledger of
  access after two years; the audit log after a year; backups, and a damaged database that made way for one, after
  30 days.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import uuid4

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.database.own_rows import owned_tables
from feedback.database.owned import Owned
from feedback.database.store import change_store, open_store
from feedback.people import access_ledger, audit_log, sign_ins
from feedback.upkeep import aside, backup
from feedback.upkeep.erasure import erase_rows, finish_erasures, no_rows_of_theirs, trim_ledger
from feedback.upkeep.fleeting_rows import count_fleeting, drop_fleeting
from language import Language

AFTER_REPORT: Final = 30
WITHOUT_REPORT: Final = 365
PAPERS: Final = 2 * 365
"""Days: from the report to the end of the link, from sending to it where there is no report, and how long
decisions of moderators and receipts are kept."""

AUDIT: Final = 365
"""Days that the audit log is kept: a summer with what was learned from it, until the next one begins."""


@dataclass(frozen=True)
class Outcome:
    """What one rule did (or would do): how many rows or files were due, and how many still are (the proof: 0)."""

    rule: str
    due: int
    left: int


def link_end(session: str | None, sent: str) -> date:
    """Return the day on which the link between a person and something sent (UTC, ISO 8601) is cut."""
    with open_store() as db:
        found = db.execute("SELECT adopted FROM sessions WHERE id = ? AND adopted IS NOT NULL", [session]).fetchone()
    if found:
        return (datetime.fromisoformat(found[0]) + timedelta(days=AFTER_REPORT)).date()
    return (datetime.fromisoformat(sent) + timedelta(days=WITHOUT_REPORT)).date()


def retain(now: datetime | None = None, *, dry_run: bool = False) -> list[Outcome]:
    """Let go of everything that is due at ``now`` (aware), or only count it; return what each rule did.

    The proof of a real run is also kept in the table ``retentions``.
    """
    now = (now or datetime.now(UTC)).astimezone(UTC)
    outcomes = []
    for rule, count, let_go in _RULES:
        due = count(now)
        if due and not dry_run:
            let_go(now)
        outcomes.append(Outcome(rule, due, count(now) if not dry_run else due))
    if not dry_run:
        finish_erasures()
        trim_ledger(utc_text(now - timedelta(days=backup.DAYS)))
        access_ledger.trim_ledger(utc_text(now - timedelta(days=PAPERS)))
        audit_log.trim_ledger(_audit_before(now))
        with change_store() as db:
            for outcome in outcomes:
                db.execute(
                    "INSERT INTO retentions (id, at, rule, done, left_over) VALUES (?, ?, ?, ?, ?)",
                    [str(uuid4()), utc_text(now), outcome.rule, outcome.due, outcome.left],
                )
    return outcomes


def last_retained() -> datetime | None:
    """Return the latest moment (UTC) at which was let go of what was due; ``None`` when that never was."""
    with open_store() as db:
        found = db.execute("SELECT max(at) FROM retentions").fetchone()[0]
    return datetime.fromisoformat(found) if found else None


def rule_text(rule: str, lang: Language) -> str:
    """Return what a rule lets go of, and when, in words."""
    texts = {
        "links": lang.t(
            "Who wrote what: {report} days after the report of a session is adopted, or {days} days after sending.",
            report=AFTER_REPORT,
            days=WITHOUT_REPORT,
        ),
        "words": lang.t("The words themselves: two years after sending. What a report quotes stays in the report."),
        "fleeting": lang.t(
            "Which function of the municipality, the police or others is where: 24 hours. It is in no backup."
        ),
        "codes": lang.t("Codes: as soon as nothing is left of their owner."),
        "sign_ins": lang.t("That somebody came in with a code: as soon as that is over, after 90 days at most."),
        "papers": lang.t("Decisions of moderators and receipts of erasures, without content: two years."),
        "audit": lang.t(
            "Who did what in the app, by role, organisation and invitation, without names: {days} days.", days=AUDIT
        ),
        "backups": lang.t("Backups: {days} days.", days=backup.DAYS),
        "damaged": lang.t(
            "A damaged database that a backup replaced: {days} days, or until somebody erases something.",
            days=aside.DAYS,
        ),
    }
    return texts[rule]


def _links(db: Database, owned: Owned, now: datetime) -> list[str]:
    """Return the ids of the rows whose link has ended."""
    sql = f"""
        SELECT t.id FROM {owned.table} AS t LEFT JOIN sessions ON sessions.id = t.session
        WHERE t.person IS NOT NULL AND coalesce(sessions.adopted <= ?, t.{owned.moment} <= ?)
    """  # noqa: S608
    ends = [utc_text(now - timedelta(days=days)) for days in (AFTER_REPORT, WITHOUT_REPORT)]
    return [str(row[0]) for row in db.execute(sql, ends)]


def _count_links(now: datetime) -> int:
    with open_store() as db:
        return sum(len(_links(db, owned, now)) for owned in owned_tables())


def _cut_links(now: datetime) -> None:
    with change_store() as db:
        for owned in owned_tables():
            for row_id in _links(db, owned, now):
                db.execute(f"UPDATE {owned.table} SET person = NULL WHERE id = ?", [row_id])  # noqa: S608


def _words(now: datetime) -> dict[str, list[str]]:
    due: dict[str, list[str]] = {}
    with open_store() as db:
        for owned in owned_tables():
            if owned.days is not None:
                before = utc_text(now - timedelta(days=owned.days))
                sql = f"SELECT id FROM {owned.table} WHERE {owned.moment} <= ?"  # noqa: S608
                if ids := [str(row[0]) for row in db.execute(sql, [before])]:
                    due[owned.table] = ids
    return due


def _count_codes(_now: datetime) -> int:
    with open_store() as db:
        return int(db.execute(f"SELECT count(*) FROM participants WHERE {no_rows_of_theirs()}").fetchone()[0])  # noqa: S608


def _drop_codes(_now: datetime) -> None:
    with change_store() as db:
        db.execute(f"DELETE FROM participants WHERE {no_rows_of_theirs()}")  # noqa: S608


def _count_sign_ins(now: datetime) -> int:
    with open_store() as db:
        return len(sign_ins.over(db, utc_text(now)))


def _drop_sign_ins(now: datetime) -> None:
    with change_store() as db:
        db.execute("DELETE FROM sign_ins WHERE until <= ?", [utc_text(now)])


_PAPERS: Final = (("moderation_log", "at"), ("erasures", "completed"), ("retentions", "at"))


def _count_papers(now: datetime) -> int:
    before = utc_text(now - timedelta(days=PAPERS))
    with open_store() as db:
        return sum(
            int(db.execute(f"SELECT count(*) FROM {table} WHERE {moment} <= ?", [before]).fetchone()[0])  # noqa: S608
            for table, moment in _PAPERS
        )


def _drop_papers(now: datetime) -> None:
    before = utc_text(now - timedelta(days=PAPERS))
    with change_store() as db:
        # A decision that stays may undo one that goes.
        db.execute(
            "UPDATE moderation_log SET undoes = NULL WHERE undoes IN (SELECT id FROM moderation_log WHERE at <= ?)",
            [before],
        )
        for table, moment in _PAPERS:
            db.execute(f"DELETE FROM {table} WHERE {moment} <= ?", [before])  # noqa: S608


def _audit_before(now: datetime) -> str:
    return utc_text(now - timedelta(days=AUDIT))


def _count_audit(now: datetime) -> int:
    return audit_log.count_before(_audit_before(now))


def _drop_audit(now: datetime) -> None:
    audit_log.drop_before(_audit_before(now))


def _drop_backups(now: datetime) -> None:
    for path in backup.expired(now):
        path.unlink()


_RULES: Final[tuple[tuple[str, Callable[[datetime], int], Callable[[datetime], object]], ...]] = (
    ("links", _count_links, _cut_links),
    ("words", lambda now: sum(map(len, _words(now).values())), lambda now: erase_rows(_words(now))),
    ("fleeting", count_fleeting, drop_fleeting),
    ("codes", _count_codes, _drop_codes),
    ("sign_ins", _count_sign_ins, _drop_sign_ins),
    ("papers", _count_papers, _drop_papers),
    ("audit", _count_audit, _drop_audit),
    ("backups", lambda now: len(backup.expired(now)), _drop_backups),
    ("damaged", lambda now: len(aside.expired(now)), lambda now: aside.remove(aside.expired(now))),
)
RULES: Final = tuple(rule for rule, _, _ in _RULES)
"""The rules by name, in the order in which they are carried out."""
