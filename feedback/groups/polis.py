"""Conversations in the files that pol.is exports, of both variants; writing them: ``feedback.groups.polis_writing``.

``comments.csv`` comes with a column ``datetime``, or without it and with ``is-meta``, ``is-seed`` and
``group-informed-consensus``; the order of columns is free. In these files agree = 1, disagree = -1, pass = 0; in some
exports it is the other way round, as their own ``agrees`` and ``disagrees`` show.
"""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd

from data.keeping.csv_out import reassembled
from data.keeping.from_outside import check_size
from data.keeping.within_time import within_time
from feedback.groups.opinions import AGREE, DISAGREE, PASS
from feedback.groups.polis_files import export_files
from feedback.groups.polis_signs import Notice, agreeing
from language import Language, UserError
from language.visible import one_line, visible

Variant = Literal["datetime", "consensus"]

COMMENTS: Final = ("timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTES: Final = ("timestamp", "comment-id", "voter-id", "vote")
PARTICIPANTS: Final = ("participant", "group-id")
COUNTED: Final = ("n-comments", "n-votes", "n-agree", "n-disagree")

_LARGEST: Final = 2.0**53
"""Whole numbers up to here are told apart."""

SECONDS_BELOW: Final = 1e11
"""A moment below this is in seconds: as milliseconds it would lie before March 1973."""
PUBLISHED, PENDING, TURNED_DOWN = 1, 0, -1


@dataclass(frozen=True)
class Conversation:
    """An exported conversation.

    ``statements``: ``number`` (int), ``text``, ``author`` (int, or -1), ``moderated`` (1 published, 0 waiting, -1
    turned down), ``meta`` and ``seed`` (bool), ``consensus`` (pol.is's own figure, or NaN), ``at`` (UTC).
    ``votes``: ``voter``, ``statement`` (ints), ``vote``, ``at``; the last of two counts. ``groups``: voter to group.
    ``notices`` are sentences on what had to be mended.
    """

    topic: str
    statements: pd.DataFrame
    votes: pd.DataFrame
    groups: Mapping[int, int]
    notices: tuple[Notice, ...]

    def said(self, lang: Language) -> list[str]:
        """Return the notices in a language."""
        return [lang.t(message, **values) for message, values in self.notices]


@within_time
def read_conversation(folder: Path, *, invert: bool = False) -> Conversation:
    """Read an export from a folder with the files of ``feedback.groups.polis_files``.

    Votes whose sign is opposite to ``agrees`` and ``disagrees`` are told, and kept as they are; with ``invert`` they
    are turned (all votes, where none are opposite). Raises ``UserError`` for a missing file or column, or a value
    out of place.
    """
    files = export_files(folder)
    statements, in_seconds = _statements(files.comments)
    notices: list[Notice] = []
    cast = pd.DataFrame({"voter": [], "statement": [], "vote": [], "at": []}, dtype="int64")
    read: dict[str, pd.DataFrame] = {}
    if files.votes:
        read[files.votes.name], also = _votes(files.votes)
        in_seconds |= also
    groups: dict[int, int] = {}
    if files.participants:
        read[files.participants.name], groups = _participants(files.participants)
    signed, of_signs = agreeing(statements, read, invert=invert)
    if files.votes:
        cast = signed[files.votes.name]
    if files.participants:
        cast = _completed(cast, signed[files.participants.name], statements["at"].max())
    known = cast["statement"].isin(statements["number"])
    if in_seconds:
        notices.append(("The moments were in seconds, not in milliseconds. They were read as seconds.", {}))
    notices += of_signs
    if not known.all():
        gone = int((~known).sum())
        notices.append(("{n} votes on statements that are gone were left out.", {"n": gone}))
    votes = cast[known].astype({"voter": int, "statement": int, "vote": int})
    told = statements.drop(columns=["agrees", "disagrees"])
    return Conversation(_topic(files.summary), told, votes.reset_index(drop=True), groups, tuple(notices))


def _table(path: Path, needed: Sequence[str]) -> pd.DataFrame:
    """Return a table of texts. Raises ``UserError`` when it is none, a row is uneven, or a needed column is missing."""
    check_size(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = [record for record in csv.reader(file) if record]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UserError("{file} is not a table in UTF-8 with commas.", file=path.name) from error
    header = [name.strip() for name in records[0]] if records else []
    missing = [name for name in needed if name not in header]
    if missing:
        raise UserError("{file} lacks these columns: {columns}.", file=path.name, columns=", ".join(missing))
    for row, record in enumerate(records[1:], start=2):
        if len(record) != len(header):
            raise UserError(
                "Row {row} of {file} has {found} columns and the header has {expected}. Mend that row.",
                row=row,
                file=path.name,
                found=len(record),
                expected=len(header),
            )
    twice = [name for at, name in enumerate(header) if name and name in header[:at]]
    if twice:
        raise UserError(
            "{file} has two columns named '{column}'. Remove or rename one of them.", file=path.name, column=twice[0]
        )
    return pd.DataFrame(records[1:], columns=header, dtype="str")


def _whole(frame: pd.DataFrame, column: str, file: str, allowed: Sequence[int] | None = None) -> "pd.Series[int]":
    """Return a column as whole numbers; raises ``UserError`` that names the first row that is not one."""
    texts = np.array([text.strip() for text in frame[column]], dtype=object)
    numbers = np.asarray(pd.to_numeric(texts, errors="coerce"), dtype=float)
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(numbers) <= _LARGEST) | (numbers % 1 != 0)
    if allowed is not None:
        wrong |= ~np.isin(numbers, allowed)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise UserError(
            "{file}, row {row}: '{value}' cannot be the {column}.",
            file=file,
            row=int(frame.index[at]) + 2,
            value=frame[column].iloc[at][:40],
            column=column,
        )
    whole: pd.Series[int] = pd.Series(numbers.astype(np.int64), frame.index)  # type: ignore[assignment]
    return whole


def _moments(frame: pd.DataFrame, file: str) -> tuple[pd.Series, bool]:
    """Return the column ``timestamp`` as UTC moments, and whether it was in seconds."""
    numbers = _whole(frame, "timestamp", file)
    seconds = bool(len(numbers)) and float(numbers.abs().max()) < SECONDS_BELOW
    try:
        return pd.to_datetime(numbers, unit="s" if seconds else "ms", utc=True), seconds
    except (pd.errors.OutOfBoundsDatetime, OverflowError) as error:
        raise UserError("{file}: the moments are not in milliseconds or seconds.", file=file) from error


def _statements(path: Path) -> tuple[pd.DataFrame, bool]:
    frame = _table(path, COMMENTS)
    at, seconds = _moments(frame, path.name)
    numbers = _whole(frame, "comment-id", path.name)
    if numbers.duplicated().any():
        number = int(numbers[numbers.duplicated()].iloc[0])
        raise UserError("{file}: statement {number} is in it twice.", file=path.name, number=number)

    def yes(column: str) -> "pd.Series[bool]":
        return frame[column].str.strip().str.lower().isin(["true", "t", "1"]) if column in frame else at.isna()

    consensus = frame.get("group-informed-consensus", pd.Series("", index=frame.index))
    statements = pd.DataFrame(
        {
            "number": numbers,
            "text": frame["comment-body"].map(lambda text: visible(reassembled(text))),
            "author": pd.to_numeric(frame["author-id"], errors="coerce").fillna(-1).astype("int64"),
            "moderated": _whole(frame, "moderated", path.name, (PUBLISHED, PENDING, TURNED_DOWN)),
            "meta": yes("is-meta"),
            "seed": yes("is-seed"),
            "consensus": pd.to_numeric(consensus, errors="coerce").astype(float),
            "agrees": pd.to_numeric(frame["agrees"], errors="coerce").astype(float),
            "disagrees": pd.to_numeric(frame["disagrees"], errors="coerce").astype(float),
            "at": at,
        }
    )
    return statements.sort_values("number", ignore_index=True), seconds


def _votes(path: Path) -> tuple[pd.DataFrame, bool]:
    frame = _table(path, VOTES)
    at, seconds = _moments(frame, path.name)
    votes = pd.DataFrame(
        {
            "voter": _whole(frame, "voter-id", path.name),
            "statement": _whole(frame, "comment-id", path.name),
            "vote": _whole(frame, "vote", path.name, (AGREE, DISAGREE, PASS)),
            "at": at,
        }
    )
    return votes.sort_values("at", kind="stable", ignore_index=True), seconds


def _completed(votes: pd.DataFrame, matrix: pd.DataFrame, at: pd.Timestamp) -> pd.DataFrame:
    """Add the matrix as last votes: pol.is counted with it, and it knows the last of two votes in one second."""
    last = votes.drop_duplicates(["voter", "statement"], keep="last")[["voter", "statement", "at"]]
    timed = matrix.merge(last, on=["voter", "statement"], how="left")
    timed["at"] = pd.to_datetime(timed["at"], utc=True).fillna(at)
    return pd.concat([votes, timed], ignore_index=True) if len(votes) else timed


def _participants(path: Path) -> tuple[pd.DataFrame, dict[int, int]]:
    frame = _table(path, PARTICIPANTS)
    voters = _whole(frame, "participant", path.name)
    inside = frame["group-id"].str.strip() != ""
    of_group = _whole(frame[inside], "group-id", path.name)
    groups = dict(zip(voters[inside].tolist(), of_group.tolist(), strict=True))
    numbers = [name for name in frame.columns if re.fullmatch("[0-9]{1,9}", name)]
    cells = frame[numbers].assign(voter=voters)
    long = cells.melt("voter", var_name="statement", value_name="vote", ignore_index=False).astype({"vote": "str"})
    long = long[long["vote"].str.strip() != ""]
    vote = _whole(long, "vote", path.name, (AGREE, DISAGREE, PASS))
    return long.assign(vote=vote, statement=long["statement"].astype("int64")), groups


def _topic(path: Path | None) -> str:
    if path is None:
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return next((one_line(row[1]) for row in csv.reader(file) if len(row) > 1 and row[0] == "topic"), "")
