"""The command ``python -m response``: what was done about crowds, what it did, and what it costs and brings."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

from data.keeping.command import run
from language import LANGUAGES
from language.console import console_language
from response import commands as subjects


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 when the user can mend what is wrong (one sentence on stderr)."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    """Assemble the commands of all modules of ``response/commands``: each adds its own and sets ``run``."""
    parser = argparse.ArgumentParser(prog="python -m response", description=__doc__)
    parser.set_defaults(lang=console_language())
    commands = parser.add_subparsers(required=True, metavar="command")
    for found in sorted(iter_modules(subjects.__path__), key=lambda module: module.name):
        import_module(f"{subjects.__name__}.{found.name}").add_commands(commands)
    for command in commands.choices.values():
        command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="language of the answers")
    return parser


if __name__ == "__main__":
    sys.exit(main())
