"""Running a command: what it found wrong is told in one sentence, and never as a traceback."""

import argparse
import sys
from collections.abc import Sequence

from data.keeping.failing import told
from language import UserError, language


def run(parser: argparse.ArgumentParser, arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments`` name (default: those of the process), as ``options.run(options, lang)``.

    The parser sets ``run`` and ``lang``. Returns what the command returns (nothing is 0), or 2 after one sentence on
    standard error when the user can mend what is wrong.
    """
    options = parser.parse_args(arguments)
    lang = language(options.lang)
    try:
        return int(options.run(options, lang) or 0)
    except (UserError, OSError) as error:
        print(told(error).say(lang), file=sys.stderr)
        return 2
