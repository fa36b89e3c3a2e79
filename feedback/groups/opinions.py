"""Opinion groups: who votes alike, what every group agrees with, and what each group stands for.

The rules are those that pol.is publishes (Small et al. 2021, *Polis: scaling deliberation by mapping high
dimensional opinion spaces*). Only the last vote of a voter on a statement counts. Pure code: no store, no names.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AGREE: Final = 1
DISAGREE: Final = -1
PASS: Final = 0

ENOUGH_VOTERS: Final = 15
"""Below this, no groups are looked for: a handful of people would be recognised in them."""
SMALLEST_GROUP: Final = 5
"""Groups below this are not shown in anything published."""
ENOUGH_VOTES: Final = 7
"""A voter takes part in the groups from this many votes, or from all statements when there are fewer."""
SURE: Final = 1.2816
"""The 90 % point of the normal distribution: a statement stands for a group when both its tests pass this."""
MOST_GROUPS: Final = 5
VOTERS_A_GROUP: Final = 12
JUDGED: Final = 1500


@dataclass(frozen=True)
class Ballots:
    """The last vote of every voter on every statement.

    ``votes``: voters × statements, 1 agree, -1 disagree, 0 pass, NaN not voted. ``grouping`` says which statements
    count for who votes alike: those that were turned down, or are about the person, do not.
    """

    voters: tuple[Hashable, ...]
    statements: tuple[Hashable, ...]
    votes: NDArray[np.float32]
    grouping: NDArray[np.bool_]


@dataclass(frozen=True)
class Standing:
    """A statement stands for a group: the group's chance to ``agree`` (or disagree), and how sure that is."""

    group: int
    agree: bool
    probability: float
    strength: float


