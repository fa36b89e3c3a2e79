"""Which way round the votes of an export are: ``agrees`` and ``disagrees`` of its statements tell."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from feedback.groups.opinions import AGREE, DISAGREE

Notice = tuple[str, Mapping[str, object]]
"""A sentence and its values."""

_CLEARLY: Final = 2.0
"""Votes are opposite where the tallies fit so many times better when turned. They never fit exactly: who votes again is
counted twice in some exports."""

_OPPOSITE: Final = (
    "In {file}, votes have the opposite sign of 'agrees' and 'disagrees'. Statement {number} has {agrees} agrees, "
    "and {up} by these votes. They are kept as they are. To turn them round, import the file again with "
    "--invert-votes, under another name."
)
_TURNED: Final = "In {file}, votes were turned as you asked: agree became disagree, and the other way round."
_NOW_OPPOSITE: Final = (
    "In {file}, votes had the sign of 'agrees' and 'disagrees' before they were turned round. Statement {number} "
    "has {agrees} agrees, and now {up} by these votes. Import the file again without --invert-votes, under another "
    "name."
)


def agreeing(
    statements: pd.DataFrame, read: Mapping[str, pd.DataFrame], *, invert: bool
) -> tuple[dict[str, pd.DataFrame], list[Notice]]:
    """Return the votes of each file (its name: ``statement``, ``vote``, …), and what is to be told about their sign.

    ``statements`` has ``number``, ``agrees`` and ``disagrees`` (NaN where unknown). With ``invert`` the files that are
    opposite to these are turned, or all when none is.
    """
    fits = {name: _fit(_tallies(statements, votes)) for name, votes in read.items()}
    opposite = {name for name, (as_they_are, turned) in fits.items() if _CLEARLY * turned < as_they_are}
    alike = {name for name, (as_they_are, turned) in fits.items() if _CLEARLY * as_they_are < turned}
    turned = (opposite or set(read)) if invert else set()
    signed = dict(read)
    notices: list[Notice] = []
    for name in read:
        if name in turned:
            signed[name] = read[name].assign(vote=-read[name]["vote"])
            notices.append((_TURNED, {"file": name}))
            if name in alike:
                notices.append((_NOW_OPPOSITE, _example(name, _tallies(statements, signed[name]))))
        elif name in opposite:
            notices.append((_OPPOSITE, _example(name, _tallies(statements, read[name]))))
    return signed, notices


def _tallies(statements: pd.DataFrame, votes: pd.DataFrame) -> pd.DataFrame:
    """Return ``number, agrees, disagrees`` where both are known, with ``up`` and ``down`` counted from the votes."""
    known = statements.dropna(subset=["agrees", "disagrees"]).set_index("number")
    counted = {
        name: votes.loc[votes["vote"] == vote, "statement"].value_counts().reindex(known.index, fill_value=0)
        for name, vote in (("up", AGREE), ("down", DISAGREE))
    }
    return known[["agrees", "disagrees"]].assign(**counted).reset_index()


def _fit(tallies: pd.DataFrame) -> tuple[float, float]:
    """Return how far the votes are from the tallies as they are, and when turned."""
    agrees, disagrees, up, down = (tallies[name].to_numpy(float) for name in ("agrees", "disagrees", "up", "down"))
    as_they_are = np.abs(agrees - up).sum() + np.abs(disagrees - down).sum()
    return float(as_they_are), float(np.abs(agrees - down).sum() + np.abs(disagrees - up).sum())


def _example(file: str, tallies: pd.DataFrame) -> Mapping[str, object]:
    """Return the statement where the votes differ most from its tally."""
    numbers, agrees, up = (tallies[name].to_numpy(float) for name in ("number", "agrees", "up"))
    worst = int(np.abs(agrees - up).argmax())
    return {"file": file, "number": int(numbers[worst]), "agrees": int(agrees[worst]), "up": int(up[worst])}
