"""What went wrong, told in one sentence: also what nobody foresaw, so that one step takes no other with it."""

from pathlib import Path
from traceback import extract_tb

from language import UserError


def told(error: Exception, place: Path | str = "") -> UserError:
    """Return ``error`` as a sentence for people. ``place``: the file or folder it was about, where that is known.

    Of an unforeseen error it says its kind and where in the code, but not its message, which may quote what was read.
    """
    if isinstance(error, UserError):
        return error
    if isinstance(error, OSError) and (error.strerror or error.filename):
        return UserError(
            "{file} cannot be read or written: {what}.",
            file=error.filename or place,
            what=error.strerror or type(error).__name__,
        )
    if isinstance(error, MemoryError):
        return UserError("There was not enough memory for this. Read less at once, or use a larger computer.")
    steps = extract_tb(error.__traceback__)
    where = f"{Path(steps[-1].filename).name}:{steps[-1].lineno}" if steps else ""
    if place:
        return UserError(
            "{file}: something went wrong that this program did not foresee ({kind}, {where}). Tell whoever looks "
            "after the program.",
            file=place,
            kind=type(error).__name__,
            where=where,
        )
    return UserError(
        "Something went wrong that this program did not foresee ({kind}, {where}). Tell whoever looks after the "
        "program.",
        kind=type(error).__name__,
        where=where,
    )
