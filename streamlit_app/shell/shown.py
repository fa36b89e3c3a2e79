"""What a cell shows, noted while it is drawn, so that it can be kept without being made again in every rerun.

Only how to make a picture is noted. Nothing is made until somebody keeps the cell.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from language.markdown import safe

Specification = dict[str, Any]


@dataclass(frozen=True)
class ShownPicture:
    """How to make a picture, and what it is a picture of: as a Vega-Lite specification for a wide page, or as PNG.

    ``narrow`` makes the specification for a phone, where that is another one.
    """

    make: Callable[[], Specification | bytes]
    alt: str
    narrow: Callable[[], Specification] | None = None


@dataclass(frozen=True)
class Shown:
    """The sentences (Markdown) and pictures of a cell, in the order in which they were drawn."""

    said: list[str] = field(default_factory=list)
    pictures: list[ShownPicture] = field(default_factory=list)


_open: ContextVar[Shown | None] = ContextVar("shown", default=None)


@contextmanager
def collecting() -> Iterator[Shown]:
    """Yield what is shown inside the block."""
    shown = Shown()
    token = _open.set(shown)
    try:
        yield shown
    finally:
        _open.reset(token)


def say(sentences: str) -> None:
    """Show sentences that are a result, so that they are kept with the cell; plain text is shown as it stands."""
    markdown = safe(sentences)
    st.markdown(markdown)
    if shown := _open.get():
        shown.said.append(str(markdown))


def note_picture(
    make: Callable[[], Specification | bytes], alt: str, narrow: Callable[[], Specification] | None = None
) -> None:
    """Note that the open cell shows this picture. Outside a cell nothing happens."""
    if shown := _open.get():
        shown.pictures.append(ShownPicture(make, alt, narrow))
