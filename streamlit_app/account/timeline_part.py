"""The timeline as everybody reads it: what they choose of it, what is new to them, and ways to take it along."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Final

import streamlit as st

from data.area.area import Area
from language import Language
from language.markdown import Markdown, as_text, bold, bullets, link, small
from reports.timeline.files import timeline_table
from reports.timeline.gathering import chosen, timeline
from reports.timeline.happening import Asked, Happening
from reports.timeline.kinds import KINDS
from reports.timeline.names import who
from streamlit_app.access.permissions import visitor
from streamlit_app.account.keys import AccountKey
from streamlit_app.account.last_visit import last_visit
from streamlit_app.notebook.told_cell import told_weeks

_AT_ONCE: Final = 40


def asked_for(area: Area, lang: Language) -> Asked:
    """Return what is asked for the visitor of this run."""
    return Asked(area, lang, visitor().role, told_weeks(area, area.now()))


def show_timeline(area: Area, lang: Language) -> None:
    """Show the timeline of an area, what can be chosen of it, and how it is followed."""
    found = timeline(asked_for(area, lang))
    before = last_visit(f"timeline.{area.id}")
    wanted = _chosen(found, before, area, lang)
    most = st.session_state.setdefault(AccountKey.TIMELINE_MORE, _AT_ONCE)
    if not wanted:
        st.info(lang.t("Nothing of this happened here yet."), icon=":material/history:")
    for day, lines in groupby(wanted[:most], key=lambda one: one.at.astimezone(area.tz).date()):
        st.markdown(
            Markdown("\n\n").join(
                [bold(lang.date(day, "EEEE d MMMM y")), bullets(_line(one, before, area, lang) for one in lines)]
            )
        )
    if len(wanted) > most and st.button(lang.t("Show more"), key=f"{AccountKey.TIMELINE_MORE}.on"):
        st.session_state[AccountKey.TIMELINE_MORE] = most + _AT_ONCE
        st.rerun()
    _along(wanted, area, lang)


def _chosen(found: Sequence[Happening], before: datetime | None, area: Area, lang: Language) -> list[Happening]:
    there = {one.kind for one in found}
    names = {kind.id: lang.t(kind.name) for kind in KINDS if kind.id in there}
    roles = sorted({one.by or "" for one in found})
    with st.container(horizontal=True):
        kinds = st.multiselect(
            lang.t("Kind"),
            tuple(names),
            format_func=names.__getitem__,
            placeholder=lang.t("Everything"),
            label_visibility="collapsed",
            key=AccountKey.TIMELINE_KINDS,
            width=300,
        )
        zone = st.selectbox(
            lang.t("Place"),
            area.zone_ids,
            index=None,
            format_func=lambda one: area.zone(one).name(lang),
            placeholder=lang.t("All places"),
            label_visibility="collapsed",
            key=f"{AccountKey.TIMELINE_ZONE}.{area.id}",
            width=300,
        )
        by = st.selectbox(
            lang.t("By whom"),
            roles,
            index=None,
            format_func=lambda one: who(one, lang),
            placeholder=lang.t("By everybody"),
            label_visibility="collapsed",
            key=AccountKey.TIMELINE_BY,
            width=300,
        )
    since = before if before is not None and _only_new(found, before, area, lang) else None
    return chosen(found, kinds=kinds, zone=zone, by=by, since=since)


def _only_new(found: Sequence[Happening], before: datetime, area: Area, lang: Language) -> bool:
    return st.toggle(
        lang.md_n(
            "Only what is new since I was here on {day} ({n} thing)",
            "Only what is new since I was here on {day} ({n} things)",
            len(chosen(found, since=before)),
            day=lang.date(before.astimezone(area.tz).date(), "d MMMM y"),
        ),
        key=AccountKey.TIMELINE_NEW,
    )


def _line(one: Happening, before: datetime | None, area: Area, lang: Language) -> Markdown:
    name = next(lang.t(kind.name) for kind in KINDS if kind.id == one.kind)
    at = f"{one.at.astimezone(area.tz):%H:%M} · " if one.timed else ""
    what = link(name, _address(one.page, area, lang)) if one.page else as_text(name)
    new = Markdown(f" :green-badge[{lang.t('new')}]") if before is not None and one.known >= before else Markdown("")
    why = Markdown(" ") + small(f"“{' '.join(one.why.split())}”") if one.why else Markdown("")
    return small(Markdown(at + what)) + Markdown("  \n  ") + as_text(one.text) + why + new


def _address(page: str, area: Area, lang: Language) -> str:
    path, _, mark = page.partition("#")
    between = "&" if "?" in path else "?"
    return f"{path}{between}area={area.id}&lang={lang.code}" + (f"#{mark}" if mark else "")


def _along(wanted: Sequence[Happening], area: Area, lang: Language) -> None:
    st.header(lang.t("Follow it, or keep it as a file"), anchor="follow")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            lang.t("What stands here as a table (CSV)"),
            data=lambda: timeline_table(wanted, area, lang),
            file_name=f"{area.id}-{lang.t('timeline')}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=AccountKey.TIMELINE_FILE,
        )
        feed = f"api/areas/{area.id}/timeline.rss?lang={lang.code}"
        st.markdown(f"[{lang.t('News feed (RSS)')}]({feed})")
    st.markdown(small(lang.t("When you were here before is known on this device only.")))
