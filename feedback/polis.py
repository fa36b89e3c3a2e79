"""Conversations in the files that pol.is exports: reading both variants, and writing them.

``comments.csv`` comes with a column ``datetime``, or without it and with ``is-meta``, ``is-seed`` and
``group-informed-consensus``; the order of columns is free. In these files agree = 1, disagree = -1, pass = 0.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd

from feedback.opinions import AGREE, DISAGREE, PASS, Opinions
from feedback.texts import defused, reassembled
from language import Language, UserError

Variant = Literal["datetime", "consensus"]

COMMENTS: Final = ("timestamp", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body")
VOTES: Final = ("timestamp", "comment-id", "voter-id", "vote")
PARTICIPANTS: Final = ("participant", "group-id")
COUNTED: Final = ("n-comments", "n-votes", "n-agree", "n-disagree")

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
    notices: tuple[tuple[str, Mapping[str, object]], ...]

    def said(self, lang: Language) -> list[str]:
        """Return the notices in a language."""
        return [lang.t(message, **values) for message, values in self.notices]


def read_conversation(folder: Path) -> Conversation:
    """Read an export from a folder with ``comments.csv``, ``votes.csv`` and ``participants-votes.csv``.

    Of the last two, one is enough. Raises ``UserError`` for a missing file or column, or a value out of place.
    """
    if not folder.is_dir():
        raise UserError("There is no folder {folder}.", folder=folder)
    statements, in_seconds = _statements(folder / "comments.csv")
    votes_file, people_file = folder / "votes.csv", folder / "participants-votes.csv"
    if not votes_file.exists() and not people_file.exists():
        raise UserError("{folder} has no votes.csv and no participants-votes.csv.", folder=folder)
    votes = pd.DataFrame({"voter": [], "statement": [], "vote": [], "at": []}, dtype="int64")
    if votes_file.exists():
        votes, also = _votes(votes_file)
        in_seconds |= also
    groups: dict[int, int] = {}
    if people_file.exists():
        matrix, groups = _participants(people_file)
        votes = _completed(votes, matrix, statements["at"].max())
    known = votes["statement"].isin(statements["number"])
    notices: list[tuple[str, Mapping[str, object]]] = []
    if in_seconds:
        notices.append(("The moments were in seconds, not in milliseconds. They were read as seconds.", {}))
    if not known.all():
        gone = int((~known).sum())
        notices.append(("{n} votes on statements that are gone were left out.", {"n": gone}))
    votes = votes[known].astype({"voter": int, "statement": int, "vote": int})
    return Conversation(_topic(folder), statements, votes.reset_index(drop=True), groups, tuple(notices))


def _table(path: Path, needed: Sequence[str]) -> pd.DataFrame:
    if not path.exists():
        raise UserError("{file} is missing.", file=path.name)
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise UserError("{file} is not a table in UTF-8 with commas.", file=path.name) from error
    frame.columns = frame.columns.str.strip()
    missing = [name for name in needed if name not in frame]
    if missing:
        raise UserError("{file} lacks these columns: {columns}.", file=path.name, columns=", ".join(missing))
    return frame


def _whole(frame: pd.DataFrame, column: str, file: str, allowed: Sequence[int] | None = None) -> "pd.Series[int]":
    """Return a column as whole numbers; raises ``UserError`` that names the first row that is not one."""
    numbers = pd.to_numeric(frame[column].str.strip(), errors="coerce")
    wrong = numbers.isna() | (numbers % 1 != 0)
    if allowed is not None:
        wrong |= ~numbers.isin(allowed)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise UserError(
            "{file}, row {row}: '{value}' cannot be the {column}.",
            file=file,
            row=row + 2,
            value=frame[column].iloc[row][:40],
            column=column,
        )
    return numbers.astype("int64")


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
        raise UserError("{file}: statement {number} stands in it twice.", file=path.name, number=number)

    def yes(column: str) -> "pd.Series[bool]":
        return frame[column].str.strip().str.lower().isin(["true", "t", "1"]) if column in frame else at.isna()

    consensus = frame.get("group-informed-consensus", pd.Series("", index=frame.index))
    statements = pd.DataFrame(
        {
            "number": numbers,
            "text": frame["comment-body"].map(reassembled),
            "author": pd.to_numeric(frame["author-id"], errors="coerce").fillna(-1).astype("int64"),
            "moderated": _whole(frame, "moderated", path.name, (PUBLISHED, PENDING, TURNED_DOWN)),
            "meta": yes("is-meta"),
            "seed": yes("is-seed"),
            "consensus": pd.to_numeric(consensus, errors="coerce").astype(float),
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
    numbers = [str(column) for column in frame.columns if str(column).isdigit()]
    long = frame[numbers].assign(voter=voters).melt("voter", var_name="statement", value_name="vote")
    long = long[long["vote"].str.strip() != ""]
    vote = _whole(long, "vote", path.name, (AGREE, DISAGREE, PASS))
    return long.assign(vote=vote, statement=long["statement"].astype("int64")), groups


def _topic(folder: Path) -> str:
    path = folder / "summary.csv"
    if not path.exists():
        return ""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return next((row[1] for row in csv.reader(file) if len(row) > 1 and row[0] == "topic"), "")


def written(
    topic: str, statements: pd.DataFrame, votes: pd.DataFrame, found: Opinions, *, variant: Variant = "consensus"
) -> dict[str, str]:
    """Return a conversation as files (name: text), as pol.is exports it.

    ``statements`` and ``votes`` as in :class:`Conversation`; voters must be whole numbers that say nothing about
    who they are. ``found`` are the opinions on these votes, with statement numbers.
    """
    column = {statement: index for index, statement in enumerate(found.ballots.statements)}
    ordered = [column[number] for number in statements["number"]]
    comments = pd.DataFrame(
        {
            "timestamp": _milliseconds(statements["at"]),
            "datetime": _spelled(statements["at"]),
            "comment-id": statements["number"],
            "author-id": statements["author"],
            "agrees": found.agrees[ordered],
            "disagrees": found.disagrees[ordered],
            "moderated": statements["moderated"],
            "is-meta": statements["meta"].map({True: "true", False: "false"}),
            "is-seed": statements["seed"].map({True: "true", False: "false"}),
            "group-informed-consensus": found.consensus[ordered],
            "comment-body": statements["text"].map(defused),
        }
    )
    cast = pd.DataFrame(
        {
            "timestamp": _milliseconds(votes["at"]),
            "datetime": _spelled(votes["at"]),
            "comment-id": votes["statement"],
            "voter-id": votes["voter"],
            "vote": votes["vote"],
        }
    )
    extra = ["is-meta", "is-seed", "group-informed-consensus"] if variant == "datetime" else ["datetime"]
    return {
        "comments.csv": _text(comments.drop(columns=extra)),
        "votes.csv": _text(cast),
        "participants-votes.csv": _text(_matrix(statements, found)),
        "summary.csv": summary(topic, statements, found),
    }


def summary(topic: str, statements: pd.DataFrame, found: Opinions) -> str:
    """Return ``summary.csv``: names and values, without a header."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [
            ["topic", defused(topic)],
            ["voters", found.participants],
            ["voters-in-conv", sum(found.sizes)],
            ["commenters", statements.loc[statements["author"] >= 0, "author"].nunique()],
            ["comments", len(statements)],
            ["groups", len(found.group_ids)],
        ]
    )
    return out.getvalue()


