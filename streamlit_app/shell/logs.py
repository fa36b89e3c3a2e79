"""Structured logs, one JSON object a line, without personal data.

What is logged: that the app started, what failed and where in the code. What is not: addresses, names, texts
that people typed, or the content of requests.
"""

import json
import logging
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from traceback import extract_tb
from typing import Any, Final

_AGAIN: Final = 60.0
_told: dict[tuple[str, str], float] = {}

_LOGGER = logging.getLogger("crowd_notebook")
_BELOW: Final = ("streamlit", "uvicorn", "websockets", "asyncio")
"""Loggers of what this app runs on, which would write whole errors, with what people typed in them."""


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps(line, ensure_ascii=False)


def _record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    """Make a record; of an error of the server below this app it keeps what :func:`log_error` would keep."""
    record = logging.LogRecord(*args, **kwargs)
    if record.exc_info and record.exc_info[1] is not None and record.name.split(".")[0] in _BELOW:
        kind, where = _kind_and_place(record.exc_info[1])
        record.msg, record.args, record.exc_info = f"{record.msg}: {kind} at {where}", (), None
    return record


def set_up() -> None:
    """Send the app's log lines to standard error; safe to call twice."""
    if _LOGGER.handlers:
        return
    logging.setLogRecordFactory(_record)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_JsonLines())
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def log(event: str, **fields: Any) -> None:
    """Write one line: what happened, with fields that name no person."""
    _LOGGER.info(event, extra={"fields": fields})


def log_unavailable(event: str, error: Exception) -> None:
    """Write what fails because the database cannot be used, at most once a minute: every click would tell it again."""
    said = str(error)
    if monotonic() - _told.get((event, said), -_AGAIN) >= _AGAIN:
        _told[event, said] = monotonic()
        log(event, reason=said)


def log_error(event: str, error: BaseException) -> None:
    """Write what kind of error happened and where in the code, but not its message, which may quote input."""
    kind, where = _kind_and_place(error)
    _LOGGER.error(event, extra={"fields": {"error": kind, "where": where}})


def _kind_and_place(error: BaseException) -> tuple[str, str]:
    steps = [f"{Path(step.filename).name}:{step.lineno}" for step in extract_tb(error.__traceback__)[-5:]]
    return type(error).__name__, " < ".join(reversed(steps))
