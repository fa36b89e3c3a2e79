"""The bytes of a file that should be text: unpacked, within a limit, as UTF-8; or a clear refusal."""

import gzip
import io
import zlib
from pathlib import Path
from typing import Final

from data.keeping.from_outside import LIMIT_MB, too_large
from language import UserError

_NOT_TEXT: Final = {
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


def _utf16(data: bytes) -> str | None:
    """Return which UTF-16 this is, by its mark or by the zeros beside the letters, or ``None``."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = data[:2000]
    half = len(start) // 2
    for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = start[place::2].count(0)
        if half and zeros > 0.8 * half and start[1 - place :: 2].count(0) < 0.1 * half:
            return name
    return None


def _utf8(file: str, data: bytes) -> bytes:
    encoding = _utf16(data)
    if encoding:
        try:
            data = data.decode(encoding).encode()
        except UnicodeDecodeError as error:
            raise UserError("{file} is written in UTF-16 and is cut off. Save it as UTF-8.", file=file) from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    start = data[:256].lstrip().lower()
    if not start:
        raise UserError("{file} is empty. Make it again.", file=file)
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


def unreadable(file: str) -> UserError:
    """Return the error about a file that is no table at all."""
    return UserError("{file} is damaged or is not a table. Save it again as CSV or Parquet.", file=file)
