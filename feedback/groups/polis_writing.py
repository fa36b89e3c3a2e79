"""Conversations as files in the shape that pol.is exports; reading them: ``feedback.groups.polis``."""

import csv
from datetime import UTC, datetime
from io import StringIO

import numpy as np
import pandas as pd

from data.keeping.csv_out import defused
from feedback.groups.opinions import AGREE, DISAGREE, Opinions
from feedback.groups.polis import Variant


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
