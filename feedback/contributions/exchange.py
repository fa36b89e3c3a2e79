"""Contributions as CSV files: out for everybody or for an archive, and in from paper sheets or another system."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from data.area.area import Area
from data.keeping.csv_out import defused, reassembled
from data.keeping.from_outside import LIMIT_TYPED, check_size, in_reach
from data.keeping.within_time import within_time
from feedback.contributions.contributions import Contribution, checked, find_contributions, send
from feedback.contributions.moderation import public_log
from feedback.contributions.published import published
from feedback.people.codes import keyed
from feedback.people.participants import author_of_phone
from language import UserError

OPEN_COLUMNS: Final = ("id", "text", "topic", "mood", "felt", "role", "zone_id", "hour", "cell", "scenario", "snapshot")
FULL_COLUMNS: Final = (
    "id", "area", "role", "topic", "mood", "text", "felt", "zone", "hour", "cell", "scenario", "snapshot", "session",
    "item", "language", "state", "reason", "sent", "changed",
)  # fmt: skip
IMPORT_COLUMNS: Final = ("role", "text", "topic", "mood", "felt", "zone", "hour", "session", "id")
"""``role`` is needed, and ``text`` or ``felt`` (with ``zone`` and ``hour``); the others may be absent."""


def export_open(area: Area, folder: Path) -> list[Path]:
    """Write what everybody may read of an area: published contributions with coarsened labels, and the public log.

    ``hour`` is local ISO time with offset, a date, or empty, as far as at least five share it. Texts that a
    spreadsheet would take for a formula begin with an apostrophe. Returns the paths of the files.
    """
    rows = [
        {
            "id": said.id,
            "text": said.text,
            "topic": said.topic,
            "mood": said.mood,
            "felt": said.felt,
            "role": said.label.role,
            "zone_id": said.label.zone,
            "hour": said.label.hour
            and (said.label.hour.date() if said.label.whole_day else said.label.hour).isoformat(),
            "cell": said.cell,
            "scenario": said.scenario,
            "snapshot": said.snapshot,
        }
        for said in published(area.id, area.tz)
    ]
    log = [dict(zip(("month", "act", "reason", "number"), line, strict=True)) for line in public_log()]
    marks = {"data": "DEMO DATA"} if area.simulated else {}
    return [
        _write(folder / f"contributions-{area.id}.csv", (*OPEN_COLUMNS, *marks), [row | marks for row in rows]),
        _write(folder / "moderation-log.csv", ("month", "act", "reason", "number"), log),
    ]


def export_full(area: Area, folder: Path) -> Path:
    """Write everything that was sent about an area, hidden or not, but nobody's pseudonym: for an archive."""
    rows = [
        {name: getattr(said, name) for name in FULL_COLUMNS}
        | {"hour": said.hour and said.hour.astimezone(area.tz).isoformat()}
        for said in find_contributions(area.id, states=("waiting", "published", "hidden"))
    ]
    return _write(folder / f"contributions-{area.id}-all.csv", FULL_COLUMNS, rows)


def import_contributions(path: Path, area: Area, language: str) -> int:
    """Take contributions in from a CSV file (``IMPORT_COLUMNS``; no offset in ``hour`` means area time).

    A row without an id gets one made of its content, so that the same file twice adds nothing. The file is taken in
    whole or not at all. Returns how many rows it has. Raises ``UserError`` that names the row and what is wrong.
    """
    found = _read(path, area, language)
    importer = author_of_phone(keyed("import", path.name))
    for contribution in found:
        send(contribution, importer)
    return len(found)


@within_time
def _read(path: Path, area: Area, language: str) -> list[Contribution]:
    check_size(path, LIMIT_TYPED)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("{file} is not UTF-8 text. Save it as CSV UTF-8.", file=path.name) from error
    reader = csv.DictReader(StringIO(text.replace("\0", ""), newline=""), dialect=_dialect(text))
    missing = {"role"} - set(reader.fieldnames or ())
    if missing or not {"text", "felt"} & set(reader.fieldnames or ()):
        raise UserError(
            "{file} needs the columns role, and text or felt. It has: {columns}.",
            file=path.name,
            columns=", ".join(reader.fieldnames or ()) or "–",
        )
    found = []
    for number, row in enumerate(reader, start=2):
        try:
            found.append(checked(_contribution(row, area, language)))
        except UserError as error:
            raise UserError("Row {row} of {file}: {what}", row=number, file=path.name, what=error) from error
    return found


def _contribution(row: Mapping[str, str | None], area: Area, language: str) -> Contribution:
    values: dict[str, Any] = {
        name: reassembled((row.get(name) or "").strip()) or None for name in IMPORT_COLUMNS if name in row
    }
    content = "\n".join(f"{name}={values[name]}" for name in sorted(values))
    hour = values.get("hour")
    if hour is not None:
        try:
            moment = datetime.fromisoformat(hour)
        except ValueError as error:
            raise _no_moment(hour) from error
        if not in_reach(moment):
            raise _no_moment(hour)
        values["hour"] = (moment if moment.tzinfo else moment.replace(tzinfo=area.tz)).astimezone(UTC)
    if values.get("zone") is not None and values["zone"] not in area.zone_ids:
        raise UserError(
            "'{value}' is not a value for {name}. Choose one of: {known}.",
            value=values["zone"][:40],
            name="zone",
            known=", ".join(area.zone_ids),
        )
    defaults = {"id": str(uuid5(NAMESPACE_URL, f"{area.id}\n{content}")), "text": "", "role": ""}
    given = {name: value for name, value in values.items() if value is not None}
    return Contribution(area=area.id, language=language, **(defaults | given))


def _no_moment(hour: str) -> UserError:
    return UserError("'{hour}' is not a moment such as 2026-08-08T14:00.", hour=hour[:40])


def _dialect(text: str) -> type[csv.Dialect]:
    """Return comma or semicolon, whichever the first line has more of (Dutch spreadsheets write semicolons)."""
    first = text.split("\n", 1)[0]

    class Found(csv.excel):
        delimiter = ";" if first.count(";") > first.count(",") else ","

    return Found


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({name: defused(value) for name, value in row.items()} for row in rows)
    return path
