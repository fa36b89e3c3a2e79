"""``python -m forecasting sealed-test``: what a source that is not in use would add, behind closed doors."""

import argparse
import sys

from data.area.area import load_area
from data.keeping.acts import by_owner
from forecasting.evaluation.sealed_test import WEEKS, sealed_test
from forecasting.evaluation.sealed_words import finding_sentences
from forecasting.training.progress import as_bar, as_line
from language import Language


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    parser = commands.add_parser("sealed-test", help="test what a source that is not in use would add")
    parser.add_argument("--source", required=True, metavar="S", help="id of the source; the ethics group gave leave")
    parser.add_argument("--weeks", type=int, default=WEEKS, metavar="N", help=f"past weeks to test (default: {WEEKS})")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="parallel processes (default: one a core)")
    parser.add_argument("--progress", action="store_true", help="write a line of JSON for each week, for a program")
    parser.set_defaults(run=run)
    return parser


def run(options: argparse.Namespace, lang: Language) -> int:
    """Run the test and say what it showed: figures only."""
    area = load_area(options.area)
    with as_bar(sys.stderr.isatty() and not options.progress) as bar:
        progress = as_line if options.progress else bar
        found = by_owner(sealed_test, area, options.source, weeks=options.weeks, jobs=options.jobs, progress=progress)
    sys.stdout.write("\n".join(finding_sentences(found, area, lang)) + "\n")
    return 0
