"""What the server does by itself: every minute it completes erasures, lets go of what lives for some hours only, and
frees files of who left.

Once a day it lets go of what is due, and then makes a backup. Of several processes one does what concerns them all
(``leading``); each frees its own files, and looks at the clock.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Final

from data.area.settings import copies_folder
from feedback.database.store import store_path
from feedback.upkeep.backup import backup, last_backup, restamp
from feedback.upkeep.copies import Copying
from feedback.upkeep.erasure import finish_erasures
from feedback.upkeep.fleeting_rows import drop_fleeting
from feedback.upkeep.retention import last_retained, retain
from language import UserError
from streamlit_app.access.counted import let_go
from streamlit_app.server.believed_clock import BelievedClock, steady
from streamlit_app.server.leading import leads
from streamlit_app.shell import logs
from streamlit_app.shell.uploads import sweep

EVERY: Final = 60.0
"""Seconds between two looks."""

COPY_LOOK: Final = 1.0
"""Seconds between two looks whether something must be copied elsewhere."""

DAILY: Final = timedelta(hours=24)

clock: Final = BelievedClock()
"""What time it is, for all that is let go of or kept by its age."""


async def take_care() -> None:
    """Look after the database as long as the server runs; what fails is logged and tried again."""
    while True:
        await asyncio.sleep(EVERY)
        try:
            sweep()
            await asyncio.to_thread(let_go, datetime.now(UTC).date().isoformat())
            await asyncio.to_thread(look_around)
        except (UserError, OSError) as error:
            logs.log("care failed", reason=str(error))
        except Exception as error:
            logs.log_error("care failed", error)


async def keep_copies() -> None:
    """Keep a copy elsewhere, where a folder is set, as long as the server runs and while this process leads."""
    copying, failed = Copying(), ""
    while True:
        await asyncio.sleep(COPY_LOOK)
        folder = copies_folder()
        if folder is None:
            continue
        try:
            if await asyncio.to_thread(leads):
                await asyncio.to_thread(copying.look, folder)
            failed = ""
        except Exception as error:
            # Said once: a disk that is away would fill the log.
            if failed != type(error).__name__:
                logs.log_error("no copy elsewhere", error)
            failed = type(error).__name__


def look_around() -> None:
    """Look at the clock, and say so when it jumped; who leads looks after the database, at the moment it believes."""
    if not store_path().exists():
        return
    wall, doubted = datetime.now(UTC), clock.doubted
    now = clock.now(wall, steady(), last_retained())
    if clock.doubted and not doubted:
        logs.log("clock jumped", says=wall.isoformat(timespec="minutes"), believed=now.isoformat(timespec="minutes"))
    if leads():
        look_after(now)


def look_after(now: datetime | None = None) -> None:
    """Complete what is pending and let go of what lives for hours; daily, let go of all that is due and make a backup.

    Retention comes first, so that the backup does not hold what has just been let go of.
    """
    if not store_path().exists():
        return
    now = now or datetime.now(UTC)
    finish_erasures()
    drop_fleeting(now)
    restamp(now)
    last = last_backup()
    if last is None or now - last >= DAILY:
        done = {outcome.rule: outcome.due for outcome in retain(now) if outcome.due}
        backup(now)
        logs.log("daily care", **done)
