"""Opinion groups follow the published rules, worked out here by hand or in another way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.groups.opinions import (
    SMALLEST_GROUP,
    Ballots,
    cluster,
    counting,
    hide_small,
    last_votes,
    one_proportion,
    opinions,
    project,
    two_proportions,
)
from tests.unit.polis_export import town


def ballots(rows: list[list[float]]) -> Ballots:
    votes = np.array(rows, dtype=np.float32)
    return Ballots(tuple(range(len(rows))), tuple(range(votes.shape[1])), votes, np.ones(votes.shape[1], dtype=bool))


NO = float("nan")


def test_the_last_vote_counts_and_votes_on_unknown_statements_do_not() -> None:
    votes = pd.DataFrame([("a", 1, 1), ("b", 1, -1), ("a", 1, 0), ("a", 9, 1)], columns=["voter", "statement", "vote"])
    found = last_votes(votes, [1, 2])
    assert found.voters == ("a", "b")
    assert found.votes[:, 0].tolist() == [0, -1]
    assert np.isnan(found.votes[:, 1]).all()


def test_a_voter_counts_from_seven_votes_or_from_all_when_there_are_fewer() -> None:
    assert counting(ballots([[1, 1, NO], [1, 0, -1]])).tolist() == [False, True]
    assert counting(ballots([[1] * 6 + [NO] * 4, [1] * 7 + [NO] * 3])).tolist() == [False, True]


def test_consensus_is_the_product_over_groups_of_the_chance_to_agree() -> None:
    found = opinions(ballots([[1, -1], [1, NO], [0, 1], [NO, 1]]), {0: 4, 1: 4, 2: 9})
    assert found.group_ids == (4, 9)
    assert found.sizes == (2, 1)
    # (A + 1) / (S + 2): group 4 has 2 of 2 and 0 of 1, group 9 has 0 of 1 (a pass) and 1 of 1.
    assert found.consensus == pytest.approx([3 / 4 * 1 / 3, 1 / 3 * 2 / 3], abs=1e-12)
    assert (found.agrees.tolist(), found.disagrees.tolist(), found.passes.tolist()) == ([2, 2], [0, 1], [1, 0])


def test_the_two_tests_of_a_representative_statement() -> None:
    # 18 of 20: 2·√21·(19/21 − ½); against 5 of 30 elsewhere, with one added everywhere.
    assert one_proportion(np.array([18.0]), np.array([20.0]))[0] == pytest.approx(2 * 21**0.5 * (19 / 21 - 0.5))
    p, q, pooled = 19 / 21, 6 / 31, 25 / 52
    expected = (p - q) / (pooled * (1 - pooled) * (1 / 21 + 1 / 31)) ** 0.5
    z = two_proportions(np.array([18.0]), np.array([20.0]), np.array([5.0]), np.array([30.0]))
    assert z[0] == pytest.approx(expected)


def test_what_one_group_stands_for_and_the_other_does_not() -> None:
    rows = [[1, 1, NO if i % 4 else 1] for i in range(20)] + [[1, -1, 0] for _ in range(20)]
    found = opinions(ballots(rows), {i: int(i >= 20) for i in range(40)})
    assert [(s.group, s.agree) for s in found.standing[1]] == [(0, True), (1, False)]
    assert found.standing[0] == ()  # everybody agrees: it tells no group from the other


@pytest.mark.parametrize(("agreeing", "stands"), [(13, True), (12, False)])
def test_more_than_half_must_be_as_sure_as_nine_in_ten(agreeing: int, stands: bool) -> None:
    # 13 of 20: 2·√21·(14/21 − ½) = 1.53; 12 of 20: 1.09; asked is 1.28.
    rows = [[1, 1 if i < agreeing else 0] for i in range(20)] + [[1, -1] for _ in range(20)]
    found = opinions(ballots(rows), {i: int(i >= 20) for i in range(40)})
    assert ((0, True) in {(s.group, s.agree) for s in found.standing[1]}) == stands


@pytest.mark.parametrize(("elsewhere", "stands"), [(18, True), (19, False)])
def test_more_than_among_others_must_be_as_sure_as_nine_in_ten(elsewhere: int, stands: bool) -> None:
    # All 20, against 18 of 20 elsewhere: z = 1.45; against 19: 1.01.
    rows = [[1, 1] for _ in range(20)] + [[0, 1 if i < elsewhere else 0] for i in range(20)]
    found = opinions(ballots(rows), {i: int(i >= 20) for i in range(40)})
    assert ((0, True) in {(s.group, s.agree) for s in found.standing[1]}) == stands


def test_own_groups_find_the_two_camps() -> None:
    votes, camps = town(people=90)
    found = opinions(last_votes(votes, range(18)))
    assert len(found.group_ids) == 2
    placed = [v for v in camps if found.member[found.ballots.voters.index(v)] >= 0]
    ours = np.array([found.member[found.ballots.voters.index(v)] for v in placed])
    theirs = np.array([camps[v] for v in placed])
    assert max((ours == theirs).mean(), (ours != theirs).mean()) > 0.95
    assert list(found.sizes) == sorted(found.sizes, reverse=True)


def test_fewer_than_fifteen_voters_have_no_groups_and_no_consensus() -> None:
    votes, _ = town(people=14)
    found = opinions(last_votes(votes, range(18)))
    assert found.group_ids == ()
    assert np.isnan(found.consensus).all()
    assert found.agrees.sum() > 0


def test_a_statement_that_was_turned_down_does_not_decide_who_votes_alike() -> None:
    votes, _ = town(people=60)
    noise = votes[votes["statement"] == 3].assign(statement=99)
    plain = opinions(last_votes(votes, range(18)))
    out = opinions(last_votes(pd.concat([votes, noise]), [*range(18), 99], left_out=frozenset({99})))
    assert out.member.tolist() == plain.member.tolist()


def test_places_are_stretched_for_who_saw_few_statements() -> None:
    rows = [[1, 1, -1, -1], [-1, -1, 1, 1], [1, 1, -1, -1], [-1, -1, 1, 1], [1, NO, NO, NO]]
    places = project(np.array(rows, dtype=np.float32))
    # One vote of four: the same direction, twice as far as without the stretch.
    assert abs(places[4, 0]) == pytest.approx(abs(places[0, 0]) / 4 * 2, rel=0.35)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(15, 60), st.integers(1, 12))
def test_any_votes_give_groups_that_hold_all_who_count(seed: int, people: int, statements: int) -> None:
    rng = np.random.default_rng(seed)
    votes = rng.choice([1, 0, -1, NO], (people, statements)).astype(np.float32)
    found = opinions(ballots(votes.tolist()))
    again = opinions(ballots(votes.tolist()))
    assert found.member.tolist() == again.member.tolist()
    if found.group_ids:
        assert sum(found.sizes) == counting(found.ballots).sum()
        assert ((found.consensus > 0) & (found.consensus < 1)).all()


def test_everybody_alike_is_one_group() -> None:
    assert set(cluster(np.zeros((20, 2)))) == {0}


def camps(*sizes: int) -> Ballots:
    """Voters of the first camp agree with the first statement only, of the second with the second, and so on."""
    return ballots(
        [[1 if at == camp else -1 for at in range(len(sizes))] for camp, n in enumerate(sizes) for _ in range(n)]
    )


def spots(*sizes: int) -> np.ndarray:
    """So many voters on each of some places that lie far apart."""
    corners = [(0, 0), (10, 0), (0, 10), (10, 10), (5, 30), (30, 5)]
    return np.array([corners[at] for at, n in enumerate(sizes) for _ in range(n)], dtype=float)


@pytest.mark.parametrize(("first", "second", "found"), [(8, 7, 2), (7, 7, 0)])
def test_fifteen_voters_are_enough_for_groups_and_fourteen_are_not(first: int, second: int, found: int) -> None:
    assert len(opinions(camps(first, second)).group_ids) == found


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ((10, 9, 5), (10, 9, 5)),  # nobody is left over
        ((10, 9, 3, 2), (10, 9)),  # five are left over: enough
        ((12, 8, 6, 4), (12, 8)),  # four would be left over, so the smallest that could be shown is not
        ((10, 9, 4), ()),  # then one is left, and the rest could be told from the whole
        ((10, 4), ()),
    ],
)
def test_a_group_is_shown_where_fewer_than_five_cannot_be_counted(
    sizes: tuple[int, ...], shown: tuple[int, ...]
) -> None:
    assert SMALLEST_GROUP == 5
    of = dict(enumerate(camp for camp, n in enumerate(sizes) for _ in range(n)))
    assert hide_small(opinions(camps(*sizes), of)).sizes == shown


def test_the_statement_that_divides_most_has_who_agrees_on_the_right() -> None:
    rows = [[1, 1, 0], [1, 1, 0], [1, 1, 0], [1, NO, NO], [-1, 1, 0], [-1, 1, 0], [-1, 1, 0], [-1, 1, 0]]
    places = project(np.array(rows, dtype=np.float32))
    # Only the first statement differs, so it is the axis; one vote of three is stretched by √3.
    assert places[:, 0] == pytest.approx([1, 1, 1, 3**0.5, -1, -1, -1, -1])
    assert places[:, 1] == pytest.approx(np.zeros(8), abs=1e-9)
    turned = [[-first, *rest] for first, *rest in rows]
    assert project(np.array(turned, dtype=np.float32))[:, 0] == pytest.approx(-places[:, 0])
    against = project(np.array([[1, 0]] * 4 + [[-1, 1]] * 4, dtype=np.float32))  # the second divides less
    assert against[0, 0] > 0 > against[-1, 0]
    unseen = [[*row, NO] for row in rows]  # a statement that nobody saw stretches nobody
    assert project(np.array(unseen, dtype=np.float32)) == pytest.approx(places)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ((8, 7), 2),
        ((9, 8, 6), 3),  # 23 voters: at most 2 + 23 // 12
        ((6, 6, 6, 5), 3),
        ((6, 6, 6, 6), 4),  # 24 voters
        ((20, 20, 20, 20, 20, 20), 5),  # never more than five
    ],
)
def test_as_many_groups_as_stand_apart_within_the_bounds_and_the_largest_first(
    sizes: tuple[int, ...], groups: int
) -> None:
    found = np.bincount(cluster(spots(*sizes)))
    assert len(found) == groups
    assert list(found) == sorted(found, reverse=True)
    if groups == len(sizes):
        assert list(found) == list(sizes)


def test_how_strongly_a_statement_stands_for_a_group_is_the_product_of_four() -> None:
    rows = [[1, 1 if i < 18 else -1] for i in range(20)] + [[-1, 1 if i < 5 else -1] for i in range(20)]
    agree, disagree = opinions(ballots(rows), {i: int(i >= 20) for i in range(40)}).standing[1]
    for stands, said, others in ((agree, 18, 5), (disagree, 15, 2)):
        most, more = (
            test(*(np.array([float(n)]) for n in numbers))[0]
            for test, numbers in ((one_proportion, (said, 20)), (two_proportions, (said, 20, others, 20)))
        )
        chance, elsewhere = (said + 1) / 22, (others + 1) / 22
        assert stands.probability == pytest.approx(chance)
        assert stands.strength == pytest.approx(most * more * chance / elsewhere * chance)


def test_one_group_has_nothing_that_tells_it_from_others() -> None:
    found = opinions(ballots([[1, -1]] * 20), dict.fromkeys(range(20), 0))
    assert found.standing == ((), ())
