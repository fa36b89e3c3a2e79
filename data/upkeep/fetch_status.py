"""How fetching went: ``fetch_status.json`` of an area, written after every fetch."""

import json
from datetime import datetime
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from data.keeping.from_outside import parsed
from data.keeping.home import area_home, written_whole
from language import UserError

FILE: Final = "fetch_status.json"


class Failure(BaseModel):
    """What failed and when: a catalogue id and its values, so that it can be said in any language."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    message: str
    values: dict[str, Any] = {}

    @classmethod
    def of(cls, error: UserError, at: datetime) -> "Failure":
        """Return the failure of an error, with values that JSON can hold."""
        plain = {
            name: value if isinstance(value, int | float | str) else str(value) for name, value in error.values.items()
        }
        return cls(at=at, message=error.message, values=plain)

    @property
    def error(self) -> UserError:
        """The error as it was raised."""
        return UserError(self.message, **self.values)


class SourceStatus(BaseModel):
    """Of one source: last success and failure, the newest hour known, and what was seen of it before."""

    model_config = ConfigDict(frozen=True)

    last_success: datetime | None = None
    last_failure: Failure | None = None
    data_until: datetime | None = None
    files: dict[str, str] = {}
    event_ids: list[str] = []


def read_status(area_id: str) -> dict[str, SourceStatus]:
    """Return the status of each source by id; an unreadable file says nothing, since all can be fetched again."""
    try:
        entries = parsed((area_home(area_id) / FILE).read_text("utf-8"))
        return {source_id: SourceStatus.model_validate(entry) for source_id, entry in entries.items()}
    except (OSError, ValueError, AttributeError, ValidationError):
        return {}


def write_status(area_id: str, status: dict[str, SourceStatus]) -> None:
    """Write the status of all sources, whole or not at all."""
    entries = {source_id: entry.model_dump(mode="json") for source_id, entry in status.items()}
    with written_whole(area_home(area_id) / FILE) as temporary:
        temporary.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", "utf-8")
