"""The files of an export of pol.is, found by their ending: ``comments.csv``, or ``…-comments.csv`` as downloaded."""

import re
from pathlib import Path
from typing import Final, NamedTuple

from language import UserError

_PARTICIPANTS: Final = r"participants?[-_]votes"
_NAMES: Final = {
    "comments.csv": r"comments",
    "votes.csv": r"(?<!participants[-_])(?<!participant[-_])votes",
    "participants-votes.csv": _PARTICIPANTS,
    "summary.csv": r"summary",
}


class ExportFiles(NamedTuple):
    """The files of one conversation; of ``votes`` and ``participants`` there is one at least."""

    comments: Path
    votes: Path | None
    participants: Path | None
    summary: Path | None


def export_files(folder: Path) -> ExportFiles:
    """Return the files of the export in a folder.

    Raises ``UserError`` when there is no folder, statements or votes are missing, or there are two conversations.
    """
    if not folder.is_dir():
        raise UserError("There is no folder {folder}.", folder=folder)
    found = {name: _ending(folder, name) for name in _NAMES}
    comments, votes, participants = (found[name] for name in ("comments.csv", "votes.csv", "participants-votes.csv"))
    if comments is None:
        raise UserError("{file} is missing.", file="comments.csv")
    if votes is None and participants is None:
        raise UserError("{folder} has no votes.csv and no participants-votes.csv.", folder=folder)
    return ExportFiles(comments, votes, participants, found["summary.csv"])


def _ending(folder: Path, name: str) -> Path | None:
    """Return the file of exactly this name, or else the one that ends so."""
    pattern = re.compile(rf"(?:^|.*[-_. ]){_NAMES[name]}\.csv", re.IGNORECASE)
    files = sorted(path for path in folder.iterdir() if path.is_file() and pattern.fullmatch(path.name))
    exact = [path for path in files if path.name.casefold() == name]
    if not exact and len(files) > 1:
        raise UserError(
            "{folder} has several files that end with {name}: {files}. Leave those of one conversation there.",
            folder=folder,
            name=name,
            files=", ".join(path.name for path in files[:5]),
        )
    return next(iter(exact or files), None)
