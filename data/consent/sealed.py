"""A sealed test: one source that is not in use is let in, or kept out, for the computation inside it and nothing else.

It holds for the thread that opened it, and asks for the leave anew whenever something is read, so that a leave that is
withdrawn, or a party that objects, stops a test that goes on. ``forecasting.evaluation.sealed_test`` alone opens one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from data.area.investigations import check_leave
from data.area.sources import Source


@dataclass(frozen=True)
class _Test:
    area_id: str
    source_id: str
    let_in: bool


_open: Final[ContextVar[_Test | None]] = ContextVar("sealed test", default=None)


@contextmanager
def sealed(area_id: str, source_id: str, *, let_in: bool) -> Iterator[None]:
    """Let the source in for what is read within, or keep it out. Raises ``UserError`` when there is no leave for it."""
    check_leave(area_id, source_id)
    before = _open.set(_Test(area_id, source_id, let_in))
    try:
        yield
    finally:
        _open.reset(before)


def as_tested(area_id: str, sources: list[Source]) -> list[Source]:
    """Return sources as they were decided on; within a test the tested one as approved, and last, or as refused.

    Raises ``UserError`` when the leave for the test has ended meanwhile.
    """
    test = _open.get()
    if test is None or test.area_id != area_id:
        return sources
    check_leave(area_id, test.source_id)
    decision = "approved" if test.let_in else "refused"
    tested = [one.model_copy(update={"decision": decision}) for one in sources if one.id == test.source_id]
    return [*(one for one in sources if one.id != test.source_id), *tested]
