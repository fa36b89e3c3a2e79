"""An area that travels whole as one file: how it is described and what was agreed, and nothing of who said what.

The file is JSON: names of files with their texts. Counts, weather and models stay where they are. In the other place
nobody has agreed to a source yet, so every decision is left out; of histories goes how things stand, without reasons.
"""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from data.area.area import AREA_ID, load_area
from data.area.sources import read_sources
from data.keeping.from_outside import check_size, parsed
from data.keeping.home import SHIPPED, area_home, find, written_whole
from data.keeping.within_time import within_time
from data.upkeep.adding import whole_folder
from language import UserError

LIMIT: Final = 20
"""MB that a file may have."""

DESCRIBED: Final = (
    "area.toml",
    "zones.geojson",
    "zones.csv",
    "measures.toml",
    "playbook.toml",
    "partners.toml",
    "conditions.toml",
    "costs.toml",
    "basemap.geojson",
    "twin.geojson",
)
STANDING: Final = {
    "playbook.json": "revisions",
    "conditions.json": "revisions",
    "costs.json": "revisions",
    "thresholds.json": "adopted",
}
"""Histories, of which the newest entry goes along: file, and the key of its entries."""

_SOURCES: Final = "sources.toml"
_DECISION: Final = re.compile(r"^\s*(decision|decided_by|decided_on)\s*=.*$", re.MULTILINE)
_ID: Final = re.compile(r'^id\s*=\s*"[^"]*"', re.MULTILINE)


class Travelling(BaseModel):
    """What is in the file: of which area, and the texts of its files by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    area: str
    files: dict[str, str]


def packed(area_id: str) -> str:
    """Return an area as the text of one file. Raises ``UserError`` when there is no such area."""
    load_area(area_id)
    files = {name: path.read_text("utf-8") for name in DESCRIBED if (path := find(area_id, name)) is not None}
    if "zones.geojson" in files:
        files.pop("zones.csv", None)
    files[_SOURCES] = "\n".join(_sources(area_id))
    for name, key in STANDING.items():
        path = area_home(area_id) / name
        if path.is_file() and (newest := parsed(path.read_bytes())[key]):
            files[name] = json.dumps({"version": 1, key: [_without_words(newest[-1])]}, ensure_ascii=False, indent=1)
    found = Travelling(version=1, area=area_id, files=files)
    return found.model_dump_json(indent=1) + "\n"


def _sources(area_id: str) -> Iterator[str]:
    """Yield the descriptions of the sources, without the decisions on them: who is not asked has not agreed."""
    for folder in (SHIPPED / area_id, area_home(area_id)):
        path = folder / _SOURCES
        if path.is_file():
            yield _DECISION.sub("", path.read_text("utf-8"))


def _without_words(entry: dict[str, Any]) -> dict[str, Any]:
    """Return how things stand: the first change, by nobody, with no reason. Nothing was adopted or decided here yet."""
    standing = {**entry, "number": 1, "role": "owner", "reason": "Brought along from another area."}
    if "back_to" in standing:
        standing["back_to"] = None
    for condition in standing.get("agreed", {}).get("conditions", []):
        condition.update(state="open", decided=None, session="")
    for card in standing.get("cards", {}).values():
        card["adopted"] = None
    return standing


def write_area(area_id: str, out: Path) -> None:
    """Write an area as one file. Raises ``UserError`` as :func:`packed`."""
    text = packed(area_id)
    with written_whole(out) as temporary:
        temporary.write_text(text, "utf-8")
        temporary.chmod(0o644)


@within_time
def _read(path: Path) -> Travelling:
    check_size(path, LIMIT)
    try:
        found = Travelling.model_validate(parsed(path.read_bytes()))
    except (ValidationError, ValueError) as error:
        raise UserError("{file} is not an area that was written by this app.", file=path.name) from error
    unknown = set(found.files) - {*DESCRIBED, *STANDING, _SOURCES}
    if found.version != 1 or unknown or "area.toml" not in found.files:
        raise UserError("{file} is not an area that was written by this app.", file=path.name)
    return found


def unpack_area(path: Path, area_id: str | None = None) -> str:
    """Make the area of a file, under its own id or ``area_id``, and return that id; all of it or nothing.

    Raises ``UserError`` when there is an area of this id already, or anything in the file is not right.
    """
    found = _read(path)
    new_id = area_id or found.area
    if not re.fullmatch(AREA_ID, new_id):
        raise UserError(
            "'{value}' cannot be the id of an area. Use lower-case letters, digits and hyphens, 40 at most.",
            value=new_id,
        )
    target = area_home(new_id)
    if target.exists() or (SHIPPED / new_id).exists():
        raise UserError("There is an area '{area}' already. Choose another id.", area=new_id)
    with whole_folder(target) as folder:
        for name, text in found.files.items():
            mine = _ID.sub(f'id = "{new_id}"', text, count=1) if name == "area.toml" else text
            (folder / name).write_text(mine, "utf-8")
    try:
        load_area(new_id)
        if any(source.decision != "pending" for source in read_sources(new_id)):
            raise UserError("{file} is not an area that was written by this app.", file=path.name)
    except UserError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    return new_id
