"""The command that makes what ships of the practice world anew: frozen forecasts, and what was done."""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from data.area.area import load_area
from data.keeping.home import SHIPPED
from language import Language


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of this module."""
    made = subparsers.add_parser("practice", help="make the days of the practice world anew (three minutes of CPU)")
    made.add_argument("--area", required=True, metavar="A", help="id of the area")
    made.add_argument("--into", type=Path, metavar="DIR", help="folder to write to (default: that of the area)")
    made.add_argument("--models", type=Path, metavar="DIR", help="folder of models trained for this before")
    made.set_defaults(run=_make)


def _make(options: argparse.Namespace, _lang: Language) -> None:
    from response.effects.practising import make

    area = load_area(options.area)
    with TemporaryDirectory() as temporary:
        into: Path = options.into or SHIPPED / area.id
        make(area, into, options.models or Path(temporary), lambda day: print(day, file=sys.stderr))
