"""What the server does by itself: every minute it completes erasures and frees files of who left.

Once a day it lets go of what is due, and then makes a backup.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from feedback.database.store import store_path
from feedback.upkeep.backup import backup, last_backup
from feedback.upkeep.erasure import finish_erasures
from feedback.upkeep.retention import retain
from language import UserError
from streamlit_app.shell import logs
from streamlit_app.shell.uploads import sweep

EVERY: Final = 60.0
"""Seconds between two looks."""

DAILY: Final = timedelta(hours=24)


async def take_care() -> None:
    """Look after the database as long as the server runs; what fails is logged and tried again."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            sweep()
            await asyncio.to_thread(look_after)
        except (UserError, OSError) as error:
            logs.log("care failed", reason=str(error))
        except Exception as error:
            logs.log_error("care failed", error)


def look_after(now: datetime | None = None) -> None:
    """Complete what is pending; when the last backup is a day old, let go of what is due and make one.

    Retention comes first, so that the backup does not hold what has just been let go of.
    """
    if not store_path().exists():
        return
    now = now or datetime.now(UTC)
    finish_erasures()
    last = last_backup()
    if last is None or now - last >= DAILY:
        done = {outcome.rule: outcome.due for outcome in retain(now) if outcome.due}
        backup(now)
        logs.log("daily care", **done)
