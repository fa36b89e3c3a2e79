"""Writes conversations as pol.is exports them, from a seeded town of opinions, with what pol.is would publish."""

from pathlib import Path

import numpy as np
import pandas as pd

TEXTS = [
    "Op drukke dagen moet de boulevard autovrij zijn.",
    'Er komen te veel evenementen, "vooral" in het weekend.',
    "Meer prullenbakken op het strand, en vaker legen.",
    "Wij willen eerder weten hoe druk het wordt.",
    "Parkeren mag duurder als de tram goedkoper wordt.",
    "Handhaven helpt niet; beter is\nspreiden over de dag.",
]


def town(people: int = 60, statements: int = 18, seed: int = 7) -> tuple[pd.DataFrame, dict[int, int]]:
    """Votes (voter, statement, vote, at in ms; some vote twice) of two camps and of who votes seldom."""
    rng = np.random.default_rng(seed)
    camp = {voter: int(voter % 3 == 0) for voter in range(people)}
    rows = []
    for voter in range(people):
        seldom = voter % 10 == 9
        for statement in range(statements):
            if rng.random() > (0.2 if seldom else 0.85):
                continue
            lean = 0.9 if statement < 6 else (0.9 if (statement % 2) == camp[voter] else 0.12)
            vote = 0 if rng.random() < 0.1 else (1 if rng.random() < lean else -1)
            at = 1_700_000_000_000 + voter * 60_000 + statement * 1000
            if rng.random() < 0.05:
                rows.append((voter, statement, -vote, at - 500))
            rows.append((voter, statement, vote, at))
    votes = pd.DataFrame(rows, columns=["voter", "statement", "vote", "at"])
    often = votes.drop_duplicates(["voter", "statement"])["voter"].value_counts()
    return votes, {voter: camp[voter] for voter in range(people) if often.get(voter, 0) >= 7}


def export(folder: Path, *, variant: str = "consensus", seconds: bool = False, **town_of: int) -> dict[int, float]:
    """Write an export; returns what pol.is would publish as group-informed consensus, per statement."""
    votes, groups = town(**town_of)
    last = votes.drop_duplicates(["voter", "statement"], keep="last")
    count = int(votes["statement"].max()) + 1
    published = {}
    for statement in range(count):
        product = 1.0
        for group in set(groups.values()):
            cast = [
                v
                for p, s, v in last[["voter", "statement", "vote"]].itertuples(index=False)
                if s == statement and groups.get(p) == group
            ]
            product *= (cast.count(1) + 1) / (len(cast) + 2)
        published[statement] = product
    unit = 1000 if seconds else 1
    comments = pd.DataFrame(
        {
            "timestamp": [(1_699_999_000_000 + s * 1000) // unit for s in range(count)],
            "datetime": "Tue Nov 14 22:13:20 UTC 2023",
            "comment-id": range(count),
            "author-id": [s % 5 for s in range(count)],
            "agrees": [int(((votes.statement == s) & (votes.vote == 1)).sum()) for s in range(count)],
            "disagrees": [int(((votes.statement == s) & (votes.vote == -1)).sum()) for s in range(count)],
            "moderated": [-1 if s == count - 1 else 1 for s in range(count)],
            "is-meta": "false",
            "is-seed": ["true" if s < 3 else "false" for s in range(count)],
            "group-informed-consensus": [repr(published[s]) for s in range(count)],
            "comment-body": [TEXTS[s % len(TEXTS)] + f" ({s})" for s in range(count)],
        }
    ).sample(frac=1, random_state=1)
    out = ["is-meta", "is-seed", "group-informed-consensus"] if variant == "datetime" else ["datetime"]
    folder.mkdir(parents=True, exist_ok=True)
    comments.drop(columns=out).to_csv(folder / "comments.csv", index=False)
    pd.DataFrame(
        {
            "timestamp": votes["at"] // unit,
            "datetime": "Tue Nov 14 22:13:20 UTC 2023",
            "comment-id": votes["statement"],
            "voter-id": votes["voter"],
            "vote": votes["vote"],
        }
    ).to_csv(folder / "votes.csv", index=False)
    matrix = last.pivot_table(index="voter", columns="statement", values="vote").astype("Int64")
    matrix.columns = [str(column) for column in matrix.columns]
    head = pd.DataFrame(
        {
            "participant": matrix.index,
            "group-id": pd.array([groups.get(int(v)) for v in matrix.index], dtype="Int64"),
            "n-comments": 0,
            "n-votes": matrix.notna().sum(axis=1).to_numpy(),
            "n-agree": (matrix == 1).sum(axis=1).to_numpy(),
            "n-disagree": (matrix == -1).sum(axis=1).to_numpy(),
        }
    )
    pd.concat([head, matrix.reset_index(drop=True)], axis=1).to_csv(folder / "participants-votes.csv", index=False)
    (folder / "summary.csv").write_text(f"topic,Drukte aan zee\nvoters,{len(matrix)}\ngroups,2\n", "utf-8")
    return published
