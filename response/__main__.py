"""The command ``python -m response``: what was done about crowds, what it did, and what it costs and brings."""

import argparse
import sys
from collections.abc import Sequence

from data.keeping.command import assembled, run
from response import commands as subjects


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 when the user can mend what is wrong (one sentence on stderr)."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    return assembled(subjects, "python -m response", __doc__)


if __name__ == "__main__":
    sys.exit(main())
