"""Reading a ``playbook.toml``: cards, actors and kinds of business, each fault with its file and line."""

import re
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from data.area.area import Area
from data.area.measures import Measures
from data.keeping.toml_file import read_toml
from response.cards.card import Actor, Business, Card, Playbook
from response.cards.checking import CardError, Fault, business_faults, card_error, faults

FILE: Final = "playbook.toml"
_BLOCK: Final = re.compile(r"^\s*\[\[\s*(\w+)\s*\]\]")
_TABLE: Final = re.compile(r"^\s*\[\s*card\s*\.\s*([\w.\s]+?)\s*\]")


def read_file(path: Path, area: Area, measures: Measures) -> Playbook:
    """Return the playbook of a file.

    Raises ``UserError`` that says in a sentence which line is wrong and what to do.
    """
    content = read_toml(path)
    lines = _Lines(path.read_text("utf-8"))
    for key in sorted(set(content) - {"card", "actor", "business"}):
        error = CardError("'{key}' is not known here. A playbook has [[card]], [[actor]] and [[business]].", key=key)
        raise error.at(path, lines.of_key(key))
    actors = tuple(_actor(one, index, path, lines) for index, one in enumerate(_tables(content, "actor", path, lines)))
    cards = tuple(_card(one, index, path, lines) for index, one in enumerate(_tables(content, "card", path, lines)))
    kinds = tuple(
        _business(one, index, path, lines) for index, one in enumerate(_tables(content, "business", path, lines))
    )
    playbook = Playbook(cards=cards, actors=actors, businesses=kinds)
    for block, found in (("business", business_faults(playbook, area)), ("card", faults(playbook, area, measures))):
        first: Fault | None = next(found, None)
        if first is not None:
            index, key, error = first
            raise error.at(path, lines.of(block, index, key))
    return playbook


def _tables(content: dict[str, Any], name: str, path: Path, lines: "_Lines") -> list[dict[str, Any]]:
    found = content.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise CardError("Write '{key}' as [[{key}]].", key=name).at(path, lines.of_key(name))
    return found


def _card(values: dict[str, Any], index: int, path: Path, lines: "_Lines") -> Card:
    try:
        return Card.model_validate(values)
    except ValidationError as error:
        key, found = card_error(error, str(values.get("id", index + 1)))
        raise found.at(path, lines.of("card", index, key)) from error


def _actor(values: dict[str, Any], index: int, path: Path, lines: "_Lines") -> Actor:
    try:
        return Actor.model_validate(values)
    except ValidationError as error:
        key = ".".join(str(step) for step in error.errors()[0]["loc"])
        found = CardError("An [[actor]] has an id of lower-case letters, and names. '{key}' is not right.", key=key)
        raise found.at(path, lines.of("actor", index, key)) from error


def _business(values: dict[str, Any], index: int, path: Path, lines: "_Lines") -> Business:
    try:
        return Business.model_validate(values)
    except ValidationError as error:
        key = ".".join(str(step) for step in error.errors()[0]["loc"])
        found = CardError(
            "A [[business]] has an id of small letters, names, an actor and places. '{key}' is not right.", key=key
        )
        raise found.at(path, lines.of("business", index, key)) from error


class _Lines:
    """Where things stand in a file: which line a table of cards begins on, and a key within it."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._blocks = [(number, found[1]) for number, line in enumerate(self._lines) if (found := _BLOCK.match(line))]

    def of(self, block: str, index: int, key: str) -> int:
        """Return the line (from 1) of a key of the ``index``-th table; that of the table where it has no such key."""
        starts = [number for number, name in self._blocks if name == block]
        if index >= len(starts):
            return self.of_key(block)
        start = starts[index]
        end = min((number for number, _ in self._blocks if number > start), default=len(self._lines))
        steps = [step for step in key.split(".") if not step.isdigit()]
        best = start
        while steps:
            inside = [number for number in range(best, end) if self._names(number, steps[0])]
            if not inside:
                break
            best, steps = inside[0], steps[1:]
        return best + 1

    def of_key(self, key: str) -> int:
        """Return the line (from 1) on which a key or table of this name stands first."""
        inside = (number for number in range(len(self._lines)) if self._names(number, key))
        return next(inside, 0) + 1

    def _names(self, number: int, key: str) -> bool:
        line = self._lines[number]
        table = _TABLE.match(line) or _BLOCK.match(line) or re.match(r"^\s*\[\s*([\w-]+)", line)
        if table and table[1].split(".")[-1].strip() == key:
            return True
        return bool(re.match(rf'^\s*"?{re.escape(key)}"?\s*[=.]', line))
