"""The command that goes through the action log and tells whether a row was changed, left out or put in."""

import argparse

from language import Language
from response.actions.log import verified
from response.actions.verified_words import verified_sentences


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of this module."""
    found = subparsers.add_parser("verify", help="is the action log as it was written?")
    found.set_defaults(run=_verify)


def _verify(_options: argparse.Namespace, lang: Language) -> int:
    found = verified()
    for sentence in verified_sentences(found, lang):
        print(sentence)
    return 0 if found.broken is None else 1
