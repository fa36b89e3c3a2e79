"""What looks wrong in counts: a report for whoever imports them, and for whoever must trust a forecast.

The report only says what it sees. It removes and changes nothing: a spike may be a sensor, or New Year's Eve.
Rules and thresholds are those of :mod:`data.quality.rules`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from data.quality import rules
from language import Language, UserError

_SHOWN: Final = 3
"""Findings of one sort that the plain report names for each zone; the others it only counts."""

_CAUSE_DAYS: Final = 7
"""A step this near to a known one has the known one's cause."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Run(_Frozen):
    """A stretch of hours: ``start`` (area time) until before ``end``."""

    start: datetime
    end: datetime
    hours: int


class FlatRun(Run):
    """A stretch with one and the same count."""

    count: float


class CopiedRun(Run):
    """A stretch equal to the one that begins at ``source``."""

    source: datetime


class Step(_Frozen):
    """A lasting change of level at ``start`` (local midnight): ``ratio`` after to before.

    For a zone the ratio is net of what all zones share. ``note`` is the known cause (a catalogue id) or empty.
    """

    start: datetime
    ratio: float
    note: str = ""


class Outlier(_Frozen):
    """A count far from what is ``usual`` at that hour of the week, by robust z-score ``z``."""

    hour: datetime
    count: float
    usual: float
    z: float


class ZoneQuality(_Frozen):
    """Findings for one zone. ``rows``: hours with a count; ``missing_share``: of the hours first to last."""

    zone_id: str
    rows: int
    first: datetime | None
    last: datetime | None
    missing_share: float
    gaps: tuple[Run, ...]
    duplicates: int
    suspicious_zeros: tuple[Run, ...]
    flat: tuple[FlatRun, ...]
    copies: tuple[CopiedRun, ...]
    steps: tuple[Step, ...]
    outliers: tuple[Outlier, ...]


class QualityReport(_Frozen):
    """Findings for all zones; ``steps`` are those that all zones took together."""

    area: str | None
    rows: int
    first: datetime | None
    last: datetime | None
    steps: tuple[Step, ...]
    zones: tuple[ZoneQuality, ...] = Field(min_length=1)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values with stable keys; hours in ISO format with the area's offset."""
        return self.model_dump(mode="json")

    def text(self, lang: Language) -> str:
        """Return the report in plain sentences, a paragraph for each zone, worst first."""
        lines = [lang.n("{n} hour with a count.", "{n} hours with a count.", self.rows)]
        lines += [_step(step, lang, lang.t("All places together")) for step in self.steps]
        for zone in sorted(self.zones, key=lambda zone: -zone.missing_share):
            lines += ["", *_paragraph(zone, lang)]
        return "\n".join(lines)


def report(
    counts: pd.DataFrame,
    tz: ZoneInfo,
    *,
    area: str | None = None,
    duplicates: Mapping[str, int] | None = None,
    known_steps: pd.DataFrame | None = None,
) -> QualityReport:
    """Judge counts (``zone_id, hour (UTC), count``; see ``data.area.schemas.COUNTS``) of an area in zone ``tz``.

    ``duplicates`` gives for each zone how many rows of the same hour the import found. ``known_steps``
    (``zone_id, hour, note``) are level changes with a known cause: a step within a week of one bears its note.
    Raises ``UserError`` when there are no counts at all.
    """
    if counts.empty:
        raise UserError("There are no counts to judge. Import counts first.")
    frame = rules.wide(counts)
    grid = rules.local_grid(frame, tz)
    hours = pd.DatetimeIndex(frame.index).tz_convert(tz)
    midnights = pd.date_range(hours[0].tz_localize(None).normalize(), periods=len(grid.cells), freq="D")
    starts = midnights.tz_localize(tz, nonexistent="shift_forward", ambiguous=np.ones(len(midnights), dtype=bool))
    zeros = rules.implausible_zeros(frame, tz).to_numpy()
    changes, shared = rules.level_changes(grid)
    score, usual = rules.outlier_scores(grid)
    scores, usuals = grid.back(score), grid.back(usual)

    zones = [
        _zone_quality(
            frame,
            place,
            zeros=zeros[:, place],
            outliers=(scores[:, place], usuals[:, place]),
            duplicates=(duplicates or {}).get(str(zone_id), 0),
            copies=_copies(grid.cells[:, :, place], starts),
            steps=_steps(changes[place], rules.STEP_FACTOR, starts, _causes(known_steps, zone_id)),
            tz=tz,
        )
        for place, zone_id in enumerate(frame.columns)
    ]
    some = counts.loc[counts["count"].notna(), "hour"]
    return QualityReport(
        area=area,
        rows=len(some),
        first=None if some.empty else some.min().tz_convert(tz).to_pydatetime(),
        last=None if some.empty else some.max().tz_convert(tz).to_pydatetime(),
        steps=_steps(shared, rules.STEP_FACTOR_ALL, starts, _causes(known_steps)),
        zones=tuple(zones),
    )


