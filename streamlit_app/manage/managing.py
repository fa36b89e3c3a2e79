"""What the parts of the page Beheer share: their frame, errors told on the spot, and telling that something changed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import streamlit as st

from data.area.area import Area, list_areas
from data.area.settings import default_area
from data.area.sources import Kind, has_source
from data.keeping.fingerprint import fingerprint
from data.upkeep.event_proposals import accept_event, proposals, waiting_events
from feedback.contributions.moderation import waiting
from feedback.people.invitations import invitations
from feedback.people.passwords import accounts
from feedback.people.roles import Role
from feedback.people.sign_ins import listed
from language import Language, UserError
from language.markdown import as_text, small
from streamlit_app.access.permissions import RefusedError
from streamlit_app.manage.keys import ManageKey
from streamlit_app.shell import session
from streamlit_app.shell.acting import may_do


@contextmanager
def part(part_id: str, title: str, why: str) -> Iterator[None]:
    """Open a part of the page; an error that the user can mend is told in it, and the rest of the page goes on."""
    with st.container(border=True, key=f"part-{part_id}"):
        st.header(as_text(title), anchor=part_id)
        st.markdown(small(why))
        try:
            yield
        except RefusedError:  # the rest of the page is not for them either
            raise
        except UserError as error:
            st.error(error.md(session.spoken()), icon=":material/error:")


def shown_of(part_id: str, area_id: str) -> tuple[object, ...]:
    """Return what a part of the page shows that a colleague can change."""
    if part_id == "people":
        return invitations(), accounts(), [(one.sign_in.id, one.sign_in.until) for one in listed(tuple(Role))]
    if part_id == "overview":
        return waiting(), fingerprint(area_id), list_areas(), default_area(), proposals(area_id)
    if part_id == "events":
        return fingerprint(area_id), proposals(area_id)
    return (fingerprint(area_id),) if part_id in ("data", "agreement") else ()


def changed(*sentences: str) -> None:
    """Draw the page anew, from what is current now, with these sentences above it."""
    for sentence in sentences:
        session.say_once(sentence)
    session.change(snapshot=None, moment=None)
    st.rerun()


def agreed_by(area: Area, kind: Kind, lang: Language) -> str:
    """Ask who agreed to data of a kind that the area does not have yet; for data it has, nothing is asked."""
    if has_source(area.id, kind):
        return ""
    return st.text_input(
        lang.t("These data are new here. Who agreed to their use? (a group or function, not a person)"),
        max_chars=80,
        key=f"{ManageKey.AGREED_BY}.{kind}",
        width=480,
    )


def plain(texts: Mapping[Any, str] | None) -> dict[str, str]:
    """Return texts by the code of their language, to be changed in one language and kept in the other."""
    return {str(code): text for code, text in (texts or {}).items()}


def moment_text(moment: datetime | None, area: Area, lang: Language) -> str:
    """Write a moment (aware) in area time, or a dash."""
    return lang.date(moment, "d MMM y HH:mm", area.tz) if moment else "–"


def queue(area: Area, lang: Language) -> None:
    """Show how many responses wait for a moderator, and since when; and to who decides on them, proposed events."""
    n, since = waiting()
    events = waiting_events(area.id) if may_do(accept_event) else ()
    if events:
        _events_wait(len(events), lang)
    if not n:
        if not events:
            st.markdown(lang.t("Nothing is waiting for a decision."))
        return
    moment = datetime.fromisoformat(str(since))
    st.markdown(
        lang.md_n(
            "**{n} response waits** for a decision, since {since}.",
            "**{n} responses wait** for a decision, the oldest since {since}.",
            n,
            since=lang.date(moment, "d MMM HH:mm", area.tz),
        )
    )
    st.page_link("../pages/moderation.py", label=lang.t("To the decisions"), icon=":material/arrow_forward:")


def _events_wait(n: int, lang: Language) -> None:
    st.markdown(lang.md_n("**{n} proposed event waits** for you.", "**{n} proposed events wait** for you.", n))
    st.button(
        lang.t("To the proposed events"),
        icon=":material/festival:",
        key=f"{ManageKey.PROPOSED}.go",
        on_click=lambda: st.session_state.update({ManageKey.MANAGE_PART: "events"}),
    )
