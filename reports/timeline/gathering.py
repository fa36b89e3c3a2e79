"""The timeline of an area: everything that somebody may read, the latest first, and the part of it they want."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from feedback.people.roles import has_any
from reports.timeline.happening import Asked, Happening
from reports.timeline.kinds import KINDS


def timeline(asked: Asked) -> list[Happening]:
    """Return everything that happened and that who asks may read, the latest first.

    Raises ``UserError`` when a file that was kept is damaged.
    """
    found = [replace(one, kind=kind.id) for kind in KINDS for one in kind.collect(asked)]
    mine = [one for one in found if has_any(asked.role, one.for_whom)]
    return sorted(mine, key=lambda one: (one.at, one.key), reverse=True)


def chosen(
    happenings: Iterable[Happening],
    *,
    kinds: Sequence[str] = (),
    zone: str | None = None,
    by: str | None = None,
    since: datetime | None = None,
) -> list[Happening]:
    """Return what is of some ``kinds``, at one place, done ``by`` one role, and noted ``since`` a moment (aware).

    ``by`` is empty for what no role did. What is not asked leaves everything in.
    """
    return [
        one
        for one in happenings
        if (not kinds or one.kind in kinds)
        and (zone is None or zone in one.zones)
        and (by is None or (one.by or "") == by)
        and (since is None or one.known >= since.replace(microsecond=0))
    ]
