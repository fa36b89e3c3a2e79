"""Before the evening: a list of what must be in order, each with one sentence what to do where it is not."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from data.area.settings import public_address
from feedback.people.invitations import AN_EVENING, LABEL, invitations, invite
from feedback.people.roles import Role
from feedback.sessions.door import is_shut
from feedback.sessions.preparing import prepared
from feedback.sessions.sessions import Session
from feedback.upkeep.backup import last_backup
from language import Language
from language.markdown import Markdown
from streamlit_app.access.address import is_local
from streamlit_app.access.permissions import visitor
from streamlit_app.sessions.keys import SessionKey
from streamlit_app.sessions.presenter.entrance_code import code_as_read, qr
from streamlit_app.shell.acting import attempting, do

FRESH: Final = timedelta(hours=24)
"""How old a backup may be when an evening begins."""


@dataclass(frozen=True)
class Check:
    """One thing: whether it is in order, and what is said of it."""

    ready: bool
    said: Markdown


def outside_address() -> str:
    """Return under which address phones are sent to this app, without a slash; empty when it is not known."""
    if address := public_address():
        return address
    host = st.context.headers.get("host", "")
    return f"http://{host}" if is_local(host) else ""


def only_here(address: str) -> bool:
    """Return whether an address leads every device to itself."""
    name = (urlsplit(address).hostname or "").rstrip(".")
    try:
        found = ip_address(name)
        return found.is_loopback or found.is_unspecified
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def checks(chosen: Session, address: str, now: datetime, lang: Language) -> list[Check]:
    """Return what must be in order before a session, at ``now`` (aware), when phones are sent to ``address``."""
    done = prepared(chosen.id)
    known = bool(address) and not only_here(address)
    return [
        _address(address, known=known, lang=lang),
        _reached(done.reached, address, known=known, lang=lang),
        _code(chosen, lang),
        Check(True, lang.md("The sheets of this agenda were opened for printing."))
        if done.printed
        else Check(False, lang.md("Open the paper sheets and print them: the network may fail.")),
        _backup(now, lang),
        _ending(now, lang),
    ]


def _address(address: str, *, known: bool, lang: Language) -> Check:
    if known:
        return Check(True, lang.md("The QR code leads to {address}.", address=address))
    if address:
        return Check(
            False,
            lang.md(
                "The QR code leads to {address}, which on a phone means the phone itself. Open this app under "
                "the address of this machine in the network, or let the steward set public_address.",
                address=address,
            ),
        )
    return Check(
        False,
        lang.md(
            "The app does not know where phones find it, so there is no QR code. Let the steward set public_address."
        ),
    )


def _reached(reached: str, address: str, *, known: bool, lang: Language) -> Check:
    if reached and urlsplit(reached).netloc == urlsplit(address).netloc:
        return Check(True, lang.md("Another device reached it."))
    if known:
        return Check(False, lang.md("Scan the code below with a phone on the network of the room."))
    return Check(False, lang.md("First see to the address. Then scan the code that appears below with a phone."))


def _code(chosen: Session, lang: Language) -> Check:
    if is_shut(chosen):
        return Check(False, lang.md("Nobody else comes in now. Let people in again when it begins."))
    if chosen.code is None:
        return Check(False, lang.md("Open the session: then it has a code."))
    if any(one.open for one in invitations((Role.PARTICIPANT,), session=chosen.id)):
        return Check(True, lang.md("The code {code} lets people in.", code=code_as_read(chosen.code)))
    return Check(False, lang.md("The code was withdrawn. Close the session and open it again for another one."))


def _backup(now: datetime, lang: Language) -> Check:
    made = last_backup()
    if made is not None and now - made < FRESH:
        return Check(True, lang.md("The newest backup is less than a day old."))
    return Check(False, lang.md("There is no backup of the last day. Ask the steward for one, on the page Manage."))


def _ending(now: datetime, lang: Language) -> Check:
    end = now + FRESH
    over = [
        one
        for one in invitations()
        if one.open and one.kind != "once" and one.until is not None and datetime.fromisoformat(one.until) < end
    ]
    if over:
        return Check(
            False,
            lang.md(
                "The access of {who} ends within a day. Ask the steward for another one.",
                who=", ".join(sorted({one.label for one in over})),
            ),
        )
    return Check(True, lang.md("No access ends within a day."))


def show_preflight(chosen: Session, lang: Language) -> None:
    """Show the list of a session, and the code by which a phone tells that it can reach the app."""
    address = outside_address()
    found = checks(chosen, address, datetime.now(UTC), lang)
    ready = sum(check.ready for check in found)
    label = lang.md("Ready for the evening? {ready} of {all} in order", ready=ready, all=len(found))
    if not found[0].ready:
        st.warning(found[0].said, icon=":material/qr_code_2:")
    with st.expander(label, icon=":material/checklist:"):
        for place, check in enumerate(found):
            mark = ":green[:material/check_circle:]" if check.ready else ":orange[:material/error:]"
            above = place == 0 and not check.ready
            st.markdown(f"{mark} {lang.md('The address of the QR code: see above.') if above else check.said}")
        if found[0].ready and not found[1].ready:
            st.image(qr(f"{address}/reach/{chosen.id}"), width=160)
        _second_facilitator(chosen, lang)


def _second_facilitator(chosen: Session, lang: Language) -> None:
    """Offer a link by which a colleague comes in beside who leads the evening."""
    made = f"{SessionKey.DESK}.second.{chosen.id}"

    def let_in() -> None:
        until = datetime.now(UTC) + AN_EVENING
        landing = f"sessions?session={chosen.id}"
        _, st.session_state[made] = do(
            invite, Role.FACILITATOR, chosen.title[:LABEL], by=visitor().role, kind="once", landing=landing, until=until
        )

    st.button(
        lang.t("Let in a second facilitator"),
        icon=":material/group_add:",
        key=f"{SessionKey.DESK}.second",
        on_click=attempting(lang, let_in),
    )
    if code := st.session_state.get(made):
        st.markdown(lang.t("Send this link. It works once, within a day and a half, and cannot be shown again."))
        st.code(f"{outside_address()}/enter/{code}", language=None, wrap_lines=True)
