"""What people told us about an area, counted by topic; few people behind a figure are never shown apart."""

from collections import Counter
from dataclasses import dataclass

from feedback.contributions.contributions import EARNEST
from feedback.contributions.small_cells import K, Label, coarsened
from feedback.database.store import open_store, store_path


@dataclass(frozen=True)
class Told:
    """How many contributions were published from ``first`` to ``last`` (UTC days), and by topic, the most first.

    The topic ``None`` is what is told without a topic, or of which too few spoke.
    """

    total: int
    topics: tuple[tuple[str | None, int], ...]
    first: str
    last: str


def told_about(area_id: str) -> Told | None:
    """Return what was said about an area and published; ``None`` when that is fewer than five contributions."""
    rows = []
    if store_path().exists():
        with open_store() as db:
            where = f"area = ? AND state = 'published' AND {EARNEST}"
            rows = list(db.execute(f"SELECT topic, sent FROM contributions WHERE {where} ORDER BY sent", [area_id]))  # noqa: S608
    if len(rows) < K:
        return None
    labels = coarsened([Label(role=topic) for topic, _ in rows])
    counts = Counter(label.role for label in labels)
    ranked = sorted(counts.items(), key=lambda item: (item[0] is None, -item[1], item[0] or ""))
    return Told(len(rows), tuple(ranked), rows[0][1][:10], rows[-1][1][:10])
