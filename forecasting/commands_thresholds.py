"""``python -m forecasting thresholds``: the thresholds in force, the decisions that led there, and the next one."""

import argparse
import sys
from pathlib import Path
from typing import Any

from data.area.area import load_area
from data.keeping.acts import by_owner
from data.keeping.csv_out import csv_text
from forecasting.training.model_files import load_models
from forecasting.values.adoption import BODIES, adopt, adoptions, adoptions_table, go_back, in_force
from forecasting.values.formats import thresholds_as_json
from forecasting.values.threshold_set import ThresholdSet
from language import Language, UserError

ROLE = "steward"
"""Who decides on the command line has the machine: the data steward."""


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> argparse.ArgumentParser:
    """Add the command and return its parser."""
    parser = commands.add_parser("thresholds", help="print the thresholds in force, adopt others, or go back")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--history", action="store_true", help="print all decisions as CSV")
    what.add_argument(
        "--adopt", type=Path, metavar="FILE", help='adopt a set: {"version": 1, "zones": {"pier": [1, 2, 3]}}'
    )
    what.add_argument("--back", type=int, metavar="N", help="adopt the set of decision N again (0: the defaults)")
    parser.add_argument("--by", choices=BODIES, help="on whose behalf it is adopted")
    parser.add_argument("--why", metavar="TEXT", help="the reason, in a sentence")
    parser.set_defaults(run=run)
    return parser


def run(options: argparse.Namespace, _lang: Language) -> int:
    """Print what is asked for, after adopting what is asked for."""
    area = load_area(options.area)
    if options.adopt is not None or options.back is not None:
        if not options.by or not options.why:
            raise UserError("Say on whose behalf and why: --by klankbordgroep --why 'In a sentence.'")
        how: Any = {"body": options.by, "role": ROLE, "reason": options.why}
        if options.adopt is not None:
            by_owner(adopt, area, _read(options.adopt), **how)
        else:
            by_owner(go_back, area, options.back, **how)
    if options.history:
        sys.stdout.write(csv_text(adoptions_table(adoptions(area.id))))
    else:
        shown = thresholds_as_json(area, load_models(area).thresholds(area), in_force(area.id))
        sys.stdout.write(shown + "\n")
    return 0


def _read(path: Path) -> ThresholdSet:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "UTF-8"
        raise UserError("{file} cannot be read: {what}.", file=path, what=what) from error
    return ThresholdSet.from_json(text)
