"""Dates and hours that stand in two columns, brought together as one text for each moment."""

import re
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from data.doubts.doubt import Doubt
from data.tables.table import Table
from data.tables.unknown import UNKNOWN
from language import Language

Encoded = tuple[npt.NDArray[np.int32], pa.Array]

_HOUR: Final = re.compile(r"(\d{1,2})(?:\.0+)?\s*(?:[hu]|uur|uhr)?", re.IGNORECASE)
_FROM_TO: Final = re.compile(r"(\d{1,2})\s*(?:[-–—]|tot|to|bis)\s*\d{1,2}(?:\s*(?:[hu]|uur|uhr))?", re.IGNORECASE)
_MIDNIGHT: Final = r"[T ]0?0:00(:00(\.0+)?)?$"


def with_hours(table: Table, dates: Encoded, hours: Encoded) -> tuple[npt.NDArray[np.int32], pa.Array, list[Doubt]]:
    """Return codes and texts of date and hour together, and what is doubted about how the hours are counted.

    An hour may be a number (``7``), a time (``07:00``), or from until (``7-8``, its start is taken). Where numbers
    run from 1 to 24 they count the hours of the day, so that 1 is the hour from 0:00.
    """
    date_codes, date_texts = dates
    hour_codes, hour_texts = hours
    days = pc.replace_substring_regex(pc.utf8_trim_whitespace(date_texts.cast(pa.string())), _MIDNIGHT, "")
    clocks, counted = _clocks([str(text or "").strip() for text in hour_texts.cast(pa.string()).to_pylist()])
    pairs = date_codes.astype(np.int64) * len(hour_texts) + hour_codes
    distinct, first, codes = np.unique(pairs, return_index=True, return_inverse=True)
    in_file = np.argsort(first, kind="stable")  # distinct texts in the order of the file, as elsewhere
    place = np.empty(len(distinct), dtype=np.int32)
    place[in_file] = np.arange(len(distinct), dtype=np.int32)
    taken = distinct[in_file]
    day_texts = pc.fill_null(days, "").take(pa.array(taken // len(hour_texts)))
    clock_texts = pa.array(clocks).take(pa.array(taken % len(hour_texts)))
    unknown = pc.and_(pc.is_in(pc.utf8_lower(day_texts), pa.array(UNKNOWN)), pc.equal(clock_texts, ""))
    texts = pc.if_else(unknown, "", pc.binary_join_element_wise(day_texts, clock_texts, " "))
    doubts = [Doubt("hours-1-to-24", partial(_say_counted, table.file), of_reading=True)] if counted else []
    return place[codes], texts, doubts


def _clocks(texts: list[str]) -> tuple[list[str], bool]:
    """Return the hours as times of the day, and whether they were numbers from 1 to 24."""
    numbers = [int(found[1]) if (found := _HOUR.fullmatch(text)) else None for text in texts]
    known = [number for number in numbers if number is not None]
    counted = bool(known) and min(known) >= 1 and max(known) == 24
    clocks = []
    for text, number in zip(texts, numbers, strict=True):
        span = _FROM_TO.fullmatch(text)
        if number is not None:
            clocks.append(f"{number - counted}:00")
        elif span:
            clocks.append(f"{span[1]}:00")
        else:
            clocks.append("" if text.lower() in UNKNOWN else text)
    return clocks, counted


def _say_counted(file: str, lang: Language) -> str:
    return lang.t(
        "In {file}, the hours run from 1 to 24: hour 1 was read as 0:00 to 1:00. If it begins at 1:00, all counts "
        "stand an hour too early.",
        file=file,
    )
