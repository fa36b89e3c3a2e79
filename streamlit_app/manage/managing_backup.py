"""Beheer, the backup: what people said and what is known of the areas, to be kept elsewhere."""

from pathlib import Path

import streamlit as st

from data.area.area import Area
from data.keeping.packing import packed_areas
from data.keeping.real_time import real_today
from feedback.upkeep.backup import DAYS, backup, backup_folder, made_at
from feedback.upkeep.restoring import restore
from language import Language
from language.plain import numbered
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import moment_text
from streamlit_app.shell import session
from streamlit_app.shell.acting import attempting, do, later


def backups(area: Area, lang: Language) -> None:
    """Make a backup on request, and offer the newest one and the areas as files."""
    st.markdown(
        lang.md(
            "A backup of what people said is kept for {days} days at most. The privacy page promises that. Delete "
            "your own copies by then too.",
            days=DAYS,
        )
    )
    if st.button(lang.t("Make a backup now"), key=ManageKey.BACKUP, type="primary", icon=":material/save:"):
        do(backup)
    newest = max(backup_folder().glob("feedback-*.db"), default=None)
    with st.container(horizontal=True):
        if newest is not None:
            st.download_button(
                lang.md("What people said, as of {moment}", moment=moment_text(made_at(newest), area, lang)),
                data=later(what_people_said, newest),
                file_name=newest.name,
                mime="application/vnd.sqlite3",
                on_click="ignore",
                icon=":material/download:",
            )
        st.download_button(
            lang.t("All areas with their data"),
            data=later(all_areas),
            file_name=f"areas-{real_today(area.tz):%Y%m%d}.tar.gz",
            mime="application/gzip",
            on_click="ignore",
            icon=":material/download:",
        )
    st.markdown(
        f":gray[:small[{lang.t('The keys in the folder secrets are in neither file. Keep a copy of them apart.')}]]"
    )


def putting_back(area: Area, lang: Language) -> None:
    """Offer to put a backup of what people said back; it asks first, and says what it does."""
    found = {path.name: path for path in sorted(backup_folder().glob("feedback-*.db"), reverse=True)}
    if not found:
        st.markdown(lang.t("There is no backup yet."))
        return
    labels = numbered({name: moment_text(made_at(path), area, lang) for name, path in found.items()})
    name: str = st.selectbox(
        lang.t("Backup"),
        tuple(found),
        format_func=labels.__getitem__,
        key=ManageKey.RESTORE_WHICH,
        width=320,
    )
    with st.popover(lang.t("Restore this backup"), icon=":material/settings_backup_restore:"):
        st.markdown(
            lang.t(
                "Everything that people said is as it was then. What is there now goes into a new backup first. What "
                "was erased since stays erased; codes that were used or withdrawn since stay so. Everybody is signed "
                "out, you too."
            )
        )
        sure = st.checkbox(lang.t("I have a password or a link to come back in"), key=f"{ManageKey.RESTORE_WHICH}.sure")
        st.button(
            lang.t("Yes, restore it"),
            key=ManageKey.RESTORE,
            disabled=not sure,
            on_click=attempting(lang, lambda: _restore(found[name], area, lang)),
        )


def _restore(path: Path, area: Area, lang: Language) -> None:
    done = do(restore, path)
    session.say_once(lang.md("The backup of {moment} is restored.", moment=moment_text(made_at(path), area, lang)))
    session.say_once(
        lang.n(
            "{n} row that was erased since is erased again.",
            "{n} rows that were erased since are erased again.",
            done.erased,
        )
    )
    if done.before:
        session.say_once(lang.md("All that was there until now is in: {file}.", file=done.before.name))


def what_people_said(backup_file: Path) -> bytes:
    """Return a backup of the database."""
    return backup_file.read_bytes()


def all_areas() -> bytes:
    """Return what is known of all areas, packed."""
    with packed_areas() as file:
        return file.read()
