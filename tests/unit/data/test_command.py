"""What every command does: one language a run, and no word when its reader has gone."""

import argparse
import os
import subprocess
import sys
from argparse import ArgumentParser
from errno import EPIPE
from importlib import import_module

import pytest

from data.keeping.command import ENDED_BY_READER, run
from language import Language

ROOMS = ("data", "forecasting", "feedback", "visuals", "reports")


@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [(("areas",), ""), (("areas",), "1"), (("check", "--area", "auckland"), "1")],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value,
)
def test_it_ends_quietly_when_nobody_reads_on(words: tuple[str, ...], unbuffered: str) -> None:
    pipe = subprocess.Popen(
        [sys.executable, "-m", "data", *words],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert pipe.stdout is not None
    assert pipe.stderr is not None
    with pipe:
        pipe.stdout.close()
        assert pipe.stderr.read() == b""
        assert pipe.wait() == ENDED_BY_READER


def test_another_pipe_that_breaks_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_options: argparse.Namespace, _lang: Language) -> None:
        raise BrokenPipeError(EPIPE, "Broken pipe", "worker")

    parser = ArgumentParser()
    parser.set_defaults(run=fail, lang="nl")
    assert run(parser, []) == 2
    assert "worker" in capsys.readouterr().err


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("room", ROOMS)
def test_all_commands_answer_in_the_language_of_the_console(
    room: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSM_LANG", code)
    parser = import_module(f"{room}.__main__")._parser()
    commands = next(one for one in parser._actions if isinstance(one, argparse._SubParsersAction)).choices
    assert commands
    for name, command in commands.items():
        told = command.get_default("lang")
        assert (parser.get_default("lang") if told in (None, argparse.SUPPRESS) else told) == code, name
