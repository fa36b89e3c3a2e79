"""What reading counts has to say: what was taken for what, and what is doubted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from data.area.area import Measure
from data.doubts.doubt import Doubt
from data.importing.counts.hours import Hours
from data.importing.counts.layout import Layout
from data.importing.counts.places import some
from data.tables.notices import Notice
from language import Language, message_id

_ROLES: Final = {
    "timestamp": message_id("the time"),
    "date": message_id("the date"),
    "hour": message_id("the hour"),
    "zone_id": message_id("the place"),
    "count": message_id("the count"),
    "direction": message_id("the direction"),
    "in": message_id("the count of one direction"),
    "out": message_id("the count of the other direction"),
}


def role_name(role: str, lang: Language) -> str:
    """Return what a column of this role holds, in words."""
    return lang.t(_ROLES[role])


def of_layout(file: str, layout: Layout) -> list[Notice]:
    """Say which columns were taken for what without being declared, and which were left out."""
    said: list[Notice] = []
    if layout.proposed:
        said.append(partial(_taken, file, layout.proposed))
    if layout.ignored:
        said.append(partial(_ignored, file, layout.ignored))
    return said


def of_directions(file: str, found: Sequence[str], kept: Sequence[str]) -> list[Notice]:
    """Say what became of the directions of a file, where it has several."""
    if len(found) < 2:
        return []
    return [partial(_added, file, kept) if len(kept) > 1 else partial(_one, file, kept[0])]


def of_hours(file: str, hours: Hours, measure: Measure) -> list[Notice]:
    """Say that rows were made into hours, and how many hours had rows missing."""
    fine = [step for step in hours.steps if step < 60]
    return [partial(_hourly, file, step, hours, measure) for step in fine[:1]]


def doubt_of_hours(file: str, hours: Hours) -> list[Doubt]:
    """Doubt a file whose rows do not all last equally long."""
    if len(hours.steps) == 1:
        return []
    return [Doubt("resolution", partial(_lengths, file, hours.steps), of_reading=True)]


def absent(names: Sequence[str], lang: Language) -> str:
    """Say which zones have no counts."""
    return lang.n(
        "{n} zone has no counts: {zones}.", "{n} zones have no counts: {zones}.", len(names), zones=some(names)
    )


def one_place(file: str, text: str, zone_id: str, lang: Language) -> str:
    """Say that the only place of a file was taken for the only zone of the area."""
    return lang.t(
        "{file} has one place, '{text}', and the area has one, '{zone}': they were taken for the same.",
        file=file,
        text=text,
        zone=zone_id,
    )


def means(file: str, shown: float, row: int, lang: Language) -> str:
    """Doubt passages with decimals."""
    return lang.t(
        "In {file}, passages have decimals (row {row}: {number}). They were read as passages in the hour; if they are "
        "means of several days or sensors, the totals are needed.",
        file=file,
        row=row,
        number=lang.number(shown, 2),
    )


def future(file: str, n: int, first: datetime, tz: ZoneInfo, zero: bool, lang: Language) -> str:
    """Say that counts of hours to come were left out."""
    when = lang.date(first, "d MMM y HH:mm", tz)
    if zero:
        return lang.n(
            "In {file}, {n} hour after now (from {first}) has a count of 0: it was left out, as it is yet to come.",
            "In {file}, {n} hours after now (from {first}) have a count of 0: they were left out, as they are yet "
            "to come.",
            n,
            file=file,
            first=when,
        )
    return lang.n(
        "In {file}, {n} hour after now (from {first}) has a count: it was left out. It is a forecast, or its date is "
        "wrong.",
        "In {file}, {n} hours after now (from {first}) have counts: they were left out. They are a forecast, or their "
        "dates are wrong.",
        n,
        file=file,
        first=when,
    )


def _taken(file: str, proposed: Mapping[str, str], lang: Language) -> str:
    pairs = ", ".join(f"'{column}': {role_name(role, lang)}" for role, column in proposed.items())
    return lang.t("In {file}, columns were taken by their names ({columns}).", file=file, columns=pairs)


def _ignored(file: str, columns: Sequence[str], lang: Language) -> str:
    return lang.t(
        "In {file}, columns that say a part of the time were not read as places: {columns}.",
        file=file,
        columns=some(columns),
    )


def _added(file: str, directions: Sequence[str], lang: Language) -> str:
    return lang.t(
        "In {file}, the passages of {n} directions ({directions}) were added up.",
        file=file,
        n=len(directions),
        directions=some(directions),
    )


def _one(file: str, direction: str, lang: Language) -> str:
    return lang.t("In {file}, only the direction '{direction}' was read.", file=file, direction=direction)


def _hourly(file: str, step: int, hours: Hours, measure: Measure, lang: Language) -> str:
    values = {
        "file": file,
        "step": step,
        "n": lang.number(hours.incomplete),
        "scaled": lang.number(hours.scaled),
    }
    if measure == "passages":
        return lang.t(
            "In {file}, rows of {step} minutes were added up to hours. Hours with a quarter or less missing were "
            "scaled to the whole hour: {scaled}; with more missing they are unknown: {n}.",
            **values,
        )
    return lang.t(
        "In {file}, rows of {step} minutes were averaged to hours. Hours with a quarter or less missing: {scaled}; "
        "with more missing they are unknown: {n}.",
        **values,
    )


def _lengths(file: str, steps: Sequence[int], lang: Language) -> str:
    return lang.t(
        "In {file}, rows last {steps} minutes by turns: each was read as it stands there, and hours made of them. If "
        "all rows last equally long, rows are missing.",
        file=file,
        steps=" / ".join(str(step) for step in steps),
    )
