"""Running a command: what it found wrong is told in one sentence, and never as a traceback."""

import argparse
import os
import select
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pkgutil import iter_modules
from signal import SIGPIPE
from types import ModuleType
from typing import Final, TextIO

from data.keeping.failing import told
from language import LANGUAGES, UserError, language
from language.console import console_language

ENDED_BY_READER: Final = 128 + SIGPIPE
"""What a command returns when its reader went away, as a shell says it of one that was ended by the signal."""


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` name (default: those of the process), as ``options.run(options, lang)``.

    The parser sets ``run`` and ``lang``. Returns what the command returns (nothing is 0), or 2 after one sentence on
    standard error when the user can mend what is wrong.
    """
    with quiet_when_unread():
        options = parser.parse_args(arguments)
        lang = language(options.lang)
        try:
            return int(options.run(options, lang) or 0)
        except (UserError, OSError) as error:
            if _unread():
                raise
            print(told(error).say(lang), file=sys.stderr)
            return 2


def assembled(subjects: ModuleType, prog: str, description: str | None) -> argparse.ArgumentParser:
    """Return the parser of the commands of all modules of a package: each adds its own and sets ``run``."""
    parser = argparse.ArgumentParser(prog=prog, description=description)
    parser.set_defaults(lang=console_language())
    commands = parser.add_subparsers(required=True, metavar="command")
    for found in sorted(iter_modules(subjects.__path__), key=lambda module: module.name):
        import_module(f"{subjects.__name__}.{found.name}").add_commands(commands)
    for command in commands.choices.values():
        command.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help="language of the answers")
    return parser


@contextmanager
def quiet_when_unread() -> Iterator[None]:
    """End the process without a word when nobody reads on what it prints, as ``… | head -1`` does.

    Raises ``SystemExit`` with ``ENDED_BY_READER`` then.
    """
    try:
        try:
            yield
        finally:
            _flush()
    except BrokenPipeError:
        unread = _unread()
        if not unread:
            raise
        for stream in unread:
            # What is still in its buffer goes nowhere, and not into a second complaint when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise SystemExit(ENDED_BY_READER) from None


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def _unread() -> list[TextIO]:
    """Return which of the two streams nobody reads any more: another pipe of a command may break as well."""
    return [stream for stream in (sys.stdout, sys.stderr) if _has_lost_its_reader(stream)]


def _has_lost_its_reader(stream: TextIO) -> bool:
    try:
        asked = select.poll()
        asked.register(stream.fileno(), 0)
    except (OSError, ValueError):
        return False
    return any(state & select.POLLERR for _, state in asked.poll(0))
