"""Beheer, the backup: what people said and what is known of the areas, to be kept elsewhere."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from data.area.area import Area
from data.keeping.packing import packed_areas
from data.keeping.real_time import real_today
from feedback.upkeep.backup import DAYS, backup, backup_folder
from language import Language
from streamlit_app.manage.managing import moment_text
from streamlit_app.shell.acting import do, later
from streamlit_app.shell.widgets import Key


def backups(area: Area, lang: Language) -> None:
    """Make a backup on request, and offer the newest one and the areas as files."""
    st.markdown(
        lang.md(
            "A backup of what people said is kept for {days} days at most. The privacy page promises that. Delete "
            "your own copies by then too.",
            days=DAYS,
        )
    )
    if st.button(lang.t("Make a backup now"), key=Key.BACKUP, type="primary", icon=":material/save:"):
        do(backup)
    newest = max(backup_folder().glob("feedback-*.db"), default=None)
    with st.container(horizontal=True):
        if newest is not None:
            made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
            st.download_button(
                lang.md("What people said, as of {moment}", moment=moment_text(made, area, lang)),
                data=later(what_people_said, newest),
                file_name=newest.name,
                mime="application/vnd.sqlite3",
                on_click="ignore",
                icon=":material/download:",
            )
        st.download_button(
            lang.t("All areas: counts, events, decisions"),
            data=later(all_areas),
            file_name=f"areas-{real_today(area.tz):%Y%m%d}.tar.gz",
            mime="application/gzip",
            on_click="ignore",
            icon=":material/download:",
        )
    st.markdown(
        f":gray[:small[{lang.t('The keys in the folder secrets are in neither file. Keep a copy of them apart.')}]]"
    )


def what_people_said(backup_file: Path) -> bytes:
    """Return a backup of the database."""
    return backup_file.read_bytes()


def all_areas() -> bytes:
    """Return what is known of all areas, packed."""
    with packed_areas() as file:
        return file.read()