@dataclass(frozen=True)
class Opinions:
    """What was found. Arrays have one row a group, or one element a statement.

    ``member``: position in ``group_ids`` of each voter's group, -1 for none. ``places``: voters × 2, where each
    voter stands on the map (NaN for those who do not count; all NaN with groups that came from elsewhere).
    ``agrees``, ``disagrees``, ``passes`` are of all voters; ``seen`` and ``likely`` (the chance to agree) and
    ``unlikely`` (to disagree) are groups × statements. ``consensus`` is NaN when there are no groups.
    """

    ballots: Ballots
    group_ids: tuple[int, ...]
    member: NDArray[np.intp]
    places: Floats
    agrees: NDArray[np.intp]
    disagrees: NDArray[np.intp]
    passes: NDArray[np.intp]
    seen: NDArray[np.intp]
    likely: Floats
    unlikely: Floats
    consensus: Floats
    standing: tuple[tuple[Standing, ...], ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many voters each group has."""
        return tuple(int((self.member == position).sum()) for position in range(len(self.group_ids)))

    @property
    def participants(self) -> int:
        """How many people voted at least once."""
        return int((~np.isnan(self.ballots.votes)).any(axis=1).sum())


def last_votes(
    votes: pd.DataFrame, statements: Sequence[Hashable], *, left_out: frozenset[Hashable] = frozenset()
) -> Ballots:
    """Make ballots of ``votes`` (columns ``voter``, ``statement``, ``vote``; the later row of two counts).

    Votes on statements that are not in ``statements`` are ignored. ``left_out`` do not count for the groups.
    """
    known = votes[votes["statement"].isin(list(statements))]
    last = known.drop_duplicates(["voter", "statement"], keep="last")
    rows, voters = pd.factorize(last["voter"], sort=True)
    columns = pd.Index(list(statements), dtype=object).get_indexer(pd.Index(last["statement"], dtype=object))
    matrix = np.full((len(voters), len(statements)), np.nan, dtype=np.float32)
    matrix[rows, columns] = last["vote"].to_numpy(dtype=np.float32)
    grouping = np.array([statement not in left_out for statement in statements], dtype=bool)
    return Ballots(tuple(voters), tuple(statements), matrix, grouping)


def opinions(ballots: Ballots, groups: Mapping[Hashable, int] | None = None) -> Opinions:
    """Find the groups and what they think. ``groups`` (voter: group) are taken as they are when given.

    With fewer than 15 voters there are no groups of our own, and so no consensus.
    """
    places = np.full((len(ballots.voters), 2), np.nan)
    if groups is None:
        member, places = _found(ballots)
        ids = tuple(range(int(member.max(initial=-1)) + 1))
    else:
        ids = tuple(sorted(set(groups.values())))
        position = {group: index for index, group in enumerate(ids)}
        member = np.array([position[groups[v]] if v in groups else -1 for v in ballots.voters], dtype=np.intp)
    return _described(ballots, ids, member, places)


def hide_small(found: Opinions, *, row_by_row: bool = False) -> Opinions:
    """Return opinions fit to be published: groups below five people are gone, and nothing follows about them.

    Who is in a group that is not shown could be counted by subtracting those that are. So as long as that would leave
    fewer than five, the smallest group is not shown either. With ``row_by_row`` (every participant has a row) the rest
    that must not be so small is everybody without a group, also who voted too little to be in one. When fewer than two
    groups remain there are none, for the rest could be told from the whole.
    """
    sizes = dict(zip(found.group_ids, found.sizes, strict=True))
    kept = sorted((id_ for id_, size in sizes.items() if size >= SMALLEST_GROUP), key=lambda id_: (-sizes[id_], id_))
    everybody = found.participants if row_by_row else sum(sizes.values())
    while kept and 0 < everybody - sum(sizes[id_] for id_ in kept) < SMALLEST_GROUP:
        kept.pop()
    if len(kept) == len(sizes):
        return found
    of_voter: dict[Hashable, int] = {
        voter: found.group_ids[member]
        for voter, member in zip(found.ballots.voters, found.member, strict=True)
        if member >= 0 and found.group_ids[member] in kept
    }
    again = opinions(found.ballots, of_voter if len(kept) > 1 else {})
    places = np.where((again.member >= 0)[:, None], found.places, np.nan)
    return replace(again, places=places)


def counting(ballots: Ballots) -> NDArray[np.bool_]:
    """Return which voters voted often enough to be placed: min(7, number of statements) votes."""
    voted = (~np.isnan(ballots.votes[:, ballots.grouping])).sum(axis=1)
    enough: NDArray[np.bool_] = voted >= max(1, min(ENOUGH_VOTES, int(ballots.grouping.sum())))
    return enough


def _found(ballots: Ballots) -> tuple[NDArray[np.intp], Floats]:
    counts = counting(ballots)
    member = np.full(len(ballots.voters), -1, dtype=np.intp)
    places = np.full((len(ballots.voters), 2), np.nan)
    if counts.sum() < ENOUGH_VOTERS:
        return member, places
    placed = project(ballots.votes[np.ix_(counts, ballots.grouping)])
    places[counts] = placed
    member[counts] = cluster(placed)
    return member, places


def project(votes: NDArray[np.float32]) -> Floats:
    """Place voters (rows) on two axes: principal components, missing votes taken as the statement's mean.

    A voter who saw few statements would lie near the middle only for that reason, so each place is stretched by
    √(statements / votes). The sign of an axis is fixed, so that the same votes give the same map.
    """
    from sklearn.decomposition import PCA
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    seen = ~np.isnan(votes)
    votes = votes[:, seen.any(axis=0)].astype(np.float64)
    seen = ~np.isnan(votes)
    filled = np.where(seen, votes, np.nanmean(votes, axis=0))
    axes = min(2, *filled.shape)
    # One thread: on a busy server threads that wait for each other take many times as long.
    with threadpool_limits(1):
        found = PCA(axes, svd_solver="covariance_eigh" if len(filled) > 1 else "full").fit(filled)
    largest = np.abs(found.components_).argmax(axis=1)
    signs = np.where(found.components_[np.arange(axes), largest] < 0, -1.0, 1.0)
    placed = found.transform(filled) * signs * np.sqrt(votes.shape[1] / seen.sum(axis=1))[:, None]
    return np.hstack([placed, np.zeros((len(placed), 2 - axes))])


def cluster(places: Floats) -> NDArray[np.intp]:
    """Divide places (n × 2) into 2 to min(5, 2 + n/12) groups, as many as stand apart best; largest first.

    Standing apart is the mean silhouette (Rousseeuw 1987). When all stand on one place there is one group.
    """
    from sklearn.cluster import KMeans
    from sklearn.metrics import silhouette_score
    from threadpoolctl import threadpool_limits

    distinct = len(np.unique(places.round(9), axis=0))
    if distinct < 2:
        return np.zeros(len(places), dtype=np.intp)
    most = min(MOST_GROUPS, 2 + len(places) // VOTERS_A_GROUP, distinct)
    # All distances of thousands of voters take longer than everything else; this many say the same.
    judged = np.random.default_rng(0).permutation(len(places))[:JUDGED]
    best, labels = -np.inf, np.zeros(len(places), dtype=np.intp)
    for k in range(2, most + 1):
        # One thread, as above.
        with threadpool_limits(1):
            tried = KMeans(k, n_init=10, random_state=0).fit_predict(places)
        among = len(np.unique(tried[judged]))
        score = silhouette_score(places[judged], tried[judged]) if 1 < among < len(judged) else -1.0
        if score > best:
            best, labels = score, tried
    order = np.argsort(-np.bincount(labels), kind="stable")
    return np.argsort(order)[labels].astype(np.intp)


def _described(ballots: Ballots, ids: tuple[int, ...], member: NDArray[np.intp], places: Floats) -> Opinions:
    agree, disagree = ballots.votes == AGREE, ballots.votes == DISAGREE
    voted = ~np.isnan(ballots.votes)
    inside = (member[None, :] == np.arange(len(ids))[:, None]).astype(np.float32)
    yes, no, seen = (np.rint(inside @ kind.astype(np.float32)).astype(np.intp) for kind in (agree, disagree, voted))
    likely, unlikely = (yes + 1) / (seen + 2), (no + 1) / (seen + 2)
    consensus = likely.prod(axis=0) if ids else np.full(len(ballots.statements), np.nan)
    return Opinions(
        ballots,
        ids,
        member,
        places,
        agree.sum(axis=0),
        disagree.sum(axis=0),
        (voted & ~agree & ~disagree).sum(axis=0),
        seen,
        likely,
        unlikely,
        consensus,
        _representative(ids, yes, no, seen),
    )


def one_proportion(successes: Floats, trials: Floats) -> Floats:
    """Return z of 'more than half', with one success added (the test that pol.is publishes)."""
    found: Floats = 2 * np.sqrt(trials + 1) * ((successes + 1) / (trials + 1) - 0.5)
    return found


def two_proportions(successes: Floats, trials: Floats, others: Floats, other_trials: Floats) -> Floats:
    """Return z of 'more than among the others' (pooled), with one success and one trial added on both sides."""
    first, second = (successes + 1) / (trials + 1), (others + 1) / (other_trials + 1)
    pooled = (successes + others + 2) / (trials + other_trials + 2)
    spread = pooled * (1 - pooled) * (1 / (trials + 1) + 1 / (other_trials + 1))
    return np.divide(first - second, np.sqrt(spread), out=np.zeros_like(first), where=spread > 0)


def _representative(
    ids: tuple[int, ...], yes: NDArray[np.intp], no: NDArray[np.intp], seen: NDArray[np.intp]
) -> tuple[tuple[Standing, ...], ...]:
    """Per statement, the groups it stands for: agreed with (or not) by most of them, and more than by others."""
    trials = seen.astype(np.float64)
    rest = trials.sum(axis=0) - trials
    strength = np.full((2, *yes.shape), -np.inf)
    chance = np.zeros_like(strength)
    for side, said in enumerate((yes.astype(np.float64), no.astype(np.float64))):
        others = said.sum(axis=0) - said
        most, more = one_proportion(said, trials), two_proportions(said, trials, others, rest)
        chance[side] = (said + 1) / (trials + 2)
        ratio = chance[side] / ((others + 1) / (rest + 2))
        strength[side] = np.where((most > SURE) & (more > SURE), most * more * ratio * chance[side], -np.inf)
    found = []
    for statement in range(yes.shape[1]):
        standing = []
        for group, group_id in enumerate(ids):
            side = int(strength[1, group, statement] > strength[0, group, statement])
            if strength[side, group, statement] > 0 and len(ids) > 1:
                standing.append(
                    Standing(
                        group_id,
                        side == 0,
                        float(chance[side, group, statement]),
                        float(strength[side, group, statement]),
                    )
                )
        found.append(tuple(standing))
    return tuple(found)
