"""Commands on the database itself: make it, and check it."""

import argparse

from feedback.store import initialise, open_store, store_path
from language import Language, UserError


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this module."""
    init = subparsers.add_parser("init", help="make the database, or bring it up to date")
    init.set_defaults(run=_init)
    verify = subparsers.add_parser("verify", help="check that the database is whole")
    verify.set_defaults(run=_verify)


def _init(_options: argparse.Namespace, lang: Language) -> None:
    for name in initialise():
        print(name)
    print(lang.t("The database is ready: {file}.", file=store_path()))


def _verify(_options: argparse.Namespace, lang: Language) -> None:
    with open_store() as db:
        problems = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [
            f"{row[0]}: row {row[1]} refers to a missing {row[2]}" for row in db.execute("PRAGMA foreign_key_check")
        ]
    if problems:
        raise UserError("The database is damaged: {what}.", what="; ".join(problems[:5]))
    print(lang.t("The database is whole."))
