"""CSV files for others: what is opened in a spreadsheet computes nothing and asks nobody anything."""

import re
from typing import Final

import pandas as pd

from language import Language

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_BLANK: Final = re.compile(r"^[\s\ufeff]+")
"""What spreadsheets pass over before they look for a formula: every kind of space."""


def csv_text(
    frame: pd.DataFrame, *, lines: str = "\n", decimals: str | None = None, cells: str = ",", point: str = "."
) -> str:
    """Return a table as CSV without its index: no text and no name of a column is a formula.

    ``lines`` is what ends a line, ``decimals`` a format of numbers such as ``%.1f``; ``cells`` stands between
    two cells, ``point`` before the decimals of a number.
    """
    safe = frame.copy()
    for place, kind in enumerate(frame.dtypes):
        if not (pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_datetime64_any_dtype(kind)):
            safe.isetitem(place, frame.iloc[:, place].astype(object).map(_cell).array)
    safe.columns = pd.Index([_cell(name) for name in frame.columns])
    return str(safe.to_csv(index=False, lineterminator=lines, float_format=decimals, sep=cells, decimal=point))


def spreadsheet_csv(frame: pd.DataFrame, lang: Language) -> bytes:
    """Return a table as a CSV file that a spreadsheet in the reader's language opens as columns and numbers.

    A Dutch one has semicolons between the cells and a comma before the decimals, for that is what a Dutch spreadsheet
    reads. Any begins with a byte order mark, without which letters such as ë come out wrong.
    """
    cells, point = (";", ",") if lang.number(0.5, 1) == "0,5" else (",", ".")
    return csv_text(frame, lines="\r\n", cells=cells, point=point).encode("utf-8-sig")


def _cell(value: object) -> object:
    """Return a value without a carriage return, which is not quoted and would begin a new row for a spreadsheet."""
    safe = defused(value)
    return safe.replace("\r\n", "\n").replace("\r", "\n") if isinstance(safe, str) else safe


def defused(value: object) -> object:
    """Return a value for a CSV file that no spreadsheet takes for a formula; only texts change."""
    if isinstance(value, str) and (value.startswith(_FORMULA) or _BLANK.sub("", value).startswith(_FORMULA)):
        return f"'{value}"
    return value


def reassembled(value: str) -> str:
    """Return what :func:`defused` was given: the inverse, for reading a CSV file back in."""
    return value[1:] if value.startswith("'") and defused(value[1:]) != value[1:] else value
