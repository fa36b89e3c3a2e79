"""The command on the audit log: who did what and when, on the screen or as CSV."""

import argparse
import sys
from datetime import date

from data.keeping.acts import by_owner
from feedback.people import audit_log
from feedback.people.audit_words import KINDS, act_text, kind_name, outcome_text, who_text
from language import Language


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of this module."""
    log = subparsers.add_parser("audit", help="who did what and when: by role, organisation and invitation")
    log.add_argument("--kind", choices=KINDS, action="append", help="only this kind (may be given more than once)")
    log.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="from this day on (UTC)")
    log.add_argument("--most", type=int, default=100, metavar="N", help="at most so many lines (default: 100)")
    log.add_argument("--csv", action="store_true", help="the whole log as CSV, which is itself written down")
    log.set_defaults(run=_show)


def _show(options: argparse.Namespace, lang: Language) -> None:
    if options.csv:
        sys.stdout.write(by_owner(audit_log.exported))
        return
    since = options.since.isoformat() if options.since else ""
    for one in audit_log.lines(options.kind or KINDS, most=options.most, since=since):
        what = (kind_name(one.kind, lang), act_text(one.act, lang), outcome_text(one.outcome, lang))
        print(one.at, who_text(one.role, one.organisation, lang), *what, one.target or "-", sep="\t")