def _matrix(statements: pd.DataFrame, found: Opinions) -> pd.DataFrame:
    votes = found.ballots.votes
    group = [found.group_ids[member] if member >= 0 else None for member in found.member]
    wrote = statements["author"].value_counts()
    head = pd.DataFrame(
        {
            "participant": found.ballots.voters,
            "group-id": pd.array(group, dtype="Int64"),
            "n-comments": [int(wrote.get(voter, 0)) for voter in found.ballots.voters],
            "n-votes": (~np.isnan(votes)).sum(axis=1),
            "n-agree": (votes == AGREE).sum(axis=1),
            "n-disagree": (votes == DISAGREE).sum(axis=1),
        }
    )
    cells = pd.DataFrame(votes, columns=[str(s) for s in found.ballots.statements]).astype("Int64")
    return pd.concat([head, cells], axis=1)


def _milliseconds(at: pd.Series) -> "pd.Series[int]":
    milliseconds: pd.Series[int] = at.dt.as_unit("ms").astype("int64")
    return milliseconds


def _spelled(at: pd.Series) -> "pd.Series[str]":
    # As pol.is writes it, in UTC. Names of days and months are English in this format, whatever the machine speaks.
    days, months = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "JanFebMarAprMayJunJulAugSepOctNovDec"

    def spell(moment: datetime) -> str:
        utc = moment.astimezone(UTC)
        month = months[3 * utc.month - 3 : 3 * utc.month]
        return f"{days[utc.weekday()]} {month} {utc:%d %H:%M:%S} UTC {utc.year}"

    return at.map(spell).astype(str)


def _text(frame: pd.DataFrame) -> str:
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text
