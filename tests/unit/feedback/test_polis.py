"""Exports of pol.is are read in both variants, give pol.is's own consensus, and come out again as they went in."""

import re
from pathlib import Path

import pandas as pd
import pytest

from feedback.groups.opinions import last_votes, opinions
from feedback.groups.polis import Conversation, read_conversation
from feedback.groups.polis_writing import written
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


def turned(folder: Path, *files: str) -> None:
    """Give the votes in these files the opposite sign."""
    for name in files:
        table = pd.read_csv(folder / name, dtype=str, keep_default_na=False)
        columns = ["vote"] if "vote" in table else [column for column in table if column.isdigit()]
        for column in columns:
            table[column] = table[column].map({"1": "-1", "-1": "1", "0": "0", "": ""})
        table.to_csv(folder / name, index=False)


@pytest.mark.parametrize("prefix", ["", "2026-11-01-r7abc-", "Drukte_"])
def test_files_are_found_by_their_ending(tmp_path: Path, prefix: str) -> None:
    export(tmp_path / "plain")
    expected = read_conversation(tmp_path / "plain")
    for name in ("comments.csv", "votes.csv", "participants-votes.csv", "summary.csv"):
        (tmp_path / "plain" / name).rename(tmp_path / "plain" / f"{prefix}{name}")
    found = read_conversation(tmp_path / "plain")
    assert found.topic == expected.topic
    assert found.groups == expected.groups
    pd.testing.assert_frame_equal(found.votes, expected.votes)


def test_participant_votes_are_no_votes(tmp_path: Path) -> None:
    export(tmp_path)
    (tmp_path / "votes.csv").unlink()
    (tmp_path / "participants-votes.csv").rename(tmp_path / "a-participant-votes.csv")
    assert len(read_conversation(tmp_path).groups)


def test_two_conversations_in_one_folder_are_refused(tmp_path: Path) -> None:
    export(tmp_path)
    for name in ("a-comments.csv", "b-comments.csv"):
        (tmp_path / name).write_bytes((tmp_path / "comments.csv").read_bytes())
    assert read_conversation(tmp_path)  # comments.csv itself goes first
    (tmp_path / "comments.csv").unlink()
    with pytest.raises(UserError, match=r"several files that end with comments\.csv: a-comments\.csv, b-comments"):
        read_conversation(tmp_path)


@pytest.mark.parametrize(
    "files", [("votes.csv",), ("participants-votes.csv",), ("votes.csv", "participants-votes.csv")]
)
def test_an_opposite_sign_is_told_and_turned_when_asked(tmp_path: Path, files: tuple[str, ...]) -> None:
    export(tmp_path)
    plain = read_conversation(tmp_path)
    assert not plain.notices
    turned(tmp_path, *files)
    found = read_conversation(tmp_path)
    assert [notice[1]["file"] for notice in found.notices] == list(files)
    for said, spoken in zip(found.said(language("en")), found.said(language("nl")), strict=True):
        assert "opposite sign of 'agrees'" in said
        assert "--invert-votes" in said
        assert "omgekeerde teken" in spoken
    mended = read_conversation(tmp_path, invert=True)
    pd.testing.assert_frame_equal(mended.votes, plain.votes)
    assert all("turned as you asked" in sentence for sentence in mended.said(language("en")))
    assert all("omgekeerd, zoals u vroeg" in sentence for sentence in mended.said(language("nl")))


def test_turning_what_was_right_is_told_too(tmp_path: Path) -> None:
    export(tmp_path)
    found = read_conversation(tmp_path, invert=True)
    assert sum("before they were turned" in sentence for sentence in found.said(language("en"))) == 2
    assert sum("tot ze werden omgekeerd" in sentence for sentence in found.said(language("nl"))) == 2
    assert (found.votes["vote"] == -read_conversation(tmp_path).votes["vote"]).all()


def test_few_votes_that_fit_either_way_are_not_judged(tmp_path: Path) -> None:
    export(tmp_path, people=9, statements=3, seed=1)
    comments = pd.read_csv(tmp_path / "comments.csv")
    comments.assign(agrees=4, disagrees=4).to_csv(tmp_path / "comments.csv", index=False)
    assert not read_conversation(tmp_path).notices
    comments.assign(agrees="?", disagrees="").to_csv(tmp_path / "comments.csv", index=False)
    assert not read_conversation(tmp_path).notices


def test_the_example_in_the_docs_is_read_as_it_stands(tmp_path: Path) -> None:
    docs = (Path(__file__).parents[3] / "docs/data-formats.md").read_text("utf-8")
    for name, text in re.findall(r"^```csv (\S+-r1-\S+)\n(.*?)^```$", docs, re.MULTILINE | re.DOTALL):
        (tmp_path / name).write_text(text, "utf-8")
    found = read_conversation(tmp_path)
    assert (found.statements["text"].tolist(), found.votes["vote"].tolist()) == (
        ["Op drukke dagen\nmoet de boulevard autovrij zijn."],
        [1, -1],
    )
