"""Values and files that anybody can send: what may be read of them at all, before anything is done with them.

How long reading may take is bounded in ``data.keeping.within_time``.
"""

import lzma
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from pydantic_core import from_json

from language import UserError
from language.visible import may_hide, seen_in

YEARS: Final = range(1900, 2200)
"""Years that moments of this project lie in. Nearer to the ends of the calendar, time zones lead out of it."""

DAMAGED_ARCHIVE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    OSError,
)
"""What opening and reading a damaged zip archive raises: of what it says of itself, and of what is packed in it."""

LIMIT_MB: Final = 400
"""Largest file that is read, unpacked: a year of 40 sensors, every three minutes, in 2 GB of memory."""


LIMIT_SETTINGS: Final = 2
"""Largest file of settings that people write (MB)."""

LIMIT_TYPED: Final = 20
"""Largest file of what people said (MB)."""

LIMIT_LOGO: Final = 1
"""Largest logo (MB)."""

LIMIT_PARTS: Final = 2000
"""Most files in one archive: a spreadsheet has some dozens."""

LIMIT_VALUES: Final = 30_000_000
"""Most values that are read of a table (rows × columns that are used), since few bytes can hold very many of them."""

LIMIT_COLUMNS: Final = 5000
"""Most columns of a table: a year of weeks by hour has some hundreds."""

LIMIT_CELL: Final = 20_000
"""Most bytes of one text in a table: one that is stood for by a number in each row takes that much room in each row."""

LIMIT_PIXELS: Final = 20_000_000
"""Most pixels of a picture: few bytes can hold very many of them too."""


def parsed(text: str | bytes, *, finite: bool = False) -> Any:
    """Return the value of a JSON text.

    Raises ``ValueError`` for all that is none: also for halves of surrogates, and for what is nested deeper than
    anything of this project. NaN and infinities, which JSON does not know, are numbers here unless ``finite``; whoever
    asks for a number decides on them. What nobody sees is left out of every text in it.
    """
    value = from_json(text, allow_inf_nan=not finite)
    return seen_in(value) if may_hide(text) else value


def in_reach(moment: datetime) -> bool:
    """Return whether a moment lies in :data:`YEARS`, so that it can be computed with in any time zone."""
    return moment.year in YEARS


def check_size(path: Path, limit: int | None = None) -> None:
    """Raise ``UserError`` when there is no such file, or more of it than ``limit`` (MB; else :data:`LIMIT_MB`)."""
    limit = LIMIT_MB if limit is None else limit
    if not path.is_file():
        raise UserError("There is no file {file}.", file=path)
    if path.stat().st_size > limit * 2**20:
        raise too_large(path.name, limit)


def check_packed(file: str, packed: zipfile.ZipFile) -> None:
    """Raise ``UserError`` when an archive holds more than :data:`LIMIT_MB`, whatever it says of itself.

    All of it is unpacked once, piece by piece, and thrown away: what stands in its list may be a lie. Raises
    one of :data:`DAMAGED_ARCHIVE` when it is damaged.
    """
    left = LIMIT_MB * 2**20
    if sum(part.file_size for part in packed.infolist()) > left or len(packed.infolist()) > LIMIT_PARTS:
        raise too_large(file)
    for part in packed.infolist():
        with packed.open(part) as stream:
            while piece := stream.read(2**20):
                left -= len(piece)
                if left < 0:
                    raise too_large(file)


def too_large(file: str, limit: int = LIMIT_MB) -> UserError:
    """Return the error about a file that is larger than can be read (``limit`` in MB)."""
    return UserError(
        "{file} is too large: at most {limit} MB is read. Leave out older years and columns you do not need.",
        file=file,
        limit=limit,
    )
