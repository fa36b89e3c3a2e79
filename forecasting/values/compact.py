"""Numbers and bytes as compact text, for files of JSON."""

import base64
import lzma
from typing import Final

import numpy as np

from forecasting.values.arrays import Floats

_SCALE: Final = 100
_UNKNOWN: Final = np.iinfo(np.int16).min
_MOST: Final = np.iinfo(np.int16).max


def to_hundredths(values: Floats) -> bytes:
    """Return numbers (any shape) as hundredths in 16 bits, low byte first; what is not finite is unknown.

    Beyond ± 327.67 they are cut off.
    """
    known = np.isfinite(values)
    bounded = np.clip(np.where(known, values, 0), -_MOST / _SCALE, _MOST / _SCALE)
    return np.where(known, np.round(bounded * _SCALE), _UNKNOWN).astype("<i2").tobytes()


def from_hundredths(content: bytes) -> Floats:
    """Return the numbers of :func:`to_hundredths` in one row, NaN where unknown.

    Raises ``ValueError`` when half a number is left over.
    """
    whole = np.frombuffer(content, "<i2")
    return np.where(whole == _UNKNOWN, np.nan, whole / _SCALE)


def bytes_as_text(content: bytes) -> str:
    """Return bytes as text, base64."""
    return base64.b64encode(content).decode()


def text_as_bytes(text: str) -> bytes:
    """Return what :func:`bytes_as_text` was given. Raises ``ValueError`` when it is something else."""
    return base64.b64decode(text, validate=True)


def packed(content: bytes) -> str:
    """Return bytes compressed and as text."""
    return bytes_as_text(lzma.compress(content, preset=6))


def unpacked(text: str) -> bytes:
    """Return what :func:`packed` was given. Raises ``ValueError`` when it is something else."""
    try:
        return lzma.decompress(text_as_bytes(text))
    except lzma.LZMAError as error:
        raise ValueError("not compressed data") from error
