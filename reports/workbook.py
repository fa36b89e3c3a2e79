"""The workbook: results that people kept, each with its address, its picture, its figures and the Python behind it.

A workbook is a value; every change gives a new one. ``reports.workbook_store`` keeps it.
"""

from base64 import b64encode
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from math import isnan
from typing import Annotated, Final, Literal, Self
from uuid import uuid4

import pandas as pd
from pydantic import AfterValidator, AwareDatetime, Base64Bytes, BaseModel, ConfigDict, Field, StringConstraints

from language import UserError
from language.visible import one_line, visible

MOST_RESULTS: Final = 60
LONGEST_TITLE: Final = 120
LONGEST_NOTE: Final = 2000
LARGEST_PICTURE: Final = 1_000_000
"""Bytes of PNG. The largest of this project's pictures is a fifth of it."""
MOST_ROWS: Final = 100
"""Rows of figures that are kept to read. All of them are made again by the notebook."""

Title = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE), AfterValidator(one_line)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_NOTE), AfterValidator(visible)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Picture(_Value):
    """A picture (PNG) and what it is a picture of, for who does not see it.

    ``narrow``: the same drawn for a phone, where the wide one could not be read.
    """

    png: Base64Bytes
    alt: str
    narrow: Base64Bytes | None = None

    @classmethod
    def of(cls, png: bytes, alt: str, narrow: bytes | None = None) -> Self:
        """Take a picture. Raises ``UserError`` when it is too large."""
        if max(len(png), len(narrow or b"")) > LARGEST_PICTURE:
            raise UserError("This picture is too large for a workbook.")
        return cls(png=b64encode(png), alt=alt, narrow=b64encode(narrow) if narrow else None)


class Figures(_Value):
    """The first rows of the figures behind a result, as texts, and how many rows there are in all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = Field(max_length=MOST_ROWS)
    total: int

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Self:
        """Take the figures from a frame."""
        shown = frame.head(MOST_ROWS)
        rows = tuple(tuple(_written(value) for value in row) for row in shown.itertuples(index=False))
        return cls(columns=tuple(map(str, frame.columns)), rows=rows, total=len(frame))


class Kept(_Value):
    """One result, as it was when somebody kept it.

    - ``cell``, ``page`` and ``address`` (query parameters) say where it stands in the app; the address holds area,
      moment, snapshot, scenario, thresholds and what else was chosen
    - ``title``, ``why``, ``method``, ``origin`` (a sentence each, in ``language``) and ``sources`` say what it is
    - ``said`` (Markdown), ``pictures`` and ``figures`` are what it shows; ``simulated``: it is made from demo data
    - ``setup`` and ``code``: Python that makes it again and leaves it in ``result``. Results with the same
      ``setup`` share it.
    """

    id: str = Field(default_factory=lambda: uuid4().hex)
    kept_at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    language: str
    cell: str
    page: str
    address: Mapping[str, str]
    area: str
    area_name: str
    snapshot: str | None
    simulated: bool
    title: str
    why: str
    method: str
    origin: str
    sources: tuple[str, ...]
    said: tuple[str, ...]
    pictures: tuple[Picture, ...]
    figures: Figures | None
    setup: str
    code: str
    note: Note = ""


class Workbook(_Value):
    """Kept results in the order in which their owner wants to tell them."""

    version: Literal[1] = 1
    title: Title = ""
    begun: AwareDatetime
    changed: AwareDatetime
    kept: tuple[Kept, ...] = Field(default=(), max_length=MOST_RESULTS)

    @classmethod
    def empty(cls) -> Self:
        """Return a workbook without results, begun now."""
        now = datetime.now(UTC)
        return cls(begun=now, changed=now)

    @property
    def simulated(self) -> bool:
        """Whether any result is made from demo data."""
        return any(kept.simulated for kept in self.kept)

    @property
    def order(self) -> tuple[str, ...]:
        """The ids of the results, in their order."""
        return tuple(kept.id for kept in self.kept)

    def note_of(self, kept_id: str) -> str | None:
        """Return the note at a result, ``None`` when it is not in here."""
        return next((kept.note for kept in self.kept if kept.id == kept_id), None)

    def seen_by(self, area_ids: Collection[str]) -> Self:
        """Return the workbook with the results of these areas only, for who may see no others."""
        return self.model_copy(update={"kept": tuple(kept for kept in self.kept if kept.area in area_ids)})

    def titled(self, title: str) -> Self:
        """Return the workbook with another title. Raises ``UserError`` when it is too long."""
        if len(title.strip()) > LONGEST_TITLE:
            raise UserError("This title is too long. Use at most {n} characters.", n=LONGEST_TITLE)
        return self._changed(title=one_line(title))

    def adding(self, kept: Kept) -> Self:
        """Return the workbook with one more result, at the end. Raises ``UserError`` when it is full."""
        if len(self.kept) >= MOST_RESULTS:
            raise UserError(
                "This workbook is full: it holds {n} results. Remove one, or begin a new workbook.", n=MOST_RESULTS
            )
        return self._changed(kept=(*self.kept, kept))

    def without(self, kept_id: str) -> Self:
        """Return the workbook without a result. One that is gone already stays gone."""
        return self._changed(kept=tuple(kept for kept in self.kept if kept.id != kept_id))

    def noting(self, kept_id: str, note: str) -> Self:
        """Return the workbook with another note at a result. Raises ``UserError`` when it is too long."""
        if len(note.strip()) > LONGEST_NOTE:
            raise UserError("This note is too long. Use at most {n} characters.", n=LONGEST_NOTE)
        seen = visible(note).strip()
        return self._changed(kept=self._each(kept_id, lambda kept: kept.model_copy(update={"note": seen})))

    def moving(self, kept_id: str, by: int) -> Self:
        """Return the workbook with a result moved ``by`` places (negative: up), at most to an end."""
        ids = self.order
        if kept_id not in ids:
            return self
        rest = [kept for kept in self.kept if kept.id != kept_id]
        place = min(max(ids.index(kept_id) + by, 0), len(rest))
        rest.insert(place, self.kept[ids.index(kept_id)])
        return self._changed(kept=tuple(rest))

    def _each(self, kept_id: str, change: Callable[[Kept], Kept]) -> tuple[Kept, ...]:
        return tuple(change(kept) if kept.id == kept_id else kept for kept in self.kept)

    def _changed(self, **fields: object) -> Self:
        return self.model_copy(update={**fields, "changed": datetime.now(UTC)})


def _written(value: object) -> str:
    """Return a figure as people read it: no more digits than a number of people or a chance needs."""
    if isinstance(value, float):
        if isnan(value):
            return ""
        size = abs(value)
        return f"{value:.{0 if size >= 100 else 1 if size >= 1 else 3}f}"
    return "" if value is None or value is pd.NA else str(value)
