"""The command ``python -m feedback``: what an administrator does with what people said."""

import argparse
import sys
from collections.abc import Sequence

from data.keeping.command import assembled, run
from feedback import commands as subjects


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 2 when the user can mend what is wrong (one sentence on stderr)."""
    return run(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    return assembled(subjects, "python -m feedback", __doc__)


if __name__ == "__main__":
    sys.exit(main())
