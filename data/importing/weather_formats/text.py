"""The text of a file of weather: unpacked, and as letters."""

import io
import zipfile

from data.keeping.from_outside import DAMAGED_ARCHIVE, LIMIT_MB, too_large
from data.tables.content import unpacked_bytes
from language import UserError

_NO_DATA = ("metadaten", "readme", "licen", "beschreibung")
"""How members of an archive are called that only describe the others."""


def text_of(file: str, data: bytes) -> str | None:
    """Return the text of a file, unpacked from gzip or zip, or ``None`` when it is no text.

    Raises ``UserError`` when it is damaged, or larger unpacked than is read.
    """
    data = unpacked_bytes(file, data)
    if data.startswith(b"PK\x03\x04"):
        if _is_spreadsheet(data):
            return None
        data = _from_zip(file, data)
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text else text
    return None


def _is_spreadsheet(data: bytes) -> bool:
    """Return whether an archive is a spreadsheet of today (.xlsx, .ods)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return not {"[Content_Types].xml", "content.xml"}.isdisjoint(packed.namelist())
    except DAMAGED_ARCHIVE:
        return False


def _from_zip(file: str, data: bytes) -> bytes:
    """Return the one member of an archive that holds data. Raises ``UserError`` when there is none, or several."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = [member for member in packed.infolist() if _holds_data(member.filename.casefold())]
            with packed.open(members[0]) if len(members) == 1 else io.BytesIO() as stream:
                content = stream.read(LIMIT_MB * 2**20 + 1)
    except DAMAGED_ARCHIVE as error:
        raise UserError("{file} is damaged and cannot be unpacked. Download it again.", file=file) from error
    if len(members) != 1:
        raise UserError("{file} does not hold exactly one table. Unpack it and choose the table.", file=file)
    if len(content) > LIMIT_MB * 2**20:
        raise too_large(file)
    return content


def _holds_data(name: str) -> bool:
    return name.endswith((".txt", ".csv", ".json")) and not any(word in name for word in _NO_DATA)
