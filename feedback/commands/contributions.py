"""Commands on what people said: erase, let go of what is due, and CSV files out and in."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from data.area.area import load_area
from data.keeping.acts import by_owner
from feedback.contributions.exchange import export_full, export_open, import_contributions
from feedback.people.participants import person_by_code
from feedback.upkeep.erasure import Receipt, erase_person, erase_rows, finish_erasures, receipts
from feedback.upkeep.retention import retain, rule_text
from language import LANGUAGES, Language, UserError


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands of this module."""
    erase = subparsers.add_parser("erase", help="erase what somebody made, or finish what is pending")
    what = erase.add_mutually_exclusive_group(required=True)
    what.add_argument("--code", help="everything of the person with this code")
    what.add_argument("--contribution", metavar="ID", help="one contribution")
    what.add_argument("--finish", action="store_true", help="complete what is pending")
    erase.set_defaults(run=_erase)

    keep = subparsers.add_parser("retain", help="let go of what is due, and prove it (run it daily)")
    keep.add_argument("--dry-run", action="store_true", help="only count what is due")
    keep.add_argument("--at", type=datetime.fromisoformat, help="as if it were this moment (UTC); with --dry-run only")
    keep.set_defaults(run=_retain)

    out = subparsers.add_parser("export", help="write CSV files of an area's contributions")
    out.add_argument("folder", type=Path, metavar="DIR")
    out.add_argument("--area", required=True)
    out.add_argument("--all", action="store_true", help="not for publication: also what is hidden, in full detail")
    out.set_defaults(run=_export)

    take = subparsers.add_parser("import", help="take in contributions from a CSV file, such as typed paper sheets")
    take.add_argument("file", type=Path, metavar="CSV")
    take.add_argument("--area", required=True)
    take.add_argument("--language", choices=LANGUAGES, default="nl", help="language of the texts")
    take.set_defaults(run=_import)


def _erase(options: argparse.Namespace, lang: Language) -> None:
    if options.finish:
        by_owner(finish_erasures)
        for receipt in receipts(pending_only=True):
            _print(receipt, lang)
        print(lang.n("{n} erasure is pending.", "{n} erasures are pending.", len(receipts(pending_only=True))))
    elif options.contribution:
        _print(by_owner(erase_rows, {"contributions": [options.contribution]}), lang)
    else:
        person = person_by_code(options.code)
        if person is None:
            raise UserError("There is nothing here with this code. Check the five words.")
        _print(by_owner(erase_person, person), lang)


def _print(receipt: Receipt, lang: Language) -> None:
    print(
        lang.n(
            "Receipt {id}: {n} row, {state}.",
            "Receipt {id}: {n} rows, {state}.",
            receipt.rows,
            id=receipt.id,
            state=lang.t("complete") if receipt.state == "complete" else lang.t("pending"),
        )
    )


def _retain(options: argparse.Namespace, lang: Language) -> int:
    if options.at and not options.dry_run:
        raise UserError("--at works with --dry-run only: what is deleted now cannot come back.")
    moment = options.at.replace(tzinfo=UTC) if options.at else None
    outcomes = by_owner(retain, moment, dry_run=options.dry_run)
    for outcome in outcomes:
        print(rule_text(outcome.rule, lang))
        print(
            "  "
            + (
                lang.n("{n} is due.", "{n} are due.", outcome.due)
                if options.dry_run
                else lang.n("{n} deleted; {left} left.", "{n} deleted; {left} left.", outcome.due, left=outcome.left)
            )
        )
    return 2 if any(outcome.left for outcome in outcomes) and not options.dry_run else 0


def _export(options: argparse.Namespace, _lang: Language) -> None:
    area = load_area(options.area)
    paths = (
        [by_owner(export_full, area, options.folder)] if options.all else by_owner(export_open, area, options.folder)
    )
    for path in paths:
        print(path)


def _import(options: argparse.Namespace, lang: Language) -> None:
    count = by_owner(import_contributions, options.file, load_area(options.area), options.language)
    print(lang.n("{n} contribution added.", "{n} contributions added.", count))
