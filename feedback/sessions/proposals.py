"""Proposals for the thresholds between levels: one for each person and zone, and how the roles differ.

Roles are what people say they are. Fewer than five of a role are never shown apart, nor can they be found by
subtraction (``small_cells``); of a zone with fewer than five proposals nothing is shown at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final
from uuid import UUID, uuid5

from sqlite_utils import Database

from data.keeping.real_time import utc_text
from feedback.contributions.contributions import EARNEST
from feedback.contributions.naming import ROLES
from feedback.contributions.small_cells import K, Label, coarsened
from feedback.database.store import change_store, open_store
from feedback.people.participants import Author, register
from language import UserError

ThresholdCounts = tuple[float, float, float]
"""Counts from which a place is lively, busy and too busy."""

MOST_ZONES: Final = 200
_MOST: Final = 10_000_000


@dataclass(frozen=True)
class Sheet:
    """What somebody proposes for an area in one go: thresholds by zone, and the role they say they have.

    ``id`` is a uuid made by the sender: the same sheet sent again replaces what it said before.
    """

    id: UUID
    area: str
    role: str
    zones: Mapping[str, ThresholdCounts]
    session: str | None = None


@dataclass(frozen=True)
class Group:
    """The proposals of one role for one zone; ``None`` is the others together, of whom no role may be told.

    ``thresholds`` holds for yellow, orange and red all proposed counts, each rising by itself, so that no three of
    them can be told to be one person's.
    """

    role: str | None
    zone_thresholds: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]

    @property
    def n(self) -> int:
        """How many people."""
        return len(self.zone_thresholds[0])

    @property
    def medians(self) -> ThresholdCounts:
        """The middle proposal for each threshold."""
        return _medians(self.zone_thresholds)


@dataclass(frozen=True)
class Difference:
    """A zone at which two roles differ: who would call it so first and last, and from how many people (medians)."""

    zone: str
    first: Group
    last: Group
    which: int

    @property
    def factor(self) -> float:
        """How many times as many people the last role allows as the first."""
        return self.last.medians[self.which] / self.first.medians[self.which]


def propose(sheet: Sheet, author: Author | None) -> int:
    """Keep a sheet and return for how many zones; when this returns, it is on the disk.

    An ``author`` (who has a code) has one proposal for a zone: the newest. Without one, nothing says whose it is.
    Raises ``UserError`` when the role or a threshold does not exist, nothing is proposed, or it cannot be kept.
    """
    if sheet.role not in ROLES:
        raise UserError("Say first what you are.")
    if not 0 < len(sheet.zones) <= MOST_ZONES:
        raise UserError("There is nothing to propose yet. Choose a place first.")
    for yellow, orange, red in sheet.zones.values():
        if not 0 < yellow < orange < red <= _MOST:
            raise UserError("These thresholds must rise: lively, then busy, then too busy.")
    with change_store() as db:
        if author is not None:
            register(db, author)
        for zone, zone_thresholds in sheet.zones.items():
            _keep(db, sheet, zone, zone_thresholds, author)
    return len(sheet.zones)


def withdraw(sheet: Sheet, author: Author | None) -> None:
    """Take back what a sheet proposed: of an author, all their proposals for its zones."""
    with change_store() as db:
        for zone in sheet.zones:
            _forget(db, sheet, zone, author)


def proposed(area: str) -> dict[str, list[Group]]:
    """Return the proposals of an area by zone, in groups that may be shown, largest first.

    Zones with fewer than five proposals are absent, and so is what was proposed in a rehearsal.
    """
    sql = f"SELECT zone, role, yellow, orange, red FROM proposals WHERE area = ? AND {EARNEST}"  # noqa: S608
    found: defaultdict[str, list[tuple[str, ThresholdCounts]]] = defaultdict(list)
    with open_store() as db:
        for zone, role, *zone_thresholds in db.execute(sql, [area]):
            found[zone].append((role, (zone_thresholds[0], zone_thresholds[1], zone_thresholds[2])))
    return {zone: groups(rows) for zone, rows in sorted(found.items()) if len(rows) >= K}


def proposers(session_id: str) -> int:
    """Return how many people proposed thresholds in a session."""
    with open_store() as db:
        sql = "SELECT count(DISTINCT coalesce(sheet, person)) FROM proposals WHERE session = ?"
        ((count,),) = db.execute(sql, [session_id])
    return int(count)


def groups(rows: Sequence[tuple[str, ThresholdCounts]]) -> list[Group]:
    """Return proposals (role and thresholds) in groups that may be shown, largest first, the others together last.

    Of fewer than five proposals there is no group.
    """
    if len(rows) < K:
        return []
    labels = coarsened([Label(role=role) for role, _ in rows])
    by_role: defaultdict[str | None, list[ThresholdCounts]] = defaultdict(list)
    for label, (_, zone_thresholds) in zip(labels, rows, strict=True):
        by_role[label.role].append(zone_thresholds)
    shown = [Group(role, _apart(zone_thresholds)) for role, zone_thresholds in by_role.items()]
    return sorted(shown, key=lambda group: (group.role is None, -group.n, group.role or ""))


def everybody(found: Sequence[Group]) -> ThresholdCounts:
    """Return the middle proposal of all people of these groups together, for each threshold."""
    yellow, orange, red = (
        tuple(sorted(count for group in found for count in group.zone_thresholds[which])) for which in range(3)
    )
    return _medians((yellow, orange, red))


def differences(by_zone: Mapping[str, Sequence[Group]], which: int) -> list[Difference]:
    """Return where roles differ about a threshold (0 yellow, 1 orange, 2 red), widest first.

    Zones at which fewer than two roles may be shown are absent.
    """
    found = []
    for zone, of_zone in by_zone.items():
        told = sorted((group for group in of_zone if group.role), key=lambda group: group.medians[which])
        if len(told) >= 2:
            found.append(Difference(zone, told[0], told[-1], which))
    return sorted(found, key=lambda difference: (-difference.factor, difference.zone))


def _keep(db: Database, sheet: Sheet, zone: str, zone_thresholds: ThresholdCounts, author: Author | None) -> None:
    _forget(db, sheet, zone, author)
    row = {
        "id": _row_id(db, sheet, zone),
        "person": author.person if author else None,
        "area": sheet.area,
        "session": sheet.session,
        "zone": zone,
        "role": sheet.role,
        **dict(zip(("yellow", "orange", "red"), zone_thresholds, strict=True)),
        "sent": utc_text(),
    }
    db.execute(
        "INSERT INTO proposals (id, person, area, session, zone, role, yellow, orange, red, sent) "
        "VALUES (:id, :person, :area, :session, :zone, :role, :yellow, :orange, :red, :sent)",
        row,
    )


def _forget(db: Database, sheet: Sheet, zone: str, author: Author | None) -> None:
    """Delete the proposal for a zone by this sheet, or by its author in whatever sheet.

    What is tried out in a rehearsal does not take the place of what was meant, nor the other way round.
    """
    db.execute("DELETE FROM proposals WHERE id = ?", [_row_id(db, sheet, zone)])
    if author is not None:
        where = [author.person, sheet.area, zone, _rehearsed(db, sheet)]
        sql = f"DELETE FROM proposals WHERE person = ? AND area = ? AND zone = ? AND ({EARNEST}) <> ?"  # noqa: S608
        db.execute(sql, where)


def _row_id(db: Database, sheet: Sheet, zone: str) -> str:
    return str(uuid5(sheet.id, f"{sheet.area}/{zone}" + ("/rehearsal" if _rehearsed(db, sheet) else "")))


def _rehearsed(db: Database, sheet: Sheet) -> bool:
    return bool(db.table("sessions").count_where("id = ? AND rehearsal", [sheet.session]))


def _apart(
    zone_thresholds: Iterable[ThresholdCounts],
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    yellow, orange, red = (tuple(sorted(counts)) for counts in zip(*zone_thresholds, strict=True))
    return yellow, orange, red


def _medians(zone_thresholds: Sequence[Sequence[float]]) -> ThresholdCounts:
    yellow, orange, red = (median(counts) for counts in zone_thresholds)
    return yellow, orange, red
