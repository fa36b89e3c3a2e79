"""What stands for an unknown value in other people's tables."""

from typing import Final

UNKNOWN: Final = ("", "-", "nan", "n.v.t.", "nvt", "n/a", "na", "null", "none")
"""In any case of letters. Unknown is never zero."""
