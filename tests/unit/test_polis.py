"""Exports of pol.is are read in both variants, give pol.is's own consensus, and come out again as they went in."""

from pathlib import Path

import pandas as pd
import pytest

from feedback.opinions import last_votes, opinions
from feedback.polis import Conversation, read_conversation, written
from language import UserError, language
from tests.unit.polis_export import export


def found_in(conversation: Conversation):
    ballots = last_votes(conversation.votes, conversation.statements["number"].tolist())
    return opinions(ballots, conversation.groups)


@pytest.mark.parametrize("variant", ["consensus", "datetime"])
def test_the_consensus_is_the_published_one(tmp_path: Path, variant: str) -> None:
    published = export(tmp_path, variant=variant)
    found = found_in(read_conversation(tmp_path))
    assert found.consensus == pytest.approx([published[s] for s in found.ballots.statements], abs=1e-9)
    assert len(found.group_ids) == 2


def test_the_published_figures_are_read_along(tmp_path: Path) -> None:
    published = export(tmp_path)
    conversation = read_conversation(tmp_path)
    assert conversation.topic == "Drukte aan zee"
    assert conversation.statements["consensus"].tolist() == pytest.approx(list(published.values()), abs=1e-12)
    assert conversation.statements["seed"].sum() == 3
    assert "\n" in conversation.statements["text"].iloc[5]


def test_seconds_are_read_as_seconds_and_said(tmp_path: Path) -> None:
    export(tmp_path / "ms")
    export(tmp_path / "s", seconds=True)
    ms, seconds = read_conversation(tmp_path / "ms"), read_conversation(tmp_path / "s")
    assert not ms.notices
    assert "seconden" in seconds.said(language("nl"))[0]
    assert seconds.statements["at"].dt.year.unique().tolist() == [2023]
    # Two votes in one second: the matrix knows which was the last.
    assert found_in(seconds).consensus == pytest.approx(found_in(ms).consensus, abs=1e-12)


@pytest.mark.parametrize(
    ("file", "column"),
    [("comments.csv", "comment-body"), ("votes.csv", "voter-id"), ("participants-votes.csv", "group-id")],
)
def test_missing_columns_are_named(tmp_path: Path, file: str, column: str) -> None:
    export(tmp_path)
    pd.read_csv(tmp_path / file).drop(columns=[column]).to_csv(tmp_path / file, index=False)
    with pytest.raises(UserError, match=f"{file} lacks these columns: {column}"):
        read_conversation(tmp_path)


def test_a_value_out_of_place_is_named_with_its_row(tmp_path: Path) -> None:
    export(tmp_path)
    votes = pd.read_csv(tmp_path / "votes.csv")
    votes.loc[4, "vote"] = 3
    votes.to_csv(tmp_path / "votes.csv", index=False)
    with pytest.raises(UserError, match=r"votes\.csv, row 6: '3' cannot be the vote"):
        read_conversation(tmp_path)


def test_missing_files_and_folders_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        read_conversation(tmp_path / "nowhere")
    export(tmp_path)
    (tmp_path / "votes.csv").unlink()
    assert len(read_conversation(tmp_path).votes)
    (tmp_path / "participants-votes.csv").unlink()
    with pytest.raises(UserError, match=r"no votes\.csv"):
        read_conversation(tmp_path)
    (tmp_path / "comments.csv").unlink()
    with pytest.raises(UserError, match=r"comments\.csv is missing"):
        read_conversation(tmp_path)


def test_a_vote_for_a_statement_that_is_gone_is_left_out_and_said(tmp_path: Path) -> None:
    export(tmp_path)
    comments = pd.read_csv(tmp_path / "comments.csv")
    comments[comments["comment-id"] != 2].to_csv(tmp_path / "comments.csv", index=False)
    conversation = read_conversation(tmp_path)
    assert 2 not in set(conversation.votes["statement"])
    assert "gone" in conversation.said(language("en"))[0]


@pytest.mark.parametrize("variant", ["consensus", "datetime"])
def test_what_is_written_reads_back_the_same(tmp_path: Path, variant: str) -> None:
    export(tmp_path / "in")
    first = read_conversation(tmp_path / "in")
    last = first.votes.drop_duplicates(["voter", "statement"], keep="last")
    files = written(first.topic, first.statements, last, found_in(first), variant=variant)
    (tmp_path / "out").mkdir()
    for name, text in files.items():
        (tmp_path / "out" / name).write_text(text, "utf-8")
    second = read_conversation(tmp_path / "out")
    assert second.statements["text"].tolist() == first.statements["text"].tolist()
    assert (second.groups, second.topic) == (first.groups, first.topic)
    assert found_in(second).consensus == pytest.approx(found_in(first).consensus, abs=1e-12)
    header = files["comments.csv"].splitlines()[0]
    assert ("datetime" in header) is (variant == "datetime")
