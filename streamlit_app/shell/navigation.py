"""The pages: one table of where each stands in the navigation, and which roles may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import streamlit as st

from feedback.people.roles import Role, has_any
from language import Language

PAGES: Final = Path(__file__).parents[2] / "pages"
EVERYBODY: Final = (Role.VISITOR,)

LOOK, THINK, ACT, TELL, ACCOUNT, MANAGE = "Look", "Think along", "Act", "Tell", "Accountability", "Manage"


@dataclass(frozen=True)
class Entry:
    """A page: ``pages/<url>.py``, its title and group (English texts of the catalogue), and who may open it.

    Whoever may not, does not see it in the navigation and reads one sentence at its address. ``in_menu`` is false
    for a page that is reached from another one only.
    """

    url: str
    title: str
    group: str
    roles: tuple[Role, ...] = EVERYBODY
    in_menu: bool = True


ENTRIES: Final = (
    Entry("today", "Today", LOOK),
    Entry("map", "Map", LOOK),
    Entry("accuracy", "How good is it?", LOOK),
    Entry("thresholds", "Thresholds", THINK),
    Entry("scenarios", "Scenarios", THINK),
    Entry("join", "Join in", THINK),
    Entry("contributions", "Responses", THINK),
    Entry("sessions", "Sessions", THINK, (Role.FACILITATOR,)),
    Entry("answers", "What was done with it?", THINK),
    Entry("workbook", "Workbook", THINK),
    Entry("studio", "Picture studio", TELL, (Role.COMMUNICATIONS, Role.PROFESSIONAL)),
    Entry("privacy", "Privacy", ACCOUNT),
    Entry("accessibility", "Accessibility", ACCOUNT),
    Entry("moderation", "Moderate", MANAGE, (Role.FACILITATOR,)),
    Entry("manage", "Manage", MANAGE, (Role.FACILITATOR,)),
)
"""The first one is the page at the root. Its address is the same in every language."""


def pages(lang: Language, role: Role, *, now: bool = True) -> list[tuple[Entry, st.Page]]:
    """Return all pages with their entries; those that ``role`` may not open are hidden, not absent.

    ``now``: the week shown is the one that comes. Of another week, the first page is not called 'Today'.
    """
    return [
        (
            entry,
            st.Page(
                PAGES / f"{entry.url}.py",
                title=lang.t(entry.title) if now or entry is not ENTRIES[0] else lang.t("The week"),
                url_path=entry.url,
                default=entry is ENTRIES[0],
                visibility="visible" if entry.in_menu and has_any(role, entry.roles) else "hidden",
            ),
        )
        for entry in ENTRIES
    ]


def grouped(found: list[tuple[Entry, st.Page]], lang: Language) -> dict[str, list[st.Page]] | list[st.Page]:
    """Return the pages by group, as the navigation wants them; a single group needs no name."""
    groups: dict[str, list[st.Page]] = {}
    for group, page in _sorted(found):
        groups.setdefault(lang.t(group), []).append(page)
    return groups if len(groups) > 1 else next(iter(groups.values()))


def _sorted(found: list[tuple[Entry, st.Page]]) -> Iterator[tuple[str, st.Page]]:
    for group in (LOOK, THINK, ACT, TELL, ACCOUNT, MANAGE):
        yield from ((group, page) for entry, page in found if entry.group == group)
