"""``python -m reports``: the week ahead of a playbook, its briefing, and the account of an area in fixed forms."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from data.area.area import load_area
from data.keeping.command import run
from data.keeping.home import written_whole
from language import LANGUAGES, Language, UserError
from language.console import console_language
from reports.playbook.briefing import (
    Known,
    acted_lately,
    briefing,
    briefing_docx,
    briefing_html,
    changed_since,
    told_last,
)
from reports.playbook.calendar import public_calendar, week_calendar
from reports.playbook.formats import as_csv, as_json, as_text, public_json, public_text
from reports.playbook.gathering import taken_back
from reports.playbook.whose import of_kind
from reports.register.assessment import ASSESSMENTS
from reports.register.making import FORMS as REGISTERS
from reports.register.making import assessment, made, still_open
from response.cards.actors import actor_ids
from response.cards.history import read_playbook
from response.conditions.gate import cards_in_force
from response.week.ahead import seen_at, week_ahead
from response.week.public_week import public_uses
from visuals.studio.material.gathering import gather

FORMS = ("text", "csv", "ics", "json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; bad input gives one sentence and exit code 2."""
    return run(_parser(), arguments)


def _week(options: argparse.Namespace, _lang: Language) -> None:
    area = load_area(options.area)
    playbook = cards_in_force(area.id, read_playbook(area))
    if options.actor is not None and options.actor not in actor_ids(playbook):
        known = ", ".join(actor_ids(playbook))
        raise UserError("There is no actor '{actor}'. Choose one of: {known}.", actor=options.actor, known=known)
    outlook = gather(area.id, options.lang)
    week = week_ahead(playbook, outlook.forecast, outlook.thresholds, area, seen_at(outlook.forecast, area))
    whose = of_kind(options.business, options.place, week, outlook)
    if options.public:
        if options.actor or options.business:
            raise UserError("What everybody may see is the same for all. Leave --actor and --business out.")
        uses = public_uses(week)
        if options.format == "csv":
            raise UserError("What everybody may see has no table. Choose text, ics or json.")
        public = {"text": public_text(uses, outlook) + "\n", "json": public_json(uses, week, outlook)}
        made = public.get(options.format) or public_calendar(uses, week, outlook)
    elif options.format == "ics":
        off = taken_back(week, area, outlook.thresholds, part=whose.part)
        made = week_calendar(whose.part(week), outlook, off, actor=options.actor)
    elif options.format == "text":
        made = as_text(whose.part(week), outlook, options.actor, who=whose.name)
    else:
        made = {"csv": as_csv, "json": as_json}[options.format](whose.part(week), outlook, options.actor)
    sys.stdout.write(made if isinstance(made, str) else made.decode("utf-8"))


def _briefing(options: argparse.Namespace, lang: Language) -> None:
    area = load_area(options.area)
    playbook = read_playbook(area)
    material = gather(area.id, options.lang)
    if material.snapshot is None:
        raise UserError("Area {area} has no forecast to brief on.", area=area.id)
    week = week_ahead(playbook, material.forecast, material.thresholds, area, seen_at(material.forecast, area))
    known = Known(
        off=taken_back(week, area, material.thresholds),
        changed=changed_since(area, material.snapshot, material),
        told=told_last(area, material.snapshot, material.thresholds),
        sources=material.sources,
        acted=acted_lately(area, material.snapshot),
    )
    brief = briefing(week, material, material.snapshot, known)
    page = briefing_docx(brief, lang) if options.format == "docx" else briefing_html(brief, lang)
    with written_whole(options.out) as temporary:
        temporary.write_bytes(page)
    sys.stdout.write(f"{options.out}\n")


def _register(options: argparse.Namespace, lang: Language) -> None:
    area = load_area(options.area)
    sys.stdout.write(made(area, options.format, lang, options.url))
    if options.format == "algoritmeregister":
        for sentence in still_open(area, lang):
            print(sentence, file=sys.stderr)


def _assessment(options: argparse.Namespace, lang: Language) -> None:
    content = assessment(load_area(options.area), options.kind, lang)
    with written_whole(options.out) as temporary:
        temporary.write_bytes(content)
        temporary.chmod(0o644)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reports", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="week | briefing")
    week = commands.add_parser("week", help="print which cards are called for this week, and by when to decide")
    week.add_argument("--area", required=True, metavar="A", help="id of the area")
    who = week.add_mutually_exclusive_group()
    who.add_argument("--actor", metavar="WHO", help="only the cards of one actor, such as horeca")
    who.add_argument("--business", metavar="KIND", help="only those of a kind of business, such as strandtent")
    week.add_argument("--place", metavar="ZONE", help="where that business is (default: where a card is needed first)")
    week.add_argument("--format", choices=FORMS, default="text", help="how to print it (default: text)")
    week.add_argument("--public", action="store_true", help="only what everybody may see")
    week.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of what is printed")
    week.set_defaults(run=_week)
    brief = commands.add_parser("briefing", help="write the week on one A4 for the operational meeting")
    brief.add_argument("--area", required=True, metavar="A", help="id of the area")
    brief.add_argument("--format", choices=("html", "docx"), default="html", help="to print, or for Word")
    brief.add_argument("--out", required=True, type=Path, metavar="FILE", help="the file to write")
    brief.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of what is written")
    brief.set_defaults(run=_briefing)
    register = commands.add_parser("register", help="print the account of an area for a register, portal or council")
    register.add_argument("--area", required=True, metavar="A", help="id of the area")
    register.add_argument("--format", choices=REGISTERS, default="algoritmeregister", help="which form")
    register.add_argument("--url", default="", help="address of the app, such as https://crowds.example, for dcat")
    register.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of the texts")
    register.set_defaults(run=_register)
    judged = commands.add_parser("assessment", help="write an IAMA or DPIA to go on with, prefilled with what is known")
    judged.add_argument("--area", required=True, metavar="A", help="id of the area")
    judged.add_argument("--kind", choices=ASSESSMENTS, required=True)
    judged.add_argument("--out", required=True, type=Path, metavar="FILE", help="where to write it (.docx)")
    judged.add_argument("--lang", choices=LANGUAGES, default=console_language(), help="language of the texts")
    judged.set_defaults(run=_assessment)
    return parser


if __name__ == "__main__":
    sys.exit(main())
