"""Histories of something that people change: every version kept whole, by which role it was made and why.

A history lies in a JSON file of the area. Nothing is ever taken out of it: going back is a version too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from data.keeping.home import area_home, written_whole
from data.keeping.locking import locked
from language import UserError
from language.visible import visible

SHORTEST_REASON: Final = 10
_LONGEST_REASON: Final = 2000


class Revision(BaseModel):
    """A version that stood from ``at`` (UTC) on. ``number`` counts from 1; ``role`` made it, for a ``reason``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1)
    at: AwareDatetime
    role: Annotated[str, Field(pattern=r"^[a-z_-]{1,40}$")]
    reason: Annotated[str, Field(min_length=1, max_length=_LONGEST_REASON)]


Made = TypeVar("Made", bound=Revision)


class _File(BaseModel, Generic[Made]):
    model_config = ConfigDict(frozen=True, extra="forbid")

    version: Literal[1] = 1
    revisions: tuple[Made, ...] = ()


@dataclass(frozen=True)
class History(Generic[Made]):
    """All versions of one thing of an area: in which ``file``, of which ``kind``, and how to ask for a reason."""

    file: str
    kind: type[Made]
    ask_why: str

    def of(self, area_id: str) -> tuple[Made, ...]:
        """Return all versions, oldest first. Raises ``UserError`` when their file was damaged."""
        path = area_home(area_id) / self.file
        try:
            state = path.stat()
        except FileNotFoundError:
            return ()
        return _read(path, state.st_mtime_ns, state.st_size, self._form())

    def reason(self, text: str) -> str:
        """Return a reason as it is kept. Raises ``UserError`` when it is too short to say anything."""
        said = visible(text).strip()
        if len(said) < SHORTEST_REASON:
            raise UserError(self.ask_why)
        return said[:_LONGEST_REASON]

    def keep_version(self, area_id: str, make: Callable[[Mapping[str, Any]], Made], *, role: str, reason: str) -> Made:
        """Keep the version that ``make`` makes of its number, moment, role and reason, while nobody else adds one.

        Raises ``UserError`` when the reason is too short, the file was damaged, and as ``make`` does.
        """
        said = self.reason(reason)
        with locked(area_id, Path(self.file).stem):
            before = self.of(area_id)
            now = datetime.now(UTC).replace(microsecond=0)
            made = make({"number": len(before) + 1, "at": now, "role": role, "reason": said})
            with written_whole(area_home(area_id) / self.file) as temporary:
                whole = self._form()(revisions=(*before, made))
                temporary.write_text(whole.model_dump_json(indent=1) + "\n", "utf-8")
        return made

    def _form(self) -> type[_File[Made]]:
        form: type[_File[Made]] = _File.__class_getitem__(self.kind)  # type: ignore[assignment]
        return form


@lru_cache(maxsize=64)
def _read(path: Path, _written: int, _size: int, form: type[_File[Made]]) -> tuple[Made, ...]:
    try:
        return form.model_validate_json(path.read_text("utf-8")).revisions
    except (ValidationError, UnicodeDecodeError) as error:
        raise UserError("{file} is damaged. Restore it from a backup.", file=path) from error
