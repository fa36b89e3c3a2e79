"""Beheer, the people: invite with a personal code, withdraw, and set a password. No names of persons anywhere."""

import io
from datetime import datetime
from urllib.parse import urlsplit

import segno
import streamlit as st

from data.area.area import Area
from data.keeping.real_time import day_of
from feedback.people.audit_words import who_text
from feedback.people.invitations import Kind, invitations, invite, withdraw
from feedback.people.organisations import Organisation, organisation_name
from feedback.people.passwords import SHORTEST, accounts, set_password, withdraw_account
from feedback.people.roles import INVITED, TRUSTED, Role, role_name
from language import Language, UserError
from language.markdown import as_text
from language.plain import numbered
from streamlit_app.access.permissions import may, visitor
from streamlit_app.manage.keys import ManageKey
from streamlit_app.manage.managing import moment_text
from streamlit_app.shell import session
from streamlit_app.shell.acting import as_drawn, do, do_seen
from streamlit_app.shell.session import form_id, form_kept
from streamlit_app.shell.tables import show_rows


def entrance(code: str) -> str:
    """Return the address by which a code is entered, at the address by which this page was opened."""
    here = urlsplit(st.context.url or "")
    folder = here.path.rpartition("/")[0]
    return f"{here.scheme}://{here.netloc}{folder}/enter/{code}" if here.netloc else f"/enter/{code}"


def invitation_form(lang: Language) -> None:
    """Let a facilitator or steward give out a code, and show it one time."""
    roles = (*INVITED, *(TRUSTED if may(Role.STEWARD) else ()))
    with st.form(form_id(ManageKey.INVITE), border=False):
        role = st.selectbox(lang.t("Role"), roles, format_func=lambda one: role_name(one, lang), width=480)
        organisation = st.selectbox(
            lang.t("For which organisation?"),
            tuple(Organisation),
            index=None,
            format_func=lambda one: organisation_name(one, lang),
            placeholder=lang.t("None, or not known"),
            key=f"{form_id(ManageKey.INVITE)}.for",
            width=480,
        )
        label = st.text_input(lang.t("Organisation or meeting (not a person)"), max_chars=80, width=480)
        if st.form_submit_button(lang.t("Make a code"), type="primary"):
            kind: Kind = "once" if role in TRUSTED else "personal"
            _, code = do(invite, role, label, by=visitor().role, kind=kind, organisation=organisation)
            st.session_state[ManageKey.FRESH_CODE] = (role, label, code)
            form_kept(ManageKey.INVITE)
            st.rerun()
    if ManageKey.FRESH_CODE in st.session_state:
        role, label, code = st.session_state[ManageKey.FRESH_CODE]
        _show_code(role, label, code, lang)


def _show_code(role: Role, label: str, code: str, lang: Language) -> None:
    with st.container(border=True):
        st.markdown(f"**{as_text(label)}** · {role_name(role, lang)}")
        st.markdown(lang.t("Copy this link now and send it. It cannot be shown again."))
        st.code(entrance(code), language=None, wrap_lines=True)
        picture = io.BytesIO()
        segno.make(entrance(code)).save(picture, kind="png", scale=5)
        st.image(picture.getvalue(), caption=lang.t("The same link as a QR code"), width=200)


def roles_looked_after() -> tuple[Role, ...]:
    """Return of which roles the visitor sees, and may end, the codes and sign-ins."""
    return tuple(Role) if may(Role.STEWARD) else (*INVITED, Role.PARTICIPANT)


def way_name(kind: str, lang: Language) -> str:
    """Return what a way to come in is called: a kind of code, a password, or the organisation."""
    names = {
        "shared": lang.t("code of a room"),
        "personal": lang.t("personal code"),
        "once": lang.t("one-time link"),
        "password": lang.t("password"),
        "organisation": lang.t("own organisation"),
    }
    return names[kind]


def who_can_enter(area: Area, lang: Language) -> None:
    """Show which codes, links and accounts there are, whether they were used, and withdraw one on request."""
    roles = roles_looked_after()
    rows, labels = [], {}
    for one in invitations(roles):
        kind, state = way_name(one.kind, lang), lang.t("open") if one.open else lang.t("closed")
        used = moment_text(datetime.fromisoformat(one.used), area, lang) if one.used else lang.t("not yet")
        rows.append(
            (
                as_text(one.label),
                who_text(one.role, one.organisation, lang),
                kind,
                moment_text(datetime.fromisoformat(one.made), area, lang),
                "–" if one.kind == "shared" else used,
                state,
            )
        )
        if not one.withdrawn:
            labels[one.id] = f"{one.label} · {role_name(one.role, lang)} · {kind} · {day_of(one.made, area.tz)}"
    if may(Role.STEWARD):
        for account in accounts():
            state = lang.t("closed") if account.withdrawn else lang.t("open")
            kind = way_name("password", lang)
            made = moment_text(datetime.fromisoformat(account.made), area, lang)
            rows.append(
                (as_text(account.name), who_text(account.role, account.organisation, lang), kind, made, "–", state)
            )
            if not account.withdrawn:
                labels[account.id] = f"{account.name} · {role_name(account.role, lang)} · {kind}"
    columns = [
        lang.t("Organisation or meeting"),
        lang.t("Role"),
        lang.t("Kind"),
        lang.t("Made on"),
        lang.t("First used"),
        lang.t("State"),
    ]
    show_rows([dict(zip(columns, row, strict=True)) for row in rows])
    if not labels:
        return
    labels = numbered(labels)
    chosen = st.selectbox(
        lang.t("Withdraw"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key=ManageKey.WITHDRAW_WHICH,
        placeholder=lang.t("Choose who can no longer enter"),
    )
    seen = as_drawn(f"entering.{chosen}", lambda: _withdrawn(chosen))
    pressed = st.button(
        lang.t("Withdraw"), key=ManageKey.WITHDRAW_ACCESS, disabled=chosen is None, icon=":material/block:"
    )
    if pressed and chosen:
        do_seen(seen, withdraw_account if chosen in {one.id for one in accounts()} else withdraw, chosen)
        st.rerun()


def _withdrawn(chosen: str | None) -> list[str | None]:
    given = [one.withdrawn for one in invitations() if one.id == chosen]
    return [*given, *(one.withdrawn for one in accounts() if one.id == chosen)]


def password_form(lang: Language) -> None:
    """Let a facilitator or steward choose the password with which they come back."""
    own, seen = visitor(), as_drawn("accounts", accounts)
    with st.form(form_id(ManageKey.PASSWORD), border=False):
        roles = TRUSTED if own.role is Role.STEWARD else (Role.FACILITATOR,)
        role = st.selectbox(
            lang.t("Role"), roles, index=roles.index(own.role), format_func=lambda one: role_name(one, lang), width=480
        )
        name = st.text_input(lang.t("Name of the account (a function or organisation)"), max_chars=80, width=480)
        password = st.text_input(
            lang.md("Password, at least {n} characters", n=SHORTEST), type="password", max_chars=200, width=480
        )
        again = st.text_input(lang.t("The password once more"), type="password", max_chars=200, width=480)
        if st.form_submit_button(lang.t("Set the password"), type="primary"):
            if password != again:
                raise UserError("The two passwords are not the same. Type them again.")
            of = own.organisation
            do_seen(seen, set_password, name, role, password, by=own.role, own=own.grant, organisation=of)
            form_kept(ManageKey.PASSWORD)
            session.say_once(lang.md("The password is set. Enter at: {address}", address=entrance("").rstrip("/")))
            st.rerun()
