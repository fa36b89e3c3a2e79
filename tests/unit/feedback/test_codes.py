"""Codes: hard to guess, easy to type, and nothing in the database opens anything."""

import subprocess
import sys
from math import log2
from pathlib import Path

import pytest

from feedback.people import codes


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_HOME", str(tmp_path))


def test_a_code_has_more_than_fifty_bits_and_words_that_can_be_typed() -> None:
    assert len(set(codes.words())) == len(codes.words())
    assert codes.WORDS * log2(len(codes.words())) > 50
    assert all(word == codes.normalised(word) and 3 <= len(word) <= 12 for word in codes.words())
    assert len(codes.new_code().split("-")) == codes.WORDS
    assert len({codes.new_code() for _ in range(1000)}) == 1000


def test_there_are_enough_words_for_fifty_five_bits() -> None:
    assert codes.WORDS * log2(len(codes.words())) >= 55


def test_a_secret_has_one_code_and_one_pseudonym_here_and_others_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, person = codes.code_of("phone"), codes.pseudonym("phone")
    assert (codes.code_of("phone"), codes.pseudonym("phone")) == (code, person)
    assert len({codes.code_of(str(number)) for number in range(500)}) == 500
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "elsewhere"))
    assert codes.code_of("phone") != code
    assert codes.pseudonym("phone") != person


def test_short_codes_spell_no_words_and_have_no_lookalikes() -> None:
    assert not set("aeiouyl01") & set(codes.SHORT_LETTERS)
    assert len(codes.short_code()) == 6


@pytest.mark.parametrize("typed", ["Duin Lepel", "duin-lepel", " DUIN–LEPEL. ", "duin\u200blepel", "ｄuin_lepel"])
def test_a_code_may_be_typed_in_many_ways(typed: str) -> None:
    assert codes.keyed_code("x", typed) == codes.keyed_code("x", "duin-lepel")
    assert codes.keyed_code("x", typed) != codes.keyed_code("x", "duin-lepels")


def test_hashes_differ_by_purpose_and_by_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = codes.keyed("a", "text")
    assert codes.keyed("a", "text") == here != codes.keyed("b", "text")
    monkeypatch.setenv("CSM_HOME", str(tmp_path / "elsewhere"))
    assert codes.keyed("a", "text") != here


def test_only_the_owner_can_read_the_key(tmp_path: Path) -> None:
    codes.secret_key()
    key = tmp_path / "secrets" / "codes.key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.parent.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in key.parent.iterdir()] == ["codes.key"]


def test_processes_that_start_at_once_share_one_key() -> None:
    command = [sys.executable, "-c", "from feedback.people.codes import keyed; print(keyed('a', 'text'))"]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = {process.communicate(timeout=60)[0] for process in started}
    assert said == {f"{codes.keyed('a', 'text')}\n"}
