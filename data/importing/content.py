"""The bytes of a file that should be text: unpacked, within a limit, as UTF-8; or a clear refusal."""

import gzip
import io
import zlib
from pathlib import Path
from typing import Final

from language import UserError

LIMIT_MB: Final = 100
"""Largest file that is read, unpacked: some four million rows of counts, for which about 1.5 GB of memory is needed."""

_NOT_TEXT: Final = {
    b"PK\x03\x04": "Excel/ZIP",
    b"\xd0\xcf\x11\xe0": "Excel",
    b"%PDF": "PDF",
    b"<!do": "HTML",
    b"<htm": "HTML",
    b"<?xm": "XML",
    b"{": "JSON",
    b"[": "JSON",
}


def read_text(path: Path) -> bytes:
    """Return the text of a file, unpacked and in UTF-8 without a mark.

    Raises ``UserError`` when the file is empty, larger than :data:`LIMIT_MB` unpacked, damaged, or another kind
    of document.
    """
    return _utf8(path.name, unpacked(path))


def check_size(path: Path) -> None:
    """Raise ``UserError`` when there is no such file, or more than :data:`LIMIT_MB` of it."""
    if not path.is_file():
        raise UserError("There is no file {file}.", file=path)
    if path.stat().st_size > LIMIT_MB * 2**20:
        raise too_large(path.name)


def unpacked(path: Path) -> bytes:
    """Return the bytes of a file, unpacked from gzip. Raises ``UserError`` when it is damaged or too large."""
    return unpacked_bytes(path.name, path.read_bytes())


def unpacked_bytes(file: str, data: bytes) -> bytes:
    """Return bytes, unpacked from gzip. Raises as :func:`unpacked`."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            unpacked = stream.read(LIMIT_MB * 2**20 + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable(file) from error
    if len(unpacked) > LIMIT_MB * 2**20:
        raise too_large(file)
    return unpacked


def _utf8(file: str, data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise unreadable(file) from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    start = data[:256].lstrip().lower()
    if not start:
        raise UserError("{file} is empty. Export it again.", file=file)
    for mark, found in _NOT_TEXT.items():
        if start.startswith(mark.lower()):
            raise UserError(
                "{file} is not a CSV file but {found}. Save the table as CSV or Parquet.",
                file=file,
                found=found,
            )
    if b"\x00" in data:
        raise unreadable(file)
    try:
        if not data.isascii():
            data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252").encode()
        except UnicodeDecodeError as error:
            raise UserError("{file} is written in an unknown character set. Save it as UTF-8.", file=file) from error
    return data


def too_large(file: str, limit: int = LIMIT_MB) -> UserError:
    """Return the error about a file that is larger than can be read (``limit`` in MB)."""
    return UserError(
        "{file} is too large: at most {limit} MB is read. Leave out older years and columns you do not need.",
        file=file,
        limit=limit,
    )


def unreadable(file: str) -> UserError:
    """Return the error about a file that is no table at all."""
    return UserError("{file} is damaged or is not a table. Export it again as CSV or Parquet.", file=file)