def _zone_quality(
    frame: pd.DataFrame,
    place: int,
    *,
    zeros: NDArray[np.bool_],
    outliers: tuple[rules.Floats, rules.Floats],
    duplicates: int,
    copies: tuple[CopiedRun, ...],
    steps: tuple[Step, ...],
    tz: ZoneInfo,
) -> ZoneQuality:
    """Judge the zone at ``place`` of a frame (hours × zones); ``outliers``: its scores and what is usual."""
    start = pd.DatetimeIndex(frame.index)[0].tz_convert(tz)

    def moment(index: int) -> datetime:
        return (start + pd.Timedelta(hours=index)).to_pydatetime()

    def stretch(begin: int, end: int) -> dict[str, Any]:
        return {"start": moment(begin), "end": moment(end), "hours": end - begin}

    values = frame.iloc[:, place].to_numpy()
    known = np.flatnonzero(~np.isnan(values))
    first, last = (int(known[0]), int(known[-1])) if len(known) else (0, -1)
    inside = np.isnan(values)
    inside[:first] = inside[last + 1 :] = False
    scores, usuals = outliers
    far = np.flatnonzero(np.abs(np.nan_to_num(scores)) >= rules.OUTLIER_Z)
    return ZoneQuality(
        zone_id=str(frame.columns[place]),
        rows=len(known),
        first=moment(first) if len(known) else None,
        last=moment(last) if len(known) else None,
        missing_share=float(inside.sum() / (last - first + 1)) if len(known) else 1.0,
        gaps=tuple(Run(**stretch(*run)) for run in rules.runs(inside)),
        duplicates=duplicates,
        suspicious_zeros=tuple(Run(**stretch(*run)) for run in rules.runs(zeros)),
        flat=tuple(FlatRun(**stretch(*run), count=float(values[run[0]])) for run in rules.flat_runs(values)),
        copies=copies,
        steps=steps,
        outliers=tuple(
            Outlier(
                hour=moment(int(index)),
                count=float(values[index]),
                usual=round(float(usuals[index]), 1),
                z=round(float(scores[index]), 1),
            )
            for index in far
        ),
    )


def _copies(cells: rules.Floats, midnights: pd.DatetimeIndex) -> tuple[CopiedRun, ...]:
    def moment(index: int) -> datetime:
        midnight = midnights[index // 24].tz_localize(None)
        hour = (midnight + pd.Timedelta(hours=index % 24)).tz_localize(
            midnights.tz, nonexistent="shift_forward", ambiguous=True
        )
        return hour.to_pydatetime()

    return tuple(
        CopiedRun(
            start=moment(start),
            end=moment(stop - 1) + pd.Timedelta(hours=1).to_pytimedelta(),
            hours=stop - start,
            source=moment(start - lag),
        )
        for start, stop, lag in rules.copies(cells.ravel())
    )


def _causes(known_steps: pd.DataFrame | None, zone_id: object = None) -> pd.DataFrame | None:
    if known_steps is None or zone_id is None:
        return known_steps
    return known_steps[known_steps["zone_id"] == zone_id]


def _steps(
    change: rules.Change, factor: float, midnights: pd.DatetimeIndex, causes: pd.DataFrame | None
) -> tuple[Step, ...]:
    found = []
    for day, ratio in rules.steps(change, factor):
        note = ""
        if causes is not None and len(causes):
            distance = (causes["hour"] - midnights[day]).abs()
            if distance.min() <= pd.Timedelta(days=_CAUSE_DAYS):
                note = str(causes["note"].iloc[int(distance.argmin())])
        found.append(Step(start=midnights[day].to_pydatetime(), ratio=round(ratio, 3), note=note))
    return tuple(found)


def _paragraph(zone: ZoneQuality, lang: Language) -> list[str]:
    if zone.first is None or zone.last is None:
        return [lang.t("{zone}: no counts at all.", zone=zone.zone_id)]
    head = lang.t(
        "{zone}: {first} to {last}, {share}% of the hours missing.",
        zone=zone.zone_id,
        first=lang.date(zone.first, "d MMM y"),
        last=lang.date(zone.last, "d MMM y"),
        share=lang.number(100 * zone.missing_share, 1),
    )
    lines = [head]
    if zone.duplicates:
        lines.append(
            "  " + lang.n("{n} row stood for an hour twice.", "{n} rows stood for an hour twice.", zone.duplicates)
        )

    def listed(title: str, found: tuple[Any, ...], say: Callable[[Any], str]) -> None:
        if found:
            lines.append(f"  {title} ({lang.number(len(found))}):")
            lines.extend(f"    {say(entry)}" for entry in found[:_SHOWN])
            if len(found) > _SHOWN:
                lines.append("    " + lang.n("and {n} more", "and {n} more", len(found) - _SHOWN))

    def by_length(found: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(sorted(found, key=lambda run: -run.hours))

    listed(lang.t("Gaps"), by_length(zone.gaps), lambda run: _run(run, lang))
    listed(lang.t("Zeros that are hard to believe"), by_length(zone.suspicious_zeros), lambda run: _run(run, lang))
    listed(lang.t("The same count for hours"), by_length(zone.flat), lambda run: _run(run, lang))
    listed(lang.t("Copied from earlier days"), by_length(zone.copies), lambda run: _run(run, lang))
    listed(lang.t("Lasting changes of level"), zone.steps, lambda step: _step(step, lang))
    strongest = tuple(sorted(zone.outliers, key=lambda outlier: -abs(outlier.z)))
    listed(lang.t("Unusual counts, kept as they are"), strongest, lambda outlier: _outlier(outlier, lang))
    return lines


def _when(moment: datetime, lang: Language) -> str:
    return lang.date(moment, "d MMM y HH:mm", moment.tzinfo)


def _run(run: Run, lang: Language) -> str:
    return lang.n("from {start}, {n} hour", "from {start}, {n} hours", run.hours, start=_when(run.start, lang))


def _step(step: Step, lang: Language, zone: str = "") -> str:
    text = lang.t(
        "about {day}: {percent}% of the level before",
        day=lang.date(step.start, "d MMM y"),
        percent=lang.number(100 * step.ratio),
    )
    cause = f" ({lang.t(step.note)})" if step.note else ""
    return f"{zone}: {text}{cause}" if zone else f"{text}{cause}"


def _outlier(outlier: Outlier, lang: Language) -> str:
    return lang.t(
        "{hour}: {count}, usual {usual}",
        hour=_when(outlier.hour, lang),
        count=lang.number(outlier.count),
        usual=lang.number(outlier.usual),
    )
