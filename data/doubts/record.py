"""Doubts that only a file shows, kept beside what was read from it, so that they can be told later.

``doubts.json`` in the area's users' state holds for each kind of data and each file the sentences, in all languages.
"""

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from data.doubts.doubt import Doubt
from data.keeping.from_outside import parsed
from data.keeping.home import area_home, written_whole
from language import LANGUAGES, Language, language

FILE: Final = "doubts.json"


def record(folder: Path, kind: str, file: str, doubts: list[Doubt]) -> None:
    """Keep in ``folder`` (of an area) what is doubted about a file, in the place of what was doubted about it before.

    ``kind`` is ``counts``, ``weather`` or ``events``. Doubts that the data themselves show are not kept.
    """
    entries = [entry for entry in _entries(folder) if (entry["of"], entry["file"]) != (kind, file)]
    at = datetime.now(UTC).isoformat()
    entries += [
        {
            "of": kind,
            "file": file,
            "kind": doubt.kind,
            "at": at,
            "said": {code: doubt(language(code)) for code in LANGUAGES},
        }
        for doubt in doubts
        if doubt.of_reading
    ]
    if not entries and not (folder / FILE).exists():
        return
    _write(folder, entries)


def forget_since(folder: Path, kind: str, at: datetime) -> None:
    """Let go of what was doubted about files of a kind of data that were read at ``at`` (aware) or later."""
    entries = _entries(folder)
    kept = [entry for entry in entries if entry["of"] != kind or datetime.fromisoformat(entry["at"]) < at]
    if len(kept) < len(entries):
        _write(folder, kept)


def recorded(area_id: str, kind: str) -> list[Doubt]:
    """Return the doubts that were kept about files of a kind of data, oldest first."""
    return [
        Doubt(entry["kind"], partial(_say, entry["said"]), of_reading=True)
        for entry in _entries(area_home(area_id))
        if entry["of"] == kind
    ]


def _entries(folder: Path) -> list[dict[str, Any]]:
    """Return what was kept; a file that cannot be read says nothing, since the data can be read in again."""
    try:
        entries = parsed((folder / FILE).read_text("utf-8"))
        return [entry for entry in entries if {"of", "file", "kind", "at", "said"} <= entry.keys()]
    except (OSError, ValueError, AttributeError, TypeError):
        return []


def _write(folder: Path, entries: list[dict[str, Any]]) -> None:
    with written_whole(folder / FILE) as temporary:
        temporary.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _say(said: dict[str, str], lang: Language) -> str:
    return said.get(lang.code) or next(iter(said.values()), "")
