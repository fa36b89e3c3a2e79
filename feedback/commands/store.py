"""Commands on the database itself: make it, check it, back it up and put it back."""

import argparse
from pathlib import Path

from data.keeping.acts import by_owner
from feedback.database.store import initialise, open_store, store_path
from feedback.upkeep.aside import DAYS
from feedback.upkeep.backup import backup
from feedback.upkeep.erasure import leftovers
from feedback.upkeep.restoring import restore
from language import Language, UserError


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this module."""
    subparsers.add_parser("init", help="make the database, or bring it up to date").set_defaults(run=_init)
    subparsers.add_parser("verify", help="check that the database is whole").set_defaults(run=_verify)
    subparsers.add_parser("backup", help="copy the database; copies older than 30 days go").set_defaults(run=_backup)
    back = subparsers.add_parser("restore", help="put a backup back; what was erased or withdrawn since stays so")
    back.add_argument("file", type=Path, metavar="FILE", help="a file of the folder backups, or the copy elsewhere")
    back.set_defaults(run=_restore)


def _init(_options: argparse.Namespace, lang: Language) -> None:
    for name in by_owner(initialise):
        print(name)
    print(lang.t("The database is ready: {file}.", file=store_path()))


def _verify(_options: argparse.Namespace, lang: Language) -> None:
    with open_store() as db:
        problems = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        broken = db.execute("PRAGMA foreign_key_check")
        problems += [f"{table}: row {row} refers to a missing {other}" for table, row, other, _ in broken]
        problems += [
            f"the index {name} does not agree with its table" for name in leftovers(db) if name != "free pages"
        ]
    if problems:
        raise UserError("The database is damaged: {what}.", what="; ".join(problems[:5]))
    print(lang.t("The database is in order."))


def _backup(_options: argparse.Namespace, lang: Language) -> None:
    print(lang.t("Backup made: {file}.", file=by_owner(backup)))
    print(lang.t("Keep a copy of the folder secrets somewhere else: without its keys no code works."))


def _restore(options: argparse.Namespace, lang: Language) -> None:
    done = by_owner(restore, options.file)
    print(lang.t("The backup is restored: {file}.", file=options.file))
    print(
        lang.n(
            "{n} row that was erased since is erased again.",
            "{n} rows that were erased since are erased again.",
            done.erased,
        )
    )
    if done.before:
        print(lang.t("All that was there until now is in: {file}.", file=done.before))
    if done.damaged:
        print(
            lang.t(
                "The damaged database is kept for {days} days, or until somebody erases something: {file}.",
                days=DAYS,
                file=done.damaged,
            )
        )
    print(lang.t("Everybody is signed out, and codes that were given out since do not exist any more."))
    print(lang.t("Without a password? Make a link with: python -m feedback invite --role steward --label NAME"))
