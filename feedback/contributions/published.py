"""What the public reads of contributions: texts, with no more of their origin than at least five share."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from feedback.contributions.contributions import Contribution, find_contributions
from feedback.contributions.small_cells import Label, coarsened


@dataclass(frozen=True)
class Published:
    """A contribution as the public reads it: ``label`` tells role, place and hour as far as they may be told."""

    id: str
    text: str
    topic: str | None
    mood: str | None
    felt: str | None
    cell: str | None
    scenario: str | None
    snapshot: str | None
    label: Label


def published(area: str, tz: ZoneInfo, *, session: str | None = None) -> list[Published]:
    """Return what is published of an area (or of one session), newest first, with coarsened labels.

    ``tz`` is the area's time zone: days are its days. All is coarsened together, so that choosing a part of it
    afterwards tells nothing more.
    """
    found = find_contributions(area, session=session)
    return [_shown(said, label) for said, label in zip(found, coarsened(_labels(found, tz)), strict=True)]


def matching(
    found: Sequence[Published],
    *,
    ids: frozenset[str] | None = None,
    topic: str | None = None,
    role: str | None = None,
    zone: str | None = None,
) -> list[Published]:
    """Return those that match, by what is told of them: who is not told of cannot be chosen.

    ``ids`` are those that hold the words somebody looks for.
    """
    return [
        said
        for said in found
        if (ids is None or said.id in ids)
        and topic in (None, said.topic)
        and role in (None, said.label.role)
        and zone in (None, said.label.zone)
    ]


def _labels(found: Sequence[Contribution], tz: ZoneInfo) -> list[Label]:
    return [Label(said.role, said.zone, said.hour and said.hour.astimezone(tz)) for said in found]


def _shown(said: Contribution, label: Label) -> Published:
    return Published(
        said.id, said.text, said.topic, said.mood, said.felt, said.cell, said.scenario, said.snapshot, label
    )
