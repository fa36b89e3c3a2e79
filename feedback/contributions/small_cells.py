"""Few people behind a figure can be recognised: labels are coarsened until at least five share them.

Local recoding in steps: a record keeps role, zone and hour when at least ``k`` records have the same three; the
others keep less and less. What is left in the end, and shows nothing, is never fewer than ``k`` either: otherwise it
could be found by subtracting all others from the total. Every published list, count and picture is made from
coarsened records, so that no margin or complement says more than the cells.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

K: Final = 5


@dataclass(frozen=True)
class Label:
    """What is told of where a record comes from. ``None`` stands for 'not told'.

    ``hour`` is the start of an hour (aware); with ``whole_day`` only its local date may be told.
    """

    role: str | None = None
    zone: str | None = None
    hour: datetime | None = None
    whole_day: bool = False


def coarsened(labels: Sequence[Label], *, k: int = K) -> list[Label]:
    """Return a label for each record, in the same order, that at least ``k`` of the records share.

    Hours are aware; days are taken in the hours' own time zone. When there are fewer than ``k`` records, nothing
    is told of any of them.
    """
    told: dict[int, Label] = {}
    for step in range(len(_STEPS)):
        groups: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, label in enumerate(labels):
            if index not in told:
                groups[_STEPS[step](label)].append(index)
        for label_of_group, members in groups.items():
            assert isinstance(label_of_group, Label)
            if len(members) >= k and label_of_group != Label():
                told.update(dict.fromkeys(members, label_of_group))
    _protect_the_rest(told, len(labels), k)
    return [told.get(index, Label()) for index in range(len(labels))]


def _protect_the_rest(told: dict[int, Label], total: int, k: int) -> None:
    """Let the smallest groups join a rest of fewer than ``k``, so that it cannot be found by subtraction."""
    while told and 0 < total - len(told) < k:
        groups: defaultdict[Label, list[int]] = defaultdict(list)
        for index, label in told.items():
            groups[label].append(index)
        for index in min(groups.values(), key=len):
            del told[index]


def _day(label: Label) -> Label:
    if label.hour is None:
        return label
    return replace(label, hour=label.hour.replace(hour=0, minute=0, second=0, microsecond=0), whole_day=True)


_STEPS: Final = (
    lambda label: label,
    _day,
    lambda label: Label(role=label.role, zone=label.zone),
    lambda label: Label(zone=label.zone),
    lambda label: Label(role=label.role),
)
