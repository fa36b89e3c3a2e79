"""The pages: one table of behind which entry of the menu each stands, and which roles may see it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from feedback.people.roles import Role, has_any
from language import Language

PAGES: Final = Path(__file__).parents[2] / "pages"
EVERYBODY: Final = (Role.VISITOR,)

TODAY, MAP, WHAT_IF, JOIN, ABOUT, WORKBOOK = "Today", "Map", "What if?", "Join in", "About this app", "Workbook"
STUDIO, PLAYBOOK, SESSIONS, MANAGE = "Picture studio", "Playbook", "Sessions", "Manage"


@dataclass(frozen=True)
class Entry:
    """A page: ``pages/<url>.py``, its title, the entry of the menu behind which it stands, and who may open it.

    Texts are English ones of the catalogue. The menu leads to the first page of an entry; from there a row of links, or
    on the page about the app a list that says ``what`` each is, leads to the others. Whoever may not open a page
    sees no way to it, and reads one sentence at its address.
    """

    url: str
    title: str
    menu: str
    roles: tuple[Role, ...] = EVERYBODY
    what: str = ""


ENTRIES: Final = (
    Entry("today", "Today", TODAY),
    Entry("map", "Map", MAP),
    Entry("scenarios", "Scenarios", WHAT_IF),
    Entry("thresholds", "Thresholds", WHAT_IF),
    Entry("join", "In a session", JOIN),
    Entry("contributions", "Responses", JOIN),
    Entry("answers", "What was done with it?", JOIN),
    Entry("trail", "The trail", JOIN),
    Entry("about", "About this app", ABOUT),
    Entry("accuracy", "How good is it?", ABOUT, what="What we said before, beside what happened."),
    Entry("said", "What we said", ABOUT, what="The most important things we said about a week, beside what happened."),
    Entry("sources", "Sources", ABOUT, what="What is counted, where, by whom, and who agreed to it."),
    Entry("conditions", "Conditions", ABOUT, what="What people agreed on, how it stands, and what it governs."),
    Entry("costs", "Costs and benefits", ABOUT, what="What this costs and brings, who pays and who gains."),
    Entry("progress", "Progress", ABOUT, what="How far the work is, and whether the app may be used."),
    Entry("timeline", "What happened when", ABOUT, what="All that was forecast, decided, answered and done, by day."),
    Entry("overview", "How it works, in short", ABOUT, what="What it is and is not used for; algorithm register, A4."),
    Entry("open", "Open data", ABOUT, what="Counts and forecasts for other programs, and how to ask for them."),
    Entry("trials", "Trials", ABOUT, what="What is tried on days drawn by lot, and what came of it."),
    Entry("privacy", "Privacy", ABOUT, what="What we keep about you, and how to change or erase it."),
    Entry("accessibility", "Accessibility", ABOUT, what="For whom the app works well, and what does not work yet."),
    Entry("workbook", "Workbook", WORKBOOK),
    Entry("studio", "Picture studio", STUDIO, (Role.COMMUNICATIONS, Role.PROFESSIONAL)),
    Entry("playbook", "Playbook", PLAYBOOK, (Role.PROFESSIONAL,)),
    Entry("sessions", "Sessions", SESSIONS, (Role.FACILITATOR,)),
    Entry("moderation", "Moderate", SESSIONS, (Role.FACILITATOR,)),
    Entry("manage", "Manage", MANAGE, (Role.FACILITATOR,)),
)
"""In the order of the menu. The first one is the page at the root. Its address is the same in every language."""


def menu(role: Role, *, kept: bool) -> list[Entry]:
    """Return the pages to which the menu leads ``role``, in its order: the first of each entry.

    ``kept``: this visitor has kept something, so that there is a workbook to open.
    """
    first: dict[str, Entry] = {}
    for entry in ENTRIES:
        if has_any(role, entry.roles):
            first.setdefault(entry.menu, entry)
    return [entry for name, entry in first.items() if kept or name != WORKBOOK]


def beside(entry: Entry, role: Role) -> list[Entry]:
    """Return the pages that ``role`` may open behind the same entry of the menu, this one among them."""
    return [other for other in ENTRIES if other.menu == entry.menu and has_any(role, other.roles)]


def pages(lang: Language, role: Role, *, now: bool = True, kept: bool = False) -> list[tuple[Entry, st.Page]]:
    """Return all pages with their entries; those to which the menu does not lead are hidden, not absent.

    ``now``: the week shown is the one that comes. Of another week, the first page is not called 'Today'.
    """
    led_to = menu(role, kept=kept)
    return [
        (
            entry,
            st.Page(
                PAGES / f"{entry.url}.py",
                title=title(entry, lang, now=now, in_menu=entry in led_to),
                url_path=entry.url,
                default=entry is ENTRIES[0],
                visibility="visible" if entry in led_to else "hidden",
            ),
        )
        for entry in ENTRIES
    ]


def title(entry: Entry, lang: Language, *, now: bool = True, in_menu: bool = False) -> str:
    """Return what a page is called, by itself or ``in_menu``."""
    if entry is ENTRIES[0] and not now:
        return lang.t("The week")
    return lang.t(entry.menu if in_menu else entry.title)
