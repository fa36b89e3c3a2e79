"""How old fetched data are. Old data are used, and it is said since when they are old."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.area.area import Area
from data.area.sources import Kind, read_sources
from data.area.zone import in_language
from data.upkeep.fetch_status import Failure, read_status
from language import Language


@dataclass(frozen=True)
class Stale:
    """A source whose data are old: ``since`` when (area time, ``None`` when never fetched), and why, if known."""

    source_id: str
    kind: Kind
    title: dict[str, str]
    since: datetime | None
    failure: Failure | None

    def text(self, lang: Language) -> str:
        """Return one sentence for whoever looks at a forecast."""
        title = in_language(self.title, lang)
        if self.since is None:
            return lang.t("No data have come in from '{source}' yet.", source=title)
        return lang.t(
            "The data of '{source}' are from {since}. Newer data have not come in.",
            source=title,
            since=lang.date(self.since, "EEEE d MMMM y HH:mm", self.since.tzinfo),
        )


def stale(area: Area, now: datetime) -> list[Stale]:
    """Return which approved sources with a connector are older at ``now`` (aware) than theirs may be.

    Counts are as old as the newest hour with a count; weather and events as old as the last successful fetch.
    """
    status = read_status(area.id)
    found = []
    for source in read_sources(area.id):
        if source.connector is None or source.decision != "approved":
            continue
        entry = status.get(source.id)
        since = None if entry is None else entry.data_until if source.kind == "counts" else entry.last_success
        if since is None or now - since > timedelta(hours=source.connector.max_age(source.kind)):
            failure = entry.last_failure if entry else None
            local = since.astimezone(area.tz) if since else None
            found.append(Stale(source.id, source.kind, source.title, local, failure))
    return found
